//! What Objective-C hosts see of the Swift package, as far as Linux, which has no Objective-C, can check it.
//!
//! The compiler can: told to, it checks types and whether they can be represented, and only what it makes of them could not
//! run here. What it needs of the system is a module of the tests. It crashes where a method throws, for want of the type of
//! a pointer to an error, so that there the attribute is left out.
//!
//! It compiles copies, each as Apple's compiler would see its file: conditions on the system are an iPhone's, and Objective-C
//! is there where the file itself imports one of Apple's frameworks, which bring it along, and nowhere else.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anstream::println;
use packager::file::{self, read, tree, trouble, write};
use packager::trouble::{Result, Trouble};
use packager::{process, swift};

use crate::swift::BUILD;

const SOURCES: &str = "bindings/swift/Sources";
const STUB: &str = "bindings/swift/Tests/Stubs/ObjectiveC/ObjectiveC.swift";
const HEADER: &str = "bindings/swift/Sources/scrupleFFI/include/module.modulemap";

/// Where the files lie that are compiled in place of their originals, and the modules made of them.
const OUT: &str = "target/swift-objective-c";

/// Where the same is as Swift alone; `Package.swift` has it as a target of the tests.
const AS_SWIFT: &str = "target/swift-facade";

/// Asks the compiler to treat Linux as a system with Objective-C.
const INTEROPERABLE: &[&str] =
    &["-swift-version", "6", "-parse-as-library", "-Xfrontend", "-enable-objc-interop"];

/// Has it take Linux's `NSObject` for Objective-C's; it then no longer asks whether a file with `@objc` imports Foundation.
const ROOTED: &[&str] = &["-Xfrontend", "-disable-objc-attr-requires-foundation-module"];

/// The module that Objective-C itself is.
const RUNTIME: &str = "ObjectiveC";

/// The modules that bring Objective-C along on Apple's systems.
const FRAMEWORKS: &[&str] = &[
    "AdSupport",
    "AppTrackingTransparency",
    "CoreBluetooth",
    "CoreLocation",
    "CoreNFC",
    "Foundation",
    "SwiftUI",
    "UIKit",
    "WebKit",
];

/// What a condition of a file says of an iPhone, and what of the system that compiles it here.
const CONDITIONS: [(&str, &str); 2] = [("os(Linux)", "false"), ("os(iOS)", "true")];

/// The module of the control: one of its files has `@objc`, and of Apple's frameworks imports Foundation alone.
const NEEDING: &str = "ScrupleBluetooth";

/// What the compiler says of a file that uses what it does not import.
const UNIMPORTED: &str = "used without importing module 'Foundation'";

/// A module that no product is made of, and that hosts' tests compile on Apple's systems.
const TESTING: &str = "ScrupleTesting";

/// Every `@objc` declaration has a type that Objective-C has too; one that has none is refused. And no name is taken for one of
/// Objective-C's.
pub(crate) fn check() -> Result {
    process::run(swift::program("swift")?.args(["build", "--scratch-path", BUILD]))?;
    let modules = modules()?;
    file::remove(Path::new(OUT))?;
    module(RUNTIME, &[PathBuf::from(STUB)], &modules)?;
    let base = copies("Scruple", &sources("Scruple")?)?;
    module("Scruple", &base, &modules)?;
    let mut checked = 1;
    for name in products()?.into_iter().chain([TESTING.to_owned()]) {
        module(&name, &copies(&name, &sources(&name)?)?, &modules)?;
        checked += 1;
    }
    needs_its_import(&modules)?;
    let (structure, name) = ("result type cannot be represented in Objective-C", "'Category' is ambiguous");
    let controls = [
        (
            "Scruple",
            &base[..],
            "extension ObjectiveCSession { @objc public func policy() -> Policy { Policy() } }",
            structure,
        ),
        ("Control", &[], "import ObjectiveC\nimport Scruple\nlet categories: [Category] = []", name),
    ];
    for (module, files, text, reason) in controls {
        is_refused(module, files, text, reason, &modules)?;
    }
    println!(
        "{checked} modules have only what Objective-C can see, each file by its own imports; a struct is refused, a name of its \
         own, and a file without its import of Foundation"
    );
    Ok(())
}

