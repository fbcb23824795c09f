//! The Swift package as hosts take it: its sources and a manifest for Apple's machines alone, which names the library.

use std::path::Path;

use anstream::println;

use super::archive::Archive;
use super::xcframework::{MODULE, NAME, NOTICES};
use crate::apple;
use crate::bindings;
use crate::file::{self, read, tree, write};
use crate::linked::APPLE;
use crate::notices;
use crate::process;
use crate::swift;
use crate::trouble::{Result, Trouble};

/// Where the sources are in the repository.
const SOURCES: &str = "bindings/swift/Sources";

/// What the manifest says of that, and what the package's own does.
const MOVED: (&str, &str) = ("let sources = \"bindings/swift/Sources\"", "let sources = \"Sources\"");

/// How the manifest asks for a library of one's own, and how it names the one beside it.
const LOCAL: (&str, &str) =
    ("Context.environment[\"SCRUPLE_LOCAL_BINARY\"]", "Optional(\"scrupleFFI.xcframework\")");

/// How the manifest names a library that lies somewhere, and what a test of this machine has in its place.
const BINARY: &str = "local.map { .binaryTarget(name: \"scrupleFFI\", path: $0) }";

/// Where the throwaway consumer is.
const CONSUMER: &str = "target/package/swift-consumer";

/// What it is: what a host writes, as far as Linux can build it.
const PROGRAM: &str = r#"import Scruple
import ScrupleConsentUI
import ScrupleStorage
import ScrupleTesting

let session = try await Session.open(policy: Policy(categories: [.device: .on]), sources: [])
guard case .withheld(.notGranted) = try session.explain(for: .feature)[.deviceModel] else { fatalError() }
guard try ConsentForm(of: session).rows.map(\.category) == [.device] else { fatalError() }
let twin = TestSession(values: TestValues())
try twin.updateConsent { $0.grant(Category.allCases) }
guard try await twin.collect(for: .feature).missing.count == Item.allCases.count else { fatalError() }
print("every item is missing")
"#;

/// Its manifest.
const MANIFEST: &str = r#"// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "consumer",
    dependencies: [.package(name: "scruple", path: "scruple")],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: ["Scruple", "ScrupleConsentUI", "ScrupleStorage", "ScrupleTesting"].map { .product(name: $0, package: "scruple") }
        )
    ]
)
"#;

/// The package, whose manifest is the repository's with a release's address and checksum.
pub(super) fn package(manifest: &str) -> Result<Archive> {
    let mut package = Archive::default().with(apple::MANIFEST, apples(manifest)?);
    for file in tree(Path::new(SOURCES))? {
        let name = file.strip_prefix(SOURCES).unwrap_or(&file);
        if !name.starts_with(NAME) {
            package = package.with(&format!("Sources/{}", name.display()), file::bytes(&file)?);
        }
    }
    for name in ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"] {
        package = package.with(name, file::bytes(Path::new(name))?);
    }
    // An app that takes the package links the library, wherever that lies.
    Ok(package.with(NOTICES, notices::of(&APPLE)?))
}

/// The same with the library in it, which needs no address.
pub(super) fn whole(package: &Archive, framework: &Archive) -> Result<Archive> {
    let manifest = String::from_utf8_lossy(package.file(apple::MANIFEST)?).into_owned();
    let mut whole = Archive::default();
    for (name, bytes) in package.files().chain(framework.files()) {
        whole = whole.with(name, bytes);
    }
    Ok(whole.with(apple::MANIFEST, replaced(&manifest, LOCAL)?))
}

/// The manifest without what is for Linux, where the sources are beside it.
fn apples(manifest: &str) -> Result<String> {
    let (mut kept, mut is_inside, mut is_kept) = (String::new(), false, true);
    for line in manifest.lines() {
        match line {
            "#if os(Linux)" => (is_inside, is_kept) = (true, false),
            "#else" if is_inside => is_kept = true,
            "#endif" if is_inside => (is_inside, is_kept) = (false, true),
            "let tests = \"bindings/swift/Tests\"" => {}
            line if is_kept => {
                kept.push_str(line);
                kept.push('\n');
            }
            _ => {}
        }
    }
    replaced(&kept, MOVED)
}

fn replaced(text: &str, (before, after): (&str, &str)) -> Result<String> {
    if text.matches(before).count() != 1 {
        return Err(Trouble::failed(format!("Package.swift does not have {before:?} just once")));
    }
    Ok(text.replacen(before, after, 1))
}

/// Builds and runs a throwaway consumer of the package with this machine's library in the place of Apple's.
pub(super) fn consume(whole: &Archive) -> Result {
    let (root, library) = (Path::new(CONSUMER), std::path::absolute(bindings::OUT));
    let library = library.map_err(|error| file::trouble(Path::new(bindings::OUT), &error))?;
    let here = format!(
        "local.map {{ _ in .target(name: \"{NAME}\", path: \"Here\", linkerSettings: [.unsafeFlags([\"-L{}\"]), \
         .linkedLibrary(\":libscruple_ffi.a\")]) }}",
        library.display()
    );
    file::remove(&root.join("scruple"))?;
    for (name, bytes) in whole.files() {
        write(&root.join("scruple").join(name), bytes)?;
    }
    let manifest = read(&root.join("scruple").join(apple::MANIFEST))?;
    write(&root.join("scruple").join(apple::MANIFEST), replaced(&manifest, (BINARY, &here))?)?;
    write(&root.join("scruple/Here/empty.c"), "")?;
    for (name, bytes) in Archive::default().with_tree(Path::new(MODULE))?.files() {
        write(&root.join("scruple/Here/include").join(name), bytes)?;
    }
    write(&root.join(apple::MANIFEST), MANIFEST)?;
    write(&root.join("Sources/Consumer/main.swift"), PROGRAM)?;
    let mut run = swift::program("swift")?;
    let printed = process::printed(run.args(["run", "--package-path"]).arg(root).arg("Consumer"))?;
    if printed.trim() != "every item is missing" {
        return Err(Trouble::failed(format!("the consumer of the distribution package said {printed:?}")));
    }
    println!("a throwaway consumer of the distribution package is built and run here");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_linux_is_left_out() {
        let manifest = "let sources = \"bindings/swift/Sources\"\nlet tests = \"bindings/swift/Tests\"\n\
            #if os(Linux)\n    a\n#else\n    b\n#endif\n#if os(Linux)\n    c\n#endif\nd\n";
        assert_eq!(apples(manifest).unwrap(), "let sources = \"Sources\"\n    b\nd\n");
        assert!(apples("d\n").unwrap_err().to_string().contains("just once"));
    }
}
