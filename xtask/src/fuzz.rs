//! `cargo xtask fuzz`: does a parser of a host's files panic or hang on anything?

use clap::Args;

use crate::process;
use crate::tool::Tool;
use crate::trouble::{Result, Trouble};

/// Drives LLVM's fuzzer.
const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2", compiles: "about two minutes" };

/// The parsers, by the names of their targets in disclose/fuzz.
const TARGETS: [&str; 19] = [
    "manifest",
    "axml",
    "aab",
    "plist",
    "bplist",
    "openstep",
    "xcconfig",
    "xcstrings",
    "privacy_manifest",
    "program",
    "profile",
    "source",
    "gradle",
    "archive",
    "project",
    "specification",
    "package",
    "module",
    "play",
];

/// Feed each parser of a host's files with changed files until time is up; needs a nightly Rust
#[derive(Args)]
pub(crate) struct Arguments {
    /// Parsers to feed
    #[arg(value_name = "PARSER", default_values = TARGETS)]
    targets: Vec<String>,
    /// How long each
    #[arg(long, default_value_t = 300)]
    seconds: u32,
}

/// Runs cargo-fuzz, one parser after the other; it stops at the first finding and says where it lies.
pub(crate) fn run(arguments: &Arguments) -> Result {
    for target in &arguments.targets {
        let mut command = CARGO_FUZZ.command()?;
        // No sanitizer: the parsers have no unsafe code, and debug assertions are on.
        command.args(["run", "--sanitizer", "none", target]);
        // What is found goes to the first folder; the tests' files are where it starts.
        command.args([&format!("fuzz/corpus/{target}"), "tests/files", "tests/data", "--"]);
        command.arg(format!("-max_total_time={}", arguments.seconds)).args(["-timeout=10", "-max_len=8192"]);
        std::fs::create_dir_all(format!("disclose/fuzz/corpus/{target}"))
            .map_err(|error| Trouble::failed(format!("no folder for {target}: {error}")))?;
        process::run(command.current_dir("disclose").env("RUSTUP_TOOLCHAIN", "nightly"))?;
    }
    Ok(())
}