/// Writes what Objective-C hosts see as Swift alone, for the tests to run: a module over `Scruple`, without the attributes.
pub(crate) fn as_swift() -> Result {
    file::remove(Path::new(AS_SWIFT))?;
    for file in tree(&Path::new(SOURCES).join("Scruple/ObjectiveC"))? {
        let copy = Path::new(AS_SWIFT).join(file.file_name().unwrap_or_default());
        write(&copy, without_attributes(&read(&file)?))?;
    }
    Ok(())
}

/// The text without its condition and what makes Objective-C of it.
fn without_attributes(text: &str) -> String {
    let lines = text.lines().filter(|line| !["#if canImport(ObjectiveC)", "#endif"].contains(line));
    let plain = lines.map(|line| match line.split_once("@objc") {
        Some((before, after)) => {
            let after = after
                .strip_prefix('(')
                .and_then(|name| name.split_once(')'))
                .map_or(after, |(_, after)| after);
            format!("{before}{}", after.trim_start())
        }
        None => line.to_owned(),
    });
    ["import Scruple".to_owned()].into_iter().chain(plain).collect::<Vec<_>>().join("\n")
}

/// A control: a module with one more file, which the compiler must refuse for that reason.
fn is_refused(module: &str, files: &[PathBuf], text: &str, reason: &str, modules: &Path) -> Result {
    let control = Path::new(OUT).join("control.swift");
    write(&control, text)?;
    let output = compiler(module, modules)?.args(ROOTED).arg("-typecheck").args(files).arg(&control).output();
    let output = output.map_err(|error| trouble(&control, &error))?;
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    if words.contains(reason) {
        return Ok(());
    }
    Err(Trouble::failed(format!("this is not refused:\n{text}\n{words}")))
}

/// Checks a module's types, and makes it for others to import.
fn module(name: &str, files: &[PathBuf], modules: &Path) -> Result {
    types(name, files, modules)?;
    let to = Path::new(OUT).join(name).with_extension("swiftmodule");
    fs::create_dir_all(OUT).map_err(|error| trouble(Path::new(OUT), &error))?;
    let mut emit = compiler(name, modules)?;
    process::run(emit.args(ROOTED).args(["-emit-module", "-emit-module-path"]).arg(to).args(files))
}

fn types(name: &str, files: &[PathBuf], modules: &Path) -> Result {
    process::run(compiler(name, modules)?.args(ROOTED).arg("-typecheck").args(files))?;
    match unimported(name, files, modules)? {
        None => Ok(()),
        Some(words) => Err(Trouble::failed(words)),
    }
}

/// What the compiler says, if a file of the module has `@objc` and does not import what brings Foundation along. It says more,
/// since it looks for an `NSObject` that only Apple's systems have.
fn unimported(name: &str, files: &[PathBuf], modules: &Path) -> Result<Option<String>> {
    let output = compiler(name, modules)?.arg("-typecheck").args(files).output();
    let output = output.map_err(|error| trouble(Path::new(name), &error))?;
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(words.contains(UNIMPORTED).then_some(words))
}

/// The compiler, which finds what was made here before what SwiftPM built.
fn compiler(module: &str, modules: &Path) -> Result<std::process::Command> {
    let mut command = swift::program("swiftc")?;
    command.args(INTEROPERABLE).args(["-module-name", module, "-package-name", &package()?]);
    command.args(["-I", OUT, "-I"]).arg(modules).arg("-Xcc").arg(format!("-fmodule-map-file={HEADER}"));
    Ok(command)
}

/// Where SwiftPM has put the modules.
fn modules() -> Result<PathBuf> {
    let mut bin = swift::program("swift")?;
    bin.args(["build", "--scratch-path", BUILD, "--show-bin-path"]);
    Ok(Path::new(process::printed(&mut bin)?.trim()).join("Modules"))
}

/// What SwiftPM calls the package: as its directory, in an identifier's characters.
fn package() -> Result<String> {
    let directory = env::current_dir().map_err(|error| trouble(Path::new("."), &error))?;
    let name = directory.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    Ok(name.replace(|character: char| !character.is_ascii_alphanumeric(), "_"))
}

/// The modules of the products beside the base.
fn products() -> Result<Vec<String>> {
    let files = tree(Path::new(SOURCES))?;
    let products = files
        .iter()
        .filter(|file| file.ends_with("PrivacyInfo.xcprivacy"))
        .filter_map(|file| Some(file.parent()?.file_name()?.to_string_lossy().into_owned()))
        .filter(|name| name != "Scruple");
    Ok(products.collect())
}

