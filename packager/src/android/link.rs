//! Links the library with nothing of the NDK: stubs stand for Android's libraries, so that every import is checked.

use std::fs;
use std::path::Path;

use super::elf::{self, NEEDED};
use super::{Abi, Library};
use crate::file::{trouble, write};
use crate::process::{run, run_heard};
use crate::toolchain;
use crate::trouble::Result;

/// How Android wants it.
const OPTIONS: &[&str] = &[
    "-shared",
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
    // API level 21 understands no other; packed relocations are understood since 23.
    "--hash-style=sysv",
    "--gc-sections",
    "--icf=all",
    "--build-id=sha1",
];

/// Links the archive into the library, beside whose symbols the stubs and the list of exports are left.
pub(super) fn link(abi: &Abi, archive: &Path, Library { stripped, symbols }: &Library) -> Result {
    let directory = symbols.parent().unwrap_or(Path::new("."));
    let exports = directory.join("exports.ver");
    write(&exports, version_script())?;
    let mut lld = toolchain::command("ld.lld")?;
    lld.args(["-m", abi.emulation]).args(OPTIONS).args(abi.options).arg("--version-script").arg(exports);
    lld.arg("-soname").args(symbols.file_name()).arg("-o").arg(symbols);
    lld.arg("--whole-archive").arg(archive).arg("--no-whole-archive");
    for needed in NEEDED {
        let stub = directory.join("stubs").join(needed);
        self::stub(abi, needed, &stub)?;
        lld.arg(stub);
    }
    run_heard(&mut lld)?;
    // Not the linker's own stripping: both files have to be the same build.
    run(toolchain::command("llvm-strip")?.arg("--strip-all").arg(symbols).arg("-o").arg(stripped))
}

/// Everything that is not meant for others stays inside: rustc's own list has UniFFI's metadata too.
fn version_script() -> String {
    let patterns: String = elf::exports().map(|prefix| format!("{prefix}*; ")).collect();
    format!("{{ global: {patterns}local: *; }};\n")
}

/// Makes a stub from its list of symbols.
fn stub(abi: &Abi, name: &str, stub: &Path) -> Result {
    if let Some(directory) = stub.parent() {
        fs::create_dir_all(directory).map_err(|error| trouble(directory, &error))?;
    }
    let symbols = Path::new("packager/src/android").join(name).with_extension("ifs");
    let mut ifs = toolchain::command("llvm-ifs-19")?;
    // A target instead of these three leaves 32-bit ARM out.
    ifs.arg(symbols).args([format!("--arch={}", abi.machine), format!("--bitwidth={}", abi.bits)]);
    ifs.arg("--endianness=little").arg(format!("--output-elf={}", stub.display()));
    run(&mut ifs)
}
