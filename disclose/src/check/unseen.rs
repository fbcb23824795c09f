//! What cannot be seen as it is, which is never fine.

use std::path::PathBuf;

use super::android::{Found, Kinds};
use super::apple::Checked;
use super::expo;
use super::files::Files;
use super::finding::{CheckRule, Finding, Level, Place};
use super::projects::Project;

/// Projects whose apps are not there yet, and trees without any app.
pub(super) fn findings(
    files: &Files,
    projects: &[Project],
    android: &Found,
    apple: &Checked,
    paths: &[PathBuf],
) -> Vec<Finding> {
    let apps = |kind: Kinds| {
        android.apps.iter().filter(move |(_, own)| own.kind == kind).map(|(name, _)| name.as_str())
    };
    let seen: Vec<&str> = apps(Kinds::App).chain(android.elsewhere.iter().map(String::as_str)).collect();
    let places: Vec<&str> = apple.places.iter().map(String::as_str).collect();
    let is_empty = apps(Kinds::App).next().is_none() && places.is_empty();
    let mut findings: Vec<Finding> = projects
        .iter()
        .filter(|own| !own.is_seen(files, &seen, &places, &apple.read) || (is_empty && seen.is_empty()))
        .map(|own| {
            let lacks = own.lacking(&seen, &places);
            let mut finding = unseen(
                Place::new(own.file.clone(), Some(1)),
                format!(
                    "{} whose {lacks} not there yet, so Scruple cannot say what it declares",
                    own.framework.name
                ),
                format!(
                    "Run `{}`, and check again; or check the APK, the bundle or the IPA.",
                    own.framework.command
                ),
            );
            let unread = apple.unread.iter().filter(|(file, _)| *file == own.file);
            finding.also = match own.is_expo() {
                true => expo::read(files, own).map(|own| own.unread).unwrap_or_default(),
                false => unread.map(|(_, place)| place.clone()).collect(),
            };
            if !finding.also.is_empty() {
                finding.why.push_str("; Scruple cannot read all of it as it is");
            }
            finding
        })
        .collect();
    findings.extend(android.apps.values().filter_map(|own| own.cut.clone()).map(|place| {
        unseen(
            place,
            "an app of more variants than Scruple looks at, so Scruple cannot say what the others declare"
                .to_owned(),
            "Check the APK or the bundle of each that ships.".to_owned(),
        )
    }));
    if !is_empty || !findings.is_empty() || !files.has_folder {
        return findings;
    }
    let path = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    if let Some(first) = android.elsewhere.first() {
        findings.push(unseen(
            Place::new(if first.is_empty() { path } else { first.clone() }, None),
            "an app for a watch, a car or a TV, on which no mini-program runs, and none for phones"
                .to_owned(),
            "Check the folder that has the app for phones.".to_owned(),
        ));
    } else if apps(Kinds::Library).next().is_some() {
        findings.push(unseen(
            Place::new(path, None),
            "only libraries in here: the app that depends on them declares what is needed".to_owned(),
            "Check the app's folder, or its APK.".to_owned(),
        ));
    }
    findings
}

fn unseen(place: Place, why: String, mend: String) -> Finding {
    Finding::at(place, CheckRule::Unseen, Level::Error, why, mend)
}
