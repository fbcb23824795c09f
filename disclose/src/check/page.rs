//! A rule's page, `docs/rules/RULE.md`: the one place that says why it is there and how much it matters.

use super::finding::{CheckRule, Level};

impl CheckRule {
    /// How much a finding matters at most, unless the host allows the rule.
    pub fn level(self) -> Level {
        let said = self.page().lines().find_map(|line| line.strip_prefix("Unless allowed: "));
        match said.map(|said| said.trim_end_matches('.')) {
            Some("note") => Level::Note,
            Some("warning") => Level::Warning,
            Some(_) | None => Level::Error,
        }
    }

    /// Why it is there, on one line.
    pub fn why(self) -> String {
        let after = self.page().split_once("## Why\n").map_or("", |(_, after)| after);
        let why = after.split_once("\n## ").map_or(after, |(why, _)| why);
        why.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::CheckRule;

    #[test]
    fn each_page_says_what_a_reader_asks() {
        for rule in CheckRule::ALL {
            let page = rule.page();
            let head = format!(
                "# {rule}\n\n{}\n\nUnless allowed: {}.\n\n## Why\n\n",
                rule.summary(),
                rule.level().id()
            );
            assert!(page.starts_with(&head), "{rule}: its page begins with\n{head}");
            assert!(rule.why().ends_with('.') && page.contains("\n## What to do\n\n"), "{rule}");
            assert!(page.ends_with(".\n"), "{rule}");
        }
    }
}
