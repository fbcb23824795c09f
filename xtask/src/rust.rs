//! The stage `rust`: everything that needs no other toolchain.

use std::process::Command;

use packager::process::{self, cargo};
use packager::trouble::Result;
use packager::{debian, maven};

use crate::deny;
use crate::fuzz;
use crate::models;
use crate::modules;
use crate::msrv;
use crate::shipped;
use crate::stage::{Stage, Step};

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "rust",
    about: "the crates: everything that needs no other toolchain",
    steps: &[
        Step {
            name: "format",
            about: "rustfmt would change nothing",
            run: || cargo(&["fmt", "--all", "--check"]),
        },
        // Advisories come from a git repository, which not every machine reaches: `cargo xtask advisories`.
        Step {
            name: "deny",
            about: "the dependencies' licences and sources are those of deny.toml",
            run: || deny::check(&["bans", "licenses", "sources"]),
        },
        SHIPPED,
        Step {
            name: "modules",
            about: "no two modules of the core need each other, no file is long",
            run: modules::run,
        },
        Step { name: "clippy", about: "no lint complains, of the core as phones get it either", run: clippy },
        Step { name: "docs", about: "rustdoc builds, every link leads somewhere", run: docs },
        Step {
            name: "tests",
            about: "the tests of every crate, the command under strace among them",
            run: tests,
        },
        Step { name: "models", about: "the core's threads, in every order of their steps", run: models::all },
        FUZZ,
        Step { name: "msrv", about: "what ships builds with Rust 1.85", run: msrv::builds },
    ],
};

/// What ships that others wrote.
pub(crate) const SHIPPED: Step = Step {
    name: "shipped",
    about: "notices and docs/dependencies.md name every crate that is linked",
    run: shipped::test,
};

/// Hostile input, for a second each.
pub(crate) const FUZZ: Step = Step {
    name: "fuzz",
    about: "every fuzz target for a second, and a fault that each finds",
    run: fuzz::smoke,
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

/// Runs the tests; those of the command line watch its system calls with strace, run its hooks with pre-commit and ask the shells what they
/// complete, a browser shows the page of the declarations, and Google's manifest merger, on Java, is what the check's own is held against.
fn tests() -> Result {
    ["strace", "chromium", "pre-commit", "elvish", "fish", "zsh"].into_iter().try_for_each(debian::ensure)?;
    maven::ensure()?;
    cargo(&[&["test"], &ALL[..], &["--all-features"]].concat())
}
