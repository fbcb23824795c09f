//! Data to stdout, words to stderr, colour only on a terminal.

use std::io::{ErrorKind, Write as _};

use clap::CommandFactory as _;

use crate::Result;
use crate::arguments::Arguments;

/// Prints data, whole. Whoever closed the pipe has had enough, and that is fine.
pub(crate) fn print(data: &str) -> Result<()> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(data.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("stdout: {error}")),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says something to the person. A closed stderr has nobody to tell.
pub(crate) fn say(words: &str) {
    let _ = writeln!(anstream::stderr(), "{words}");
}

/// Prints a completion script.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "scruple", &mut script);
    print(&String::from_utf8_lossy(&script))
}
