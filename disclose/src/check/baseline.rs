//! What was found before: a file that a host keeps, so that only what is new is reported.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::report::{Report, is_unread};
use super::repository::Repository;

/// The findings of an earlier check, without their lines, which every edit moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of this form.
    version: u32,
    findings: Vec<Known>,
}

const VERSION: u32 = 1;

/// What makes a finding the same one: not where it stands in its file, nor how much it matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    rule: String,
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    variants: Vec<String>,
    why: String,
}

impl Known {
    fn of(finding: &Finding, repository: &Repository) -> Self {
        Self {
            rule: finding.rule.id().to_owned(),
            file: repository.name(&finding.place.file),
            app: finding.app.as_deref().map(|app| repository.words(app)),
            variants: finding.variants.clone(),
            why: repository.words(&finding.why),
        }
    }

    /// On one line.
    fn text(&self) -> String {
        let whose = self.app.iter().chain(&self.variants).map(String::as_str).collect::<Vec<_>>().join(", ");
        format!("{} {} ({whose}): {}", self.rule, self.file, self.why)
    }
}

/// What tells a finding from every other on every machine.
pub(crate) fn fingerprint(finding: &Finding, repository: &Repository) -> String {
    Known::of(finding, repository).text()
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// Says where it is none, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let written = "write it with --write-baseline";
        let baseline: Self = serde_json::from_str(text)
            .map_err(|error| format!("{}: not a baseline: {error}; {written}", error.line()))?;
        match baseline.version {
            VERSION => Ok(baseline),
            other => Err(format!(
                "1: a baseline of version {other}, but this command reads version {VERSION}; {written}"
            )),
        }
    }

    /// As a host keeps it.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", serde_json::json!(self))
    }

    /// How many findings it has.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Report {
    /// Everything that was found, but what could not be read: that is no decision of the host's.
    pub fn baseline(&self, repository: &Repository) -> Baseline {
        let findings = self.findings.iter().filter(|finding| !is_unread(finding));
        let mut findings: Vec<_> = findings.map(|finding| Known::of(finding, repository)).collect();
        findings.sort();
        Baseline { version: VERSION, findings }
    }

    /// Takes away what a baseline has, each of its findings once; gives how many of them are there no more.
    pub fn without(&mut self, baseline: &Baseline, repository: &Repository) -> usize {
        let mut known: BTreeMap<&Known, usize> = BTreeMap::new();
        baseline.findings.iter().for_each(|own| *known.entry(own).or_default() += 1);
        self.findings.retain(|finding| {
            let own = Known::of(finding, repository);
            match known.get_mut(&own).filter(|left| **left > 0 && !is_unread(finding)) {
                Some(left) => {
                    *left -= 1;
                    false
                }
                None => true,
            }
        });
        self.is_compared = true;
        known.values().sum()
    }
}
