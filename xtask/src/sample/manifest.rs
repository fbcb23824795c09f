//! The app's manifest with what the library's artifacts add to it, which is what Gradle's plugin would merge.

use crate::trouble::{Result, Trouble};

/// What a build adds to an app's manifest; the same as in the app's build.gradle.kts.
const BUILD: &str = " package=\"dev.scruple.sample\" android:versionCode=\"1\" android:versionName=\"0.1.0\">
    <uses-sdk android:minSdkVersion=\"23\" android:targetSdkVersion=\"35\" />
";

/// What an artifact may add.
const ADDED: [&str; 2] = ["<uses-permission ", "<uses-feature "];

/// Merges: each line that an artifact adds, once.
pub(super) fn merged(app: &str, artifacts: &[String]) -> Result<String> {
    let (before, start) =
        app.split_once("<manifest").ok_or_else(|| Trouble::failed("this is no manifest"))?;
    // Libraries stay in the APK, where they are aligned.
    let start = start.replacen("<application", "<application android:extractNativeLibs=\"false\"", 1);
    let (attributes, rest) =
        start.split_once('>').ok_or_else(|| Trouble::failed("the manifest has no beginning"))?;
    let mut added: Vec<_> = artifacts.iter().flat_map(|artifact| elements(artifact)).collect();
    added.sort_unstable();
    added.dedup();
    let added: String = added.iter().map(|element| format!("    {element}\n")).collect();
    Ok(format!("{before}<manifest{attributes}{BUILD}{added}{}", rest.trim_start_matches('\n')))
}

/// The elements of a manifest that are added. They are empty, and no attribute's value has an angle bracket.
fn elements(manifest: &str) -> Vec<&str> {
    let starts = ADDED.iter().flat_map(|start| manifest.match_indices(start));
    starts.filter_map(|(at, _)| manifest[at..].split_inclusive('>').next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &str =
        "<?xml version=\"1.0\"?>\n<manifest xmlns:android=\"a\">\n    <application />\n</manifest>\n";

    #[test]
    fn what_artifacts_need_is_added_once() {
        let coarse = "<uses-permission android:name=\"COARSE\" />";
        let fine = "<uses-permission\n        android:name=\"FINE\" />";
        let artifacts = [
            format!("<manifest package=\"x\">\n    <uses-sdk />\n    {coarse}\n</manifest>"),
            format!(
                "<manifest>{coarse}<!-- Why. -->{}<uses-feature android:name=\"gps\" /></manifest>",
                fine.replace('\n', " ")
            ),
        ];
        let merged = merged(APP, &artifacts).unwrap();
        assert_eq!(merged.matches(coarse).count(), 1);
        assert_eq!(merged.matches("FINE").count(), 1);
        assert_eq!(merged.matches("<uses-feature android:name=\"gps\" />").count(), 1);
        assert_eq!(merged.matches("<uses-sdk").count(), 1);
        assert!(merged.starts_with(
            "<?xml version=\"1.0\"?>\n<manifest xmlns:android=\"a\" package=\"dev.scruple.sample\""
        ));
        assert!(merged.ends_with("    <application android:extractNativeLibs=\"false\" />\n</manifest>\n"));
    }

    #[test]
    fn the_builds_own_lines_are_gradles() {
        let gradle = include_str!("../../../android-sample/build.gradle.kts");
        for (here, there) in [
            ("package=\"dev.scruple.sample\"", "applicationId = \"dev.scruple.sample\""),
            ("versionCode=\"1\"", "versionCode = 1\n"),
            ("versionName=\"0.1.0\"", "versionName = \"0.1.0\""),
            ("minSdkVersion=\"23\"", "minSdk = 23\n"),
            ("targetSdkVersion=\"35\"", "targetSdk = 35\n"),
        ] {
            assert!(BUILD.contains(here) && gradle.contains(there), "{here}");
        }
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        assert!(merged("<resources />", &[]).is_err());
    }
}
