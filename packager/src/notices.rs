//! The notices of what ships that is not ours: each licence once, with the crates that are under it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::file::read;
use crate::linked::{Crates, Product};
use crate::process::printed;
use crate::tool::Tool;
use crate::trouble::{Result, Trouble};

/// Reads about.toml. It compares texts with each of SPDX's licences, for minutes if that is not optimised.
const CARGO_ABOUT: Tool = Tool {
    name: "cargo-about",
    version: "0.9.3",
    more: &["--features", "cli", "--config", "profile.dev.package.spdx.opt-level=3"],
    compiles: "about three minutes",
};

/// What comes before the licences.
const PREFACE: &str = "\
Scruple has these parts that others wrote. Scruple itself is under Apache-2.0 or MIT.

UniFFI (uniffi, uniffi_core, uniffi_pipeline) is under MPL-2.0, unchanged. Its source, in the versions below, is at
https://github.com/mozilla/uniffi-rs, under the tag of each version.

Rust's standard library, https://github.com/rust-lang/rust, is copyright The Rust Project contributors, under MIT, whose text is below, or
Apache-2.0. So are the crates that its library/Cargo.lock names; compiler_builtins has parts under Apache-2.0 with LLVM's exception.
";

/// Where a product's notices are.
pub fn path(product: &Product) -> PathBuf {
    Path::new("notices").join(product.name).with_extension("txt")
}

/// A product's notices, as they are in the repository.
pub fn of(product: &Product) -> Result<String> {
    read(&path(product))
}

/// A product's notices, made anew: of what cargo-about finds by the features of the whole workspace, what is linked.
pub fn make(product: &Product, crates: &Crates) -> Result<String> {
    let mut about = CARGO_ABOUT.command()?;
    about.args(["generate", "--format", "json", "--locked", "--fail", "--manifest-path"]);
    about.arg(Path::new(product.directory).join("Cargo.toml"));
    for target in (product.targets)() {
        about.args(["--target", target]);
    }
    let found = serde_json::from_str(&printed(&mut about)?);
    let found: Found = found.map_err(|error| Trouble::failed(format!("cargo-about's list: {error}")))?;
    Ok(text(&found, crates))
}

/// What cargo-about finds.
#[derive(Deserialize)]
struct Found {
    /// Each text of a licence.
    licenses: Vec<Licence>,
}

/// A text.
#[derive(Deserialize)]
struct Licence {
    /// Its name.
    name: String,
    /// As SPDX calls it.
    id: String,
    /// Itself.
    text: String,
    /// The crates that have it.
    used_by: Vec<User>,
}

/// Of whom there is a wrapper.
#[derive(Deserialize)]
struct User {
    /// The crate.
    #[serde(rename = "crate")]
    krate: Named,
}

/// A crate, as far as it matters here.
#[derive(Deserialize)]
struct Named {
    /// Its name.
    name: String,
    /// Its version.
    version: String,
}

/// The notices of these crates.
fn text(found: &Found, crates: &Crates) -> String {
    let mut text = PREFACE.to_owned();
    for Licence { name, id, text: words, used_by } in &found.licenses {
        let users = used_by.iter().filter_map(|User { krate: Named { name, version } }| {
            let one = crates.get(&(name.clone(), version.clone())).filter(|one| !one.is_own)?;
            Some(format!("- {name} {version}, {}\n", one.repository))
        });
        let users: String = users.collect();
        if !users.is_empty() {
            let rule = "-".repeat(80);
            text.push_str(&format!("\n{rule}\n{name} ({id}), for\n\n{users}\n{}\n", words.trim()));
        }
    }
    text
}

/// Fails if a crate that others wrote is linked into something and not in its notices.
pub fn name_all(notices: &str, crates: &Crates) -> Result<usize> {
    let others = crates.iter().filter(|(_, one)| !one.is_own).map(|(id, _)| id);
    let mut seen = 0;
    for (name, version) in others {
        let line = format!("- {name} {version}, ");
        if !notices.lines().any(|one| one.starts_with(&line)) {
            return Err(Trouble::failed(format!("no notice names {name} {version}")));
        }
        seen += 1;
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::Crate;

    #[test]
    fn only_what_is_linked_is_named() {
        let user = |name: &str| User { krate: Named { name: name.to_owned(), version: "1.0.0".to_owned() } };
        let licence = |text: &str, users: &[&str]| Licence {
            name: "MIT License".to_owned(),
            id: "MIT".to_owned(),
            text: text.to_owned(),
            used_by: users.iter().map(|name| user(name)).collect(),
        };
        let found = Found { licenses: vec![licence("one", &["a", "macro"]), licence("two", &["macro"])] };
        let one =
            Crate { licence: "MIT".into(), repository: "https://a".into(), is_own: false, needs: [].into() };
        let notices = text(&found, &[(("a".to_owned(), "1.0.0".to_owned()), one)].into());
        assert!(notices.ends_with("-\nMIT License (MIT), for\n\n- a 1.0.0, https://a\n\none\n"), "{notices}");
    }

    #[test]
    fn a_crate_that_no_notice_names_is_found() {
        let one =
            |is_own| Crate { licence: "MIT".to_owned(), repository: String::new(), is_own, needs: [].into() };
        let id = |name: &str| (name.to_owned(), "1.0.0".to_owned());
        let crates = [(id("own"), one(true)), (id("a"), one(false)), (id("b"), one(false))].into();
        assert_eq!(name_all("MIT, for\n\n- a 1.0.0, https://a\n- b 1.0.0, \n", &crates).unwrap(), 2);
        for lacking in ["- a 1.0.0, \n", "- a 1.0.0, \n- b 1.0.01, \n", "- b 1.0.0, \n- ba 1.0.0, \n"] {
            assert!(name_all(lacking, &crates).unwrap_err().to_string().starts_with("no notice names "));
        }
    }
}
