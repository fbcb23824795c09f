//! Java 21 or newer, beside the default: Robolectric's framework of API level 36 runs on nothing older.

use std::fs;
use std::path::{Path, PathBuf};

use crate::debian;
use crate::trouble::{Result, Trouble};

/// Where Debian's packages and others put each version.
const INSTALLED: &str = "/usr/lib/jvm";

/// The oldest that does.
pub const OLDEST: u32 = 21;

/// Debian's package of it, where the release has one.
pub const PACKAGE: &str = "openjdk-21-jre-headless";

/// Its program `java`.
pub fn java() -> Result<PathBuf> {
    if let Some(java) = installed() {
        return Ok(java);
    }
    let why = format!("there is no Java {OLDEST} or newer in {INSTALLED}");
    // No program is called so: it is installed whatever is on the path.
    debian::ensure_from(PACKAGE, PACKAGE).map_err(|trouble| trouble.preventing(&why))?;
    installed().ok_or_else(|| Trouble::cannot_run(why))
}

/// The same, if it is there already.
pub fn installed() -> Option<PathBuf> {
    found(Path::new(INSTALLED))
}

/// The oldest of those that are new enough.
fn found(installed: &Path) -> Option<PathBuf> {
    let homes = fs::read_dir(installed).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let versions = homes.filter_map(|home| {
        let release = fs::read_to_string(home.join("release")).ok()?;
        Some((version(&release)?, home.join("bin/java")))
    });
    versions.filter(|(version, java)| *version >= OLDEST && java.exists()).min().map(|(_, java)| java)
}

/// The major version that a JDK's file `release` states.
fn version(release: &str) -> Option<u32> {
    let line = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION=\""))?;
    line.split(['.', '"', '-', '+']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::write;

    #[test]
    fn the_oldest_that_does_is_taken() {
        let directory = tempfile::tempdir().unwrap();
        let home = |name: &str, release: &str| {
            write(&directory.path().join(name).join("release"), release).unwrap();
            write(&directory.path().join(name).join("bin/java"), "").unwrap();
        };
        home("a", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.15\"\n");
        home("b", "no version");
        assert_eq!(found(directory.path()), None);
        home("c", "JAVA_VERSION=\"25\"\n");
        home("d", "JAVA_VERSION=\"21.0.2\"\n");
        assert_eq!(found(directory.path()), Some(directory.path().join("d/bin/java")));
        assert_eq!(version("JAVA_VERSION=\"1.8.0_292\""), Some(1));
    }
}
