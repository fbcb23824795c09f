//! `cargo xtask package apple`: the library for Apple's devices as an XCFramework, and the Swift package's manifest that names it.

use std::path::{Path, PathBuf};

use anstream::println;

use super::archive::Archive;
use super::artifact::VERSION;
use super::beside;
use super::bill::{self, Bill};
use super::repository;
use super::table::{Line, Table};
use super::xcframework::{self, NAME};
use super::{distribution, pods};
use crate::apple::{self, Declared, IPHONE, OLDEST_IOS, OLDEST_MACOS, Package, SLICES, Slice};
use crate::bindings;
use crate::file::{self, read, write};
use crate::linked::APPLE;
use crate::notices;
use crate::process::printed;
use crate::swift;
use crate::trouble::{Result, Trouble};

/// Where everything goes.
const OUTPUT: &str = "dist/apple";

/// Where a test's two packings go.
const TESTED: [&str; 2] = ["target/package/apple", "target/package/apple-again"];

/// The Swift package, for a repository of its own.
const PACKAGE: &str = "package";

/// CocoaPods' specs.
const PODS: &str = "pods";

/// How a line of the manifest begins that says where releases are.
const RELEASE: &str = "    let release = \"";

/// How a line of the manifest begins that says what the archive's checksum is.
const CHECKSUM: &str = "                checksum: \"";

/// The variable that names a framework of one's own.
const LOCAL: &str = "SCRUPLE_LOCAL_BINARY";

/// Makes the artifacts for a release whose files will be found at an address, by default that of Package.swift; says how large
/// they are, and what the products declare.
pub fn run(release: Option<&str>) -> Result {
    let (packed, root) = (Packed::build(SLICES)?, Path::new(OUTPUT));
    packed.fill(root, release)?;
    packed.check(root)?;
    packed.print(root)
}

/// The same with the slice that other steps have built already, packed twice: every other one takes minutes.
pub fn test() -> Result {
    let (packed, [root, again]) = (Packed::build(&[IPHONE])?, TESTED.map(Path::new));
    packed.fill(root, None)?;
    packed.check(root)?;
    packed.print(root)?;
    packed.fill(again, None)?;
    repository::compare(root, again)?;
    released(root)
}

/// Hosts that take the Swift package and the pods, as far as Linux can: Apple's library has no part in it.
pub fn hosts() -> Result {
    bindings::generate()?;
    let release = "https://example.com/9.9.9";
    let manifest = naming(&read(Path::new(apple::MANIFEST))?, Some(release), &"0".repeat(64))?;
    let package = distribution::package(&manifest)?;
    let framework = Archive::default().with(&format!("{NAME}.xcframework/Info.plist"), "");
    let whole = distribution::whole(&package, &framework)?;
    let specs = pods::specs(&Package::read(&manifest, &[])?, &whole_name(), address(&manifest)?)?;
    pods::check(&specs, &whole)?;
    println!("{} pods name what is there", specs.len());
    pods::compile(&whole)?;
    distribution::consume(&whole)
}

