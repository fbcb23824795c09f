//! Of several mistakes the first in the text is reported, whatever their kinds and whatever the order of reading.

#![cfg(feature = "development")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use scruple::{
    Category, CategoryPolicy, Error, HostRecords, InputKind, Item, ItemPolicy, Policy, Position, Session,
};

/// A policy in another order than the fields are read in.
const POLICY: &str = r#"{
  "categories": {
    "web_view": { "deadline_ms": 5000, "enabled": true },
    "device": {
      "items": {
        "device.name": { "minimum_interval_ms": 7, "enabled": true },
        "device.model": { "enabled": true, "purposes": ["feature"] }
      },
      "minimum_interval_ms": 5,
      "purposes": ["troubleshooting", "feature"],
      "enabled": true
    },
    "nfc": { "enabled": false }
  },
  "retention_ms": 1000,
  "location_accuracy": "fuzzy",
  "$schema": "policy.schema.json",
  "agreement": "tcmpp-dpsa/2024-05-28"
}"#;

/// What makes a mistake of the policy, one of each kind at many places.
const IN_POLICY: &[(&str, &str)] = &[
    ("\"web_view\"", "\"web_wiev\""),
    ("5000", "0"),
    ("5000", "\"long\""),
    ("\"deadline_ms\": 5000, \"enabled\": true }", "\"deadline_ms\": 5000 }"),
    ("\"device.name\"", "\"nfc.information\""),
    ("\"minimum_interval_ms\": 7", "\"minimum_interval_ms\": -7"),
    ("\"minimum_interval_ms\": 7", "\"minimum_interval_ms\": 7, \"minimum_interval_ms\": 8"),
    ("\"device.model\": { \"enabled\": true, ", "\"device.model\": { "),
    ("[\"feature\"]", "[\"feature\", \"feature\"]"),
    ("[\"feature\"]", "\"feature\""),
    ("\"minimum_interval_ms\": 5,", "\"minimum_interval_ms\": 99999999999999999999,"),
    ("\"troubleshooting\"", "\"trouble\""),
    ("\"nfc\": {", "\"nfc\": [1], \"nfc\": {"),
    ("\"nfc\": { \"enabled\": false", "\"nfc\": { \"enabled\": null"),
    ("\"retention_ms\": 1000", "\"retention_ms\": 1e3"),
    ("\"retention_ms\": 1000", "\"retention_ms\": 1000, \"retention\": 1"),
    ("\"fuzzy\"", "\"fuzy\""),
    ("\"policy.schema.json\"", "{}"),
    ("2024-05-28\"", "2023-05-28\""),
];

/// What breaks the grammar of the policy.
const NO_JSON: &[(&str, &str)] = &[
    ("\"deadline_ms\": 5000", "\"deadline_ms\": 05000"),
    ("\"device.model\": {", "\"device.model\" {"),
    ("\"troubleshooting\", ", "\"troubleshooting\" "),
    ("\"enabled\": false }\n", "\"enabled\": false, }\n"),
    ("\"fuzzy\"", "\"fuz\\zy\""),
    ("2024-05-28\"\n}", "2024-05-28\"\n"),
];

/// Records in another order than the fields are read in.
const RECORDS: &str = r#"{
  "network": {
    "domains": {
      "web_view": ["www.example.com"],
      "request": ["api.example.com", "cdn.example.com"]
    },
    "permissions": { "scope.bluetooth": true, "scope.camera": false }
  },
  "mini_programs": [
    {
      "domain_name": "orders.example.com",
      "code_package_address": { "server": "https://cdn.example.com/a.pkg" },
      "code_package": {
        "bytes": "UEstZXhhbXBsZS1jb2RlLXBhY2thZ2U=",
        "sha256": "7e340c0f4b62b5a479d725a664ffcf0802e0733046ae0b92359ae4b482fe124b",
        "size": 23
      },
      "name": "Orders",
      "id": "mp-orders"
    },
    { "name": "Help", "id": "mp-help" }
  ],
  "application": {
    "package_name": "com.example.shop",
    "name": "Shop",
    "creator_id": "creator-1",
    "profile_picture": "R0lGODlh"
  }
}"#;

const IN_RECORDS: &[(&str, &str)] = &[
    ("[\"www.example.com\"]", "[\"www\"]"),
    ("\"cdn.example.com\"]", "7]"),
    ("\"scope.camera\": false", "\"scope.camera\": null"),
    ("\"scope.camera\": false", "\"scope.bluetooth\": false"),
    ("\"scope.camera\"", "\"scope camera\""),
    ("\"orders.example.com\"", "\"orders\""),
    ("\"server\": \"https://cdn.example.com/a.pkg\"", ""),
    ("\"server\": \"https", "\"server\": \"ftp"),
    ("\"UEstZXhhbXBsZS1jb2RlLXBhY2thZ2U=\"", "\"R0lGODlh\""),
    ("\"UEstZXhhbXBsZS1jb2RlLXBhY2thZ2U=\"", "\"R0lGODl\""),
    ("7e340c0f", "7e340c00"),
    ("7e340c0f", "zz340c0f"),
    ("\"size\": 23", "\"size\": 0"),
    ("\"size\": 23", "\"size\": \"23\""),
    ("\"Orders\"", "\"Or\\u0007ders\""),
    ("\"mp-orders\"", "\"\""),
    (",\n      \"id\": \"mp-orders\"", ""),
    ("\"mp-help\"", "\"mp-orders\""),
    ("\"mp-help\"", "true"),
    ("\"com.example.shop\"", "\"shop\""),
    ("\"Shop\"", "\"Shop\", \"Shop\": 1"),
    ("\"creator-1\"", "\"creator 1\""),
    ("\"R0lGODlh\"\n", "\"R0lGRA==\"\n"),
];

