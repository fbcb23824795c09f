//! The stage `android`: the library as phones get it, made without Google's NDK, and Kotlin's modules.

mod abi;
mod elf;
mod emulator;
mod link;
mod robolectric;
mod standard;

use std::fs;
use std::path::{Path, PathBuf};

use anstream::println;

pub(crate) use self::abi::{ARM64, Abi, OTHERS};
use crate::file::trouble;
use crate::process;
use crate::sample;
use crate::stage::{Stage, Step};
use crate::trouble::{Result, Trouble};

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "android",
    steps: &[
        Step { name: "library", run: library },
        Step { name: "emulator", run: emulator::test },
        Step { name: "robolectric", run: robolectric::test },
        Step { name: "sample", run: sample::test },
    ],
};

/// The package that a phone loads.
const PACKAGE: &str = "scruple-ffi";

/// Its file, without what each platform adds to it.
const NAME: &str = "libscruple_ffi";

/// Where the libraries go, each in a directory of its processor's name.
const OUTPUT: &str = "target/android";

/// What the compiler leaves out.
const FLAGS: &[&str] = &[
    // Where a panic happened: the builder's directories, 20 KB of them.
    "-Zlocation-detail=none",
    // `Debug`: nobody prints with it on a phone, and a value that cannot be printed cannot leak.
    "-Zfmt-debug=none",
    // Tables for functions that no panic passes through.
    "-Cforce-unwind-tables=no",
    // A trap after each call that never returns.
    "-Ztrap-unreachable=no",
    // Functions made of what several others have in common, where their unwind tables outweigh what they save.
    "-Cllvm-args=-outliner-benefit-threshold=24",
    // Calls of small functions before LLVM sees them, as in builds for speed: what is left is smaller too.
    "-Zinline-mir=yes",
    // Two of SHA-256's three copies: it digests one code package in a session.
    "--cfg sha2_backend=\"soft\"",
    "--cfg sha2_backend_soft=\"compact\"",
];

/// What every app that embeds Scruple pays at most, in bytes.
const BUDGET: u64 = 400_000;

/// What is linked for one kind of processor.
pub(crate) struct Library {
    /// As phones get it.
    pub(crate) stripped: PathBuf,
    /// The same with its symbols, to read a crash with.
    pub(crate) symbols: PathBuf,
}

/// The library of nearly every phone.
fn library() -> Result {
    weigh(&build(&ARM64)?.stripped)
}

/// Builds the library, links it, and looks at what came out.
pub(crate) fn build(abi: &Abi) -> Result<Library> {
    let directory = Path::new(OUTPUT).join(abi.name);
    let name = Path::new(NAME).with_extension("so");
    let library = Library { stripped: directory.join(&name), symbols: directory.join("symbols").join(&name) };
    let target = standard::target()?;
    // Until it is linked: another clone that builds meanwhile would take the archive away.
    let _lock = standard::lock(&target, abi.target)?;
    link::link(abi, &archive(abi, &target)?, &library)?;
    elf::Library::read(&library.stripped)?.check()?;
    Ok(library)
}

/// Builds the package, and the standard library below it, as one archive of objects: no linker has a say yet.
fn archive(abi: &Abi, target: &Path) -> Result<PathBuf> {
    let mut cargo = standard::cargo(target, abi.target)?;
    cargo.args([
        "rustc",
        "--locked",
        "--profile",
        "phone",
        "--target",
        abi.target,
        "--package",
        PACKAGE,
        "--lib",
    ]);
    cargo.args(["--crate-type", "staticlib", "--target-dir"]).arg(target);
    // Without std's backtraces, which are most of its code; a panic is caught at the border all the same.
    cargo.args(["-Zbuild-std=std,panic_unwind", "-Zbuild-std-features=panic-unwind,optimize_for_size"]);
    // `-Z` in a stable compiler: 1.85.1 stays what it is.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    let variable = abi.target.replace('-', "_").to_uppercase();
    cargo.env(format!("CARGO_TARGET_{variable}_RUSTFLAGS"), FLAGS.join(" "));
    process::run_heard(&mut cargo)?;
    Ok(target.join(abi.target).join("phone").join(NAME).with_extension("a"))
}

/// Prints the size and fails if it is over the budget.
pub(crate) fn weigh(library: &Path) -> Result {
    let size = fs::metadata(library).map_err(|error| trouble(library, &error))?.len();
    let kilobytes = size.div_ceil(1000);
    let words = format!("{}: {size} bytes, {kilobytes} KB; at most {} KB", library.display(), BUDGET / 1000);
    println!("{words}");
    if size <= BUDGET { Ok(()) } else { Err(Trouble::failed(format!("too large: {words}"))) }
}
