//! Personality routines, by which each language's exceptions find their way: no object of ours asks for one.
//!
//! Apple's linker encodes three in an image. C++, Objective-C and another library of Rust's have one each.

use std::path::Path;

use anstream::println;

use crate::file::write;
use crate::process::{printed, run};
use crate::toolchain;
use crate::trouble::{Result, Trouble};

/// ARM's own, for 32 bits.
const ARM: &str = "__aeabi_unwind_cpp_pr";

/// A function that frees something even when an exception passes through it.
const CONTROL: &str = "\
void called(void);
void freed(int *value);
void passed_through(void) {
  __attribute__((cleanup(freed))) int value = 0;
  called();
}
";

/// Fails if an object in the archive has a relocation to a personality routine.
pub(super) fn check(archive: &Path) -> Result {
    match personality(&relocations(archive)?) {
        None => Ok(()),
        Some(name) => {
            Err(Trouble::failed(format!("{}: a relocation to {name}, which unwinds", archive.display())))
        }
    }
}

/// Compiles an object that has one, for a target of clang's, and fails unless the check sees it.
pub(crate) fn control(target: &str, directory: &Path) -> Result {
    let source = directory.join("personality.c");
    let object = source.with_extension("o");
    write(&source, CONTROL)?;
    let mut clang = toolchain::command("clang")?;
    clang.arg(format!("--target={target}")).args(["-ffreestanding", "-fPIC", "-fexceptions", "-c", "-o"]);
    run(clang.args([&object, &source]))?;
    match check(&object) {
        Err(why) => {
            println!("{target}: no personality routine; the control: {why}");
            Ok(())
        }
        Ok(()) => {
            Err(Trouble::failed(format!("nothing sees the personality routine of {}", object.display())))
        }
    }
}

/// What llvm-objdump says of a file's relocations.
pub(crate) fn relocations(file: &Path) -> Result<String> {
    printed(toolchain::command("llvm-objdump")?.arg("--reloc").arg(file))
}

/// The first personality routine that a relocation is to: each is a line of offset, type and symbol.
fn personality(objdump: &str) -> Option<&str> {
    let relocations =
        objdump.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_hexdigit()));
    relocations.filter_map(|line| line.split_whitespace().nth(2)).find(|symbol| is_personality(symbol))
}

/// Whether a symbol is a personality routine, or a pointer to one. Rust's standard library has a routine that nobody asks for by
/// its name, and that has sections, functions and tables of its own.
fn is_personality(symbol: &str) -> bool {
    let name = symbol.split_once(['+', '-']).map_or(symbol, |(name, _)| name);
    let name = name.strip_prefix("DW.ref.").unwrap_or(name);
    let is_routine =
        name.starts_with(ARM) || name.ends_with("_personality") || name.contains("_personality_");
    is_routine && !name.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relocation_to_a_personality_is_found_and_what_one_consists_of_is_not() {
        let objdump = |symbol: &str| {
            format!(
                "a.a(b.o):\tfile format elf64-littleaarch64\n\nRELOCATION RECORDS FOR [.text.rust_eh_personality]:\n\
                 OFFSET           TYPE                     VALUE\n0000000000000004 R_AARCH64_CALL26         {symbol}\n"
            )
        };
        for symbol in [
            "abort",
            ".text.rust_eh_personality+0x117",
            ".rodata.rust_eh_personality+0x6",
            ".text._ZN3std3sys11personality5dwarf2eh",
            "l_switch.table.rust_eh_personality",
        ] {
            assert_eq!(personality(&objdump(symbol)), None, "{symbol}");
        }
        for symbol in [
            "rust_eh_personality-0x4",
            "DW.ref.rust_eh_personality",
            "___gcc_personality_v0",
            "__aeabi_unwind_cpp_pr0",
            "_rust_eh_personality",
        ] {
            assert_eq!(personality(&objdump(symbol)), Some(symbol));
        }
    }
}
