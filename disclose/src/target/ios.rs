//! Apple: the host's privacy manifest, Info.plist with its texts, and entitlements.

use super::plist::{Dictionary, Value, xml};
use crate::Scope;
use crate::rules::{Ios, declared};
use crate::target::{Disclosure, File};

/// Apple's purpose for both of the agreement's: it covers providing a feature and keeping it from failing.
const PURPOSE: &str = "NSPrivacyCollectedDataTypePurposeAppFunctionality";

pub(super) fn write(scope: &Scope) -> Disclosure {
    let (mut collected, mut info, mut entitlements) = (Vec::new(), Dictionary::new(), Dictionary::new());
    let (mut en, mut zh) = (Strings::default(), Strings::default());
    let mut tracks = false;
    for (_, declaration) in declared(scope, |rule| rule.ios) {
        match declaration.what {
            Ios::Collected { data_type, tracking } => {
                tracks |= tracking;
                let entry = collected_type(data_type, tracking);
                if !collected.contains(&entry) {
                    collected.push(entry);
                }
            }
            Ios::Usage { key, en: english, zh: chinese, .. } => {
                if add(&mut info, key, Value::Text(english)) {
                    en.add(key, english);
                    zh.add(key, chinese);
                }
            }
            Ios::Flag { key } => {
                add(&mut info, key, Value::Boolean(true));
            }
            Ios::Entitlement { key, values } => {
                let values = values.iter().map(|value| Value::Text(value)).collect();
                add(&mut entitlements, key, Value::List(values));
            }
        }
    }

    let mut notes = vec![
        "PrivacyInfo.xcprivacy is what this policy adds: merge it into the app's own. Scruple sends nothing; remove \
         what never leaves the device. \"Linked\" is set: clear it for what you never connect with an account or a device"
            .to_owned(),
    ];
    if !info.is_empty() {
        notes.push(
            "the texts for people are a start: say in your own words, in each language of the app, what for"
                .to_owned(),
        );
    }
    if info.iter().any(|(key, _)| *key == "NSLocationDefaultAccuracyReduced") {
        notes.push(
            "NSLocationDefaultAccuracyReduced holds for the whole app: leave it out if the app needs precise location \
             for itself; Scruple makes a location fuzzy either way"
                .to_owned(),
        );
    }
    if tracks {
        notes.push(
            "NSPrivacyTracking is on because of the advertising identifier: name the domains that it goes to in \
             NSPrivacyTrackingDomains, or switch identifier.idfa off"
                .to_owned(),
        );
    }
    let manifest = vec![
        ("NSPrivacyTracking", Value::Boolean(tracks)),
        ("NSPrivacyTrackingDomains", Value::List(Vec::new())),
        ("NSPrivacyCollectedDataTypes", Value::List(collected)),
        // Each of Scruple's Swift targets carries the reasons for what it calls.
        ("NSPrivacyAccessedAPITypes", Value::List(Vec::new())),
    ];
    Disclosure {
        files: vec![
            File::new("PrivacyInfo.xcprivacy", xml(manifest)),
            File::new("Info.plist", xml(info)),
            File::new("en.lproj/InfoPlist.strings", en.0),
            File::new("zh-Hans.lproj/InfoPlist.strings", zh.0),
            File::new("App.entitlements", xml(entitlements)),
        ],
        notes,
        missing: Vec::new(),
    }
}

fn collected_type(data_type: &'static str, tracking: bool) -> Value {
    Value::Dictionary(vec![
        ("NSPrivacyCollectedDataType", Value::Text(data_type)),
        // The stricter of the two: only the host knows whether an account or a device goes with it.
        ("NSPrivacyCollectedDataTypeLinked", Value::Boolean(true)),
        ("NSPrivacyCollectedDataTypeTracking", Value::Boolean(tracking)),
        ("NSPrivacyCollectedDataTypePurposes", Value::List(vec![Value::Text(PURPOSE)])),
    ])
}

/// Whether the key was not there yet: several items ask for the same one.
fn add(dictionary: &mut Dictionary, key: &'static str, value: Value) -> bool {
    let new = dictionary.iter().all(|(own, _)| *own != key);
    if new {
        dictionary.push((key, value));
    }
    new
}

/// A file of localised texts.
#[derive(Default)]
struct Strings(String);

impl Strings {
    fn add(&mut self, key: &str, text: &str) {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        self.0.push_str(&format!(
            "/* To be edited: what for, in this app's own words. */\n\"{key}\" = \"{escaped}\";\n"
        ));
    }
}
