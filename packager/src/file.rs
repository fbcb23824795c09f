//! Files of the repository and of its builds.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::trouble::{Result, Trouble};

/// A file's text.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| trouble(path, &error))
}

/// A file's bytes.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| trouble(path, &error))
}

/// Writes a file, into a directory that is made if need be.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| trouble(path, &error))
}

/// Removes a directory with everything in it, if it is there.
pub fn remove(directory: &Path) -> Result {
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(|error| trouble(directory, &error))?;
    }
    Ok(())
}

/// Makes one directory hold what another holds. What is the same already is not touched.
pub fn mirror(from: &Path, to: &Path) -> Result {
    let names = |directory: &Path| -> Result<BTreeSet<PathBuf>> {
        let files = if directory.exists() { tree(directory)? } else { Vec::new() };
        Ok(files.iter().filter_map(|file| file.strip_prefix(directory).ok()).map(Path::to_owned).collect())
    };
    let (wanted, there) = (names(from)?, names(to)?);
    for name in there.difference(&wanted) {
        let file = to.join(name);
        fs::remove_file(&file).map_err(|error| trouble(&file, &error))?;
    }
    for name in &wanted {
        let bytes = bytes(&from.join(name))?;
        let file = to.join(name);
        if !there.contains(name) || self::bytes(&file)? != bytes {
            write(&file, bytes)?;
        }
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
pub fn trouble(path: &Path, error: &io::Error) -> Trouble {
    Trouble::failed(format!("{}: {error}", path.display()))
}

/// What stands in a directory, in the order of the names.
pub fn entries(directory: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error| trouble(directory, &error);
    let entries = fs::read_dir(directory).map_err(unreadable)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(unreadable)?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Every file in a directory, at any depth, in the order of their names.
pub fn tree(directory: &Path) -> Result<Vec<PathBuf>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_touches_only_what_differs() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for (name, text) in [("from/same", "1"), ("from/in/new", "2"), ("to/same", "1"), ("to/old", "3")] {
            write(&folder.path().join(name), text).unwrap();
        }
        let before = fs::metadata(to.join("same")).unwrap().modified().unwrap();
        mirror(&from, &to).unwrap();
        assert_eq!(tree(&to).unwrap(), [to.join("in/new"), to.join("same")]);
        assert_eq!(read(&to.join("in/new")).unwrap(), "2");
        assert_eq!(fs::metadata(to.join("same")).unwrap().modified().unwrap(), before);
    }
}
