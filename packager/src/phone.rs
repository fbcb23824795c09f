//! What every phone's library has in common: the package, how it is compiled, and the standard library below it.

pub(crate) mod budget;
mod directory;
pub(crate) mod personality;

use std::path::{Path, PathBuf};

use crate::process;
use crate::toolchain;
use crate::trouble::Result;

/// The package that a phone loads.
const PACKAGE: &str = "scruple-ffi";

/// Its file, without what each platform adds to it.
pub(crate) const NAME: &str = "libscruple_ffi";

/// How the functions' names begin that Kotlin and Swift call. UniFFI's metadata (`UNIFFI_META_`) is only for generating, and
/// no function is asynchronous (`ffi_scruple_rust_future_`).
pub(crate) const EXPORTS: &[&str] =
    &["ffi_scruple_rustbuffer_", "ffi_scruple_uniffi_contract_version", "uniffi_scruple_"];

/// The oldest iOS that is supported.
pub(crate) const OLDEST_IOS: &str = "15.0";

/// The oldest macOS.
pub(crate) const OLDEST_MACOS: &str = "12.0";

/// What the compiler leaves out.
const FLAGS: &[&str] = &[
    // Where a panic happened: the builder's directories, 20 KB of them.
    "-Zlocation-detail=none",
    // `Debug`: nobody prints with it on a phone, and a value that cannot be printed cannot leak.
    "-Zfmt-debug=none",
    // Tables for functions that no panic passes through.
    "-Cforce-unwind-tables=no",
    // Calls of small functions before LLVM sees them, as in builds for speed: what is left is smaller too.
    "-Zinline-mir=yes",
    // Instructions that several functions share are looked for again in what was made of them.
    "-Cllvm-args=-machine-outliner-reruns=4",
    // Two of SHA-256's three copies: it digests one code package in a session.
    "--cfg sha2_backend=\"soft\"",
    "--cfg sha2_backend_soft=\"compact\"",
    // An unwinder: `ffi/src/unwind.rs` says so to whoever asks.
    "--cfg no_unwinder",
];

/// What the compiler is told by its environment.
const ENVIRONMENT: &[(&str, &str)] = &[
    // `-Z` in a stable compiler: 1.85.1 stays what it is.
    ("RUSTC_BOOTSTRAP", "1"),
    // Other systems' compilers do not look at it.
    ("IPHONEOS_DEPLOYMENT_TARGET", OLDEST_IOS),
    ("MACOSX_DEPLOYMENT_TARGET", OLDEST_MACOS),
];

/// Builds the package for a target of Rust's, and the standard library below it, as one archive of objects: no linker has a
/// say yet. What is to be done with it is done before another clone may build for the same target.
pub(crate) fn build<T>(triple: &str, use_archive: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let directory = directory::lock(ENVIRONMENT, PACKAGE, triple)?;
    let archive = archive(triple, directory.path())?;
    personality::check(&archive)?;
    use_archive(&archive)
}

/// Builds the archive.
fn archive(triple: &str, directory: &Path) -> Result<PathBuf> {
    let mut cargo = toolchain::command("cargo")?;
    cargo.args(["rustc", "--locked", "--profile", "phone", "--target", triple]);
    cargo.args(["--package", PACKAGE, "--lib", "--crate-type", "staticlib", "--target-dir"]).arg(directory);
    // A panic is an instruction that ends the process: no message is made that no app shows.
    cargo.args([
        "-Zbuild-std=std,panic_abort",
        "-Zbuild-std-features=panic_immediate_abort,optimize_for_size",
    ]);
    let variable = triple.replace('-', "_").to_uppercase();
    cargo.env(format!("CARGO_TARGET_{variable}_RUSTFLAGS"), FLAGS.join(" "));
    cargo.envs(ENVIRONMENT.iter().copied());
    process::run_heard(&mut cargo)?;
    Ok(directory.join(triple).join("phone").join(NAME).with_extension("a"))
}
