//! Policy files: what is accepted, what is refused and where, and that the schema says the same.

#![cfg(feature = "development")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::HashSet;

use scruple::{
    AGREEMENT, Category, CategoryPolicy, Error, InputKind, Item, ItemPolicy, LocationAccuracy, Policy,
    Position, Purpose, Session,
};

/// A policy with these lines below its agreement.
fn policy(rest: &str) -> String {
    format!("{{\n  \"agreement\": \"{AGREEMENT}\",\n{rest}\n}}\n")
}

fn schema_accepts(text: &str) -> bool {
    jsonschema::is_valid(&Policy::json_schema(), &serde_json::from_str(text).unwrap())
}

#[test]
fn a_file_and_a_record_give_the_same() {
    let text = policy(
        r#"  "$schema": "policy.schema.json",
  "location_accuracy": "precise",
  "retention_ms": 1000,
  "categories": {
    "device": { "enabled": true, "items": { "device.name": { "enabled": true } } },
    "clipboard": {
      "enabled": true, "purposes": ["troubleshooting"], "minimum_interval_ms": 5, "deadline_ms": 6,
      "items": { "clipboard.content": { "enabled": false, "purposes": [], "minimum_interval_ms": 7 } }
    }
  }"#,
    );
    let item = |enabled, purposes, minimum_interval_ms| ItemPolicy { enabled, purposes, minimum_interval_ms };
    let device = CategoryPolicy {
        enabled: true,
        items: [(Item::DeviceName, item(true, None, None))].into(),
        ..CategoryPolicy::default()
    };
    let clipboard = CategoryPolicy {
        enabled: true,
        purposes: [Purpose::Troubleshooting].into(),
        minimum_interval_ms: Some(5),
        deadline_ms: Some(6),
        items: [(Item::ClipboardContent, item(false, Some(HashSet::new()), Some(7)))].into(),
    };
    let record = Policy {
        location_accuracy: LocationAccuracy::Precise,
        retention_ms: 1000,
        categories: [(Category::Device, device), (Category::Clipboard, clipboard)].into(),
        ..Policy::default()
    };
    assert_eq!(Policy::from_json(&text), Ok(record));
    assert!(schema_accepts(&text));
}

#[test]
fn what_is_not_said_is_off_and_fuzzy() {
    let text = policy("  \"categories\": {}");
    assert_eq!(Policy::from_json(&text), Ok(Policy::default()));
    assert_eq!(Policy::default().location_accuracy, LocationAccuracy::Fuzzy);
    assert_eq!(Policy::default().retention_ms, 60_000);
    assert!(schema_accepts(&text));
    let on = Policy::from_json(&policy("  \"categories\": {\"nfc\": {\"enabled\": true}}")).unwrap();
    let both: HashSet<_> = Purpose::ALL.iter().copied().collect();
    assert_eq!(on.categories.get(&Category::Nfc).map(|nfc| nfc.purposes.clone()), Some(both));
}

#[test]
fn comments_and_a_byte_order_mark_are_fine() {
    let text = format!("\u{feff}// é\n{{ /* a\nb */ \"agreement\": \"{AGREEMENT}\" // end\n}}");
    assert_eq!(Policy::from_json(&text), Ok(Policy::default()));
}

