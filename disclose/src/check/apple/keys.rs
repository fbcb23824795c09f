//! Info.plist and entitlements against the policy.

use scruple::Item;

use super::bundle::{Bundle, Declared, Key};
use super::needed::{self, Needed, PRODUCTS, Usage};
use crate::Scope;
use crate::check::finding::{CheckRule, Finding, Level, Place};
use crate::check::plist::{Node, Value};
use crate::check::xcode::Product;

const WHEN_IN_USE: &str = "NSLocationWhenInUseUsageDescription";

impl Declared {
    /// What any bundle is asked for, whatever the policy says.
    pub(super) fn mistakes(&self, bundle: &Bundle, findings: &mut Vec<Finding>) {
        if let Some(named) = &self.absent {
            findings.push(Finding::at(
                Place::new(named.file.clone(), Some(named.line)),
                CheckRule::AppleMissingInfoPlist,
                Level::Warning,
                format!(
                    "{} is not among the files, so Scruple cannot say what {} lacks",
                    named.path,
                    bundle.shown()
                ),
                "Check the folder that has it too.",
            ));
        }
        findings.extend(self.keys.iter().filter_map(usage));
    }

    /// Settings that get into no Info.plist; of what the policy needs the lack says so.
    fn ignores(&self, needed: &Needed, findings: &mut Vec<Finding>) {
        for setting in &self.ignored {
            let name = setting.name.as_str();
            let is_text = name.ends_with("UsageDescription");
            let counts = is_text || NOT_GENERATED.contains(&name);
            if !counts || self.key(name).is_some() || needed.has_key(name) {
                continue;
            }
            findings.push(Finding::at(
                setting.place(),
                CheckRule::AppleIgnoredSetting,
                Level::Warning,
                format!("INFOPLIST_KEY_{name} gets into no Info.plist, since {}", why_ignored(name)),
                format!("Write {name} into the Info.plist itself, or remove the setting."),
            ));
        }
    }

    /// What an app is asked for by the policy.
    pub(super) fn check(&self, bundle: &Bundle, scope: &Scope, needed: &Needed, findings: &mut Vec<Finding>) {
        if self.has_info && self.absent.is_none() {
            for (item, own) in &needed.usages {
                if self.key(own.key).is_none() {
                    let because = format!("the policy switches {item} on, which needs it");
                    findings.push(self.lacks_usage(bundle, *own, &because));
                }
            }
            for (_, key) in &needed.flags {
                self.flag(bundle, scope, key, findings);
            }
        }
        self.ignores(needed, findings);
        self.needless(scope, needed, findings);
        self.background(scope, findings);
        if self.has_entitlements {
            self.lacks_entitlements(bundle, needed, findings);
        }
    }

    /// A usage description that is not there.
    pub(super) fn lacks_usage(&self, bundle: &Bundle, usage: Usage, because: &str) -> Finding {
        let Usage { key, en, .. } = usage;
        let mut finding = self.lack(
            CheckRule::AppleMissingKey,
            format!("{} lacks {key}, and {because}", bundle.shown()),
            format!("Add {key} to the Info.plist, such as \"{en}\""),
        );
        self.tell_ignored(key, &mut finding);
        finding
    }

    /// Somebody thought that a setting says it.
    fn tell_ignored(&self, key: &str, finding: &mut Finding) {
        if let Some(setting) = self.ignored.iter().find(|own| own.name == key) {
            finding
                .why
                .push_str(&format!("; INFOPLIST_KEY_{key} does not count, since {}", why_ignored(key)));
            finding.also.push(setting.place());
        }
    }

    fn flag(&self, bundle: &Bundle, scope: &Scope, key: &str, findings: &mut Vec<Finding>) {
        let own = self.key(key);
        // Who reads precise location has no use for reduced accuracy.
        if scope.contains(Item::LocationPrecise) || own.is_some_and(|own| own.node.boolean() == Some(true)) {
            return;
        }
        if self.key(WHEN_IN_USE).is_none() {
            let why = format!("{} lacks {key}, and the policy says fuzzy", bundle.shown());
            let mend = format!("Add {key} with the value true to the Info.plist.");
            findings.push(self.lack(CheckRule::AppleMissingKey, why, mend));
            return;
        }
        let why = format!(
            "{} asks for precise location, since {key} is not true, and the policy says fuzzy",
            bundle.shown()
        );
        let mend = format!(
            "Set {key} to true, or say \"location_accuracy\": \"precise\" in the policy; if the app itself needs it, allow this rule."
        );
        let mut finding = self.lack(CheckRule::ApplePreciseLocation, why, mend);
        match own {
            Some(own) => finding.place = own.place(),
            None => self.tell_ignored(key, &mut finding),
        }
        findings.push(finding);
    }

