//! The `scruple` command: what the core reads on this machine, and why not.

mod agreement;
mod arguments;
mod check;
mod collect;
mod diff;
mod disclose;
mod explain;
mod input;
mod manual;
mod output;
mod policy;
#[cfg(target_os = "linux")]
mod record;
#[cfg(target_os = "linux")]
mod sandbox;
mod table;
mod words;
mod wrap;

use std::process::ExitCode;

use crate::arguments::{Arguments, Command};

/// The command keeps the promise of every shipped artifact: what is freed is zeroed.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// What others wrote, which their licences want beside every copy: `cargo xtask shipped` writes it.
const NOTICES: &str = include_str!("../../notices/command.txt");

/// How a command ended that did what it was asked.
enum Verdict {
    /// Nothing to mend: exit status 0.
    Fine,
    /// Something to mend: exit status 1.
    Findings,
    /// A file that was looked at could not be read: exit status 2.
    Unreadable,
}

/// Why a command gave nothing. Every failure is bad input or usage: exit status 2.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let fine = |()| Verdict::Fine;
    let done = match Arguments::read().command {
        Command::Collect(arguments) => match &arguments.record {
            #[cfg(target_os = "linux")]
            Some(folder) => record::run(&arguments, folder),
            #[cfg(not(target_os = "linux"))]
            Some(_) => Err("--record is for Linux only".to_owned()),
            None => collect::run(&arguments),
        }
        .map(fine),
        Command::Explain(arguments) => explain::run(&arguments).map(fine),
        Command::Agreement(arguments) => agreement::run(&arguments).map(fine),
        Command::Check(arguments) => check::run(&arguments),
        Command::Policy(command) => policy::run(&command),
        Command::Disclose(arguments) => disclose::run(&arguments),
        Command::Notices => output::print(NOTICES).map(fine),
        Command::Man { out } => manual::run(&out).map(fine),
        Command::Completions { shell } => output::completions(shell).map(fine),
    };
    match done {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Ok(Verdict::Unreadable) => ExitCode::from(2),
        Err(message) => {
            output::say(&format!("scruple: {message}"));
            ExitCode::from(2)
        }
    }
}
