//! The stage `proof`: what is promised, shown again on what ships. Each claim has a control, which fails as it should.
//!
//! A test that proves a claim prints a line `proof: CLAIM | RESULT | CONTROL`; `packager::claims` collects them. docs/proof.md says what each is for.

mod imports;
pub(crate) mod report;

use std::process::Command;

use packager::claims::{Claims, claimed};
use packager::debian;
use packager::trouble::Result;

use crate::android;
use crate::kotlin;
use crate::package;
use crate::rust;
use crate::stage::{Stage, Step};
use crate::swift;

/// The name of the stage, which each lane has a part of: what proves is mostly a step of another stage, too.
pub(crate) const NAME: &str = "proof";

/// In the help.
const ABOUT: &str = "what the project promises: claims, results and controls";

/// Beside cargo's and Swift's stages.
pub(crate) const CARGO: Stage = Stage {
    name: NAME,
    about: ABOUT,
    steps: &[
        rust::SHIPPED,
        Step { name: "reads", about: "each item reads what docs/reads.tsv lists, by strace", run: reads },
        Step { name: "memory", about: "no value is left in memory that Rust owns", run: memory },
        Step {
            name: "imports",
            about: "what the libraries and the command can call, each name with a reason",
            run: imports::check,
        },
        rust::FUZZ,
        swift::TEST,
        swift::CONFINED,
        swift::SYMBOLS,
    ],
};

/// Beside Maven's.
pub(crate) const MAVEN: Stage = Stage {
    name: NAME,
    about: ABOUT,
    steps: &[kotlin::TEST, android::EMULATOR, package::BILLS, package::ARTIFACTS],
};

/// Each item reads what docs/reads.tsv lists, and nothing is left of a killed collection: the command as released, under strace, and Apple's reader over recorded kernels. The
/// Android library's turn is the step `emulator`.
fn reads() -> Result {
    debian::ensure("strace")?;
    let mut claims = Claims::of("reads")?;
    let tests = ["--test", "reads", "--test", "strace", "--test", "core_dump"];
    let mut command = Command::new("cargo");
    command.args(["test", "--release", "--package", "scruple-cli"]).args(tests).args(["--", "--nocapture"]);
    claims.run(&mut command)?;
    let apple = ["test", "--package", "scruple", "--all-features", "--lib", "device::apple::reads"];
    claims.run(Command::new("cargo").args(apple).args(["--", "--nocapture"]))?;
    claims.keep()
}

/// No value is left in memory that Rust owns. The optimiser makes other copies than the debug build does, so this is the release build.
fn memory() -> Result {
    let tests = ["test", "--release", "--package", "scruple", "--test", "memory", "--", "--nocapture"];
    claimed("memory", Command::new("cargo").args(tests))
}
