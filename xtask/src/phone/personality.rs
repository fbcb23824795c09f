//! Personality routines, by which each language's exceptions find their way: no object of ours asks for one.
//!
//! Apple's linker encodes three in an image. C++, Objective-C and another library of Rust's have one each.

use std::path::Path;

use anstream::println;

use crate::file::write;
use crate::process::{printed, run};
use crate::trixie;
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
    let mut clang = trixie::command("clang")?;
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
fn relocations(file: &Path) -> Result<String> {
    printed(trixie::command("llvm-objdump")?.arg("--reloc").arg(file))
}

/// The first personality routine that a relocation is to: below each section's heading, a line has offset, type and symbol.
fn personality(objdump: &str) -> Option<&str> {
    let mut section = "";
    objdump.lines().find_map(|line| {
        if let Some((_, heading)) = line.split_once("RECORDS FOR [") {
            section = heading.trim_end_matches("]:");
        }
        let symbol = line.split_whitespace().nth(2)?;
        // ARM lists each function for itself, too.
        let is_listed = section.strip_prefix(".ARM.exidx") == Some(symbol);
        let is_relocation = line.starts_with(|first: char| first.is_ascii_hexdigit());
        (is_relocation && is_personality(symbol) && !is_listed).then_some(symbol)
    })
}

/// Whether a symbol is a personality routine, the section that is one, or a pointer to one. Rust's standard library has a routine
/// that nobody asks for, and that has functions and tables of its own.
fn is_personality(symbol: &str) -> bool {
    let name = symbol.split_once('+').map_or(symbol, |(name, _)| name);
    let name = [".text.", "DW.ref."].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let is_routine =
        name.starts_with(ARM) || name.ends_with("_personality") || name.contains("_personality_");
    is_routine && !name.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relocation_to_a_personality_is_found_and_what_one_consists_of_is_not() {
        let objdump = |section: &str, symbol: &str| {
            format!(
                "a.a(b.o):\tfile format elf64-littleaarch64\n\nRELOCATION RECORDS FOR [{section}]:\n\
                 OFFSET           TYPE                     VALUE\n0000000000000004 R_AARCH64_CALL26         {symbol}\n"
            )
        };
        let routine = ".text.rust_eh_personality";
        let listed = format!(".ARM.exidx{routine}");
        for (section, symbol) in [
            (routine, "abort"),
            (routine, ".rodata.rust_eh_personality+0x6"),
            (routine, ".text._ZN3std3sys11personality5dwarf2eh"),
            (routine, "l_switch.table.rust_eh_personality"),
            (&listed, routine),
        ] {
            assert_eq!(personality(&objdump(section, symbol)), None, "{symbol}");
        }
        for (section, symbol) in [
            (".eh_frame", routine),
            (".eh_frame", "DW.ref.rust_eh_personality"),
            ("__compact_unwind", "_rust_eh_personality"),
            ("__compact_unwind", "___gcc_personality_v0"),
            (&listed, "__aeabi_unwind_cpp_pr0"),
        ] {
            assert_eq!(personality(&objdump(section, symbol)), Some(symbol));
        }
    }
}
