//! Files of the repository and of its builds.

use std::fs;
use std::io;
use std::path::Path;

use crate::trouble::{Result, Trouble};

/// A file's text.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| trouble(path, &error))
}

/// Writes a file, into a directory that is made if need be.
pub(crate) fn write(path: &Path, text: &str) -> Result {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| trouble(path, &error))
}

/// What went wrong with a file, by its name.
pub(crate) fn trouble(path: &Path, error: &io::Error) -> Trouble {
    Trouble::failed(format!("{}: {error}", path.display()))
}
