//! `cargo xtask package command`: the command for this machine, with what shells and `man` read, and the bill of what it is made of.

use std::env::consts::{ARCH, OS};
use std::path::Path;
use std::process::Command;

use anstream::println;

use super::bill::{self, Bill};
use crate::file::{self, bytes, write};
use crate::linked::COMMAND;
use crate::process::{self, printed};
use crate::trouble::Result;

/// What is unpacked into `/usr/local`, or another such place.
const OUTPUT: &str = "dist/command";

/// Where each shell looks for completions, below that; PowerShell's and elvish's users load theirs by name.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "share/bash-completion/completions/scruple"),
    ("elvish", "share/elvish/lib/scruple.elv"),
    ("fish", "share/fish/vendor_completions.d/scruple.fish"),
    ("powershell", "share/powershell/scruple.ps1"),
    ("zsh", "share/zsh/site-functions/_scruple"),
];

/// What lies beside the command.
const LICENCES: [&str; 4] = ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT", "notices/command.txt"];

/// Makes all of it, and an archive.
pub fn run() -> Result {
    let output = Path::new(OUTPUT);
    file::remove(output)?;
    let mut install = Command::new("cargo");
    install.args(["install", "--locked", "--force", "--no-track", "--path", "cli", "--root", OUTPUT]);
    process::prepare(&mut install)?;
    describe(&output.join("bin/scruple"), output)?;
    for licence in LICENCES.map(Path::new) {
        let name = licence.file_name().unwrap_or(licence.as_os_str());
        write(&output.join("share/doc/scruple").join(name), bytes(licence)?)?;
    }
    write(&output.join("share/doc/scruple/scruple.cdx.json"), bill()?.text())?;
    let archive = format!("dist/scruple-{}-{ARCH}-{OS}.tar.gz", env!("CARGO_PKG_VERSION"));
    pack(output, &archive)?;
    println!("{archive}");
    Ok(())
}

/// Writes what the command says of itself: a manual page for each of its commands, and what each shell completes.
fn describe(program: &Path, output: &Path) -> Result {
    process::prepare(Command::new(program).args(["man", "--out"]).arg(output.join("share/man/man1")))?;
    for (shell, place) in COMPLETIONS {
        let script = printed(Command::new(program).args(["completions", shell]))?;
        write(&output.join(place), script)?;
    }
    Ok(())
}

/// The same files are the same archive, whenever and by whomever it is packed.
fn pack(directory: &Path, archive: &str) -> Result {
    let mut tar = Command::new("tar");
    tar.args([
        "--sort=name",
        "--mtime=@0",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=u=rwX,go=rX",
    ]);
    tar.args(["--use-compress-program=gzip --no-name", "--create", "--file", archive, "--directory"]);
    process::prepare(tar.arg(directory).arg("."))
}

/// What the command is made of, by the compiler that is here.
pub(super) fn bill() -> Result<Bill> {
    let rust = bill::version(&printed(Command::new("rustc").arg("--version"))?)?;
    Bill::of_own("application", "scruple").with_crates(&COMMAND, &rust)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A command that says what it was called with.
    const SCRIPT: &str = "#!/bin/sh
case $1 in
man) mkdir -p \"$3\" && echo page > \"$3/scruple.1\" ;;
completions) echo \"for $2\" ;;
esac
";

    #[test]
    fn the_manual_and_each_shells_completions_are_in_the_archive() {
        let directory = tempfile::tempdir().unwrap();
        let (program, output) = (directory.path().join("scruple"), directory.path().join("output"));
        write(&program, SCRIPT).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        describe(&program, &output).unwrap();
        for (shell, place) in COMPLETIONS {
            assert_eq!(file::read(&output.join(place)).unwrap(), format!("for {shell}\n"));
        }
        let packed = |name: &str| {
            let archive = directory.path().join(name).display().to_string();
            pack(&output, &archive).unwrap();
            archive
        };
        let one = packed("one.tar.gz");
        let names = printed(Command::new("tar").args(["--list", "--file", &one])).unwrap();
        assert!(names.lines().any(|name| name == "./share/man/man1/scruple.1"), "{names}");
        let program = fs::File::options().write(true).open(output.join("share/man/man1/scruple.1")).unwrap();
        program.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60)).unwrap();
        assert_eq!(bytes(Path::new(&one)).unwrap(), bytes(Path::new(&packed("other.tar.gz"))).unwrap());
    }
}
