//! What there is to test: stages of steps.

use std::collections::HashSet;

use crate::android;
use crate::apple;
use crate::kotlin;
use crate::package;
use crate::rust;
use crate::swift;
use crate::trouble::Result;

/// All stages, quick ones first, in lanes that run beside each other: cargo's, which keeps every core busy while it compiles and
/// few while it tests, and the other toolchains'. A new stage is added here.
pub(crate) const LANES: &[&[Stage]] =
    &[&[rust::STAGE], &[kotlin::STAGE, android::STAGE, swift::STAGE, apple::STAGE, package::STAGE]];

/// A part of the project with the toolchain that it needs.
pub(crate) struct Stage {
    /// As typed and printed.
    pub(crate) name: &'static str,
    /// Quick ones first.
    pub(crate) steps: &'static [Step],
}

/// The smallest thing that can be run alone. One that stages share has the same name in each.
pub(crate) struct Step {
    /// As typed and printed.
    pub(crate) name: &'static str,
    /// What it does, in the repository's root.
    pub(crate) run: fn() -> Result,
}

/// Every name that can be asked for, once: each stage's, then its steps'.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let mut told = HashSet::new();
    let names =
        |stage: &'static Stage| [stage.name].into_iter().chain(stage.steps.iter().map(|step| step.name));
    LANES.iter().copied().flatten().flat_map(names).filter(move |name| told.insert(*name))
}
