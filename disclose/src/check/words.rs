//! A report for people.

use std::fmt::Write as _;

use super::finding::Level;
use super::report::Report;

impl Report {
    /// A paragraph a finding, and the sum.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            let line = finding.line.map(|line| format!("{line}:")).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "{}:{line} {}: {} [{}]\n    {}",
                finding.file,
                finding.level.id(),
                finding.why,
                finding.rule,
                finding.mend
            );
        }
        let counts = [Level::Error, Level::Warning, Level::Note].map(|level| {
            let count = self.count(level);
            format!("{count} {}{}", level.id(), if count == 1 { "" } else { "s" })
        });
        let apps = match self.apps.as_slice() {
            [] => String::new(),
            [app] => format!(" in {app}"),
            apps => format!(" in {} apps: {}", apps.len(), apps.join(", ")),
        };
        let _ = writeln!(text, "{}{apps}", counts.join(", "));
        text
    }
}
