//! A host for Android, in a build of its own: it gets Scruple from the repository that was packed, and nowhere else.

use packager::trouble::Result;
use packager::{maven, process};

use crate::shown;

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
    let (mut maven, _lock) = maven::for_host(HOST)?;
    process::run(maven.args(["clean", "verify"]))
}