    /// Keys that another policy would need.
    fn needless(&self, scope: &Scope, needed: &Needed, findings: &mut Vec<Finding>) {
        let ever = Needed::ever();
        for own in &self.keys {
            let is_temporary = own.name == "NSLocationTemporaryUsageDescriptionDictionary"
                && !scope.contains(Item::LocationPrecise);
            if is_temporary || (ever.has_key(&own.name) && !needed.has_key(&own.name)) {
                findings.push(unneeded(own, CheckRule::AppleUnneededKey));
            }
        }
        let has = |all: &Needed, name: &str| all.entitlements.iter().any(|(_, own)| own.key == name);
        for own in &self.entitlements {
            if has(&ever, &own.name) && !has(needed, &own.name) {
                findings.push(unneeded(own, CheckRule::AppleUnneededEntitlement));
            }
        }
    }

    /// What the app may do while it is not on the screen: Scruple reads nothing then.
    fn background(&self, scope: &Scope, findings: &mut Vec<Finding>) {
        let reads = |items: &[Item]| items.iter().any(|item| scope.contains(*item));
        let location = reads(&[Item::LocationFuzzy, Item::LocationPrecise]);
        let bluetooth = reads(&[Item::BluetoothInformation, Item::BluetoothTroubleshooting]);
        let mut found = |place, why: String, is_read: bool| {
            // A policy that reads it lets mini-programs in where the person agreed to the app alone.
            let level = if is_read { Level::Warning } else { Level::Note };
            let mend = "Remove it, unless the app itself needs it: then allow this rule.";
            findings.push(Finding::at(place, CheckRule::AppleBackground, level, why, mend));
        };
        for own in &self.keys {
            if ALWAYS.contains(&own.name.as_str()) {
                let why = format!(
                    "{} asks people for their location at any time, and Scruple reads it while the app is in use only",
                    own.name
                );
                found(own.place(), why, location);
            }
        }
        let Some(modes) = self.key("UIBackgroundModes") else { return };
        for mode in modes.node.elements() {
            let (what, is_read) = match mode.text() {
                Some("location") => ("locates the device", location),
                Some("bluetooth-central" | "bluetooth-peripheral") => {
                    ("talks to Bluetooth devices", bluetooth)
                }
                _ => continue,
            };
            let why = format!(
                "UIBackgroundModes has {}, with which the app {what} in the background, and Scruple reads nothing there",
                mode.text().unwrap_or_default()
            );
            let place = Key { node: mode.clone(), ..modes.clone() }.place();
            found(place, why, is_read);
        }
    }

    fn lacks_entitlements(&self, bundle: &Bundle, needed: &Needed, findings: &mut Vec<Finding>) {
        for (item, wanted) in &needed.entitlements {
            let key = wanted.key;
            let own = self.entitlements.iter().find(|own| own.name == key);
            let listed: Vec<_> =
                own.iter().flat_map(|own| own.node.elements()).filter_map(Node::text).collect();
            let missing: Vec<_> =
                wanted.values.iter().filter(|value| !listed.contains(value)).copied().collect();
            if missing.is_empty() {
                continue;
            }
            let missing = missing.join(", ");
            let mut finding = self.lack(
                CheckRule::AppleMissingEntitlement,
                format!(
                    "{} lacks {missing} of the entitlement {key}, and the policy switches {item} on, which needs it",
                    bundle.shown()
                ),
                format!("Add the capability in Xcode, or {key} with {missing} to the entitlements."),
            );
            if let Some(own) = own.or(self.entitlements.first()) {
                finding.place = own.place();
            }
            findings.push(finding);
        }
    }
}

