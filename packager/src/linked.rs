//! The crates that are linked into what ships, by cargo's own tree of the package, its targets and its features.
//!
//! `cargo metadata`, which SBOM and licence tools read, joins the features of the whole workspace: the phone's library would have
//! the command's schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::android::ABIS;
use crate::apple::SLICES;
use crate::file::read;
use crate::process::printed;
use crate::trouble::{Result, Trouble};

/// Something that is built of crates and given away.
pub struct Product {
    /// As the tables call it.
    pub name: &'static str,
    /// The package.
    package: &'static str,
    /// Where that is.
    pub(super) directory: &'static str,
    /// The targets that it is built for.
    pub(super) targets: fn() -> Vec<&'static str>,
}

/// The library in the AAR.
pub const ANDROID: Product = Product {
    name: "android",
    package: "scruple-ffi",
    directory: "ffi",
    targets: || ABIS.iter().map(|abi| abi.target).collect(),
};

/// The library in the XCFramework.
pub(crate) const APPLE: Product = Product {
    name: "apple",
    package: "scruple-ffi",
    directory: "ffi",
    targets: || SLICES.iter().flat_map(|slice| slice.processors).map(|processor| processor.target).collect(),
};

/// The command.
pub(crate) const COMMAND: Product = Product {
    name: "command",
    package: "scruple-cli",
    directory: "cli",
    targets: || {
        let linux = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];
        [&linux[..], &["x86_64-apple-darwin", "aarch64-apple-darwin"]].concat()
    },
};

/// All of them.
pub const PRODUCTS: [&Product; 3] = [&ANDROID, &APPLE, &COMMAND];

/// A crate's name and version, which are unique here.
pub type Id = (String, String);

/// One crate.
#[derive(Debug, PartialEq)]
pub struct Crate {
    /// Its licence, as SPDX writes it.
    pub licence: String,
    /// Where its source is developed.
    pub repository: String,
    /// Whether it is Scruple's own.
    pub is_own: bool,
    /// The crates that it calls.
    pub needs: BTreeSet<Id>,
}

/// The crates of something that ships.
pub type Crates = BTreeMap<Id, Crate>;

impl Product {
    /// The crates that are linked into it for any of its targets. What the linker then drops as unused is among them; what runs
    /// only while it is built is not.
    pub fn crates(&self) -> Result<Crates> {
        let mut tree = Command::new("cargo");
        tree.args(["tree", "--locked", "--package", self.package, "--edges", "normal,no-proc-macro"]);
        tree.args(["--prefix", "depth", "--no-dedupe", "--format", "|{p}|{l}|{r}"]);
        for target in (self.targets)() {
            tree.args(["--target", target]);
        }
        parse(&printed(&mut tree)?)
    }
}

/// Reads the trees: a crate a line, each with its depth.
fn parse(tree: &str) -> Result<Crates> {
    let mut crates = Crates::new();
    let mut above: Vec<Id> = Vec::new();
    // Each target has a tree of its own, with an empty line above the next.
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let unreadable = || Trouble::failed(format!("cargo's tree has the line {line:?}"));
        let fields: Vec<_> = line.split('|').collect();
        let [depth, package, licence, repository] = fields[..] else { return Err(unreadable()) };
        let depth: usize = depth.parse().map_err(|_| unreadable())?;
        let (name, rest) = package.split_once(" v").ok_or_else(unreadable)?;
        let (version, place) = rest.split_once(' ').unwrap_or((rest, ""));
        let id = (name.to_owned(), version.to_owned());
        above.truncate(depth);
        if let Some(user) = above.last().and_then(|user| crates.get_mut(user)) {
            user.needs.insert(id.clone());
        }
        above.push(id.clone());
        crates.entry(id).or_insert_with(|| Crate {
            // As some wrote it before SPDX had expressions.
            licence: licence.replace('/', " OR "),
            repository: repository.to_owned(),
            is_own: place.starts_with("(/"),
            needs: BTreeSet::new(),
        });
    }
    Ok(crates)
}

/// The digest of each crate's archive, as `Cargo.lock` has it.
pub(crate) fn digests() -> Result<BTreeMap<Id, String>> {
    let lock = read(Path::new("Cargo.lock"))?;
    let value = |package: &str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let digest = |package: &str| {
        let id = (value(package, "name")?, value(package, "version")?);
        Some((id, value(package, "checksum")?))
    };
    Ok(lock.split("[[package]]").filter_map(digest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Id {
        (name.to_owned(), "1.0.0".to_owned())
    }

    #[test]
    fn the_tree_says_who_needs_whom() {
        let crates = parse(
            "0|own v1.0.0 (/here)|MIT|\n1|a v1.0.0|MIT/Apache-2.0|https://a\n2|c v1.0.0|MIT|\n1|b v1.0.0|MIT|\n\n\
             0|own v1.0.0 (/here)|MIT|\n1|b v1.0.0|MIT|\n2|c v1.0.0|MIT|\n",
        );
        let crates = crates.unwrap();
        assert_eq!(crates[&id("own")].needs, [id("a"), id("b")].into());
        assert_eq!(crates[&id("b")].needs, [id("c")].into());
        let a = Crate {
            licence: "MIT OR Apache-2.0".to_owned(),
            repository: "https://a".to_owned(),
            is_own: false,
            needs: [id("c")].into(),
        };
        assert_eq!(crates[&id("a")], a);
        assert!(crates[&id("own")].is_own);
        assert!(parse("no tree").is_err());
    }
}