/// Each mistake, where it stands, its path, and what the hint says.
#[test]
fn mistakes_are_named_and_placed() {
    use InputKind::{Duplicate, Missing, OutOfRange, Syntax, UnknownAgreement, UnknownName, WrongType};
    let in_device = |rest: &str| policy(&format!("  \"categories\": {{ \"device\": {{ {rest} }} }}"));
    let cases = [
        (policy("  \"retenton_ms\": 5"), UnknownName, 3, 3, "[1]", "`retention_ms`"),
        (policy("  \"categories\": { \"devcie\": {} }"), UnknownName, 3, 19, "categories[0]", "`device`"),
        (in_device("\"enable\": true"), UnknownName, 3, 31, "categories.device[0]", "`enabled`"),
        (
            in_device("\"enabled\": true, \"items\": { \"device.modle\": {} }"),
            UnknownName,
            3,
            59,
            "categories.device.items[0]",
            "`device.model`",
        ),
        (
            in_device("\"enabled\": true, \"items\": { \"nfc.information\": { \"enabled\": true } }"),
            UnknownName,
            3,
            59,
            "categories.device.items.nfc.information",
            "categories.nfc",
        ),
        (
            in_device("\"enabled\": true, \"purposes\": [\"feature\", \"trubleshooting\"]"),
            UnknownName,
            3,
            72,
            "categories.device.purposes[1]",
            "`troubleshooting`",
        ),
        (policy("  \"location_accuracy\": \"fuzy\""), UnknownName, 3, 24, "location_accuracy", "`fuzzy`"),
        (
            "{ \"agreement\": \"tcmpp-dpsa/2023-01-01\" }".to_owned(),
            UnknownAgreement,
            1,
            16,
            "agreement",
            AGREEMENT,
        ),
        ("{}".to_owned(), Missing, 1, 1, "", AGREEMENT),
        (in_device(""), Missing, 3, 29, "categories.device", "\"enabled\""),
        (in_device("\"enabled\": \"yes\""), WrongType, 3, 42, "categories.device.enabled", "true or false"),
        (policy("  \"retention_ms\": -5"), WrongType, 3, 19, "retention_ms", "a negative one"),
        (policy("  \"retention_ms\": 1.5"), WrongType, 3, 19, "retention_ms", "a decimal point"),
        (policy("  \"retention_ms\": \"60\""), WrongType, 3, 19, "retention_ms", "found a string"),
        (policy("  \"categories\": []"), WrongType, 3, 17, "categories", "an object, found an array"),
        (policy("  \"categories\": null"), WrongType, 3, 17, "categories", "found null"),
        ("[1]".to_owned(), WrongType, 1, 1, "", "an object"),
        (policy("  \"retention_ms\": 0"), OutOfRange, 3, 19, "retention_ms", "from 1 to 3600000"),
        (policy("  \"retention_ms\": 3600001"), OutOfRange, 3, 19, "retention_ms", "3600000"),
        (
            in_device("\"enabled\": true, \"minimum_interval_ms\": 86400001"),
            OutOfRange,
            3,
            71,
            "categories.device.minimum_interval_ms",
            "86400000",
        ),
        (
            in_device("\"enabled\": true, \"deadline_ms\": 0"),
            OutOfRange,
            3,
            63,
            "categories.device.deadline_ms",
            "from 1 to 60000",
        ),
        (
            in_device("\"enabled\": true, \"enabled\": false"),
            Duplicate,
            3,
            48,
            "categories.device.enabled",
            "two",
        ),
        (
            in_device("\"enabled\": true, \"purposes\": [\"feature\", \"feature\"]"),
            Duplicate,
            3,
            72,
            "categories.device.purposes[1]",
            "keep one",
        ),
        (
            in_device("\"enabled\": true, \"deadline_ms\": null"),
            WrongType,
            3,
            63,
            "categories.device.deadline_ms",
            "found null",
        ),
        (
            in_device(
                "\"enabled\": true, \"items\": { \"device.model\": { \"enabled\": true, \"purposes\": null } }",
            ),
            WrongType,
            3,
            106,
            "categories.device.items.device.model.purposes",
            "found null",
        ),
        ("{ \"agreement\": \n  tcmpp }".to_owned(), Syntax, 2, 3, "", "in double quotes"),
        ("".to_owned(), Syntax, 1, 1, "", "add one"),
        (format!("{{ \"agreement\": \"{AGREEMENT}\" }} more"), Syntax, 1, 42, "", "follows the value"),
    ];
    for (text, kind, line, column, field, hint) in cases {
        match Policy::from_json(&text) {
            Err(Error::Input { kind: k, field: f, hint: h, position }) => {
                assert_eq!((k, f.as_str()), (kind, field), "{text}");
                assert_eq!(position, Some(Position { line, column }), "{text}");
                assert!(h.contains(hint), "{text}: {h}");
            }
            other => panic!("{text}: {other:?}"),
        }
        // The schema refuses the same; a double name it cannot see, and what is no JSON it is never shown.
        if kind != Syntax && !hint.contains("two") {
            assert!(!schema_accepts(&text), "{text}: the schema accepts it");
        }
    }
}

/// A record filled in by hand is held to the same ranges, and says the same path.
#[test]
fn records_are_checked_at_open() {
    let error = |policy| match Session::open(policy, Vec::new()).err() {
        Some(Error::Input { field, position: None, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(error(Policy { agreement: "other".to_owned(), ..Policy::default() }), "agreement");
    assert_eq!(error(Policy { retention_ms: 0, ..Policy::default() }), "retention_ms");
    let stray = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let nfc = CategoryPolicy { items: [(Item::DeviceModel, stray)].into(), ..CategoryPolicy::default() };
    let policy = Policy { categories: [(Category::Nfc, nfc)].into(), ..Policy::default() };
    assert_eq!(error(policy), "categories.nfc.items.device.model");
}
