//! Builds, tests and measures Scruple: `cargo xtask --help`.

mod android;
mod apple;
mod bench;
mod bindings;
mod cache;
mod debian;
mod deny;
mod fetched;
mod file;
mod fuzz;
mod kotlin;
mod lane;
mod lint;
mod merger;
mod models;
mod modules;
mod msrv;
mod mutants;
mod newer_java;
mod objective_c;
mod package;
mod phone;
mod process;
mod report;
mod rust;
mod sample;
mod shown;
mod soak;
mod stage;
mod stand_ins;
mod swift;
mod test;
mod tool;
mod trixie;
mod trouble;

use std::path::Path;
use std::process::ExitCode;

use anstream::eprintln;
use clap::{Parser, Subcommand};

use crate::trouble::{Result, Trouble};

/// Builds, tests and measures Scruple.
///
/// Exit status: 0 fine, 1 something failed, 2 wrong usage.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

/// Each command has its own file.
#[derive(Subcommand)]
enum Command {
    Test(test::Arguments),
    Models(models::Arguments),
    Soak(soak::Arguments),
    Mutants(mutants::Arguments),
    Fuzz(fuzz::Arguments),
    Bench(bench::Arguments),
    Bindings(bindings::Arguments),
    Package(package::Arguments),
    Trixie(trixie::Arguments),
    /// Print which module of the core needs which; two that need each other, or a long file, are an error
    Modules,
    /// Hold the dependencies against the advisory database; a git repository, so this needs the internet
    Advisories,
}

/// Runs what the arguments ask for.
fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{}: {trouble}", report::bad("error"));
            ExitCode::FAILURE
        }
    }
}

/// Runs one command, from the repository's root wherever it was called.
fn run(command: Command) -> Result {
    // Not what `env!` has: two clones that share a target directory share this program too.
    let xtask =
        std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| Trouble::failed("call me as `cargo xtask`"))?;
    let root = Path::new(&xtask).join("..");
    std::env::set_current_dir(root)
        .map_err(|error| Trouble::failed(format!("cannot enter the repository: {error}")))?;
    match command {
        Command::Test(arguments) => test::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
        Command::Soak(arguments) => soak::run(&arguments),
        Command::Mutants(arguments) => mutants::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Bindings(arguments) => bindings::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Trixie(arguments) => trixie::run(&arguments),
        Command::Modules => modules::run(),
        Command::Advisories => deny::check(&["advisories"]),
    }
}
