//! Jars and AARs: zip archives that are the same, byte for byte, whenever they are made of the same files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::file;
use crate::trouble::{Result, Trouble};

/// Files by their names, which sort them. They have no times and no directories of their own.
#[derive(Clone, Default)]
pub(super) struct Archive(BTreeMap<String, Vec<u8>>);

impl Archive {
    /// With one more file.
    pub(super) fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(name.to_owned(), bytes.into());
        self
    }

    /// With everything that lies in a directory, at any depth.
    pub(super) fn with_tree(mut self, directory: &Path) -> Result<Self> {
        for path in file::tree(directory)? {
            let name = path.strip_prefix(directory).unwrap_or(&path).to_string_lossy().into_owned();
            self.0.insert(name, file::bytes(&path)?);
        }
        Ok(self)
    }

    /// A jar of these files, which has to begin with a manifest.
    pub(super) fn into_jar(self) -> Result<Vec<u8>> {
        self.with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n").into_bytes()
    }

    /// The archive itself.
    pub(super) fn into_bytes(self) -> Result<Vec<u8>> {
        let made = || -> ZipResult<Vec<u8>> {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(9))
                // The earliest that there is: 1980.
                .last_modified_time(DateTime::DEFAULT)
                .unix_permissions(0o644);
            for (name, bytes) in self.0 {
                zip.start_file(name, options)?;
                zip.write_all(&bytes)?;
            }
            Ok(zip.finish()?.into_inner())
        };
        made().map_err(|error| Trouble::failed(format!("an archive could not be made: {error}")))
    }

    /// Reads an archive. What others packed may have directories, which are no files.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let read = || -> ZipResult<Self> {
            let mut zip = ZipArchive::new(Cursor::new(bytes))?;
            let mut files = BTreeMap::new();
            for index in 0..zip.len() {
                let mut file = zip.by_index(index)?;
                if file.is_dir() {
                    continue;
                }
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                files.insert(file.name().to_owned(), bytes);
            }
            Ok(Self(files))
        };
        read().map_err(|error| Trouble::failed(format!("this is no archive: {error}")))
    }

    /// The names of the files, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The files, sorted by their names.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// A file's bytes.
    pub(super) fn file(&self, name: &str) -> Result<&[u8]> {
        let bytes = self.0.get(name).ok_or_else(|| Trouble::failed(format!("there is no {name} in it")))?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_adding_and_the_time_change_nothing() {
        let one = Archive::default().with("b/c", "text").with("a", "").into_bytes().unwrap();
        // Times in a zip archive have a resolution of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2100));
        let other = Archive::default().with("a", "").with("b/c", "text").into_bytes().unwrap();
        assert_eq!(one, other);
        assert_ne!(one, Archive::default().with("a", "").with("b/c", "texts").into_bytes().unwrap());
    }

    #[test]
    fn directories_are_left_out() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_directory("jni/", SimpleFileOptions::default()).unwrap();
        zip.start_file("jni/a.so", SimpleFileOptions::default()).unwrap();
        let archive = Archive::from_bytes(&zip.finish().unwrap().into_inner()).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["jni/a.so"]);
    }

    #[test]
    fn what_was_packed_is_read_again() {
        let bytes = Archive::default().with("b/c", "text").with("a", "").into_bytes().unwrap();
        let archive = Archive::from_bytes(&bytes).unwrap();
        assert!(archive.names().eq(["a", "b/c"]));
        assert_eq!(archive.file("b/c").unwrap(), b"text");
        assert_eq!(archive.file("d").unwrap_err().to_string(), "there is no d in it");
    }
}
