//! The stage `swift`: the Swift package and the projects that use it, on Linux, with the library for this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstream::println;
use packager::claims::claimed;
use packager::file::{self, entries, read, tree, trouble, write};
use packager::trouble::{Result, Trouble};
use packager::{bindings, process, swift};

use crate::stage::{Stage, Step};
use crate::{objective_c, shown, stand_ins};

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "swift",
    about: "the Swift package, on Linux",
    steps: &[
        Step { name: "swift-format", about: "swift-format would change nothing", run: format },
        Step {
            name: "swift-stand-ins",
            about: "the stand-ins declare what Apple's frameworks do",
            run: stand_ins::check,
        },
        TEST,
        CONFINED,
        SYMBOLS,
        Step { name: "swift-docs", about: "the catalogs' pages link to what there is", run: documentation },
        Step {
            name: "swift-objc",
            about: "what Objective-C hosts see, as far as Linux can check it",
            run: objective_c,
        },
        Step {
            name: "swift-consumers",
            about: "packages that use ours run; those that go around it do not compile",
            run: consumers,
        },
    ],
};

/// The package's tests, and those of the sample app.
pub(crate) const TEST: Step =
    Step { name: "swift-test", about: "the Swift package's tests, and the sample app's", run: test };

/// A program that ends if it writes.
pub(crate) const CONFINED: Step = Step {
    name: "swift-confined",
    about: "a Swift program that ends if it writes, opens a socket or starts another",
    run: confined,
};

/// What hosts see.
pub(crate) const SYMBOLS: Step = Step {
    name: "swift-symbols",
    about: "everything that hosts see is documented, and nothing of it is generated",
    run: symbols,
};

/// What is written by hand.
const WRITTEN: &[&str] = &[
    "Package.swift",
    "bindings/swift/Sources/Scruple",
    "bindings/swift/Sources/ScrupleBluetooth",
    "bindings/swift/Sources/ScrupleClipboard",
    "bindings/swift/Sources/ScrupleConsentUI",
    "bindings/swift/Sources/ScrupleIDFA",
    "bindings/swift/Sources/ScrupleLocation",
    "bindings/swift/Sources/ScrupleNFC",
    "bindings/swift/Sources/ScruplePreciseLocation",
    "bindings/swift/Sources/ScrupleStorage",
    "bindings/swift/Sources/ScrupleTesting",
    "bindings/swift/Sources/ScrupleWebView",
    "bindings/swift/Tests/Confined",
    "bindings/swift/Tests/RecordedSessions",
    "bindings/swift/Tests/ScrupleRecorded/Bindings.swift",
    "bindings/swift/Tests/ScrupleTests",
    "bindings/swift/Tests/Stubs",
    "bindings/swift/checks",
    "bindings/swift/consumers/Package.swift",
    "bindings/swift/consumers/Sources",
    "ios-sample/ScrupleSample",
    "ios-sample/Tests",
];

/// Where SwiftPM builds the package.
pub(crate) const BUILD: &str = "target/swift";

/// Where it builds the projects that use the package.
const CONSUMERS_BUILD: &str = "target/swift-consumers";

/// The projects that use the package.
const CONSUMERS: &str = "bindings/swift/consumers";

/// Of those, the one that the README shows.
const QUICK_START: &str = "bindings/swift/consumers/Sources/QuickStart/main.swift";

/// And what the guides show.
const SHOWN: &str = "bindings/swift/consumers/Sources/Guide/Guide.swift";

/// Where the documentation is built.
const DOCUMENTATION: &str = "target/swift-docs";

/// Of it, each module's pages, which `cargo xtask docs` takes into its site.
pub(crate) const PAGES: &str = "target/swift-docs/pages";

/// Where that site has them: DocC writes it into each page.
pub(crate) const PAGES_IN_SITE: &str = "swift";

/// What a file that must not compile is to be refused for.
const FAILS: &str = "// fails: ";

fn format() -> Result {
    process::run(swift::program("swift")?.args(["format", "lint", "--strict", "--recursive"]).args(WRITTEN))
}

fn test() -> Result {
    library()?;
    claimed(TEST.name, swift::program("swift")?.args(["test", "--scratch-path", BUILD]))
}

/// A session's whole life in a process that ends at any write to a file, socket or program.
fn confined() -> Result {
    library()?;
    claimed(
        CONFINED.name,
        swift::program("swift")?.args(["run", "--quiet", "--scratch-path", BUILD, "Confined"]),
    )
}

