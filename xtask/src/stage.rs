//! What there is to test: stages of steps.

use std::collections::HashSet;

use packager::trouble::Result;

use crate::android;
use crate::apple;
use crate::kotlin;
use crate::package;
use crate::proof;
use crate::rust;
use crate::swift;

/// All stages, quick ones first, in two lanes that run beside each other and take about as long: cargo's and Swift's, and those that
/// Maven drives. A new stage is added here.
pub(crate) const LANES: &[&[Stage]] = &[
    &[rust::STAGE, swift::STAGE, apple::STAGE, package::APPLE, proof::CARGO],
    &[kotlin::STAGE, android::STAGE, package::ANDROID, proof::MAVEN],
];

/// A part of the project with the toolchain that it needs.
pub(crate) struct Stage {
    /// As typed and printed.
    pub(crate) name: &'static str,
    /// What it tests, in a line of the help.
    pub(crate) about: &'static str,
    /// Quick ones first.
    pub(crate) steps: &'static [Step],
}

/// The smallest thing that can be run alone. One that stages share has the same name in each.
pub(crate) struct Step {
    /// As typed and printed.
    pub(crate) name: &'static str,
    /// What passes when it does, in a line of the help.
    pub(crate) about: &'static str,
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
