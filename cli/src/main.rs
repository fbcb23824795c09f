//! The `scruple` command: what the core reads on this machine, and why not.

mod agreement;
mod arguments;
mod collect;
mod explain;
mod input;
mod output;
mod policy;
#[cfg(target_os = "linux")]
mod sandbox;
mod table;
mod words;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command};

/// The command keeps the promise of every shipped artifact: what is freed is zeroed.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Why a command gave nothing. Every failure is bad input or usage: exit status 2.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Collect(arguments) => collect::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Agreement(arguments) => agreement::run(&arguments),
        Command::Policy(command) => policy::run(&command),
        Command::Completions { shell } => output::completions(shell),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            output::say(&format!("scruple: {message}"));
            ExitCode::from(2)
        }
    }
}
