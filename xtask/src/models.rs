//! `cargo xtask models`: do the core's threads keep their promise in every order in which they can be?

use std::process::Command;

use clap::Args;
use packager::process;
use packager::trouble::Result;

/// Run the models of the core's threads, in every order of their steps
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only models with this in their name
    #[arg(value_name = "NAME", default_value = "")]
    name: String,
}

/// Runs those that are asked for.
pub(crate) fn run(arguments: &Arguments) -> Result {
    check(&arguments.name)
}

/// Runs all models.
pub(crate) fn all() -> Result {
    check("")
}

/// Builds the core over loom, which shares no output with other builds, and runs its models.
fn check(name: &str) -> Result {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--package", "scruple", "--lib", "--profile", "models"]);
    cargo.args(["--target-dir", "target/models", "--", &format!("models::{name}"), "--nocapture"]);
    // Lines of two models would be mixed, and the process's threads are counted.
    cargo.arg("--test-threads=1");
    process::run(cargo.env("RUSTFLAGS", "--cfg loom"))
}
