//! Data to stdout, words to stderr, colour only on a terminal.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use clap::CommandFactory as _;
use scruple_disclose::unopened;

use crate::Result;
use crate::arguments::Arguments;

/// Prints data, whole. Whoever closed the pipe has had enough, and that is fine.
pub(crate) fn print(data: &str) -> Result<()> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(data.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("stdout: {}", unopened(&error))),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says something to the person. A closed stderr has nobody to tell.
pub(crate) fn say(words: &str) {
    let _ = writeln!(anstream::stderr(), "{words}");
}

/// How many columns the terminal has that gets the data; none if a file or a pipe does.
pub(crate) fn width() -> Option<usize> {
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(columns.into())
}

/// Writes a file, and makes its folder.
pub(crate) fn write(path: &Path, contents: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).and_then(|()| fs::write(path, contents)).map_err(|error| {
        format!("{}: cannot be written: {}; name another place", path.display(), unopened(&error))
    })
}

/// Prints a completion script.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "scruple", &mut script);
    print(&String::from_utf8_lossy(&script))
}
