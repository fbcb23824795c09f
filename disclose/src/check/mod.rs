//! The host check: a host's real files against what its policy makes it declare.
//!
//! Each parser of a host's file has a file here (`manifest` over `xml` and `axml`, `plist` over `xml`, `bplist` and
//! `openstep`, `xcconfig`, `xcstrings`, `gradle`, `archive`), and so have the two platforms' rules, the findings and each of
//! their forms. What a policy needs comes from [`Scope`] and [`crate::rules`].

mod aab;
mod android;
mod apple;
mod archive;
mod axml;
mod baseline;
mod bplist;
mod broken;
mod code;
mod expo;
mod files;
mod finding;
mod gradle;
mod json;
mod macho;
mod manifest;
mod merge;
mod openstep;
mod page;
mod plist;
mod privacy_manifest;
mod projects;
mod reasons;
mod report;
mod repository;
mod sarif;
mod sources;
mod text;
mod unseen;
mod words;
mod xcconfig;
mod xcode;
mod xcodegen;
mod xcstrings;
mod xml;
mod yaml;

#[cfg(any(test, feature = "fuzzing"))]
pub mod parsers;

#[cfg(test)]
mod mutation;

use std::path::PathBuf;

use scruple::{Error, Policy};

pub use baseline::Baseline;
pub use finding::{CheckRule, Finding, Level, Place};
pub use report::Report;
pub use repository::Repository;

use crate::Scope;
use broken::Broken;
use files::Files;

/// Compares the files that these paths lead to with what the policy makes their app declare.
///
/// # Errors
/// [`Error::Input`] if the policy is none that a session would open. What is wrong with a file is a finding.
pub fn check(policy: &Policy, paths: &[PathBuf]) -> Result<Report, Error> {
    let scope = Scope::of(policy)?;
    let mut files = Files::default();
    for path in paths {
        if let Err(broken) = files.add(path) {
            files.broken.push((path.display().to_string(), broken));
        }
    }
    let projects = projects::all(&files);
    let android = android::apps(&mut files, &projects);
    let mut apple = apple::check(&mut files, &scope, &projects, !android.apps.is_empty());
    let mut findings = std::mem::take(&mut apple.findings);
    findings.extend(android.apps.iter().flat_map(|(name, app)| own(name, app.check(&scope))));
    let unseen = unseen::findings(&files, &projects, &android, &apple, paths);
    if unseen.is_empty()
        && android.apps.is_empty()
        && apple.apps.is_empty()
        && files.broken.is_empty()
        && findings.is_empty()
    {
        let path = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        files.broken.push((path, Broken::whole("no app in here: neither a manifest nor an Info.plist")));
    }
    findings.extend(unseen);
    findings.extend(files.broken.into_iter().map(|(file, broken)| {
        Finding::at(
            Place::new(file, broken.line),
            CheckRule::Unreadable,
            Level::Error,
            broken.why,
            "Correct the file, or check another one.",
        )
    }));
    let apps = android.apps.keys().chain(&apple.apps).map(|name| shown(name)).collect();
    Ok(Report::new(findings, apps))
}

/// The folder that the command was called in has no name.
fn shown(app: &str) -> String {
    if app.is_empty() { ".".to_owned() } else { app.to_owned() }
}

fn own(app: &str, findings: Vec<Finding>) -> impl Iterator<Item = Finding> {
    findings.into_iter().map(move |finding| finding.of(&shown(app)))
}
