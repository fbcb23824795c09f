//! A report for other programs.

use serde_json::{Value, json};

use super::finding::{Level, Place};
use super::report::Report;

impl Report {
    /// Stable and documented: `docs/guide/check.md`.
    pub fn to_json(&self) -> String {
        let findings: Vec<_> = self
            .findings
            .iter()
            .map(|finding| {
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
            })
            .collect();
        let count = |level| self.count(level);
        let report = json!({
            "agreement": scruple::AGREEMENT,
            "apps": self.apps,
            "findings": findings,
            "errors": count(Level::Error),
            "warnings": count(Level::Warning),
            "notes": count(Level::Note),
        });
        format!("{report:#}\n")
    }
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line })
}
