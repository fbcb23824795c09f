//! A report for other programs.

use serde_json::json;

use super::finding::Level;
use super::report::Report;

impl Report {
    /// Stable and documented: `docs/guide/check.md`.
    pub fn to_json(&self) -> String {
        let findings: Vec<_> = self
            .findings
            .iter()
            .map(|finding| {
                json!({
                    "file": finding.file,
                    "line": finding.line,
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
