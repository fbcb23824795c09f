//! Links the library with nothing of the NDK: stubs stand for Android's libraries, so that every import is checked.

use std::fs;
use std::path::Path;

use super::elf::{EXPORTS, NEEDED};
use crate::file::{trouble, write};
use crate::process::run;
use crate::trixie;
use crate::trouble::Result;

/// How Android wants it.
const OPTIONS: &[&str] = &[
    "-shared",
    "-m",
    "aarch64linux",
    // Every import is in a stub, or this fails.
    "-z",
    "defs",
    // Android 15 has phones with pages of 16 KB.
    "-z",
    "max-page-size=16384",
    "-z",
    "relro",
    "-z",
    "now",
    // The unwinder finds its tables by it.
    "--eh-frame-hdr",
    // A fault of the first arm64 phones' processors.
    "--fix-cortex-a53-843419",
    // Understood since API level 23.
    "--hash-style=gnu",
    "--pack-dyn-relocs=android",
    "--gc-sections",
    "--icf=all",
    "--strip-all",
    "--build-id=sha1",
];

/// Links the archive into `library`, beside which the stubs and the list of exports are left.
pub(super) fn link(archive: &Path, library: &Path) -> Result {
    let directory = library.parent().unwrap_or(Path::new("."));
    let exports = directory.join("exports.ver");
    write(&exports, &version_script())?;
    let mut lld = trixie::command("ld.lld")?;
    lld.args(OPTIONS).arg("--version-script").arg(exports);
    lld.arg("-soname").args(library.file_name()).arg("-o").arg(library);
    lld.arg("--whole-archive").arg(archive).arg("--no-whole-archive");
    for needed in NEEDED {
        let stub = directory.join("stubs").join(needed);
        self::stub(needed, &stub)?;
        lld.arg(stub);
    }
    run(&mut lld)
}

/// Everything that is not meant for others stays inside: rustc's own list would also export the unwinder.
fn version_script() -> String {
    let patterns: String = EXPORTS.iter().map(|prefix| format!("{prefix}*; ")).collect();
    format!("{{ global: {patterns}local: *; }};\n")
}

/// Makes a stub from its list of symbols.
fn stub(name: &str, stub: &Path) -> Result {
    if let Some(directory) = stub.parent() {
        fs::create_dir_all(directory).map_err(|error| trouble(directory, &error))?;
    }
    let symbols = Path::new("xtask/src/android").join(name).with_extension("ifs");
    run(trixie::command("llvm-ifs-19")?.arg(symbols).arg(format!("--output-elf={}", stub.display())))
}
