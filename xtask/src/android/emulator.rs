//! The ARM libraries of the step before, those very files, run under an emulator with Android's C library.

use super::{ARM32, ARM64};
use crate::bindings;
use crate::kotlin;
use crate::process;
use crate::trouble::Result;

/// Where Maven finds the tests; its `README.md` says how they run.
const TESTS: &str = "bindings/emulator";

/// Runs the tests, against the Kotlin that is generated now.
pub(super) fn test() -> Result {
    super::build(&ARM64)?;
    super::build(&ARM32)?;
    bindings::generate()?;
    kotlin::ensure_tools()?;
    process::run(kotlin::maven(TESTS).args(["--quiet", "clean", "test"]))
}