impl Bundle {
    /// What the products of Scruple's that it links need, whatever the policy says of them, and what the policy needs of them.
    pub(super) fn products(
        &self,
        scope: &Scope,
        needed: &Needed,
        app: Option<&Self>,
        findings: &mut Vec<Finding>,
    ) {
        let Some(linked) = self.products.as_ref().filter(|linked| !linked.is_empty()) else { return };
        for product in PRODUCTS {
            let own = linked.iter().find(|own| own.path == product.name);
            let is_read = product.items.iter().any(|item| scope.contains(*item));
            match own {
                Some(own) if !is_read => {
                    findings.push(Finding::at(
                        Place::new(own.file.clone(), Some(own.line)),
                        CheckRule::AppleUnneededProduct,
                        Level::Note,
                        format!(
                            "{} links {}, and the policy reads nothing by it",
                            self.shown(),
                            product.name
                        ),
                        "Remove the product, or switch on what it reads.",
                    ));
                    self.lacks_for(product, needed, app, findings);
                }
                None if is_read && self.kind == Product::App => {
                    let first = &linked[0];
                    findings.push(Finding::at(
                        Place::new(first.file.clone(), Some(first.line)),
                        CheckRule::AppleMissingProduct,
                        Level::Note,
                        format!(
                            "{} does not link {}, so what the policy switches on of it is not read",
                            self.shown(),
                            product.name
                        ),
                        "Add the product, unless a package brings it, or switch off what it reads.",
                    ));
                }
                // An extension has what it needs in its own Info.plist, or in its app's.
                Some(_) if self.kind == Product::Extension => self.lacks_for(product, needed, app, findings),
                Some(_) | None => {}
            }
        }
    }

    /// A linked framework without its text: the store refuses it, whether or not it is ever asked.
    fn lacks_for(
        &self,
        product: &needed::Product,
        needed: &Needed,
        app: Option<&Self>,
        findings: &mut Vec<Finding>,
    ) {
        let has = |key: &str| app.is_some_and(|app| app.builds.iter().any(|build| build.key(key).is_some()));
        let because = format!("it links {}, whose framework needs it", product.name);
        for (_, usage) in Needed::of_items(product.items).usages {
            let is_said = self.kind == Product::App && needed.has_key(usage.key);
            for build in self.builds.iter().filter(|build| build.absent.is_none()) {
                if build.key(usage.key).is_none() && !is_said && !has(usage.key) {
                    findings.push(build.lacks_usage(self, usage, &because));
                    break;
                }
            }
        }
    }
}

const ALWAYS: [&str; 2] =
    ["NSLocationAlwaysAndWhenInUseUsageDescription", "NSLocationAlwaysUsageDescription"];

/// Keys that Xcode generates from no setting; of the others that are looked at it generates each.
pub(super) const NOT_GENERATED: [&str; 2] = ["NSLocationDefaultAccuracyReduced", "UIBackgroundModes"];

fn why_ignored(key: &str) -> &'static str {
    match NOT_GENERATED.contains(&key) {
        true => "Xcode generates no such key",
        false => "GENERATE_INFOPLIST_FILE is not YES",
    }
}

/// Says that the policy does not need it.
fn unneeded(own: &Key, rule: CheckRule) -> Finding {
    Finding::at(
        own.place(),
        rule,
        Level::Note,
        format!("{} is declared, and the policy does not need it", own.name),
        "Remove it, unless the app itself needs it.",
    )
}

/// What is wrong with a usage description, or with another key that is looked at.
pub(super) fn usage(key: &Key) -> Option<Finding> {
    let Key { name, node, .. } = key;
    let (rule, why, mend) = if name.ends_with("UsageDescription") {
        let mend = "Say in a sentence what the app needs it for.";
        match node.text() {
            Some(text) if text.trim().is_empty() => {
                let why = format!("{name} is empty, and the store refuses that");
                (CheckRule::AppleEmptyUsageDescription, why, mend)
            }
            Some(_) => return None,
            None => {
                let why = format!("{name} is {}, where a string is expected", node.value.kind());
                (CheckRule::AppleWrongType, why, mend)
            }
        }
    } else {
        let (is_right, expected, mend) = match name.as_str() {
            "UIBackgroundModes" => {
                (matches!(node.value, Value::Array(_)), "an array", "Write it as an array of strings.")
            }
            "NSLocationDefaultAccuracyReduced" => {
                (node.boolean().is_some(), "a boolean", "Write it as <true/> or <false/>.")
            }
            _ => return None,
        };
        if is_right {
            return None;
        }
        let why = format!("{name} is {}, where {expected} is expected", node.value.kind());
        (CheckRule::AppleWrongType, why, mend)
    };
    Some(Finding::at(key.place(), rule, Level::Error, why, mend))
}
