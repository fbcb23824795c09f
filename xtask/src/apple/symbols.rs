//! The step `apple-symbols`: what the archives ask the system for, and what they could name.

use std::collections::BTreeSet;
use std::path::Path;

use anstream::println;

use super::macho::Symbols;
use super::reasons::{self, CATEGORIES};
use super::{OUTPUT, SLICES, forbidden, link};
use crate::file::{bytes, read, write};
use crate::process::run;
use crate::trixie;
use crate::trouble::{Result, Trouble};

/// Looks at every archive, and at an object that has all that is forbidden.
pub(super) fn test() -> Result {
    let (allowed, called) = (allowed()?, link::called()?);
    for slice in SLICES {
        let archive = super::build(slice)?;
        let symbols = Symbols::read(&archive)?;
        let mut faults = faults(&symbols.imports, &bytes(&archive)?);
        let lacking = called.difference(&symbols.exports);
        faults.extend(lacking.map(|name| format!("Swift calls {name}, which is not in it")));
        faults.extend(differences(&symbols.imports, &allowed));
        if !faults.is_empty() {
            return Err(Trouble::failed(format!("{}: {}", archive.display(), faults.join("; "))));
        }
        println!(
            "{}: {} imports, none forbidden, none that needs a reason",
            archive.display(),
            symbols.imports.len()
        );
    }
    control()
}

/// The imports that are on the list.
fn allowed() -> Result<BTreeSet<String>> {
    let list = read(Path::new(link::SYSTEM))?;
    let names = list.lines().filter_map(|line| line.trim_start().strip_prefix("- _"));
    Ok(names.map(|name| format!("_{name}")).collect())
}

/// What is imported and not on the list, and what is on the list and not imported.
fn differences(imports: &BTreeSet<String>, allowed: &BTreeSet<String>) -> Vec<String> {
    let more = imports.difference(allowed);
    let fewer = allowed.difference(imports);
    more.map(|name| format!("it imports {name}, which {} does not list", link::SYSTEM))
        .chain(fewer.map(|name| format!("it does not import {name}, which {} lists", link::SYSTEM)))
        .collect()
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
    let mut clang = trixie::command("clang")?;
    run(clang.arg(format!("--target={}", SLICES[0].compiled)).args(["-c", "-o"]).args([&object, &source]))?;
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
    fn an_import_more_and_one_fewer_are_told() {
        let imports = names(&["_malloc", "_read"]);
        assert!(differences(&imports, &names(&["_malloc", "_read"])).is_empty());
        let found = differences(&imports, &names(&["_free", "_malloc"]));
        assert!(found[0].contains("_read, which xtask/src/apple/libSystem.tbd does not list"), "{found:?}");
        assert!(found[1].contains("_free, which xtask/src/apple/libSystem.tbd lists"), "{found:?}");
    }
}
