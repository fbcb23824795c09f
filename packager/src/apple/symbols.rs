//! The step `apple-symbols`: what the archives ask the system for, and what they could name.

use std::collections::BTreeSet;
use std::path::Path;

use anstream::println;

use super::macho::Symbols;
use super::reasons::{self, CATEGORIES};
use super::{IPHONE, OUTPUT, Processor, Slice, forbidden, link};
use crate::file::{bytes, read, write};
use crate::phone::personality;
use crate::process::run;
use crate::toolchain;
use crate::trouble::{Result, Trouble};

/// Looks at the archive for iPhones, and at an object that has all that is forbidden.
pub fn test() -> Result {
    for processor in IPHONE.processors {
        check(&IPHONE, processor, &IPHONE.thin(processor)?)?;
    }
    control()
}

/// Fails if an archive asks for more or less than is listed, or could name what is forbidden.
pub(super) fn check(slice: &Slice, processor: &Processor, archive: &Path) -> Result {
    let symbols = Symbols::read(archive)?;
    let relocations = personality::relocations(archive)?;
    let mut faults = faults(&without_reviewed(&symbols.imports, &relocations), &bytes(archive)?);
    let called = link::called()?;
    let lacking = called.difference(&symbols.exports);
    faults.extend(lacking.map(|name| format!("Swift calls {name}, which is not in it")));
    let target = format!("{}-{}", processor.name, slice.linked);
    faults.extend(differences(&symbols.imports, &allowed(&read(Path::new(link::SYSTEM))?, &target)));
    if !faults.is_empty() {
        return Err(Trouble::failed(format!("{}: {}", archive.display(), faults.join("; "))));
    }
    let imports = symbols.imports.len();
    println!(
        "{} {}: {imports} imports, none forbidden but what was reviewed, none that needs a reason",
        slice.name, processor.name
    );
    Ok(())
}

/// The imports that a list has for a target: below the targets that they are for, each is a line.
fn allowed(list: &str, target: &str) -> BTreeSet<String> {
    let mut is_meant = false;
    let names = list.lines().map(str::trim_start).filter_map(|line| {
        if let Some((_, targets)) = line.split_once("targets: [") {
            is_meant = targets.split([',', ' ']).any(|known| known == target);
        }
        line.strip_prefix("- _").filter(|_| is_meant)
    });
    names.map(|name| format!("_{name}")).collect()
}

/// What is imported and not on the list, and what is on the list and not imported.
fn differences(imports: &BTreeSet<String>, allowed: &BTreeSet<String>) -> Vec<String> {
    let more = imports.difference(allowed);
    let fewer = allowed.difference(imports);
    more.map(|name| format!("it imports {name}, which {} does not list", link::SYSTEM))
        .chain(fewer.map(|name| format!("it does not import {name}, which {} lists", link::SYSTEM)))
        .collect()
}

/// The imports but for those that were reviewed, and that llvm-objdump shows as many relocations to as there were then.
fn without_reviewed(imports: &BTreeSet<String>, objdump: &str) -> BTreeSet<String> {
    let places =
        |name: &str| objdump.lines().filter(|line| line.split_whitespace().nth(2) == Some(name)).count();
    let is_reviewed = |name: &str| {
        let mut reviewed = forbidden::REVIEWED.iter();
        reviewed.any(|(known, count, _)| *known == name && *count == places(name))
    };
    imports.iter().filter(|name| !is_reviewed(name)).cloned().collect()
}

/// What is forbidden, of what a file imports and holds.
fn faults(imports: &BTreeSet<String>, bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    for name in imports {
        for category in reasons::of_symbol(name) {
            faults.push(format!("it imports {name}, for which Apple wants a reason ({})", category.name));
        }
        faults.extend(forbidden::of_symbol(name).map(|what| format!("it imports {name}, which {what}")));
    }
    let holds = |text: &&&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    faults.extend(forbidden::TEXTS.iter().filter(holds).map(|text| format!("it has the text {text}")));
    faults
}

