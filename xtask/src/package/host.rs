//! A host for Android, in a build of its own: it gets Scruple from the repository that was packed, and nowhere else.

use std::fs::{self, File};

use anstream::eprintln;

use crate::cache;
use crate::file::{self, trouble};
use crate::kotlin;
use crate::process;
use crate::shown;
use crate::trouble::Result;

/// Where the host is.
const HOST: &str = "bindings/kotlin/consumers/android";

/// Of that, what the guides show.
const SHOWN: &str = "bindings/kotlin/consumers/android/host/src/main/kotlin/Guide.kt";

/// The same in Java.
const SHOWN_IN_JAVA: &[&str] = &[
    "bindings/kotlin/consumers/android/host/src/main/java/JavaHost.java",
    "bindings/kotlin/scruple-shared-consent/src/test/java/dev/scruple/sharedconsent/JavaHostTest.java",
];

/// Builds the host and runs its tests: open, collect and revoke; the same after R8; what old phones do not have.
pub(super) fn test() -> Result {
    // Gradle's files are of another kind.
    shown::check_guides("kotlin", &[".gradle.kts", "tasks."], &[SHOWN])?;
    shown::check_guides("java", &[], SHOWN_IN_JAVA)?;
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
    file::remove(&local.join("dev/scruple"))?;
    let mut maven = kotlin::maven(HOST);
    maven.arg(format!("-Dmaven.repo.local={}", local.display())).args(["clean", "verify"]);
    process::run(&mut maven)
}
