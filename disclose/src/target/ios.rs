//! Apple: the host's privacy manifest, Info.plist with its texts, and entitlements.

use super::plist::{Dictionary, Value, xml};
use super::{Disclosure, File, Given, WriteError};
use crate::Scope;
use crate::rules::{Ios, declared};

/// Apple's purpose for both of the agreement's: it covers providing a feature and keeping it from failing.
const PURPOSE: &str = "NSPrivacyCollectedDataTypePurposeAppFunctionality";

pub(super) fn write(scope: &Scope, given: &Given<'_>) -> Result<Disclosure, WriteError> {
    let (mut collected, mut reasons) = (Vec::new(), Vec::new());
    let (mut info, mut entitlements) = (Dictionary::new(), Dictionary::new());
    let (mut en, mut zh) = (Strings::default(), Strings::default());
    let mut tracks = false;
    for (_, declaration) in declared(scope, |rule| rule.ios) {
        match declaration.what {
            Ios::Collected { data_type, tracking } => {
                tracks |= tracking;
                // What tracks is for advertising, whatever a mini-program does with it.
                let purpose = if tracking { given.idfa_purpose.apple() } else { PURPOSE };
                add_once(&mut collected, collected_type(data_type, tracking, purpose));
            }
            Ios::Reason { category, reason } => add_once(&mut reasons, accessed_type(category, reason)),
            Ios::Usage { key, en: english, zh: chinese, .. } => {
                if add(&mut info, key, english.into()) {
                    en.add(key, english);
                    zh.add(key, chinese);
                }
            }
            Ios::Flag { key } => {
                add(&mut info, key, Value::Boolean(true));
            }
            Ios::Entitlement { key, values } => {
                let values = values.iter().map(|value| Value::from(*value)).collect();
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
        // Apple refuses a manifest that tracks and names no domain.
        if given.tracking_domains.is_empty() {
            return Err(WriteError::TrackingDomain);
        }
        notes.push(format!(
            "NSPrivacyTracking is on because of the advertising identifier, and its purpose is {}: say another with \
             --idfa-purpose, or switch identifier.idfa off",
            given.idfa_purpose
        ));
    }
    if !reasons.is_empty() {
        notes.push(
            "NSPrivacyAccessedAPITypes belongs in the app's own manifest: Apple's check does not look into what is linked \
             statically. The reason keeps the value on the device"
                .to_owned(),
        );
    }
    let domains = given.tracking_domains.iter().filter(|_| tracks);
    let domains = domains.map(|domain| Value::Text(domain.as_str().to_owned().into())).collect();
    let manifest = vec![
        ("NSPrivacyTracking", Value::Boolean(tracks)),
        ("NSPrivacyTrackingDomains", Value::List(domains)),
        ("NSPrivacyCollectedDataTypes", Value::List(collected)),
        ("NSPrivacyAccessedAPITypes", Value::List(reasons)),
    ];
    Ok(Disclosure {
        files: vec![
            File::new("PrivacyInfo.xcprivacy", xml(manifest)),
            File::new("Info.plist", xml(info)),
            File::new("en.lproj/InfoPlist.strings", en.0),
            File::new("zh-Hans.lproj/InfoPlist.strings", zh.0),
            File::new("App.entitlements", xml(entitlements)),
        ],
        notes,
        open: Vec::new(),
        missing: Vec::new(),
    })
}

fn collected_type(data_type: &'static str, tracking: bool, purpose: &'static str) -> Value {
    Value::Dictionary(vec![
        ("NSPrivacyCollectedDataType", data_type.into()),
        // The stricter of the two: only the host knows whether an account or a device goes with it.
        ("NSPrivacyCollectedDataTypeLinked", Value::Boolean(true)),
        ("NSPrivacyCollectedDataTypeTracking", Value::Boolean(tracking)),
        ("NSPrivacyCollectedDataTypePurposes", Value::List(vec![purpose.into()])),
    ])
}

fn accessed_type(category: &'static str, reason: &'static str) -> Value {
    Value::Dictionary(vec![
        ("NSPrivacyAccessedAPIType", category.into()),
        ("NSPrivacyAccessedAPITypeReasons", Value::List(vec![reason.into()])),
    ])
}

/// Several items ask for the same entry.
fn add_once(entries: &mut Vec<Value>, entry: Value) {
    if !entries.contains(&entry) {
        entries.push(entry);
    }
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
