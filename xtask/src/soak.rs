//! `cargo xtask soak`: does the core keep its promise for a million collections, and does it keep its size?

use std::process::Command;

use anstream::eprintln;
use clap::Args;
use packager::process;
use packager::trouble::Result;

/// Collect from many threads for long, and fail if anything stays
///
/// Consent comes and goes meanwhile. It fails if a value outlives a revocation, or memory or threads grow. Builds for release, under the allocator that shipped artifacts set. Sources answer at once, late, never in time, or panic; sessions
/// are closed and opened again meanwhile. A line every few seconds shows collections, memory and threads. Exit status: 0 the promise
/// was kept, 1 it was not, 2 wrong usage.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many collections in all
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    collections: u64,
    /// How many threads collect
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u64).range(1..=1000))]
    threads: u64,
    /// Stop after this time, however many collections there were
    #[arg(long, value_name = "N", default_value_t = 3_600, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
}

/// Builds the program that does it, and runs it.
pub(crate) fn run(arguments: &Arguments) -> Result {
    eprintln!("Building the program: half a minute at first.");
    let Arguments { collections, threads, seconds } = arguments;
    let numbers = [collections, threads, seconds].map(u64::to_string);
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--release", "--package", "xtask", "--features", "soak", "--bin", "soak"]);
    process::run(cargo.arg("--").args(numbers))
}
