//! A report for people.

use std::fmt::Write as _;

use super::finding::{Finding, Level, Place};
use super::report::Report;

impl Report {
    /// A paragraph a finding, and the sum.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "{}: {}: {} [{}]{}",
                written(&finding.place),
                finding.level.id(),
                finding.why,
                finding.rule,
                self.whose(finding),
            );
            for place in &finding.also {
                let _ = writeln!(text, "    and {}", written(place));
            }
            let _ = writeln!(text, "    {}", finding.mend);
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
    /// The app, where there are several, and the variants, where it is not all.
    fn whose(&self, finding: &Finding) -> String {
        let app = finding.app.as_deref().filter(|_| self.apps.len() > 1);
        let whose: Vec<&str> = app.into_iter().chain(finding.variants.iter().map(String::as_str)).collect();
        if whose.is_empty() { String::new() } else { format!(" ({})", whose.join(", ")) }
    }
}

fn written(place: &Place) -> String {
    let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}", place.file)
}
