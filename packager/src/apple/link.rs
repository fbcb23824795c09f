//! Links an archive as an app's linker would, with nothing of Apple's: a list stands for Apple's library, so that every import
//! is checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Processor, Slice};
use crate::file::{read, write};
use crate::phone;
use crate::process::{run, run_heard};
use crate::toolchain;
use crate::trouble::Result;

/// The list.
pub(super) const SYSTEM: &str = "packager/src/apple/libSystem.tbd";

/// The Swift that calls the library.
const CALLER: &str = "bindings/swift/Sources/ScrupleBindings/scruple.swift";

/// Links what Swift calls, and what that needs, into a library of its own. Gives its stripped file.
pub(super) fn link(slice: &Slice, processor: &Processor, archive: &Path) -> Result<PathBuf> {
    let linked = archive.with_extension("dylib");
    let exports = archive.with_extension("exports");
    write(&exports, called()?.into_iter().collect::<Vec<_>>().join("\n"))?;
    let mut lld = linker(slice, processor)?;
    // As Xcode does for a release: what nothing leads to is left out.
    lld.args(["-dylib", "-dead_strip", "-exported_symbols_list"]).arg(exports);
    lld.arg("-force_load").arg(archive).args([SYSTEM, "-o"]).arg(&linked);
    run_heard(&mut lld)?;
    let stripped = linked.with_extension("stripped.dylib");
    run(toolchain::command("llvm-strip")?.arg("-x").arg(linked).arg("-o").arg(&stripped))?;
    Ok(stripped)
}

/// A program that uses the module beside another one, as Objective-C. It stands for another library of Rust's too, by what each
/// of them has.
const PROGRAM: &str = "\
@import scrupleFFI;
@import another;
void rust_eh_personality(void) {}
int main(void) { return ffi_scruple_uniffi_contract_version() == ANOTHER; }
";

/// Compiles a program with these directories of headers and links it with a slice's library, for each processor: module map,
/// header and library fit each other, and an app's linker finds what it needs.
pub(crate) fn program(slice: &Slice, headers: &[&Path], library: &Path) -> Result {
    for processor in slice.processors {
        let directory = slice.directory().join(processor.name);
        let source = directory.join("program.m");
        let object = source.with_extension("o");
        write(&source, PROGRAM)?;
        let mut clang = toolchain::command("clang")?;
        clang.arg(format!("--target={}", processor.compiled)).args(["-fmodules", "-ffreestanding"]);
        for headers in headers {
            clang.arg("-I").arg(headers);
        }
        clang.arg(format!("-fmodules-cache-path={}", directory.join("modules").display()));
        run(clang.arg("-c").arg(source).arg("-o").arg(&object))?;
        let mut lld = linker(slice, processor)?;
        lld.arg("-dead_strip").args([library, Path::new(SYSTEM)]);
        run_heard(lld.arg(&object).arg("-o").arg(object.with_extension("")))?;
    }
    Ok(())
}

/// The linker for a slice's processor.
fn linker(slice: &Slice, processor: &Processor) -> Result<Command> {
    let mut lld = toolchain::command("ld64.lld-19")?;
    lld.args(["-arch", processor.name, "-platform_version", slice.linked, slice.oldest, slice.oldest]);
    Ok(lld)
}

/// The functions that Swift calls, by their names in an object file.
pub(super) fn called() -> Result<BTreeSet<String>> {
    Ok(functions(&read(Path::new(CALLER))?))
}

/// The functions that a text of Swift names.
fn functions(swift: &str) -> BTreeSet<String> {
    let words = swift.split(|letter: char| letter != '_' && !letter.is_ascii_alphanumeric());
    words
        .filter(|word| phone::EXPORTS.iter().any(|prefix| word.starts_with(prefix)))
        .map(|word| format!("_{word}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_that_swift_calls_are_found() {
        let swift = "try! rustCall { ffi_scruple_rustbuffer_free(self, $0) }\nuniffi_scruple_fn_free_session(handle, $0)\n\
            ffi_scruple_rust_future_free_u8(handle)\nclass uniffi_scruple {}\n";
        let expected = ["_ffi_scruple_rustbuffer_free", "_uniffi_scruple_fn_free_session"];
        assert!(functions(swift).iter().eq(expected));
    }
}
