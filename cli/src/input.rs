//! Files that a person wrote.

use std::fs;
use std::path::Path;

use scruple::Error;

use crate::Result;

/// Reads a file of text into what it says; an error begins with the file, the line and the column.
pub(crate) fn read<T>(path: &Path, parse: fn(&str) -> std::result::Result<T, Error>) -> Result<T> {
    let failed = |reason: String| format!("{}:{reason}", path.display());
    let bytes = fs::read(path).map_err(|error| failed(format!(" {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
        failed(format!("{line}: not UTF-8; save the file as UTF-8"))
    })?;
    parse(&text).map_err(|error| failed(error.to_string()))
}
