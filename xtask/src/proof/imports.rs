//! The step `imports`: what the libraries and the command can call at all, by name, each with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use packager::android::{self, ABIS};
use packager::claims::{Claims, OUTPUT};
use packager::file::{read, write};
use packager::process::{printed, run};
use packager::toolchain;
use packager::trouble::{Result, Trouble};

/// Who imports it, what, and why.
const REVIEWED: &str = "xtask/src/proof/imports.tsv";

/// The command, as released.
const COMMAND: &str = "target/release/scruple";

/// What would write, send or start something: the control imports all of it.
const CONTROL: &[&str] =
    &["connect", "creat", "execve", "fork", "mkdir", "rename", "sendto", "socket", "unlink"];

/// Fails if something that ships imports more or less than was reviewed.
pub(super) fn check() -> Result {
    let mut claims = Claims::of("imports")?;
    let list = read(Path::new(REVIEWED))?;
    run(Command::new("cargo").args(["build", "--release", "--package", "scruple-cli"]))?;
    let mut shipped = vec![("command", COMMAND.to_owned())];
    for abi in ABIS {
        shipped.push(("android", android::build(abi)?.stripped.display().to_string()));
    }
    let mut counts = Vec::new();
    let mut seen = BTreeMap::<_, BTreeSet<_>>::new();
    for (group, file) in &shipped {
        let imports = imports(Path::new(file), true)?;
        let unreviewed: Vec<_> = imports.difference(&reviewed(&list, group)?).cloned().collect();
        if !unreviewed.is_empty() {
            return Err(Trouble::failed(format!(
                "{file} imports {unreviewed:?}, for which {REVIEWED} has no reason"
            )));
        }
        counts.push(imports.len().to_string());
        seen.entry(*group).or_default().extend(imports);
    }
    for (group, seen) in seen {
        let gone: Vec<_> = reviewed(&list, group)?.difference(&seen).cloned().collect();
        if !gone.is_empty() {
            return Err(Trouble::failed(format!(
                "{REVIEWED} has {gone:?}, which nothing of {group} imports"
            )));
        }
    }
    let control = control()?;
    let caught = control.difference(&reviewed(&list, "android")?).count();
    if caught != CONTROL.len() {
        return Err(Trouble::failed(format!(
            "of {CONTROL:?} only {caught} were seen in an object that imports all of it"
        )));
    }
    claims.claim(
        "What ships can call nothing that was not reviewed",
        &format!(
            "the command and {} Android libraries import {} functions, each with its reason",
            ABIS.len(),
            counts.join(", ")
        ),
        &format!("an object that imports {caught} others: all refused"),
    );
    claims.keep()
}

/// The names that a group may import: each has a reason.
fn reviewed(list: &str, group: &str) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [groups, name, why] if !why.is_empty() => {
                if groups.split(", ").any(|of| of == group) {
                    names.insert(name.to_owned());
                }
            }
            _ => return Err(Trouble::failed(format!("{REVIEWED}: `{line}` is not who, what and why"))),
        }
    }
    Ok(names)
}

/// What a file asks others for, without the versions that a C library gives its functions.
fn imports(file: &Path, is_linked: bool) -> Result<BTreeSet<String>> {
    let mut nm = toolchain::command("llvm-nm")?;
    nm.args(["--undefined-only", "--format=just-symbols"]).args(is_linked.then_some("--dynamic")).arg(file);
    let names = printed(&mut nm)?;
    Ok(names.lines().map(|name| name.split('@').next().unwrap_or(name).to_owned()).collect())
}

/// Compiles an object that imports what nothing of ours may.
fn control() -> Result<BTreeSet<String>> {
    let source = Path::new(OUTPUT).join("control.c");
    let object = source.with_extension("o");
    let declared: String = CONTROL.iter().map(|name| format!("extern char {name}[];\n")).collect();
    write(&source, format!("{declared}char *imported[] = {{{}}};\n", CONTROL.join(", ")))?;
    let mut clang = toolchain::command("clang")?;
    run(clang.args(["-c", "-fno-builtin", "-o"]).args([&object, &source]))?;
    imports(&object, false)
}
