//! Rust's standard library as phones get it: its own source, but for a few lines.
//!
//! Each change takes out what no app can use and no option leaves out. Panics unwind and are caught as ever.

use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache;
use crate::file::{read, trouble, write};
use crate::process::prepare;
use crate::trixie;
use crate::trouble::{Result, Trouble};

/// The oldest iOS that is supported.
pub(crate) const OLDEST_IOS: &str = "15.0";

/// Where trixie has the library's source.
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// Of a file, a text that is in it once, and what is there instead.
#[derive(Hash)]
struct Change {
    file: &'static str,
    from: &'static str,
    to: &'static str,
}

/// The changes.
const CHANGES: &[Change] = &[
    // An app's standard error leads nowhere, and a panic's words were all that went there.
    Change {
        file: "std/src/sys/pal/unix/stdio.rs",
        from: "    Some(Stderr::new())\n",
        to: "    None::<Stderr>\n",
    },
    // Without std's feature, a backtrace is a list of addresses; anyhow, which UniFFI uses, would take and print it all
    // the same.
    Change {
        file: "std/src/backtrace.rs",
        from: "    fn enabled() -> bool {\n",
        to: "    fn enabled() -> bool {\n        if !cfg!(feature = \"backtrace\") {\n            return false;\n        }\n",
    },
    Change {
        file: "std/src/backtrace.rs",
        from: "            Inner::Disabled => return fmt.write_str(\"disabled backtrace\"),\n            Inner::Captured(c) => &**c,\n        };\n",
        to: "            _ if !cfg!(feature = \"backtrace\") => return fmt.write_str(\"disabled backtrace\"),\n            Inner::Disabled => return fmt.write_str(\"disabled backtrace\"),\n            Inner::Captured(c) => &**c,\n        };\n",
    },
    // `Debug` of a text, the one that `-Zfmt-debug=none` leaves: it brings Unicode's tables of what is printable.
    Change {
        file: "core/src/fmt/mod.rs",
        from: "        let mut rest = self;\n",
        to: "        let mut rest = \"\";\n",
    },
];

/// What the compiler is told by its environment.
const ENVIRONMENT: &[(&str, &str)] = &[
    // `-Z` in a stable compiler: 1.85.1 stays what it is.
    ("RUSTC_BOOTSTRAP", "1"),
    // The oldest iOS that is supported; other systems' compilers do not look at it.
    ("IPHONEOS_DEPLOYMENT_TARGET", OLDEST_IOS),
];

/// Where what is built upon it goes: in the cache, since a clone's own target directory would have to build the library
/// once more, and under a name of its own for each set of changes and environment, since cargo never looks at either.
pub(super) fn target() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    (CHANGES, ENVIRONMENT).hash(&mut hasher);
    Ok(cache::dir()?.join(format!("phone-{:016x}", hasher.finish())))
}

/// Cargo, seeing the changed files in place of the library's own. They are kept in `target`, which is this clone's from
/// here on for this target of Rust's.
pub(super) fn cargo(target: &Path, triple: &str) -> Result<Command> {
    claim(target, triple)?;
    let source = trixie::root()?.join(SOURCE.trim_start_matches('/'));
    let mut files: Vec<&str> = CHANGES.iter().map(|change| change.file).collect();
    files.dedup();
    let mut instead = Vec::new();
    for file in files {
        let changed = target.join("changed").join(file);
        write(&changed, &change(file, &read(&source.join(file))?)?)?;
        instead.push((changed, Path::new(SOURCE).join(file)));
    }
    let mut cargo = trixie::command_seeing("cargo", &instead)?;
    cargo.envs(ENVIRONMENT.iter().copied());
    Ok(cargo)
}

/// Keeps other clones from building for this target of Rust's, until it is dropped.
pub(super) fn lock(target: &Path, triple: &str) -> Result<File> {
    let path = target.join(format!("{triple}.lock"));
    let locked = fs::create_dir_all(target).and_then(|()| File::create(&path)).and_then(|file| {
        file.lock()?;
        Ok(file)
    });
    locked.map_err(|error| trouble(&path, &error))
}

/// Takes away what another clone has built of the workspace: cargo would take it for this one's if the files' times fit,
/// since it knows them by their paths in the workspace only.
fn claim(target: &Path, triple: &str) -> Result {
    let owner = target.join(triple).join("clone");
    let own = env::current_dir().map_err(|error| trouble(target, &error))?.display().to_string();
    if !owner.exists() || read(&owner)? != own {
        let mut clean = trixie::command("cargo")?;
        clean.args(["clean", "--quiet", "--package", "scruple", "--package", "scruple-ffi"]);
        clean.args(["--profile", "phone", "--target", triple, "--target-dir"]).arg(target);
        prepare(&mut clean)?;
        write(&owner, &own)?;
    }
    Ok(())
}

/// A file's text with its changes made.
fn change(file: &str, text: &str) -> Result<String> {
    let mut text = text.to_owned();
    for Change { from, to, .. } in CHANGES.iter().filter(|change| change.file == file) {
        if text.matches(from).count() != 1 {
            return Err(Trouble::failed(format!(
                "{SOURCE}/{file} is another version's: it does not have {from:?} once"
            )));
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_made_where_it_belongs() {
        let change =
            |text: &str| change("std/src/sys/pal/unix/stdio.rs", text).map_err(|trouble| trouble.to_string());
        let function =
            |body: &str| format!("pub fn panic_output() -> Option<impl io::Write> {{\n    {body}\n}}\n");
        assert_eq!(change(&function("Some(Stderr::new())")), Ok(function("None::<Stderr>")));
        assert!(change(&function("Some(Stderr)")).unwrap_err().contains("another version's"));
        assert!(change(&function("Some(Stderr::new())").repeat(2)).is_err());
    }
}
