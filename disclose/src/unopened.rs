//! Why a file cannot be opened, in words.

use std::io::{Error, ErrorKind};

/// What the system calls it is no help to whoever mistyped a path.
const WORDS: &[(ErrorKind, &str)] = &[
    (ErrorKind::NotFound, "there is no such file or folder"),
    (ErrorKind::AlreadyExists, "a file stands where a folder is needed"),
    (ErrorKind::PermissionDenied, "this user has no permission"),
    (ErrorKind::IsADirectory, "this is a folder, not a file"),
    (ErrorKind::NotADirectory, "this is a file, not a folder"),
    (ErrorKind::ReadOnlyFilesystem, "this file system is read-only"),
    (ErrorKind::StorageFull, "the disk is full"),
];

/// Why a file or folder cannot be opened, read or written.
pub fn unopened(error: &Error) -> String {
    let words = WORDS.iter().find(|(kind, _)| *kind == error.kind());
    words.map_or_else(|| error.to_string(), |(_, words)| (*words).to_owned())
}
