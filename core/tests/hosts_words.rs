//! What a host wrote is not in an error; what it may have meant is.

#![cfg(feature = "development")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use proptest::prelude::*;
use scruple::{AGREEMENT, Error, HostRecords, Item, Policy, Session};

/// What is not ours: in every value and name that a host may choose.
const CANARY: &str = "qzx";

fn said<T>(read: Result<T, Error>) -> Option<(String, String)> {
    let error = read.err()?;
    let Error::Input { field, .. } = &error else { panic!("{error:?}") };
    Some((field.clone(), format!("{error} {error:?}")))
}

#[test]
fn unknown_names_are_numbers() {
    let names = [
        "qzx",
        "qzx.qzx",
        "qzx\\u001b[31m",
        "qzx\\n",
        "qzx\\u0000",
        "例え",
        "",
        "]",
        "a\\\"b",
        "enabledqzx",
        "device.qzx",
        "qzx\\ud83d\\ude00",
    ];
    for name in names {
        let in_policy = |before: &str, after: &str| {
            format!("{{ \"agreement\": \"{AGREEMENT}\", {before}\"{name}\": {{}}{after} }}")
        };
        for (text, expected) in [
            (in_policy("", ""), "[1]"),
            (in_policy("\"categories\": { \"nfc\": { \"enabled\": true }, ", " }"), "categories[1]"),
            (in_policy("\"categories\": { \"nfc\": { \"enabled\": true, ", " } }"), "categories.nfc[1]"),
            (
                in_policy("\"categories\": { \"nfc\": { \"enabled\": true, \"items\": { ", " } } }"),
                "categories.nfc.items[0]",
            ),
        ] {
            let (field, said) = said(Policy::from_json(&text)).unwrap();
            assert_eq!(field, expected, "{text}");
            assert!(said.is_ascii() && !said.contains(CANARY) && !said.contains(char::is_control), "{said}");
        }
        for (text, expected) in [
            (format!("{{ \"{name}\": 1 }}"), "[0]"),
            (format!("{{ \"application\": {{ \"{name}\": \"{name}\" }} }}"), "application[0]"),
            (format!("{{ \"mini_programs\": [{{ \"id\": \"a\", \"{name}\": 1 }}] }}"), "mini_programs[0][1]"),
            (format!("{{ \"network\": {{ \"permissions\": {{ \"{name}\": 1 }} }} }}"), "network.permissions"),
        ] {
            let (field, said) = said(HostRecords::from_json(&text)).unwrap();
            assert!(field.starts_with(expected), "{text}: {field}");
            assert!(said.is_ascii() && !said.contains(CANARY) && !said.contains(char::is_control), "{said}");
        }
    }
}

/// The last part of an id is enough to know what was meant, right or mistyped, in either case.
#[test]
fn the_nearest_name_is_found_by_its_last_part_too() {
    let hint = |category: &str, name: &str| {
        let text = format!(
            "{{ \"agreement\": \"{AGREEMENT}\", \"categories\": {{ \"{category}\": {{ \"enabled\": true, \"items\": {{ \"{name}\": {{ \"enabled\": true }} }} }} }} }}"
        );
        said(Policy::from_json(&text)).unwrap().1
    };
    for (category, name, meant) in [
        ("device", "modle", "device.model"),
        ("device", "model", "device.model"),
        ("device", "Model", "device.model"),
        ("device", "device.modle", "device.model"),
        ("device", "devcie.model", "device.model"),
        ("device", "device_model", "device.model"),
        ("device", "DEVICE.MODEL", "device.model"),
        ("device", "storage", "device.storage_capacity"),
        ("device", "mccmnc", "device.mcc_mnc"),
        ("clipboard", "contents", "clipboard.content"),
        ("location", "precice", "location.precise"),
        ("web_view", "userAgent", "web_view.user_agent"),
        // Three items end in it; the category's own is meant.
        ("device", "name", "device.name"),
        ("application", "name", "application.name"),
        // Those under another category are found as well.
        ("device", "fuzzy", "location.fuzzy"),
    ] {
        let said = hint(category, name);
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{name}: {said}");
    }
    for id in Item::ALL.iter().map(|item| item.id()) {
        let last = id.rsplit('.').next().unwrap();
        let category = Item::from_id(id).unwrap().category();
        let said = hint(category.id(), last);
        let is_one_of_them =
            |other: &&Item| other.category() == category && other.id().rsplit('.').next() == Some(last);
        let meant = Item::ALL.iter().find(is_one_of_them).unwrap();
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{last}: {said}");
    }
    for far in ["qqqq", "x", "", &"model".repeat(1000)] {
        assert!(!hint("device", far).contains("did you mean"), "{far}");
    }
}

const POLICY: &str = r#"{ // a host's policy
  "agreement": "tcmpp-dpsa/2024-05-28", "$schema": "qzx.json",
  "location_accuracy": "precise", "retention_ms": 60000, /* a minute */
  "categories": {
    "device": {
      "enabled": true, "purposes": ["feature", "troubleshooting"], "minimum_interval_ms": 0,
      "items": { "device.name": { "enabled": false, "purposes": [], "minimum_interval_ms": 5 } }
    },
    "location": { "enabled": true, "deadline_ms": 9000 }
  }
}"#;

