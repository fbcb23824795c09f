//! The archive that ships: what Rust has built, without what an app must not get.

use std::fs;
use std::path::{Path, PathBuf};

use crate::file::trouble;
use crate::process::run;
use crate::toolchain;
use crate::trouble::Result;

/// What llvm-objcopy does to every object.
const CHANGES: &[&str] = &[
    // The compiler's own form of what Rust builds beside the package: 140 KB, and the App Store refuses apps that have any.
    "--remove-section=__LLVM,__bitcode",
    "--remove-section=__LLVM,__cmdline",
    // Rust's standard library has it even where nothing unwinds, so two static libraries of Rust's in one app would not link.
    "--redefine-sym=_rust_eh_personality=_scruple_unused_personality",
];

/// Makes the archive from the built one.
pub(super) fn make(built: &Path, archive: &Path) -> Result {
    if let Some(directory) = archive.parent() {
        fs::create_dir_all(directory).map_err(|error| trouble(directory, &error))?;
    }
    run(toolchain::command("llvm-objcopy")?.args(CHANGES).arg(built).arg(archive))
}

/// Joins the archives for each processor into one, and gives its place. One alone is what it is.
pub(super) fn join(archives: &[PathBuf], joined: &Path) -> Result<PathBuf> {
    if let [archive] = archives {
        return Ok(archive.clone());
    }
    run(toolchain::command("llvm-lipo-19")?.args(archives).arg("-create").arg("-output").arg(joined))?;
    Ok(joined.to_owned())
}