const NO_RECORDS: &[(&str, &str)] = &[
    ("\"cdn.example.com\"]", "\"cdn.example.com\", ]"),
    ("\"size\": 23", "\"size\": 2 3"),
    ("\"id\": \"mp-help\" }", "\"id\": \"mp-help }"),
    ("\"R0lGODlh\"\n  }\n}", "\"R0lGODlh\"\n  }\n"),
];

type Refusal = (Position, InputKind, String, String);

fn of_policy(text: &str) -> Option<Refusal> {
    refusal(Policy::from_json(text).err()?)
}

fn of_records(text: &str) -> Option<Refusal> {
    refusal(HostRecords::from_json(text).err()?)
}

fn refusal(error: Error) -> Option<Refusal> {
    let Error::Input { kind, field, hint, position } = error else { panic!("{error:?}") };
    Some((position.unwrap(), kind, field, hint))
}

/// Each mistake alone, and then each two and three of them together.
fn the_first_wins(base: &str, mistakes: &[(&str, &str)], read: fn(&str) -> Option<Refusal>) {
    assert_eq!(read(base), None, "the control");
    let lines = |text: &str| text.matches('\n').count();
    let with =
        |text: &str, (from, to): &(&str, &str)| text.contains(from).then(|| text.replacen(from, to, 1));
    let alone: Vec<_> = mistakes
        .iter()
        .map(|mistake| read(&with(base, mistake).unwrap()).unwrap_or_else(|| panic!("{mistake:?}")))
        .collect();
    let mut compared = 0;
    for (a, first) in mistakes.iter().zip(&alone) {
        for (b, second) in mistakes.iter().zip(&alone) {
            // Two on one line move each other, and one that takes lines away moves what follows.
            let moves = |(from, to): &(&str, &str)| lines(from) != lines(to);
            // A package's bytes are compared with what is said of them once that is right by itself.
            let is_of_package = |refusal: &Refusal| base == RECORDS && (14..=16).contains(&refusal.0.line);
            let are_compared = is_of_package(first) && is_of_package(second);
            if first.0.line >= second.0.line || moves(a) || are_compared {
                continue;
            }
            let Some(both) = with(base, a).and_then(|text| with(&text, b)) else { continue };
            assert_eq!(read(&both).as_ref(), Some(first), "{a:?} and {b:?}");
            compared += 1;
        }
    }
    assert!(compared > mistakes.len() * mistakes.len() / 4, "{compared} pairs");
}

#[test]
fn in_a_policy() {
    the_first_wins(POLICY, IN_POLICY, of_policy);
    the_first_wins(POLICY, &[IN_POLICY, NO_JSON].concat(), of_policy);
}

#[test]
fn in_records() {
    the_first_wins(RECORDS, IN_RECORDS, of_records);
    the_first_wins(RECORDS, &[IN_RECORDS, NO_RECORDS].concat(), of_records);
}

#[test]
fn all_together_the_very_first_of_them() {
    let all = |base: &str, mistakes: &[(&str, &str)]| {
        mistakes.iter().fold(base.to_owned(), |text, (from, to)| text.replacen(from, to, 1))
    };
    for _ in 0..50 {
        let (position, kind, ..) = of_policy(&all(POLICY, IN_POLICY)).unwrap();
        assert_eq!((position, kind), (Position { line: 3, column: 5 }, InputKind::UnknownName));
        let (position, kind, ..) = of_records(&all(RECORDS, IN_RECORDS)).unwrap();
        assert_eq!((position, kind), (Position { line: 4, column: 20 }, InputKind::Malformed));
    }
}

/// What is cut off may still have followed, so nothing is missing in it.
#[test]
fn in_what_is_cut_off_nothing_is_missing() {
    for base in [POLICY, RECORDS] {
        let read = if base == POLICY { of_policy } else { of_records };
        for (at, _) in base.char_indices() {
            let (_, kind, field, hint) = read(&base[..at]).unwrap_or_else(|| panic!("{at}"));
            assert_eq!((kind, field.as_str()), (InputKind::Syntax, ""), "{at}: {hint}");
        }
    }
}

/// A mistyped name of a member that has to be there is a mistyped name, and not a missing member.
#[test]
fn a_mistyped_name_is_not_a_missing_one() {
    for (text, hint) in [
        (POLICY.replace("\"agreement\"", "\"agrement\""), "`agreement`"),
        (POLICY.replacen("\"enabled\"", "\"enable\"", 1), "`enabled`"),
        (POLICY.replace("\"agreement\"", "\"Agreement\""), "`agreement`"),
    ] {
        let (_, kind, _, h) = of_policy(&text).unwrap();
        assert!(kind == InputKind::UnknownName && h.contains(hint), "{text}: {h}");
    }
    let (_, kind, _, hint) = of_records(&RECORDS.replace("\"server\"", "\"sever\"")).unwrap();
    assert!(kind == InputKind::UnknownName && hint.contains("`server`"), "{hint}");
}

/// A record filled in by hand has no places; of several mistakes in it always the same is reported.
#[test]
fn a_record_with_several_mistakes_says_the_same_each_time() {
    let said: std::collections::HashSet<_> = (0..100)
        .map(|_| {
            let stray = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: Some(u64::MAX) };
            let category = || CategoryPolicy {
                deadline_ms: Some(0),
                minimum_interval_ms: Some(u64::MAX),
                items: Item::ALL.iter().map(|item| (*item, stray.clone())).collect(),
                ..CategoryPolicy::default()
            };
            let categories = Category::ALL.iter().map(|of| (*of, category())).collect();
            let policy = Policy { categories, ..Policy::default() };
            Session::open(policy, Vec::new()).err().unwrap().to_string()
        })
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
}