/// Every value is long enough to be told from our words.
const RECORDS: &str = r#"{
  "application": { "name": "qzx Läden", "id": "qzx-1\u0041", "package_name": "com.qzx.shop",
    "creator_id": "qzx#1", "profile_picture": "R0lGODlhqzxq" },
  "mini_programs": [
    { "id": "qzx-a", "name": "qzx 例え \ud83d\ude00", "description": "qzx\nqzx", "domain_name": "qzx.example",
      "code_package": { "size": 23, "bytes": "UEstZXhhbXBsZS1jb2RlLXBhY2thZ2U=",
        "sha256": "7e340c0f4b62b5a479d725a664ffcf0802e0733046ae0b92359ae4b482fe124b" },
      "code_package_address": { "server": "https://qzx.example/a.pkg", "client": "/data/qzx" } },
    { "id": "qzx-b" }
  ],
  "network": {
    "permissions": { "scope.qzx": true, "qzx": false },
    "domains": { "request": ["qzx.example", "https://qzx.example:8443"], "socket": ["wss://qzx.example"] }
  }
}"#;

/// Every end of a path that an error may name, for the words of ours in it.
fn is_path(field: &str) -> bool {
    field.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._[]$".contains(&byte))
}

fn holds<T>(text: &str, read: Result<T, Error>) -> Result<Option<T>, TestCaseError> {
    let error = match read {
        Ok(value) => return Ok(Some(value)),
        Err(error) => error,
    };
    let Error::Input { field, position: Some(place), .. } = &error else {
        return Err(TestCaseError::fail(format!("no place: {error:?}")));
    };
    let text = text.trim_start_matches('\u{feff}');
    let line = text.split('\n').nth(place.line as usize - 1);
    prop_assert!(
        line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&(place.column as usize))),
        "{error}"
    );
    prop_assert!(is_path(field), "{field}");
    let said = format!("{error} {error:?}");
    prop_assert!(said.is_ascii() && !said.contains(CANARY) && !said.contains("7e340c0f"), "{said}");
    Ok(None)
}

/// A change of a text, bytes or more, at a place from 0 to 1.
#[derive(Debug, Clone)]
enum Change {
    Byte(f64, u8),
    Without(f64, usize),
    Twice(f64, usize),
    With(f64, String),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = || 0.0..1.0_f64;
    let piece = prop_oneof![
        "[\\PC\\p{Cc}]{0,3}",
        proptest::sample::select(vec![
            "\"qzx",
            "\\",
            "\\ud800",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "//",
            "/*",
            "*/",
            "-",
            "1e4",
            ".0",
            "null",
            "\u{feff}",
            "\r\n",
            "qzx",
            "\"qzx\": 1,",
            "99999999999999999999",
            "\u{1b}",
            "例",
        ])
        .prop_map(str::to_owned),
    ];
    let change = prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (place(), 1..40_usize).prop_map(|(at, length)| Change::Without(at, length)),
        (place(), 1..40_usize).prop_map(|(at, length)| Change::Twice(at, length)),
        (place(), piece).prop_map(|(at, piece)| Change::With(at, piece)),
    ];
    proptest::collection::vec(change, 1..4)
}

/// The changed text; what is no longer UTF-8 comes as a reader would have it.
fn changed(text: &str, changes: &[Change]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for change in changes {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
        let place = |at: f64| (at * bytes.len() as f64) as usize;
        match change {
            Change::Byte(at, byte) => {
                if let Some(old) = {
                    let at = place(*at);
                    bytes.get_mut(at)
                } {
                    *old = *byte;
                }
            }
            Change::Without(at, length) => {
                let at = place(*at);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Change::Twice(at, length) => {
                let at = place(*at);
                let piece = bytes.iter().copied().skip(at).take(*length).collect::<Vec<_>>();
                bytes.splice(at..at, piece);
            }
            Change::With(at, piece) => {
                let at = place(*at);
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn the_unchanged_texts_are_right() {
    assert!(Policy::from_json(POLICY).is_ok());
    let records = HostRecords::from_json(RECORDS);
    assert!(records.is_ok(), "{:?}", records.err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Either it is taken, and then by a session too, or it is refused at a place, and in our words alone.
    #[test]
    fn a_changed_policy_is_taken_or_placed(changes in changes()) {
        let text = changed(POLICY, &changes);
        if let Some(policy) = holds(&text, Policy::from_json(&text))? {
            prop_assert!(Session::open(policy, Vec::new()).is_ok());
        }
    }

    #[test]
    fn changed_records_are_taken_or_placed(changes in changes()) {
        let text = changed(RECORDS, &changes);
        if let Some(records) = holds(&text, HostRecords::from_json(&text))? {
            prop_assert_eq!(Session::open(Policy::default(), Vec::new()).unwrap().supply(records), Ok(()));
        }
    }
}