/// Compiles an object with everything that is forbidden, and fails unless all of it is found.
fn control() -> Result {
    let names: BTreeSet<&str> = CATEGORIES
        .iter()
        .flat_map(|category| category.functions.iter().chain(category.constants))
        .chain(forbidden::SYMBOLS.iter().flat_map(|(_, names)| *names))
        .copied()
        .collect();
    let source = Path::new(OUTPUT).join("control.c");
    let object = source.with_extension("o");
    write(&source, program(&names))?;
    let mut clang = toolchain::command("clang")?;
    run(clang
        .arg(format!("--target={}", IPHONE.processors[0].compiled))
        .args(["-c", "-o"])
        .args([&object, &source]))?;
    let imports = Symbols::read(&object)?.imports;
    let found = faults(&imports, &bytes(&object)?);
    let said = |word: &str| found.iter().any(|fault| fault.split([' ', ',']).any(|said| said == word));
    let symbols = names.iter().map(|name| format!("_{name}"));
    let missed: Vec<_> = symbols
        .chain(forbidden::TEXTS.iter().map(|&text| text.to_owned()))
        .filter(|word| !said(word))
        .collect();
    if missed.is_empty() && differences(&imports, &BTreeSet::new()).len() == imports.len() {
        println!(
            "{}: all of {} symbols and {} texts found",
            object.display(),
            names.len(),
            forbidden::TEXTS.len()
        );
        Ok(())
    } else {
        Err(Trouble::failed(format!("nothing sees {missed:?} in {}", object.display())))
    }
}

/// A program in C that refers to symbols, and holds the texts.
fn program(names: &BTreeSet<&str>) -> String {
    let symbols = names.iter().enumerate();
    let declared: String = symbols
        .clone()
        .map(|(at, name)| format!("extern char symbol{at}[] __asm__(\"_{name}\");\n"))
        .collect();
    let used: Vec<_> = symbols.map(|(at, _)| format!("symbol{at}")).collect();
    let texts: Vec<_> = forbidden::TEXTS.iter().map(|text| format!("\"{text}\"")).collect();
    format!(
        "{declared}char *symbols[] = {{{}}};\nconst char *texts[] = {{{}}};\n",
        used.join(", "),
        texts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn each_fault_is_told() {
        assert!(faults(&names(&["_malloc", "_status"]), b"kern.osversion").is_empty());
        let found = faults(&names(&["_fstat", "_open$NOCANCEL"]), b"\0kern.uuid\0");
        let expected = [
            "it imports _fstat, for which Apple wants a reason (FileTimestamp)",
            "it imports _open$NOCANCEL, which opens or writes files",
            "it has the text kern.uuid",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn each_target_has_its_own_list() {
        let list = "targets: [ a-ios, b-ios ]\nexports:\n  - targets: [ a-ios, b-ios ]\n    symbols:\n      - _malloc\n  \
            - targets: [ a-ios ]\n    symbols:\n      - _bzero\n";
        assert_eq!(allowed(list, "a-ios"), names(&["_bzero", "_malloc"]));
        assert_eq!(allowed(list, "b-ios"), names(&["_malloc"]));
        assert_eq!(allowed(list, "ios"), names(&[]));
    }

    #[test]
    fn what_was_reviewed_is_told_once_it_is_asked_for_from_another_place() {
        let imports = names(&["_malloc", "_write"]);
        let place = "00000000000325ac ARM64_RELOC_BRANCH26     _write\n";
        assert_eq!(without_reviewed(&imports, place), names(&["_malloc"]));
        assert_eq!(without_reviewed(&imports, &place.repeat(2)), imports);
    }

    #[test]
    fn an_import_more_and_one_fewer_are_told() {
        let imports = names(&["_malloc", "_read"]);
        assert!(differences(&imports, &names(&["_malloc", "_read"])).is_empty());
        let found = differences(&imports, &names(&["_free", "_malloc"]));
        assert!(
            found[0].contains("_read, which packager/src/apple/libSystem.tbd does not list"),
            "{found:?}"
        );
        assert!(found[1].contains("_free, which packager/src/apple/libSystem.tbd lists"), "{found:?}");
    }
}
