//! What there is to test: stages of steps.

use crate::android;
use crate::apple;
use crate::kotlin;
use crate::package;
use crate::rust;
use crate::swift;
use crate::trouble::Result;

/// All stages, quick ones first; a new one is added here.
pub(crate) const STAGES: &[Stage] =
    &[rust::STAGE, kotlin::STAGE, android::STAGE, swift::STAGE, apple::STAGE, package::STAGE];

/// A part of the project with the toolchain that it needs.
pub(crate) struct Stage {
    /// As typed and printed.
    pub(crate) name: &'static str,
    /// Quick ones first.
    pub(crate) steps: &'static [Step],
}

/// The smallest thing that can be run alone.
pub(crate) struct Step {
    /// As typed and printed.
    pub(crate) name: &'static str,
    /// What it does, in the repository's root.
    pub(crate) run: fn() -> Result,
}

/// Every name that can be asked for: each stage's, then its steps'.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STAGES.iter().flat_map(|stage| [stage.name].into_iter().chain(stage.steps.iter().map(|step| step.name)))
}
