//! `cargo xtask mutants`: would the core's tests notice a fault? More options are in .cargo/mutants.toml.

use clap::Args;
use packager::process;
use packager::tool::Tool;
use packager::trouble::Result;

/// Breaks the code in small ways and runs the tests on each.
const CARGO_MUTANTS: Tool =
    Tool { name: "cargo-mutants", version: "27.1.0", more: &[], compiles: "about a minute" };

/// What decides whether a value is read, and what holds it until it is wiped.
const DECIDING: [&str; 7] = [
    "core/src/gate.rs",
    "core/src/consent.rs",
    "core/src/gatekeeper.rs",
    "core/src/session.rs",
    "core/src/collection.rs",
    "core/src/vault.rs",
    "core/src/worker.rs",
];

/// Break the core in small ways, and fail if its tests let one pass
///
/// The findings are in target/mutants.out.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Files of the core to break, from the repository's root; by default those that decide whether a value is read, and that hold it
    #[arg(value_name = "FILE", default_values = DECIDING)]
    files: Vec<String>,
    /// What `cargo test` is told, so that a few fast tests run instead of all: `--lib --test vectors`
    #[arg(last = true, value_name = "TESTS")]
    tests: Vec<String>,
}

/// Runs cargo-mutants on the core.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let mut command = CARGO_MUTANTS.command()?;
    command.args(["mutants", "--package", "scruple"]);
    for file in &arguments.files {
        command.args(["--file", file]);
    }
    // For the build, too, which otherwise links every test of the core for each mutant: 11 s become a minute.
    command.args(arguments.tests.iter().map(|test| format!("--cargo-arg={test}")));
    process::run(&mut command)
}
