//! What an Apple app declares against the policy.

use scruple::Item;

use super::{App, Key, keys, line};
use crate::Scope;
use crate::check::files::{Files, Kind};
use crate::check::finding::{CheckRule, Finding, Level, Place};
use crate::check::plist::{self, Node, Value};
use crate::check::xcstrings;
use crate::rules::{self, Ios};

impl App {
    /// Everything that the rules find in it.
    pub(crate) fn check(&self, scope: &Scope) -> Vec<Finding> {
        let needed: Vec<(Item, Ios)> =
            rules::declared(scope, |rule| rule.ios).map(|(item, own)| (item, own.what)).collect();
        let mut findings = Vec::new();
        for named in &self.absent {
            findings.push(Finding::at(
                Place::new(named.file.clone(), Some(named.line)),
                CheckRule::AppleMissingInfoPlist,
                Level::Warning,
                format!("{} is not among the files, so what {} lacks cannot be said", named.path, self.name),
                "Check the folder that has it too.".to_owned(),
            ));
        }
        findings.extend(self.keys.iter().filter_map(usage));
        if self.has_info && self.absent.is_empty() {
            self.lacks_keys(scope, &needed, &mut findings);
        }
        self.needless(scope, &needed, &mut findings);
        if self.has_entitlements {
            self.lacks_entitlements(&needed, &mut findings);
        }
        if self.has_privacy {
            self.omits(&needed, &mut findings);
        }
        self.tracking(scope, &mut findings);
        findings
    }

    fn lack(&self, rule: CheckRule, why: String, mend: String) -> Finding {
        let (file, line) = (self.file.clone(), self.line.filter(|_| !self.file.contains("!/")));
        Finding::at(Place::new(file, line), rule, Level::Error, why, mend)
    }

    fn lacks_keys(&self, scope: &Scope, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        let mut seen = Vec::new();
        for (item, what) in needed {
            match what {
                Ios::Usage { key, en, .. } => {
                    if !seen.contains(key) && !self.keys.iter().any(|own| own.name == *key) {
                        findings.push(self.lack(
                            CheckRule::AppleMissingKey,
                            format!(
                                "{} lacks {key}, and the policy switches {item} on, which needs it",
                                self.name
                            ),
                            format!("Add {key} to the Info.plist, such as \"{en}\""),
                        ));
                    }
                    seen.push(key);
                }
                Ios::Flag { key } => {
                    let own = self.keys.iter().find(|own| own.name == *key);
                    // Who reads precise location has no use for reduced accuracy.
                    if scope.contains(Item::LocationPrecise)
                        || own.is_some_and(|own| own.node.boolean() == Some(true))
                    {
                        continue;
                    }
                    let asks = self.keys.iter().any(|own| own.name == WHEN_IN_USE);
                    if !asks {
                        findings.push(self.lack(
                            CheckRule::AppleMissingKey,
                            format!("{} lacks {key}, and the policy says fuzzy", self.name),
                            format!("Add {key} with the value true to the Info.plist."),
                        ));
                        continue;
                    }
                    let why = format!(
                        "{} asks for precise location, since {key} is not true, and the policy says fuzzy",
                        self.name
                    );
                    let mend = format!(
                        "Set {key} to true, or say \"location_accuracy\": \"precise\" in the policy; if the app has it for itself, allow this rule."
                    );
                    let mut finding = self.lack(CheckRule::ApplePreciseLocation, why, mend);
                    if let Some(own) = own {
                        finding.place = Place::new(own.file.clone(), line(&own.node));
                    }
                    findings.push(finding);
                }
                Ios::Collected { .. } | Ios::Reason { .. } | Ios::Entitlement { .. } => {}
            }
        }
    }

    /// Keys that another policy would need.
    fn needless(&self, scope: &Scope, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        let every =
            || Item::ALL.iter().flat_map(|item| rules::rule(*item).ios.declarations).map(|own| own.what);
        let is_key = |what: &Ios, name: &str| matches!(what, Ios::Usage { key, .. } | Ios::Flag { key } if *key == name);
        for own in &self.keys {
            let is_temporary = own.name == "NSLocationTemporaryUsageDescriptionDictionary"
                && !scope.contains(Item::LocationPrecise);
            let is_known = every().any(|what| is_key(&what, &own.name));
            if is_temporary || (is_known && !needed.iter().any(|(_, what)| is_key(what, &own.name))) {
                findings.push(unneeded(own, CheckRule::AppleUnneededKey));
            }
        }
        let is_entitlement =
            |what: &Ios, name: &str| matches!(what, Ios::Entitlement { key, .. } if *key == name);
        for own in &self.entitlements {
            if every().any(|what| is_entitlement(&what, &own.name))
                && !needed.iter().any(|(_, what)| is_entitlement(what, &own.name))
            {
                findings.push(unneeded(own, CheckRule::AppleUnneededEntitlement));
            }
        }
    }

