//! Android's side of small projects, and whose each finding is.

#![allow(dead_code, reason = "each file of tests uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;

use scruple::Policy;
use scruple_disclose::check::{Report, check};

use super::host::project;

pub(crate) fn report(policy: &Policy, folder: &Path) -> Report {
    check(policy, &[folder.to_owned()]).unwrap()
}

/// `rule level file (app, variants)`, with the path from the project's folder on.
pub(crate) fn short(report: &Report, folder: &Path) -> Vec<String> {
    let plain = |text: &str| {
        let root = folder.display().to_string();
        text.replace(&format!("{root}/"), "").replace(&root, ".")
    };
    let short = report.findings.iter().map(|own| {
        let whose: Vec<String> = own.app.iter().map(|app| plain(app)).chain(own.variants.clone()).collect();
        let whose = if whose.is_empty() { String::new() } else { format!(" ({})", whose.join(", ")) };
        format!("{} {} {}{whose}", own.rule, own.level.id(), plain(&own.place.file))
    });
    short.collect()
}

pub(crate) fn found(policy: &Policy, files: &[(&str, &str)]) -> Vec<String> {
    let folder = project(files);
    short(&report(policy, folder.path()), folder.path())
}

/// A manifest without an activity.
pub(crate) fn manifest(body: &str) -> String {
    format!(
        "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" xmlns:tools=\"http://schemas.android.com/tools\">\n{body}\n</manifest>"
    )
}

pub(crate) fn app(body: &str) -> String {
    manifest(&format!(
        "{body}<application><activity android:name=\".Main\"><intent-filter>\
         <category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity></application>"
    ))
}

pub(crate) const APP: &str = "plugins { id 'com.android.application' }\n";
pub(crate) const LIBRARY: &str = "plugins { id 'com.android.library' }\n";
pub(crate) const MAIN: &str = "app/src/main/AndroidManifest.xml";
pub(crate) const NFC: &str = "<uses-permission android:name=\"android.permission.NFC\"/>";
pub(crate) const MISSING: &str = "android-missing-permission error app/src/main/AndroidManifest.xml (app)";