/// The files of a module.
fn sources(module: &str) -> Result<Vec<PathBuf>> {
    let mut files = tree(&Path::new(SOURCES).join(module))?;
    files.retain(|file| file.extension().is_some_and(|end| end == "swift"));
    Ok(files)
}

/// Copies of a module's files, as Apple's compiler would see them.
fn copies(module: &str, files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let copy = |file: &PathBuf| {
        let copy = Path::new(OUT).join(module).join(file.file_name().unwrap_or_default());
        write(&copy, on_an_iphone(&read(file)?))?;
        Ok(copy)
    };
    files.iter().map(copy).collect()
}

/// A file's text as an iPhone's compiler would see it, but for methods that throw.
fn on_an_iphone(text: &str) -> String {
    let lines = text.lines().filter(|line| !shows_an_error(line));
    // Linux has numbers, and not as objects of Objective-C.
    let mut seen: Vec<_> = lines.map(|line| conditioned(line).replace("-> NSNumber {", "-> Any {")).collect();
    if text.lines().any(brings_objective_c) {
        seen.push(format!("import {RUNTIME}"));
    }
    seen.join("\n")
}

/// The line, if it is a condition with what it is on an iPhone.
fn conditioned(line: &str) -> String {
    if !line.trim_start().starts_with("#if ") {
        return line.to_owned();
    }
    CONDITIONS.iter().fold(line.to_owned(), |line, (condition, answer)| line.replace(condition, answer))
}

/// Whether the line imports what brings Objective-C along.
fn brings_objective_c(line: &str) -> bool {
    let imported = line.trim_start().strip_prefix("import ");
    imported.is_some_and(|module| FRAMEWORKS.contains(&module))
}

/// A control: a module's file without its import of Foundation is refused for just that.
fn needs_its_import(modules: &Path) -> Result {
    let files = copies(NEEDING, &sources(NEEDING)?)?;
    let file = Path::new(OUT).join(NEEDING).join("Bluetooth.swift");
    let text = read(&file)?;
    let without: Vec<_> = text.lines().filter(|line| !brings_objective_c(line)).collect();
    write(&file, without.join("\n"))?;
    match unimported(NEEDING, &files, modules)? {
        Some(_) => Ok(()),
        None => Err(Trouble::failed(format!(
            "{} without its import of Foundation is not refused",
            file.display()
        ))),
    }
}

/// Whether the line is the attribute of a method whose last argument is a pointer to an error.
fn shows_an_error(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.starts_with("@objc(") && line.ends_with("error:)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_throw_are_known_by_their_selector() {
        for line in ["@objc(updateConsent:error:)", "        @objc(JSONWithError:)"] {
            assert!(shows_an_error(line), "{line}");
        }
        for line in ["@objc(collectForPurpose:completion:)", "@objc public func close() {", "// error:)"] {
            assert!(!shows_an_error(line), "{line}");
        }
    }

    #[test]
    fn what_is_left_without_attributes_is_swift() {
        let text = "#if canImport(ObjectiveC)\n    @objc(SCRA)\n    @objc public func a() {}\n    @objc(b:) func b(_ c: C) {}\n#endif";
        let expected = "import Scruple\n    \n    public func a() {}\n    func b(_ c: C) {}";
        assert_eq!(without_attributes(text), expected);
    }

    #[test]
    fn a_file_sees_objective_c_only_by_its_own_imports() {
        assert!(on_an_iphone("import CoreLocation\nimport Scruple").ends_with("\nimport ObjectiveC"));
        assert!(
            on_an_iphone("#if canImport(UIKit)\n    import UIKit\n#endif").ends_with("\nimport ObjectiveC")
        );
        assert_eq!(
            on_an_iphone("import Scruple\n// import Foundation"),
            "import Scruple\n// import Foundation"
        );
    }

    #[test]
    fn conditions_are_an_iphones() {
        let text = "#if os(iOS) && !os(Linux)\nos(iOS)\n    #if canImport(UIKit)";
        assert_eq!(on_an_iphone(text), "#if true && !false\nos(iOS)\n    #if canImport(UIKit)");
    }
}
