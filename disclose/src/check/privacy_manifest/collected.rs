//! The kinds of data that are collected: which, whether they are linked or tracked with, and what for.

use super::{Mistakes, Type, is_true};
use crate::check::finding::{CheckRule, Level};
use crate::check::plist::Node;

pub(crate) const COLLECTED: &str = "NSPrivacyCollectedDataTypes";
pub(crate) const DATA_TYPE: &str = "NSPrivacyCollectedDataType";
pub(crate) const TRACKED: &str = "NSPrivacyCollectedDataTypeTracking";
const LINKED: &str = "NSPrivacyCollectedDataTypeLinked";
const PURPOSES: &str = "NSPrivacyCollectedDataTypePurposes";
const PURPOSE: &str = "NSPrivacyCollectedDataTypePurpose";

/// Every kind of data, without [`DATA_TYPE`] before it. The small letter in the middle of one is Apple's.
const DATA_TYPES: [&str; 35] = [
    "Name",
    "EmailAddress",
    "PhoneNumber",
    "PhysicalAddress",
    "OtherUserContactInfo",
    "Health",
    "Fitness",
    "PaymentInfo",
    "CreditInfo",
    "OtherFinancialInfo",
    "PreciseLocation",
    "CoarseLocation",
    "SensitiveInfo",
    "Contacts",
    "EmailsOrTextMessages",
    "PhotosorVideos",
    "AudioData",
    "GameplayContent",
    "CustomerSupport",
    "OtherUserContent",
    "BrowsingHistory",
    "SearchHistory",
    "UserID",
    "DeviceID",
    "PurchaseHistory",
    "ProductInteraction",
    "AdvertisingData",
    "OtherUsageData",
    "CrashData",
    "PerformanceData",
    "OtherDiagnosticData",
    "EnvironmentScanning",
    "Hands",
    "Head",
    "OtherDataTypes",
];

/// Every purpose, without [`PURPOSE`] before it.
const PURPOSE_NAMES: [&str; 6] = [
    "ThirdPartyAdvertising",
    "DeveloperAdvertising",
    "Analytics",
    "ProductPersonalization",
    "AppFunctionality",
    "Other",
];

pub(super) fn check(mistakes: &mut Mistakes<'_>, root: &Node, tracks: bool) {
    let named = |prefix: &str, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("{prefix}{name}")).collect()
    };
    let (types, purposes) = (named(DATA_TYPE, &DATA_TYPES), named(PURPOSE, &PURPOSE_NAMES));
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    let purposes: Vec<&str> = purposes.iter().map(String::as_str).collect();
    let mut seen: Vec<(&str, &Node)> = Vec::new();
    for entry in mistakes.elements(root, COLLECTED, Type::Dictionary) {
        mistakes.keys(entry, &[DATA_TYPE, LINKED, TRACKED, PURPOSES], Level::Warning);
        let node = mistakes.required(entry, DATA_TYPE, Type::Text);
        let name = node.and_then(|node| mistakes.one_of(node, DATA_TYPE, &types, DATA_TYPE));
        if let Some((name, node)) = name.zip(node) {
            if let Some((_, first)) = seen.iter().find(|(own, _)| *own == name) {
                let mend = "Put all its purposes into one entry.";
                mistakes.again(first, node, format!("{name} is listed twice"), mend);
            }
            seen.push((name, node));
        }
        mistakes.required(entry, LINKED, Type::Boolean);
        if let Some(flag) = mistakes.required(entry, TRACKED, Type::Boolean).filter(|_| !tracks) {
            untracked(mistakes, entry, flag);
        }
        purposes_of(mistakes, entry, &purposes);
    }
}

fn untracked(mistakes: &mut Mistakes<'_>, entry: &Node, flag: &Node) {
    if is_true(flag) {
        let what = entry.get(DATA_TYPE).and_then(Node::text).unwrap_or("data");
        mistakes.of(
            CheckRule::AppleTracking,
            flag,
            Level::Error,
            format!("{what} is said to be used for tracking, and NSPrivacyTracking is not true"),
            "Set NSPrivacyTracking to true, or the entry's flag to false.",
        );
    }
}

fn purposes_of(mistakes: &mut Mistakes<'_>, entry: &Node, known: &[&str]) {
    let list = mistakes.required(entry, PURPOSES, Type::Array);
    if let Some(list) = list.filter(|list| list.elements().is_empty()) {
        let mend = format!("Give at least one of {}.", known.join(", "));
        mistakes.add(list, Level::Error, "a kind of data is collected for no purpose".to_owned(), mend);
    }
    let given = mistakes.texts(list, PURPOSES);
    for (at, node) in given.iter().enumerate() {
        if let Some(first) = given[..at].iter().find(|other| other.text() == node.text()) {
            let why = format!("the purpose {} is given twice", node.text().unwrap_or_default());
            mistakes.again(first, node, why, "Remove one.");
            continue;
        }
        mistakes.one_of(node, PURPOSES, known, PURPOSE);
    }
}

/// Whether an entry says that the data serves the app itself: Apple's purpose for both of the agreement's.
pub(crate) fn is_functional(entry: &Node) -> bool {
    let purposes = entry.get(PURPOSES).map(Node::elements).unwrap_or_default();
    let mut names = purposes.iter().filter_map(|own| own.text()?.strip_prefix(PURPOSE));
    names.any(|name| name == "AppFunctionality")
}

/// Every entry of a manifest, with its kind of data.
pub(crate) fn collected(root: &Node) -> impl Iterator<Item = (&Node, &str)> {
    let entries = root.get(COLLECTED).map(Node::elements).unwrap_or_default();
    entries.iter().filter_map(|entry| Some((entry, entry.get(DATA_TYPE)?.text()?)))
}