    fn lacks_entitlements(&self, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        for (item, what) in needed {
            let Ios::Entitlement { key, values } = what else { continue };
            let own = self.entitlements.iter().find(|own| own.name == *key);
            let listed: Vec<_> =
                own.iter().flat_map(|own| own.node.elements()).filter_map(Node::text).collect();
            let missing: Vec<_> = values.iter().filter(|value| !listed.contains(value)).copied().collect();
            if missing.is_empty() {
                continue;
            }
            let mut finding = self.lack(
                CheckRule::AppleMissingEntitlement,
                format!(
                    "{} lacks {} of the entitlement {key}, and the policy switches {item} on, which needs it",
                    self.name,
                    missing.join(", ")
                ),
                format!(
                    "Add the capability in Xcode, or {key} with {} to the entitlements.",
                    missing.join(", ")
                ),
            );
            if let Some(own) = own.or(self.entitlements.first()) {
                finding.place = Place::new(own.file.clone(), line(&own.node));
            }
            findings.push(finding);
        }
    }

    /// Every entry of every privacy manifest, with its data type.
    fn collected(&self) -> impl Iterator<Item = (&str, &Node, &str)> {
        self.privacy.iter().flat_map(|(file, root)| {
            let entries = root.get(COLLECTED).map(Node::elements).unwrap_or_default();
            entries.iter().filter_map(|entry| Some((file.as_str(), entry, entry.get(DATA_TYPE)?.text()?)))
        })
    }

    fn omits(&self, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        let types = needed.iter().filter_map(|(item, what)| match what {
            Ios::Collected { data_type, tracking } => Some((*item, *data_type, *tracking)),
            Ios::Reason { .. } | Ios::Usage { .. } | Ios::Flag { .. } | Ios::Entitlement { .. } => None,
        });
        let Some((file, root)) = self.privacy.first() else {
            if types.count() > 0 {
                findings.push(self.lack(
                    CheckRule::AppleMissingPrivacyManifest,
                    format!("{} has no PrivacyInfo.xcprivacy, and collects data through Scruple", self.name),
                    "Add the one that `scruple disclose --target ios` writes.".to_owned(),
                ));
            }
            return;
        };
        let mut seen = Vec::new();
        for (item, data_type, tracking) in types {
            if seen.contains(&data_type) {
                continue;
            }
            seen.push(data_type);
            let entry = self.collected().find(|(_, _, own)| *own == data_type);
            let (file, place, why) = match entry {
                None => {
                    let place = root.get(COLLECTED).unwrap_or(root);
                    (
                        file.as_str(),
                        place,
                        format!(
                            "{data_type} is missing, and the policy switches {item} on, which is data of that kind"
                        ),
                    )
                }
                Some((file, entry, _))
                    if tracking && entry.get(TRACKED).and_then(Node::boolean) != Some(true) =>
                {
                    (file, entry, format!("{data_type} is not said to be used for tracking, and {item} is"))
                }
                Some(_) => continue,
            };
            findings.push(Finding::at(
                Place::new(file.to_owned(), line(place)),
                CheckRule::AppleOmittedDataType,
                Level::Error,
                why,
                "Take over the entry that `scruple disclose --target ios` writes.".to_owned(),
            ));
        }
    }

