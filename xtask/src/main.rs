//! Builds, tests and measures Scruple: `cargo xtask --help`.

mod android;
mod apple;
mod bench;
mod bindings;
mod containers;
mod deny;
mod docs;
mod doctor;
mod fuzz;
mod help;
mod kotlin;
mod lane;
mod lint;
mod models;
mod modules;
mod msrv;
mod mutants;
mod objective_c;
mod package;
mod proof;
mod report;
mod rust;
mod sample;
mod semver;
mod shipped;
mod shown;
mod soak;
mod stage;
mod stand_ins;
mod swift;
mod test;
mod toolchain;
mod version;

use std::path::Path;
use std::process::ExitCode;

use anstream::eprintln;
use clap::{Parser, Subcommand};
use packager::trouble::{Result, Trouble};

/// What stands where in the help: the commands are in groups.
const HELP: &str = "{about-with-newline}\n{usage-heading} {usage}{after-help}\n\nOptions:\n{options}";

/// Builds, tests and measures Scruple.
///
/// Exit status: 0 fine, 1 something failed, 2 wrong usage.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", help_template = HELP, after_help = help::commands(&Command::augment_subcommands(clap::Command::new(""))))]
struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

/// Each command has its own file.
#[derive(Subcommand)]
enum Command {
    /// Say what this machine has for each stage, what it lacks, and what mends that
    Doctor,
    Test(test::Arguments),
    Models(models::Arguments),
    Soak(soak::Arguments),
    Mutants(mutants::Arguments),
    Containers(containers::Arguments),
    Fuzz(fuzz::Arguments),
    Bench(bench::Arguments),
    Bindings(bindings::Arguments),
    Package(package::Arguments),
    Toolchain(toolchain::Arguments),
    Semver(semver::Arguments),
    Version(version::Arguments),
    Docs(docs::Arguments),
    /// Write what ships that others wrote: notices, and docs/dependencies.md
    Shipped,
    /// Print which module of the core needs which; two that need each other are an error
    ///
    /// So is a long file.
    Modules,
    /// Hold the dependencies against the advisory database
    ///
    /// It is a git repository, so this needs the internet.
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
        Command::Doctor => doctor::run(),
        Command::Test(arguments) => test::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
        Command::Soak(arguments) => soak::run(&arguments),
        Command::Mutants(arguments) => mutants::run(&arguments),
        Command::Containers(arguments) => containers::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Bindings(arguments) => bindings::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Toolchain(arguments) => toolchain::run(&arguments),
        Command::Semver(arguments) => semver::run(&arguments),
        Command::Version(arguments) => version::run_with(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Shipped => shipped::run(),
        Command::Modules => modules::run(),
        Command::Advisories => deny::check(&["advisories"]),
    }
}