/// Everything that hosts see has a comment, and nothing of it is generated.
fn symbols() -> Result {
    let graph = symbol_graphs()?;
    claimed(
        SYMBOLS.name,
        swift::program("swift")?.arg("bindings/swift/checks/public-symbols.swift").arg(graph),
    )
}

/// Where the compiler has put what hosts see.
fn symbol_graphs() -> Result<PathBuf> {
    library()?;
    process::prepare(
        swift::program("swift")?
            .args(["package", "--scratch-path", BUILD, "dump-symbol-graph"])
            .args(["--minimum-access-level", "public"]),
    )?;
    let mut bin = swift::program("swift")?;
    bin.args(["build", "--scratch-path", BUILD, "--show-bin-path"]);
    Ok(Path::new(process::printed(&mut bin)?.trim()).with_file_name("symbolgraph"))
}

/// Compiles each module's documentation into [`PAGES`]; the catalogs' pages have to link to what there is. What doc
/// comments link to in other modules is not asked for here.
pub(crate) fn documentation() -> Result {
    let graphs = symbol_graphs()?;
    // Before the module's own pages, which take the place of what this leaves.
    let control = Path::new(DOCUMENTATION).join("Scruple.docc");
    write(
        &control.join("Scruple.md"),
        "# ``Scruple``\n\nWords.\n\n## Topics\n\n### More\n\n- ``Nothing``\n",
    )?;
    if !broken(&control, &graphs)?.is_some_and(|words| words.contains("'Nothing'")) {
        return Err(Trouble::failed("a link to nothing is not found"));
    }
    let mut pages = 0;
    for catalog in catalogs()? {
        pages += tree(&catalog)?.len();
        if let Some(words) = broken(&catalog, &graphs)? {
            return Err(Trouble::failed(format!("{}:\n{words}", catalog.display())));
        }
    }
    if pages == 0 {
        return Err(Trouble::failed("there is no documentation"));
    }
    println!("{pages} pages of documentation link to what there is; a link to nothing is found");
    Ok(())
}

/// What the compiler of documentation says, if a page of a module's catalog is not as it ought to be.
fn broken(catalog: &Path, graphs: &Path) -> Result<Option<String>> {
    let module = catalog.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (own, out) = (Path::new(DOCUMENTATION).join(&module), Path::new(PAGES).join(&module));
    file::remove(&own)?;
    file::remove(&out)?;
    fs::create_dir_all(PAGES).map_err(|error| trouble(Path::new(PAGES), &error))?;
    let graph = format!("{module}.symbols.json");
    write(&own.join(&graph), read(&graphs.join(&graph))?)?;
    let mut docc = swift::program("/usr/libexec/swift/bin/docc")?;
    docc.arg("convert").arg(catalog).arg("--additional-symbol-graph-dir").arg(&own);
    docc.args(["--fallback-display-name", &module, "--fallback-bundle-identifier", "dev.scruple.docs"]);
    docc.args(["--hosting-base-path", &format!("{PAGES_IN_SITE}/{module}")]);
    let output = docc.arg("--output-dir").arg(&out).output().map_err(|error| trouble(catalog, &error))?;
    let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    Ok((!output.status.success() || words.contains(".md:")).then_some(words))
}

/// The modules' catalogs.
fn catalogs() -> Result<Vec<PathBuf>> {
    let files = tree(Path::new("bindings/swift/Sources"))?;
    let mut catalogs: Vec<_> = files
        .iter()
        .filter_map(|file| file.parent())
        .filter(|directory| directory.extension().is_some_and(|end| end == "docc"))
        .map(Path::to_owned)
        .collect();
    catalogs.dedup();
    Ok(catalogs)
}

/// What Objective-C hosts see has types that they have.
fn objective_c() -> Result {
    library()?;
    objective_c::check()
}

/// Projects that use the package compile and run; those that go around it do not compile, each for its own reason.
fn consumers() -> Result {
    is_shown_in_readme()?;
    // Manifests are of another kind.
    shown::check(Path::new("README.md"), "swift", &[".package("], &[QUICK_START])?;
    shown::check_guides("swift", &[".package("], &[SHOWN])?;
    library()?;
    process::run(consumer("build")?.args(["--scratch-path", CONSUMERS_BUILD]))?;
    process::run(consumer("run")?.args(["--scratch-path", CONSUMERS_BUILD, "QuickStart"]))?;
    let mut refused = 0;
    for (project, reason) in offenders()? {
        is_refused(&project, &reason)?;
        refused += 1;
    }
    println!("{refused} projects that go around the package do not compile");
    if refused < 6 { Err(Trouble::failed("some projects that must not compile are gone")) } else { Ok(()) }
}

