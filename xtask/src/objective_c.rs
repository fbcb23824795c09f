//! What Objective-C hosts see of the Swift package, as far as Linux, which has no Objective-C, can check it.
//!
//! The compiler can: told to, it checks types and whether they can be represented, and only what it makes of them could not
//! run here. What it needs of the system is a module of the tests. It crashes where a method throws, for want of the type of
//! a pointer to an error, so that there the attribute is left out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anstream::println;

use crate::file::{self, read, tree, trouble, write};
use crate::process;
use crate::swift::{BUILD, swift, swiftc};
use crate::trouble::{Result, Trouble};

const SOURCES: &str = "bindings/swift/Sources";
const STUB: &str = "bindings/swift/Tests/Stubs/ObjectiveC/ObjectiveC.swift";
const HEADER: &str = "bindings/swift/Sources/scrupleFFI/include/module.modulemap";

/// Where the files lie that are compiled in place of their originals, and the modules made of them.
const OUT: &str = "target/swift-objective-c";

/// Asks the compiler to treat Linux as a system with Objective-C.
const INTEROPERABLE: &[&str] = &[
    "-swift-version",
    "6",
    "-parse-as-library",
    "-Xfrontend",
    "-enable-objc-interop",
    "-Xfrontend",
    "-disable-objc-attr-requires-foundation-module",
];

/// The module that Objective-C itself is.
const RUNTIME: &str = "ObjectiveC";

/// What every file sees of Objective-C on Apple's systems, since each of their frameworks brings it along.
const EVERYWHERE: &[&str] = &["-Xfrontend", "-import-module", "-Xfrontend", RUNTIME];

/// A module that no product is made of, and that hosts' tests compile on Apple's systems.
const TESTING: &str = "ScrupleTesting";

/// Every `@objc` declaration has a type that Objective-C has too; one that has none is refused. And no name is taken for one of
/// Objective-C's.
pub(crate) fn check() -> Result {
    process::run(swift()?.args(["build", "--scratch-path", BUILD]))?;
    let modules = modules()?;
    file::remove(Path::new(OUT))?;
    module(RUNTIME, &[PathBuf::from(STUB)], &modules)?;
    let base = without_throwing(&sources("Scruple")?)?;
    module("Scruple", &base, &modules)?;
    let mut checked = 1;
    for module in products()?.into_iter().chain([TESTING.to_owned()]) {
        types(&module, &without_throwing(&sources(&module)?)?, &modules)?;
        checked += 1;
    }
    let (structure, name) = ("result type cannot be represented in Objective-C", "'Category' is ambiguous");
    let controls = [
        (
            "Scruple",
            &base[..],
            "extension ObjectiveCSession { @objc public func policy() -> Policy { Policy() } }",
            structure,
        ),
        ("Control", &[], "import Scruple\nlet categories: [Category] = []", name),
    ];
    for (module, files, text, reason) in controls {
        is_refused(module, files, text, reason, &modules)?;
    }
    println!(
        "{checked} modules have only what Objective-C can see; a struct is refused, and so is a name of its own"
    );
    Ok(())
}

/// A control: a module with one more file, which the compiler must refuse for that reason.
fn is_refused(module: &str, files: &[PathBuf], text: &str, reason: &str, modules: &Path) -> Result {
    let control = Path::new(OUT).join("control.swift");
    write(&control, text)?;
    let output = compiler(module, modules)?.arg("-typecheck").args(files).arg(&control).output();
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
    process::run(compiler(name, modules)?.args(["-emit-module", "-emit-module-path"]).arg(to).args(files))
}

fn types(name: &str, files: &[PathBuf], modules: &Path) -> Result {
    process::run(compiler(name, modules)?.arg("-typecheck").args(files))
}

/// The compiler, which finds what was made here before what SwiftPM built.
fn compiler(module: &str, modules: &Path) -> Result<std::process::Command> {
    let mut command = swiftc()?;
    command.args(INTEROPERABLE).args(["-module-name", module, "-package-name", &package()?]);
    if module != RUNTIME {
        command.args(EVERYWHERE);
    }
    command.args(["-I", OUT, "-I"]).arg(modules).arg("-Xcc").arg(format!("-fmodule-map-file={HEADER}"));
    Ok(command)
}

/// Where SwiftPM has put the modules.
fn modules() -> Result<PathBuf> {
    let mut bin = swift()?;
    bin.args(["build", "--scratch-path", BUILD, "--show-bin-path"]);
    Ok(Path::new(process::printed(&mut bin)?.trim()).join("Modules"))
}

/// What SwiftPM calls the package: as its directory, in an identifier's characters.
fn package() -> Result<String> {
    let directory = env::current_dir().map_err(|error| trouble(Path::new("."), &error))?;
    let name = directory.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    Ok(name.replace(|character: char| !character.is_ascii_alphanumeric(), "_"))
}

/// The modules that read a capability each.
fn products() -> Result<Vec<String>> {
    let files = tree(Path::new(SOURCES))?;
    let products = files
        .iter()
        .filter(|file| file.ends_with("PrivacyInfo.xcprivacy"))
        .filter_map(|file| Some(file.parent()?.file_name()?.to_string_lossy().into_owned()))
        .filter(|name| name != "Scruple");
    Ok(products.collect())
}

/// The files of a module; what imports UIKit has nothing to do with Objective-C.
fn sources(module: &str) -> Result<Vec<PathBuf>> {
    let mut files = tree(&Path::new(SOURCES).join(module))?;
    files.retain(|file| {
        file.extension().is_some_and(|end| end == "swift") && !file.iter().any(|part| part == "UIKit")
    });
    Ok(files)
}

/// The same files; where one shows Objective-C a method that throws, it is a copy that does not.
fn without_throwing(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let copy = |file: &PathBuf| {
        let text = read(file)?;
        let lines: Vec<_> = text.lines().filter(|line| !shows_an_error(line)).collect();
        if lines.len() == text.lines().count() {
            return Ok(file.clone());
        }
        let copy = Path::new(OUT).join(file.file_name().unwrap_or_default());
        write(&copy, lines.join("\n"))?;
        Ok(copy)
    };
    files.iter().map(copy).collect()
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
}
