//! A report for other programs.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::finding::{Finding, Level, Place};
use super::report::Report;

/// The report, written finding by finding.
#[derive(Serialize)]
struct Written<'a> {
    agreement: &'static str,
    apps: &'a [String],
    #[serde(serialize_with = "one_by_one")]
    findings: &'a [Finding],
    errors: usize,
    warnings: usize,
    notes: usize,
}

fn one_by_one<S: Serializer>(findings: &&[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(finding))
}

impl Report {
    /// Stable and documented: `docs/guide/check-reference.md`.
    pub fn to_json(&self) -> String {
        let written = Written {
            agreement: scruple::AGREEMENT,
            apps: &self.apps,
            findings: &self.findings,
            errors: self.count(Level::Error),
            warnings: self.count(Level::Warning),
            notes: self.count(Level::Note),
        };
        // Writing to a string cannot fail.
        serde_json::to_string_pretty(&written).unwrap_or_default() + "\n"
    }
}

fn finding(finding: &Finding) -> Value {
    json!({
        "app": finding.app,
        "variants": finding.variants,
        "file": finding.place.file,
        "line": finding.place.line,
        "also": finding.also.iter().map(place).collect::<Vec<_>>(),
        "rule": finding.rule.id(),
        "level": finding.level.id(),
        "why": finding.why,
        "mend": finding.mend,
    })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line })
}
