//! What the library costs an app: the sections that its linker takes of it.
//!
//! A file has more: padding to pages, of 16 KB each, and what the linker writes for itself and the loader. An app has these
//! once, whatever it consists of.

use std::path::Path;

use super::{Processor, Slice, link};
use crate::phone::budget;
use crate::process::printed;
use crate::toolchain;
use crate::trouble::{Result, Trouble};

/// Links what an app would take of an archive, and fails if it is over the budget.
pub(super) fn check(slice: &Slice, processor: &Processor, archive: &Path) -> Result {
    let linked = link::link(slice, processor, archive)?;
    let mut objdump = toolchain::command("llvm-objdump")?;
    let sections = sections(&printed(objdump.arg("--section-headers").arg(&linked))?);
    let size = sections.ok_or_else(|| Trouble::failed(format!("{} has no sections", linked.display())))?;
    budget::check(processor.target, size)
}

/// The sizes of all sections together, but for those that are zero and in no file: each is a line of number, name, size, address
/// and kind.
fn sections(objdump: &str) -> Option<u64> {
    let sections = objdump.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    sections
        .filter(|words| words.first().is_some_and(|number| number.parse::<u32>().is_ok()))
        .filter(|words| words.last() != Some(&"BSS"))
        .map(|words| u64::from_str_radix(words.get(2)?, 16).ok())
        .reduce(|sum, size| Some(sum? + size?))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_file_is_counted() {
        let objdump = "\na.dylib:\tfile format mach-o arm64\n\nSections:\nIdx Name          Size     VMA              Type\n  \
            0 __text        000000ff 0000000000000500 TEXT\n  1 __const       00000001 0000000000000600 DATA\n  \
            2 __bss         00000100 0000000000000700 BSS\n";
        assert_eq!(sections(objdump), Some(0x100));
        assert_eq!(sections("a.dylib:\tfile format mach-o arm64\n"), None);
        assert_eq!(sections("  0 __text  size 0 TEXT\n"), None);
    }
}
