//! `cargo xtask toolchain`.

use clap::Args;
use packager::trouble::Result;
use packager::{process, toolchain};

/// Run a program of the toolchain that phones' builds use, such as `swift`
///
/// It is a Debian trixie in the user's cache directory: Rust 1.85, LLVM 19, Swift 6.0. The program sees this repository,
/// the cache and cargo's home, each where it is, and nothing else.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The program
    program: String,
    /// Its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Runs one program, in the repository's root.
pub(crate) fn run(Arguments { program, arguments }: &Arguments) -> Result {
    process::run(toolchain::command(program)?.args(arguments))
}
