//! Files of the repository and of its builds.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::trouble::{Result, Trouble};

/// A file's text.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| trouble(path, &error))
}

/// A file's bytes.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| trouble(path, &error))
}

/// Writes a file, into a directory that is made if need be.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| trouble(path, &error))
}

/// Removes a directory with everything in it, if it is there.
pub(crate) fn remove(directory: &Path) -> Result {
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(|error| trouble(directory, &error))?;
    }
    Ok(())
}

/// Keeps other processes that want the same file locked waiting, until it is dropped.
pub(crate) fn lock(path: &Path) -> Result<File> {
    let locked =
        path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| File::create(path)).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
    locked.map_err(|error| trouble(path, &error))
}

/// What went wrong with a file, by its name.
pub(crate) fn trouble(path: &Path, error: &io::Error) -> Trouble {
    Trouble::failed(format!("{}: {error}", path.display()))
}

/// What stands in a directory, in the order of the names.
pub(crate) fn entries(directory: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error| trouble(directory, &error);
    let entries = fs::read_dir(directory).map_err(unreadable)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(unreadable)?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Every file in a directory, at any depth, in the order of their names.
pub(crate) fn tree(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        for path in entries(&directory)? {
            if path.is_dir() { directories.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}
