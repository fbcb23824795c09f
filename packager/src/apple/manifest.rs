//! A privacy manifest: what a target declares to Apple.

use std::collections::BTreeMap;

use plist::{Dictionary, Value};

use super::reasons::{CATEGORIES, PREFIX};
use crate::trouble::{Result, Trouble};

/// Its file's name, wherever it lies.
pub(crate) const FILE: &str = "PrivacyInfo.xcprivacy";

/// The reasons that are given, by the category's name without what all have in common.
pub(crate) type Reasons = BTreeMap<&'static str, Vec<&'static str>>;

/// Reads a manifest. It tells of reasons and of nothing else: Scruple sends nothing, so it collects and tracks nothing in
/// Apple's sense, and a host declares what it does with the values.
pub(crate) fn parse(bytes: &[u8]) -> Result<Reasons> {
    let root = Value::from_reader_xml(bytes)
        .map_err(|error| Trouble::failed(format!("it is no property list: {error}")))?;
    let root = dictionary(&root)?;
    for (key, silent) in [
        ("NSPrivacyTracking", root.get("NSPrivacyTracking").and_then(Value::as_boolean) == Some(false)),
        ("NSPrivacyTrackingDomains", array(root, "NSPrivacyTrackingDomains")?.is_empty()),
        ("NSPrivacyCollectedDataTypes", array(root, "NSPrivacyCollectedDataTypes")?.is_empty()),
    ] {
        if !silent {
            return Err(Trouble::failed(format!("{key} says that something is sent, or is not there")));
        }
    }
    const ACCESSED: &str = "NSPrivacyAccessedAPITypes";
    only(root, &["NSPrivacyTracking", "NSPrivacyTrackingDomains", "NSPrivacyCollectedDataTypes", ACCESSED])?;
    let mut reasons = Reasons::new();
    for entry in array(root, ACCESSED)? {
        let (name, given) = category(dictionary(entry)?)?;
        if reasons.insert(name, given).is_some() {
            return Err(Trouble::failed(format!("{name} is declared twice")));
        }
    }
    Ok(reasons)
}

/// One category that is declared, with its reasons.
fn category(entry: &Dictionary) -> Result<(&'static str, Vec<&'static str>)> {
    const NAME: &str = "NSPrivacyAccessedAPIType";
    const REASONS: &str = "NSPrivacyAccessedAPITypeReasons";
    only(entry, &[NAME, REASONS])?;
    let name = entry.get(NAME).and_then(Value::as_string).unwrap_or_default();
    let category = CATEGORIES
        .iter()
        .find(|category| name.strip_prefix(PREFIX) == Some(category.name))
        .ok_or_else(|| Trouble::failed(format!("Apple has no category {name:?}")))?;
    let mut reasons = Vec::new();
    for code in array(entry, REASONS)? {
        let code = code.as_string().unwrap_or_default();
        let known = category.reasons.iter().find(|reason| reason.code == code).ok_or_else(|| {
            Trouble::failed(format!("{code:?} is none of Apple's reasons for {}", category.name))
        })?;
        reasons.push(known.code);
    }
    if reasons.is_empty() {
        return Err(Trouble::failed(format!("{} has no reason", category.name)));
    }
    Ok((category.name, reasons))
}

fn dictionary(value: &Value) -> Result<&Dictionary> {
    value.as_dictionary().ok_or_else(|| Trouble::failed("something is no dictionary, and should be"))
}

fn array<'a>(dictionary: &'a Dictionary, key: &str) -> Result<&'a Vec<Value>> {
    let array = dictionary.get(key).and_then(Value::as_array);
    array.ok_or_else(|| Trouble::failed(format!("{key} is no array, or not there")))
}

/// Fails if there is another key.
fn only(dictionary: &Dictionary, keys: &[&str]) -> Result {
    match dictionary.keys().find(|key| !keys.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(Trouble::failed(format!("Apple has no key {key}, or it has no place there"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<plist version=\"1.0\"><dict><key>NSPrivacyTracking</key><false/>\
        <key>NSPrivacyTrackingDomains</key><array/><key>NSPrivacyCollectedDataTypes</key><array/>";

    /// A manifest with these entries.
    fn read(head: &str, entries: &str) -> std::result::Result<Reasons, String> {
        let text =
            format!("{head}<key>NSPrivacyAccessedAPITypes</key><array>{entries}</array></dict></plist>");
        parse(text.as_bytes()).map_err(|trouble| trouble.to_string())
    }

    fn entry(category: &str, reason: &str) -> String {
        format!(
            "<dict><key>NSPrivacyAccessedAPIType</key><string>NSPrivacyAccessedAPICategory{category}</string>\
             <key>NSPrivacyAccessedAPITypeReasons</key><array>{reason}</array></dict>"
        )
    }

    #[test]
    fn reasons_are_read() {
        assert_eq!(read(HEAD, ""), Ok(Reasons::new()));
        let disk = entry("DiskSpace", "<string>85F4.1</string>");
        assert_eq!(read(HEAD, &disk), Ok([("DiskSpace", vec!["85F4.1"])].into()));
    }

    #[test]
    fn each_fault_is_named() {
        let why = |entries: &str| read(HEAD, entries).unwrap_err();
        assert!(why(&entry("Disk", "<string>85F4.1</string>")).contains("no category"));
        assert!(why(&entry("DiskSpace", "<string>CA92.1</string>")).contains("\"CA92.1\" is none"));
        assert_eq!(why(&entry("DiskSpace", "")), "DiskSpace has no reason");
        let twice = entry("DiskSpace", "<string>85F4.1</string>").repeat(2);
        assert_eq!(why(&twice), "DiskSpace is declared twice");
        assert!(why("<string>DiskSpace</string>").contains("no dictionary"));
        let tracking = HEAD.replace("<false/>", "<true/>");
        assert!(read(&tracking, "").unwrap_err().contains("NSPrivacyTracking says"));
        let collected = HEAD.replace(
            "<key>NSPrivacyCollectedDataTypes</key><array/>",
            "<key>NSPrivacyCollectedDataTypes</key><array><dict/></array>",
        );
        assert!(read(&collected, "").unwrap_err().contains("NSPrivacyCollectedDataTypes"));
        let more = format!("{HEAD}<key>NSPrivacy</key><true/>");
        assert!(read(&more, "").unwrap_err().contains("no key NSPrivacy,"));
        assert!(parse(b"{}").unwrap_err().to_string().contains("no property list"));
    }
}
