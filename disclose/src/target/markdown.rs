//! A section of a privacy policy.

use std::time::Duration;

use scruple::{AGREEMENT, Category, Item, Policy, Purpose};

use crate::Scope;
use crate::rules::{People, declared};
use crate::target::{Disclosure, File};

pub(super) fn write(policy: &Policy, scope: &Scope) -> Disclosure {
    let mut text = format!(
        "\
<!-- Written from the policy by `scruple disclose`, agreement {AGREEMENT}. Edit what stands in [brackets]. -->

## What mini-programs in this app read

[This app] contains mini-programs, which run on [Tencent Cloud Mini Program Platform]. For them we read, through a
component named Scruple, nothing but what follows.

"
    );
    if scope.items().next().is_none() {
        text.push_str("At present that is nothing: every kind of data is switched off.\n");
    } else {
        text.push_str("| We read | To provide a feature | To find a fault | How often at most |\n| --- | --- | --- | --- |\n");
        for category in Category::ALL {
            let of_category = |(item, _): &(Item, _)| item.category() == *category;
            for (item, declaration) in declared(scope, |rule| rule.people).filter(of_category) {
                let People { en } = declaration.what;
                let on = |purpose| if scope.purposes(item).contains(&purpose) { "yes" } else { "no" };
                text.push_str(&format!(
                    "| {en} | {} | {} | {} |\n",
                    on(Purpose::Feature),
                    on(Purpose::Troubleshooting),
                    interval(policy.minimum_interval_ms(item))
                ));
            }
        }
        text.push_str(&format!(
            "
We read it only after you agreed, and only if you are old enough to agree. Where the system asks for its own permission, we
read nothing without that either. What was read stays in this device's memory for at most {}, is never
written to storage, and is wiped when you take your agreement back, which you can do at any time under [where].

[Say what you do with it: whether it leaves the device, to whom, where that is, how long it is kept there, and how people ask
for access to it and for its deletion.]
",
            time(policy.retention_ms)
        ));
    }
    let notes =
        vec!["the section says what is read; what becomes of it afterwards is yours to say".to_owned()];
    Disclosure { files: vec![File::new("privacy-policy.md", text)], notes, missing: Vec::new() }
}

fn interval(ms: u64) -> String {
    if ms == 0 { "whenever it is needed".to_owned() } else { format!("once in {}", time(ms)) }
}

/// A time in words: the largest units that say it exactly.
pub(super) fn time(ms: u64) -> String {
    let time = Duration::from_millis(ms);
    let units = [(3600, "hour"), (60, "minute"), (1, "second")];
    let mut seconds = time.as_secs();
    let mut parts = Vec::new();
    for (length, unit) in units {
        let count = seconds / length;
        seconds %= length;
        if count > 0 {
            parts.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
        }
    }
    match time.subsec_millis() {
        0 if parts.is_empty() => parts.push("0 seconds".to_owned()),
        0 => {}
        ms => parts.push(format!("{ms} milliseconds")),
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_exact() {
        assert_eq!(time(60_000), "1 minute");
        assert_eq!(time(30_000), "30 seconds");
        assert_eq!(time(3_661_001), "1 hour 1 minute 1 second 1 milliseconds");
        assert_eq!(time(0), "0 seconds");
    }
}