/// What was built: an archive for each slice.
struct Packed(Vec<(&'static Slice, PathBuf)>);

impl Packed {
    /// Builds some slices.
    fn build(slices: &'static [Slice]) -> Result<Self> {
        slices.iter().map(|slice| Ok((slice, slice.build()?))).collect::<Result<_>>().map(Self)
    }

    /// Makes the XCFramework, its archive and the manifest that names it, whatever was there before.
    fn fill(&self, root: &Path, release: Option<&str>) -> Result {
        let module = Archive::default().with_tree(Path::new(xcframework::MODULE))?;
        let files = xcframework::of(&self.0, &module, &notices::of(&APPLE)?)?;
        file::remove(root)?;
        for (name, bytes) in files.files() {
            write(&root.join(name), bytes)?;
        }
        let zipped = zip(root);
        write(&zipped, files.clone().into_bytes()?)?;
        let manifest = naming(&read(Path::new(apple::MANIFEST))?, release, &checksum(&zipped)?)?;
        let package = distribution::package(&manifest)?;
        for (name, bytes) in package.files() {
            write(&root.join(PACKAGE).join(name), bytes)?;
        }
        let whole = distribution::whole(&package, &files)?;
        let specs = pods::specs(&Package::read(&manifest, &[])?, &whole_name(), address(&manifest)?)?;
        pods::check(&specs, &whole)?;
        for (name, spec) in specs {
            write(&root.join(PODS).join(format!("{name}.podspec.json")), format!("{spec:#}\n"))?;
        }
        write(&root.join(whole_name()), whole.into_bytes()?)?;
        let rust = bill::phones_rust()?;
        for (path, bill) in
            [(zip(root), library_bill(&rust)?), (root.join(whole_name()), package_bill(&rust)?)]
        {
            write(&path.with_extension("cdx.json"), bill.text())?;
        }
        write(&root.join(apple::MANIFEST), manifest)
    }

    /// Looks at every slice, and links a program with it.
    fn check(&self, root: &Path) -> Result {
        self.0.iter().try_for_each(|(slice, archive)| {
            xcframework::check(root, slice, archive)?;
            beside::program(root, slice)
        })
    }

    /// Prints what was made, and what the products declare.
    fn print(&self, root: &Path) -> Result {
        let line = |what: &str, path: &Path| Line {
            what: what.to_owned(),
            file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            size: path.metadata().map(|data| data.len()).map_err(|error| error.to_string()),
        };
        let slices = self.0.iter().map(|(slice, _)| line(slice.name, &xcframework::library(root, slice)));
        let packed = [
            line("all slices", &zip(root)),
            line("Swift package, pods", &root.join(whole_name())),
            line("Swift package by address", &root.join(PACKAGE).join(apple::MANIFEST)),
        ];
        println!("{}\n", Table(slices.chain(packed).collect()));
        println!("checksum  {}\n", checksum(&zip(root))?);
        println!("{}", Declared::read()?);
        Ok(())
    }
}

/// What the XCFramework is made of.
pub(super) fn library_bill(rust: &str) -> Result<Bill> {
    Bill::of_own("framework", &format!("{NAME}.xcframework")).with_crates(&APPLE, rust)
}

/// What the Swift package is made of.
pub(super) fn package_bill(rust: &str) -> Result<Bill> {
    Bill::of_own("library", "scruple").with_crates(&APPLE, rust)
}

/// The name of the archive with the Swift package and the library in it.
fn whole_name() -> String {
    format!("scruple-{VERSION}.zip")
}

/// Where the archive is.
fn zip(root: &Path) -> PathBuf {
    root.join(NAME).with_extension("xcframework.zip")
}

/// An archive's checksum, as SwiftPM wants it.
fn checksum(zip: &Path) -> Result<String> {
    let mut swift = swift::program("swift")?;
    Ok(printed(swift.args(["package", "compute-checksum"]).arg(zip))?.trim().to_owned())
}

/// The manifest with a release's address and its archive's checksum.
fn naming(manifest: &str, release: Option<&str>, checksum: &str) -> Result<String> {
    let manifest = match release {
        None => manifest.to_owned(),
        Some(release) => with(manifest, RELEASE, release)?,
    };
    with(&manifest, CHECKSUM, checksum)
}

/// Where the manifest says that releases are.
fn address(manifest: &str) -> Result<&str> {
    let address = manifest.split_once(RELEASE).and_then(|(_, rest)| Some(rest.split_once('"')?.0));
    address.ok_or_else(|| Trouble::failed("Package.swift does not say where releases are"))
}

/// The manifest with another text in the one line that begins like this.
fn with(manifest: &str, beginning: &str, text: &str) -> Result<String> {
    let quoted: Vec<_> = manifest
        .match_indices(beginning)
        .filter_map(|(at, _)| {
            let start = at + beginning.len();
            Some(start..start + manifest[start..].find('"')?)
        })
        .collect();
    let [place] = quoted.as_slice() else {
        let lines = quoted.len();
        return Err(Trouble::failed(format!(
            "Package.swift has {lines} lines that begin with {beginning:?}"
        )));
    };
    let mut manifest = manifest.to_owned();
    manifest.replace_range(place.clone(), text);
    Ok(manifest)
}

/// Fails if SwiftPM would get anything else from the manifest than the release, or, by the variable, one's own framework.
fn released(root: &Path) -> Result {
    let manifest = read(&root.join(apple::MANIFEST))?;
    let checksum = checksum(&zip(root))?;
    names(&manifest, &format!("/{VERSION}/{NAME}.xcframework.zip"), &checksum)?;
    let elsewhere = with(&manifest, RELEASE, "https://example.com/9.9.9")?;
    names(&elsewhere, &format!("https://example.com/9.9.9/{NAME}.xcframework.zip"), &checksum)?;
    let own = format!("{}/{NAME}.xcframework", root.display());
    let package = Package::read(&manifest, &[(LOCAL, &own)])?;
    if package.binary(NAME).is_none_or(|binary| binary["path"] != own.as_str()) {
        return Err(Trouble::failed(format!("{LOCAL} does not name the framework")));
    }
    let oldest = [package.oldest("ios"), package.oldest("macos")];
    if oldest == [Some(OLDEST_IOS), Some(OLDEST_MACOS)] {
        return Ok(());
    }
    Err(Trouble::failed(format!("Package.swift is for {oldest:?}, not {OLDEST_IOS} and {OLDEST_MACOS}")))
}

/// Fails if SwiftPM would not take this archive with this checksum.
fn names(manifest: &str, address: &str, checksum: &str) -> Result {
    let package = Package::read(manifest, &[])?;
    let binary = package.binary(NAME).ok_or_else(|| Trouble::failed("there is no binary target"))?;
    if binary["url"].as_str().is_some_and(|url| url.ends_with(address)) && binary["checksum"] == checksum {
        return Ok(());
    }
    Err(Trouble::failed(format!("SwiftPM reads {binary}, and should {address} with {checksum}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_the_release() {
        let manifest = format!("a\n{RELEASE}https://a\"\n{CHECKSUM}000\"\n");
        let named = naming(&manifest, Some("https://b"), "123").unwrap();
        assert_eq!(named, format!("a\n{RELEASE}https://b\"\n{CHECKSUM}123\"\n"));
        assert_eq!(naming(&manifest, None, "000").unwrap(), manifest);
        assert!(naming("a\n", None, "123").unwrap_err().to_string().contains("has 0 lines"));
        assert!(naming(&manifest.repeat(2), None, "123").unwrap_err().to_string().contains("has 2 lines"));
    }
}
