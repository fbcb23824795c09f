//! The ARM libraries of the step before, those very files, run under an emulator with Android's C library.

use packager::android::{ARM32, ARM64, build};
use packager::trouble::Result;
use packager::{bindings, claims, maven};

/// Where Maven finds the tests; its `README.md` says how they run.
const TESTS: &str = "bindings/emulator";

/// Runs the tests, against the Kotlin that is generated now.
pub(super) fn test() -> Result {
    build(&ARM64)?;
    build(&ARM32)?;
    bindings::generate()?;
    maven::ensure()?;
    claims::claimed("emulator", maven::command(TESTS).args(["--quiet", "clean", "test"]))
}
