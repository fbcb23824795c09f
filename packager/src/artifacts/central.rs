//! What Maven Central asks of what is published: a whole POM, sources, documentation, and checksums that are right.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::archive::Archive;
use super::artifact::ARTIFACTS;
use super::pom::BOM;
use super::repository::{CHECKSUMS, Repository};
use super::xml;
use crate::file::{self, bytes, read};
use crate::process::printed;
use crate::trouble::{Result, Trouble};

/// What a POM has to say, from its root on.
const SAID: [&[&str]; 13] = [
    &["groupId"],
    &["artifactId"],
    &["version"],
    &["packaging"],
    &["name"],
    &["description"],
    &["url"],
    &["licenses", "license", "name"],
    &["licenses", "license", "url"],
    &["developers", "developer", "name"],
    &["developers", "developer", "url"],
    &["scm", "connection"],
    &["scm", "url"],
];

/// Looks at every file of a repository.
pub(super) fn check(root: &Path) -> Result {
    let names = ARTIFACTS.iter().map(|artifact| (artifact.name, Some(artifact.extension())));
    for (name, extension) in names.chain([(BOM, None)]) {
        let of = |ending: &str| Repository::place(root, name, ending);
        said(&read(&of(".pom"))?).map_err(|why| Trouble::failed(format!("{name}'s POM {why}")))?;
        // A POM alone has neither.
        let Some(extension) = extension else { continue };
        bytes(&of(&format!(".{extension}")))?;
        filled(&of("-sources.jar"), |file| file.ends_with(".kt"))?;
        filled(&of("-javadoc.jar"), |file| file == "index.html" || file == "README")?;
    }
    checksums(root)
}

/// Fails if a POM lacks something.
fn said(pom: &str) -> Result {
    let document = xml::parse(pom)?;
    for path in SAID {
        let element = path.iter().try_fold(document.root_element(), |element, name| {
            element.children().find(|child| child.tag_name().name() == *name)
        });
        let text = element.and_then(|element| element.text()).map(str::trim).unwrap_or_default();
        if text.is_empty() {
            return Err(Trouble::failed(format!("does not say {}", path.join("/"))));
        }
    }
    Ok(())
}

/// Fails if a jar has no such file.
fn filled(jar: &Path, is_such: fn(&str) -> bool) -> Result {
    match Archive::from_bytes(&bytes(jar)?)?.names().any(is_such) {
        true => Ok(()),
        false => Err(Trouble::failed(format!("{} is empty", jar.display()))),
    }
}

/// Fails if a file has not each checksum beside it, or a wrong one.
fn checksums(root: &Path) -> Result {
    let is_checksum =
        |path: &PathBuf| path.extension().is_some_and(|own| CHECKSUMS.iter().any(|name| own == *name));
    let files: Vec<_> = file::tree(root)?.into_iter().filter(|path| !is_checksum(path)).collect();
    for name in CHECKSUMS {
        let mut sum = Command::new(format!("{name}sum"));
        for line in printed(sum.args(&files))?.lines() {
            let Some((digest, path)) = line.split_once("  ") else { continue };
            if read(Path::new(&format!("{path}.{name}")))? != digest {
                return Err(Trouble::failed(format!("{path}.{name} is not its checksum")));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::pom;
    use super::*;
    use crate::file::write;

    #[test]
    fn each_lack_of_a_pom_is_named() {
        let whole = pom::bom();
        said(&whole).unwrap();
        for path in SAID {
            let name = path.last().unwrap();
            let lacking = whole.replace(&format!("<{name}>"), "<x>").replace(&format!("</{name}>"), "</x>");
            assert!(said(&lacking).unwrap_err().to_string().starts_with("does not say "), "{path:?}");
        }
    }

    #[test]
    fn a_wrong_checksum_and_none_are_seen() {
        let directory = tempfile::tempdir().unwrap();
        let repository = Repository::create(directory.path()).unwrap();
        repository.add("scruple", ".aar", "text").unwrap();
        repository.finish().unwrap();
        checksums(directory.path()).unwrap();
        let place = Repository::place(directory.path(), "scruple", ".aar");
        write(&place, "texts").unwrap();
        assert!(
            checksums(directory.path()).unwrap_err().to_string().ends_with(".aar.md5 is not its checksum")
        );
        write(&place.with_file_name("more.aar"), "text").unwrap();
        assert!(checksums(directory.path()).is_err());
    }
}
