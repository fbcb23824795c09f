//! Other programs.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::trouble::{Result, Trouble};

/// Runs `cargo` in the repository; the same one that runs this, for rustup says so in the environment.
pub fn cargo(arguments: &[&str]) -> Result {
    run(Command::new("cargo").args(arguments))
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::failed(format!("{} ended with {status}", shown(command))))
    }
}

/// Runs a command to its end; if it fails, the trouble is the last error that it told of.
pub(crate) fn run_heard(command: &mut Command) -> Result {
    let mut child = command.stderr(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let mut last = None;
    for line in child
        .stderr
        .take()
        .into_iter()
        .flat_map(|stderr| BufReader::new(stderr).lines())
        .map_while(io::Result::ok)
    {
        eprintln!("{line}");
        if line.contains("error: ") {
            last = Some(line);
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    let untold = || format!("{} ended with {status}", shown(command));
    if status.success() { Ok(()) } else { Err(Trouble::failed(last.unwrap_or_else(untold))) }
}

/// Runs a command that only prepares: standard output is for results, so its words go to standard error.
pub fn prepare(command: &mut Command) -> Result {
    run(command.stdout(io::stderr()))
}

/// Runs a command to its end and gives what it printed.
pub fn printed(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        return Err(Trouble::failed(format!("{} ended with {}", shown(command), output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is on the path.
pub fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|dir| dir.join(program).is_file())
}

/// A program that is not there is the machine's lack.
pub(crate) fn not_started(command: &Command, error: &io::Error) -> Trouble {
    let program = command.get_program().display();
    if error.kind() == io::ErrorKind::NotFound {
        Trouble::cannot_run(format!("`{program}` is not installed"))
    } else {
        Trouble::failed(format!("`{program}` did not start: {error}"))
    }
}

/// The command as one would type it, without the place of its program; of the toolchain's, without what it is given to see.
pub(crate) fn shown(command: &Command) -> String {
    let program = command.get_program();
    let name = std::path::Path::new(program).file_name().unwrap_or(program);
    let words: Vec<_> =
        std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    let typed =
        if name == "bwrap" { words.iter().position(|word| word == "--").map_or(0, |at| at + 1) } else { 0 };
    format!("`{}`", words[typed..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_named_with_its_arguments() {
        let trouble = run(Command::new("/bin/sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(matches!(&trouble, Trouble::Failed(_)));
        assert_eq!(trouble.to_string(), "`sh -c exit 3` ended with exit status: 3");
    }

    #[test]
    fn the_last_error_is_heard() {
        let heard = |script: &str| run_heard(Command::new("/bin/sh").args(["-c", script]));
        let why =
            heard("echo 'error: one' >&2; echo 'x: error: two' >&2; echo more >&2; exit 1").unwrap_err();
        assert_eq!(why.to_string(), "x: error: two");
        assert_eq!(heard("exit 3").unwrap_err().to_string(), "`sh -c exit 3` ended with exit status: 3");
        heard("echo 'error: but fine' >&2").unwrap();
    }

    #[test]
    fn a_command_of_the_toolchain_is_named_without_its_mounts() {
        let mut command = Command::new("bwrap");
        command.args(["--bind", "/somewhere", "/", "--", "cargo", "build", "--", "-D", "warnings"]);
        assert_eq!(shown(&command), "`cargo build -- -D warnings`");
    }

    #[test]
    fn a_missing_program_is_the_machines_lack() {
        let trouble = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(matches!(&trouble, Trouble::CannotRun(_)));
        assert_eq!(trouble.to_string(), "`no-such-program` is not installed");
    }
}
