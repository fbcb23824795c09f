//! All findings of a check.

use super::finding::{CheckRule, Finding, Level};

/// What was checked, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// By file and line.
    pub findings: Vec<Finding>,
    /// The apps that were found, each by the file or folder that makes it one.
    pub apps: Vec<String>,
    /// Whether what was known before was taken away.
    pub(crate) is_compared: bool,
}

impl Report {
    pub(crate) fn new(mut findings: Vec<Finding>, mut apps: Vec<String>) -> Self {
        let key = |own: &Finding| (own.place.clone(), own.rule, own.why.clone(), own.app.clone());
        findings.sort_by_key(key);
        findings.dedup();
        apps.sort();
        apps.dedup();
        Self { findings, apps, is_compared: false }
    }

    /// Makes the findings of these rules notes: the host has its own reasons.
    pub fn allow(&mut self, rules: &[CheckRule]) {
        for finding in &mut self.findings {
            // A file that was not read is no decision of the host's.
            if rules.contains(&finding.rule) && !is_unread(finding) {
                finding.level = Level::Note;
            }
        }
    }

    /// How many findings are of this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// 0 if there are only notes, 2 if something could not be read, else 1.
    pub fn status(&self) -> u8 {
        if self.findings.iter().any(is_unread) {
            2
        } else {
            u8::from(self.findings.len() > self.count(Level::Note))
        }
    }
}

pub(super) fn is_unread(finding: &Finding) -> bool {
    matches!(finding.rule, CheckRule::Unreadable | CheckRule::Unseen)
}
