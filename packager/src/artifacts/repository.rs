//! A Maven repository in a directory: `dev/scruple/NAME/VERSION/NAME-VERSION.EXTENSION`, checksums beside every file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifact::{GROUP, VERSION};
use super::xml::Element;
use crate::file::{self, write};
use crate::process::printed;
use crate::trouble::{Result, Trouble};

/// The checksums that Maven and Gradle look for, each by the program of its name and `sum`.
pub(super) const CHECKSUMS: &[&str] = &["md5", "sha1", "sha256", "sha512"];

/// A repository that is being filled.
pub(super) struct Repository {
    /// Its directory.
    root: PathBuf,
}

impl Repository {
    /// An empty one, whatever was there before.
    pub(super) fn create(root: &Path) -> Result<Self> {
        file::remove(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Where an artifact's file of this ending is, such as `.pom` or `-sources.jar`.
    pub(super) fn place(root: &Path, artifact: &str, ending: &str) -> PathBuf {
        Self::directory(root, artifact).join(VERSION).join(format!("{artifact}-{VERSION}{ending}"))
    }

    /// Where everything of an artifact is.
    fn directory(root: &Path, artifact: &str) -> PathBuf {
        root.join(GROUP.replace('.', "/")).join(artifact)
    }

    /// Adds an artifact's file.
    pub(super) fn add(&self, artifact: &str, ending: &str, bytes: impl AsRef<[u8]>) -> Result {
        write(&Self::place(&self.root, artifact, ending), bytes)?;
        write(&Self::directory(&self.root, artifact).join("maven-metadata.xml"), versions(artifact))
    }

    /// Adds the checksums, which are the last.
    pub(super) fn finish(self) -> Result {
        let files = file::tree(&self.root)?;
        for checksum in CHECKSUMS {
            let mut sum = Command::new(format!("{checksum}sum"));
            for line in printed(sum.args(&files))?.lines() {
                if let Some((digest, path)) = line.split_once("  ") {
                    write(Path::new(&format!("{path}.{checksum}")), digest)?;
                }
            }
        }
        Ok(())
    }
}

/// Which versions of an artifact there are.
fn versions(artifact: &str) -> String {
    let versioning = vec![
        Element::text("latest", VERSION),
        Element::text("release", VERSION),
        Element::Group("versions", vec![Element::text("version", VERSION)]),
    ];
    let metadata = vec![
        Element::text("groupId", GROUP),
        Element::text("artifactId", artifact),
        Element::Group("versioning", versioning),
    ];
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    Element::Group("metadata", metadata).write(&mut text, 0);
    text
}

/// Fails if two repositories are not the same, byte for byte.
pub(super) fn compare(one: &Path, other: &Path) -> Result {
    let (one, other) = (contents(one)?, contents(other)?);
    let names: Vec<_> = one.keys().chain(other.keys()).collect();
    match names.into_iter().find(|name| one.get(*name) != other.get(*name)) {
        None => Ok(()),
        Some(name) => Err(Trouble::failed(format!("packed twice, {} differs", name.display()))),
    }
}

/// Every file in a directory, by its place there.
fn contents(directory: &Path) -> Result<BTreeMap<OsString, Vec<u8>>> {
    let read = |path: PathBuf| {
        let name = path.strip_prefix(directory).unwrap_or(&path).as_os_str().to_owned();
        Ok((name, file::bytes(&path)?))
    };
    file::tree(directory)?.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(root: &Path, text: &str) {
        let repository = Repository::create(root).unwrap();
        repository.add("scruple", ".aar", text).unwrap();
        repository.finish().unwrap();
    }

    #[test]
    fn a_file_has_its_place_and_its_checksums() {
        let directory = tempfile::tempdir().unwrap();
        repository(directory.path(), "text");
        let names = contents(directory.path()).unwrap().into_keys();
        let names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        assert_eq!(names.len(), 10, "{names:?}");
        assert!(
            names.contains(&"dev/scruple/scruple/0.1.0/scruple-0.1.0.aar.sha512".to_owned()),
            "{names:?}"
        );
        let md5 = file::read(&Repository::place(directory.path(), "scruple", ".aar.md5")).unwrap();
        assert_eq!(md5, "1cb251ec0d568de6a929b520c4aed8d1");
    }

    #[test]
    fn another_byte_and_another_file_are_seen() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        repository(one.path(), "text");
        repository(other.path(), "text");
        compare(one.path(), other.path()).unwrap();
        repository(other.path(), "texts");
        let why = compare(one.path(), other.path()).unwrap_err().to_string();
        assert_eq!(why, "packed twice, dev/scruple/scruple/0.1.0/scruple-0.1.0.aar differs");
        repository(other.path(), "text");
        write(&other.path().join("more"), "").unwrap();
        assert_eq!(compare(one.path(), other.path()).unwrap_err().to_string(), "packed twice, more differs");
    }
}
