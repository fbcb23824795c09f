//! What every phone's library has in common: the package, how it is compiled, and the standard library below it.

mod standard;

use std::fs;
use std::path::{Path, PathBuf};

use anstream::println;

pub(crate) use self::standard::OLDEST_IOS;
use crate::file::trouble;
use crate::process;
use crate::trouble::{Result, Trouble};

/// The package that a phone loads.
const PACKAGE: &str = "scruple-ffi";

/// Its file, without what each platform adds to it.
pub(crate) const NAME: &str = "libscruple_ffi";

/// How the functions' names begin that Kotlin and Swift call. UniFFI's metadata (`UNIFFI_META_`) is only for generating, and
/// no function is asynchronous (`ffi_scruple_rust_future_`).
pub(crate) const EXPORTS: &[&str] =
    &["ffi_scruple_rustbuffer_", "ffi_scruple_uniffi_contract_version", "uniffi_scruple_"];

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

/// Builds the package for a target of Rust's, and the standard library below it, as one archive of objects: no linker has a
/// say yet. What is to be done with it is done before another clone may build for the same target.
pub(crate) fn build<T>(triple: &str, use_archive: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let target = standard::target()?;
    let _lock = standard::lock(&target, triple)?;
    use_archive(&archive(triple, &target)?)
}

/// Builds the archive.
fn archive(triple: &str, target: &Path) -> Result<PathBuf> {
    let mut cargo = standard::cargo(target, triple)?;
    cargo.args([
        "rustc",
        "--locked",
        "--profile",
        "phone",
        "--target",
        triple,
        "--package",
        PACKAGE,
        "--lib",
    ]);
    cargo.args(["--crate-type", "staticlib", "--target-dir"]).arg(target);
    // Without std's backtraces, which are most of its code; a panic is caught at the border all the same.
    cargo.args(["-Zbuild-std=std,panic_unwind", "-Zbuild-std-features=panic-unwind,optimize_for_size"]);
    let variable = triple.replace('-', "_").to_uppercase();
    cargo.env(format!("CARGO_TARGET_{variable}_RUSTFLAGS"), FLAGS.join(" "));
    process::run_heard(&mut cargo)?;
    Ok(target.join(triple).join("phone").join(NAME).with_extension("a"))
}

/// Prints a file's size and fails if it is over the budget, both in bytes.
pub(crate) fn weigh(file: &Path, budget: u64) -> Result {
    let size = fs::metadata(file).map_err(|error| trouble(file, &error))?.len();
    let kilobytes = size.div_ceil(1000);
    let words = format!("{}: {size} bytes, {kilobytes} KB; at most {} KB", file.display(), budget / 1000);
    println!("{words}");
    if size <= budget { Ok(()) } else { Err(Trouble::failed(format!("too large: {words}"))) }
}
