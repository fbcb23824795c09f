//! The stage `rust`: everything that needs no other toolchain.

use std::process::Command;

use crate::debian;
use crate::deny;
use crate::kotlin;
use crate::models;
use crate::modules;
use crate::msrv;
use crate::process::{self, cargo};
use crate::stage::{Stage, Step};
use crate::trouble::Result;

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "rust",
    steps: &[
        Step { name: "format", run: || cargo(&["fmt", "--all", "--check"]) },
        // Advisories come from a git repository, which not every machine reaches: `cargo xtask advisories`.
        Step { name: "deny", run: || deny::check(&["bans", "licenses", "sources"]) },
        Step { name: "modules", run: modules::run },
        Step { name: "clippy", run: clippy },
        Step { name: "docs", run: docs },
        Step { name: "tests", run: tests },
        // The optimiser makes other copies of a value than the debug build does.
        Step { name: "release", run: || cargo(&["test", "--release", "-p", "scruple", "--test", "memory"]) },
        Step { name: "models", run: models::all },
        Step { name: "msrv", run: msrv::builds },
    ],
};

/// Every crate but the bindings' generator: one line, above dependencies that compile for minutes.
const ALL: [&str; 3] = ["--workspace", "--exclude", "uniffi-bindgen"];

/// Lints everything, and the core once more as phones get it.
fn clippy() -> Result {
    cargo(&[&["clippy"], &ALL[..], &["--all-targets", "--all-features", "--", "-D", "warnings"]].concat())?;
    cargo(&["clippy", "-p", "scruple", "--no-default-features", "--", "-D", "warnings"])
}

/// Builds the documentation: a dead link is an error.
fn docs() -> Result {
    process::run(
        Command::new("cargo").arg("doc").args(ALL).arg("--no-deps").env("RUSTDOCFLAGS", "-D warnings"),
    )
}

/// Runs the tests; those of the command line watch its system calls with strace and run its hooks with pre-commit, a browser
/// shows the page of the declarations, and Google's manifest merger, on Java, is what the check's own is held against.
fn tests() -> Result {
    debian::ensure("strace")?;
    debian::ensure("chromium")?;
    debian::ensure("pre-commit")?;
    kotlin::ensure_tools()?;
    cargo(&[&["test"], &ALL[..], &["--all-features"]].concat())
}
