//! The app's manifest with what the library's artifacts add to it, by the merger that Gradle's plugin runs.

use std::path::Path;

use crate::merger::{self, Project};
use crate::trouble::{Result, Trouble};

/// What a build adds to an app's manifest; the same as in the app's build.gradle.kts.
const BUILD: &str = " package=\"dev.scruple.sample\" android:versionCode=\"1\" android:versionName=\"0.1.0\"";

/// The app's minSdkVersion and targetSdkVersion, as there.
const LEVELS: (u32, u32) = (23, 36);

/// What is made on the way.
const WORK: &str = "target/sample/merged";

/// Merges, by way of a folder of its own.
pub(super) fn merged(app: &str, libraries: Vec<String>) -> Result<String> {
    merger::one(Project { levels: LEVELS, app: built(app)?, libraries }, Path::new(WORK))
}

/// The app's own, as a build hands it to the merger.
fn built(app: &str) -> Result<String> {
    let (before, start) =
        app.split_once("<manifest").ok_or_else(|| Trouble::failed("this is no manifest"))?;
    // Libraries stay in the APK, where they are aligned.
    let start = start.replacen("<application", "<application android:extractNativeLibs=\"false\"", 1);
    Ok(format!("{before}<manifest{BUILD}{start}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builds_own_lines_are_gradles() {
        let gradle = include_str!("../../../android-sample/build.gradle.kts");
        for (here, there) in [
            ("package=\"dev.scruple.sample\"", "applicationId = \"dev.scruple.sample\""),
            ("versionCode=\"1\"", "versionCode = 1\n"),
            ("versionName=\"0.1.0\"", "versionName = libs.versions.scruple.get()"),
        ] {
            assert!(BUILD.contains(here) && gradle.contains(there), "{here}");
        }
        // The library's version is the app's.
        let catalog = include_str!("../../../android-sample/gradle/libs.versions.toml");
        assert!(catalog.contains("\nscruple = \"0.1.0\"\n"));
        for line in [format!("minSdk = {}\n", LEVELS.0), format!("targetSdk = {}\n", LEVELS.1)] {
            assert!(gradle.contains(&line), "{line}");
        }
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        assert!(built("<resources />").is_err());
        let app = "<?xml version=\"1.0\"?>\n<manifest xmlns:android=\"a\"><application /></manifest>";
        let built = built(app).unwrap();
        assert!(
            built.starts_with("<?xml version=\"1.0\"?>\n<manifest package=\"dev.scruple.sample\""),
            "{built}"
        );
        assert!(built.ends_with("<application android:extractNativeLibs=\"false\" /></manifest>"), "{built}");
    }
}
