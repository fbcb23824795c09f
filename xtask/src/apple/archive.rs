//! The archive that ships: what Rust has built, without what an app must not get.

use std::fs;
use std::path::Path;

use crate::file::trouble;
use crate::process::run;
use crate::trixie;
use crate::trouble::Result;

/// What llvm-objcopy does to every object.
const CHANGES: &[&str] = &[
    // The compiler's own form of what Rust builds beside the package: 140 KB, and the App Store refuses apps that have any.
    "--remove-section=__LLVM,__bitcode",
    "--remove-section=__LLVM,__cmdline",
    // Every static library of Rust's defines it, so two of them in one app would not link.
    "--redefine-sym=_rust_eh_personality=_scruple_rust_eh_personality",
];

/// Makes the archive from the built one.
pub(super) fn make(built: &Path, archive: &Path) -> Result {
    if let Some(directory) = archive.parent() {
        fs::create_dir_all(directory).map_err(|error| trouble(directory, &error))?;
    }
    run(trixie::command("llvm-objcopy")?.args(CHANGES).arg(built).arg(archive))
}