/// The program that measures what a collection costs from Swift.
pub(crate) fn measurement() -> Result<Command> {
    let mut command = consumer("run")?;
    command.args(["--quiet", "--configuration", "release", "--scratch-path", CONSUMERS_BUILD, "Measure"]);
    Ok(command)
}

/// The library that the package links, the bindings that fit it, and what the tests run of Objective-C's side.
fn library() -> Result {
    objective_c::as_swift()?;
    bindings::generate()?;
    remove_outdated()?;
    bindings::check()
}

/// Removes the programs that SwiftPM linked with an older library: it would take them for current.
fn remove_outdated() -> Result {
    let library = Path::new(bindings::OUT).join("libscruple_ffi.a");
    let changed = |file: &Path| {
        let changed = fs::metadata(file).and_then(|file| file.modified());
        changed.map_err(|error| trouble(file, &error))
    };
    let library = changed(&library)?;
    let configurations = |build| ["debug", "release"].map(|name| Path::new(build).join(name));
    for directory in [BUILD, CONSUMERS_BUILD].into_iter().flat_map(configurations).filter(|it| it.is_dir()) {
        for product in entries(&directory)? {
            let is_program = product.extension().is_none_or(|extension| extension == "xctest");
            if product.is_file() && is_program && changed(&product)? < library {
                fs::remove_file(&product).map_err(|error| trouble(&product, &error))?;
            }
        }
    }
    Ok(())
}

fn consumer(what: &str) -> Result<Command> {
    let mut command = swift::program("swift")?;
    command.args([what, "--package-path", CONSUMERS]);
    Ok(command)
}

/// The README's block, which nobody would compile there, is a file that is compiled and run.
fn is_shown_in_readme() -> Result {
    let quick_start = read(Path::new(QUICK_START))?;
    if block(&read(Path::new("README.md"))?) == Some(quick_start.as_str()) {
        return Ok(());
    }
    Err(Trouble::failed(format!("README.md's section `In Swift` does not show {QUICK_START}")))
}

/// The first block of Swift below the heading.
fn block(readme: &str) -> Option<&str> {
    let (_, section) = readme.split_once("\n## In Swift\n")?;
    shown::blocks(section, "swift").next()
}

/// The projects that go around the package, each with the compiler's words.
fn offenders() -> Result<Vec<(String, String)>> {
    let sources = Path::new(CONSUMERS).join("Sources");
    let mut offenders = Vec::new();
    for project in fs::read_dir(&sources).map_err(|error| trouble(&sources, &error))? {
        let project = project.map_err(|error| trouble(&sources, &error))?;
        let name = project.file_name().to_string_lossy().into_owned();
        let file = project.path().join(&name).with_extension("swift");
        if file.exists() {
            let text = read(&file)?;
            let reason = text.lines().find_map(|line| line.trim_start().strip_prefix(FAILS));
            offenders.extend(reason.map(|reason| (name, reason.to_owned())));
        }
    }
    offenders.sort();
    Ok(offenders)
}

fn is_refused(project: &str, reason: &str) -> Result {
    let mut build = consumer("build")?;
    build.args(["--scratch-path", CONSUMERS_BUILD, "--target", project]).env("SCRUPLE_OFFENDING", project);
    let output = build.output().map_err(|error| trouble(Path::new("swift"), &error))?;
    if output.status.success() {
        return Err(Trouble::failed(format!("{project} compiles, and must not")));
    }
    let words = [output.stdout, output.stderr].concat();
    if String::from_utf8_lossy(&words).contains(&format!("error: {reason}")) {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&words);
    Err(Trouble::failed(format!("{project} does not compile, but not since {reason}:\n{words}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_the_section_is_found() {
        let readme =
            "```swift\nno\n```\n\n## In Swift\n\nWords.\n\n```swift\nyes\nyes\n```\n```swift\nno\n```\n";
        assert_eq!(block(readme), Some("yes\nyes\n"));
        assert_eq!(block("## In Rust\n```swift\nno\n```\n"), None);
    }
}