    /// Flags and domains against the IDFA and against each other.
    fn tracking(&self, scope: &Scope, findings: &mut Vec<Finding>) {
        let reads_idfa = scope.contains(Item::IdentifierIdfa);
        for (file, root) in &self.privacy {
            let mut found = |node: &Node, rule, level, why: &str, mend: &str| {
                findings.push(Finding::at(
                    Place::new(file.clone(), line(node)),
                    rule,
                    level,
                    why.to_owned(),
                    mend.to_owned(),
                ));
            };
            for (key, is_right) in [
                (TRACKING, (|value| matches!(value, Value::Boolean(_))) as fn(&Value) -> bool),
                (DOMAINS, |value| matches!(value, Value::Array(_))),
                (COLLECTED, |value| matches!(value, Value::Array(_))),
            ] {
                if let Some(node) = root.get(key).filter(|node| !is_right(&node.value)) {
                    let why = format!("{key} is {}, which Apple does not read", node.value.kind());
                    let kind = if key == TRACKING { "boolean" } else { "array" };
                    found(
                        node,
                        CheckRule::AppleWrongType,
                        Level::Error,
                        &why,
                        &format!("Write it as a {kind}."),
                    );
                }
            }
            let flag = root.get(TRACKING);
            let tracks = flag.and_then(Node::boolean).unwrap_or(false);
            let domains = root.get(DOMAINS).filter(|domains| !domains.elements().is_empty());
            let place = flag.unwrap_or(root);
            let rule = CheckRule::AppleTracking;
            if reads_idfa && !tracks {
                found(
                    place,
                    rule,
                    Level::Error,
                    "NSPrivacyTracking is not true, and the policy reads the IDFA",
                    "Set NSPrivacyTracking to true, or switch identifier.idfa off in the policy.",
                );
            }
            if !reads_idfa && tracks {
                found(
                    place,
                    rule,
                    Level::Note,
                    "NSPrivacyTracking is true, and the policy reads no IDFA",
                    "Set it to false, unless the app tracks by itself.",
                );
            }
            if tracks && domains.is_none() {
                found(
                    place,
                    rule,
                    Level::Warning,
                    "NSPrivacyTracking is true, and NSPrivacyTrackingDomains lists no domain",
                    "List the domains that tracking goes to.",
                );
            }
            if let Some(domains) = domains.filter(|_| !tracks) {
                found(
                    domains,
                    rule,
                    Level::Error,
                    "NSPrivacyTrackingDomains lists domains, and NSPrivacyTracking is not true",
                    "Set NSPrivacyTracking to true, or remove the domains.",
                );
            }
            let entries = root.get(COLLECTED).map(Node::elements).unwrap_or_default();
            for entry in entries
                .iter()
                .filter(|entry| !tracks && entry.get(TRACKED).and_then(Node::boolean) == Some(true))
            {
                found(
                    entry,
                    rule,
                    Level::Error,
                    "data is said to be used for tracking, and NSPrivacyTracking is not true",
                    "Set NSPrivacyTracking to true, or the entry's flag to false.",
                );
            }
        }
    }
}

const WHEN_IN_USE: &str = "NSLocationWhenInUseUsageDescription";
const TRACKING: &str = "NSPrivacyTracking";
const DOMAINS: &str = "NSPrivacyTrackingDomains";
const COLLECTED: &str = "NSPrivacyCollectedDataTypes";
const DATA_TYPE: &str = "NSPrivacyCollectedDataType";
const TRACKED: &str = "NSPrivacyCollectedDataTypeTracking";

/// Says that the policy does not need it.
fn unneeded(own: &Key, rule: CheckRule) -> Finding {
    Finding::at(
        Place::new(own.file.clone(), line(&own.node)),
        rule,
        Level::Note,
        format!("{} is declared, and the policy does not need it", own.name),
        "Remove it, unless the app has it for itself.".to_owned(),
    )
}

/// Empty usage descriptions in the localized texts, wherever they belong.
pub(crate) fn localized(files: &mut Files) -> Vec<Finding> {
    let mut findings = Vec::new();
    let paths: Vec<String> = files.of(Kind::Strings).map(str::to_owned).collect();
    for path in paths {
        let read = files.read(&path, plist::parse);
        read.iter().flat_map(|root| keys(&path, root)).for_each(|key| findings.extend(usage(&key)));
    }
    let paths: Vec<String> = files.of(Kind::Catalogue).map(str::to_owned).collect();
    for path in paths {
        for (name, line) in files.read(&path, xcstrings::empty_texts).unwrap_or_default() {
            let node = Node { line, value: Value::Text(String::new()) };
            findings.extend(usage(&Key { file: path.clone(), name, node }));
        }
    }
    findings
}

/// What is wrong with a usage description.
fn usage(key: &Key) -> Option<Finding> {
    let Key { file, name, node } = key;
    if !name.ends_with("UsageDescription") {
        return None;
    }
    let (rule, why) = match node.text() {
        Some(text) if text.trim().is_empty() => {
            (CheckRule::AppleEmptyUsageDescription, format!("{name} is empty, and the store refuses that"))
        }
        Some(_) => return None,
        None => (
            CheckRule::AppleWrongType,
            format!("{name} is {}, where a string is expected", node.value.kind()),
        ),
    };
    Some(Finding::at(
        Place::new(file.clone(), line(node)),
        rule,
        Level::Error,
        why,
        "Say in a sentence what the app needs it for.".to_owned(),
    ))
}
