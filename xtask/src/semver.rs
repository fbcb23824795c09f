//! `cargo xtask semver`: what a new version breaks for Rust hosts.

use clap::Args;
use packager::process;
use packager::tool::Tool;
use packager::trouble::Result;

/// Compares the public API of two revisions, by what rustdoc says of each.
const CARGO_SEMVER_CHECKS: Tool =
    Tool { name: "cargo-semver-checks", version: "0.51.0", more: &[], compiles: "about four minutes" };

/// What Rust hosts depend on.
const CRATES: [&str; 2] = ["scruple", "scruple-disclose"];

/// Hold the crates' public API against an older revision's
///
/// It fails if the version's number promises more than cargo-semver-checks finds kept.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The older revision: a release's tag, such as v0.1.0
    #[arg(value_name = "REVISION")]
    older: String,
}

/// Compares each crate.
pub(crate) fn run(Arguments { older }: &Arguments) -> Result {
    let mut command = CARGO_SEMVER_CHECKS.command()?;
    command.args(["semver-checks", "--baseline-rev", older, "--all-features"]);
    for name in CRATES {
        command.args(["--package", name]);
    }
    process::run(&mut command)
}
