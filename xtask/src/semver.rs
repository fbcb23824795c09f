//! `cargo xtask semver`: what a new version breaks for Rust hosts.

use std::process::Command;

use anstream::eprintln;
use clap::Args;
use packager::process;
use packager::tool::Tool;
use packager::trouble::Result;

/// Compares the public API of two revisions, by what rustdoc says of each.
const CARGO_SEMVER_CHECKS: Tool = Tool {
    name: "cargo-semver-checks",
    version: "0.51.0",
    more: &[],
    compiles: "about a quarter of an hour",
};

/// What Rust hosts depend on.
const CRATES: [&str; 2] = ["scruple", "scruple-disclose"];

/// Where the older revision is put.
const OLDER: &str = "target/semver";

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
    // The tool's own copy of a revision fails at the recorded machines' links to what is outside of the repository.
    process::run(git().args(["add", "--force", "--detach", OLDER, older]))?;
    eprintln!("Documenting both revisions: some minutes.");
    command.args(["semver-checks", "--baseline-root", OLDER, "--all-features"]);
    for name in CRATES {
        command.args(["--package", name]);
    }
    let compared = process::run(&mut command);
    process::run(git().args(["remove", "--force", OLDER]))?;
    compared
}

/// Git, at its second copies of the repository.
fn git() -> Command {
    let mut git = Command::new("git");
    git.arg("worktree");
    git
}
