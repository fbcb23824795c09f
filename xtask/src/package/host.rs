//! A host for Android, in a build of its own: it gets Scruple from the repository that was packed, and nowhere else.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::Path;

use anstream::eprintln;

use crate::cache;
use crate::file::{read, trouble};
use crate::kotlin;
use crate::process;
use crate::trouble::{Result, Trouble};

/// Where the host is.
const HOST: &str = "bindings/kotlin/consumers/android";

/// Of that, what the guide shows.
const SHOWN: &str = "bindings/kotlin/consumers/android/host/src/main/kotlin/Guide.kt";

/// What a host's developer reads.
const GUIDE: &str = "docs/guide/android.md";

/// Builds the host and runs its tests: open, collect and revoke; the same after R8; what old phones do not have.
pub(super) fn test() -> Result {
    is_as_in_the_guide()?;
    kotlin::ensure_tools()?;
    // Apart from the user's, to which the other stages install: Maven would prefer that.
    let local = cache::dir()?.join("hosts");
    if !local.exists() {
        eprintln!("Downloading what a host's build needs, this once: 0.4 GB.");
    }
    fs::create_dir_all(&local).map_err(|error| trouble(&local, &error))?;
    // Another clone's packing must not come between.
    let alone = local.join("lock");
    let locked = File::create(&alone).and_then(|file| file.lock().map(|()| file));
    let _lock = locked.map_err(|error| trouble(&alone, &error))?;
    let ours = local.join("dev/scruple");
    if ours.exists() {
        fs::remove_dir_all(&ours).map_err(|error| trouble(&ours, &error))?;
    }
    let mut maven = kotlin::maven(HOST);
    maven.arg(format!("-Dmaven.repo.local={}", local.display())).args(["clean", "verify"]);
    process::run(&mut maven)
}

/// The guide's code, which nobody would compile there, is in a file that is compiled.
fn is_as_in_the_guide() -> Result {
    match only_in_guide(&read(Path::new(GUIDE))?, &read(Path::new(SHOWN))?) {
        None => Ok(()),
        Some(line) => Err(Trouble::failed(format!("{GUIDE} shows {line:?}, which is not in {SHOWN}"))),
    }
}

/// A line of the guide's Kotlin that is not in the file, wherever it is indented to. Gradle's files are not of that kind.
fn only_in_guide<'g>(guide: &'g str, file: &str) -> Option<&'g str> {
    let lines: HashSet<&str> = file.lines().map(str::trim).collect();
    let blocks = guide.split("```kotlin\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    let code = blocks.filter(|block| !block.contains(".gradle.kts")).flat_map(str::lines);
    code.map(str::trim).find(|line| !lines.contains(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_only_the_guide_has_is_found() {
        let guide = "```kotlin\n// app/build.gradle.kts\nno\n```\nWords.\n```kotlin\none()\n    two()\n```\n";
        assert_eq!(only_in_guide(guide, "fun f() {\n    one()\n    two()\n}\n"), None);
        assert_eq!(only_in_guide(guide, "fun f() {\n    one()\n}\n"), Some("two()"));
    }
}
