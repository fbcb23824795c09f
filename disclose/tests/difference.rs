//! What changes in declarations from one policy to another.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a test may fail"
)]

mod common;

use std::{env, fs};

use common::{POLICIES, scope, tests};
use scruple::{Item, Policy, Purpose};
use scruple_disclose::Scope;
use scruple_disclose::diff::{Because, Difference, Notice, Whom};

fn between(before: &str, after: &str) -> Difference {
    Difference::between(&scope(before), &scope(after))
}

#[test]
fn a_policy_does_not_differ_from_itself() {
    for name in POLICIES {
        let Difference { reads, no_longer_reads, declare, no_longer_declare, ask_again, notices } =
            between(name, name);
        assert!(ask_again.is_empty() && notices.is_empty(), "{name}");
        assert!(reads.is_empty() && no_longer_reads.is_empty(), "{name}");
        assert!(declare.is_empty() && no_longer_declare.is_empty(), "{name}");
    }
}

#[test]
fn there_and_back_is_the_same() {
    for before in POLICIES {
        for after in POLICIES {
            let (there, back) = (between(before, after), between(after, before));
            assert_eq!(there.reads, back.no_longer_reads);
            assert_eq!(there.declare, back.no_longer_declare);
        }
    }
}

#[test]
fn troubleshooting_adds_what_troubleshooting_asks_for() {
    let difference = between("everything", "everything-with-troubleshooting");
    let named = |name: &str| difference.declare.iter().any(|line| line.name == name);
    assert!(named("NSPrivacyCollectedDataTypeOtherDiagnosticData"));
    assert!(named("PSL_PERFORMANCE_DIAGNOSTICS"));
    // Declared before already, because of what is read for a feature.
    assert!(!named("NSBluetoothAlwaysUsageDescription"));
    assert!(!named("android.permission.BLUETOOTH_SCAN"));
    assert!(difference.no_longer_declare.is_empty());
}

#[test]
fn fuzzy_instead_of_precise_takes_precise_back() {
    let difference = between("everything", "fuzzy-location");
    let gone = |name: &str| difference.no_longer_declare.iter().any(|line| line.name == name);
    assert!(gone("android.permission.ACCESS_FINE_LOCATION"));
    assert!(gone("NSPrivacyTracking"));
    assert!(!gone("android.permission.ACCESS_COARSE_LOCATION"));
    let new: Vec<_> = difference.declare.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(new, ["NSLocationDefaultAccuracyReduced"]);
}

/// From one policy's text to another's, each without its agreement.
fn of_texts(before: &str, after: &str) -> Difference {
    let scope = |text: &str| {
        let text = format!(r#"{{ "agreement": "{}", {text} }}"#, scruple::AGREEMENT);
        Scope::of(&Policy::from_json(&text).unwrap()).unwrap()
    };
    Difference::between(&scope(before), &scope(after))
}

fn asked(before: &str, after: &str) -> Vec<(Item, Purpose, Because)> {
    of_texts(before, after).ask_again.iter().map(|own| (own.item, own.purpose, own.because)).collect()
}

const FUZZY: &str = r#""categories": { "location": { "enabled": true, "purposes": ["feature"] } }"#;

#[test]
fn a_new_item_purpose_or_precision_is_asked_for_again() {
    use Because::{MorePrecise, NewItem, NewPurpose};
    use Purpose::{Feature, Troubleshooting};
    let nfc = r#""categories": { "location": { "enabled": true, "purposes": ["feature"] }, "nfc": { "enabled": true, "purposes": ["feature"] } }"#;
    assert_eq!(asked(FUZZY, nfc), [(Item::NfcInformation, Feature, NewItem)]);
    let both = r#""categories": { "location": { "enabled": true } }"#;
    assert_eq!(asked(FUZZY, both), [(Item::LocationFuzzy, Troubleshooting, NewPurpose)]);
    let precise = format!(r#""location_accuracy": "precise", {FUZZY}"#);
    assert_eq!(asked(FUZZY, &precise), [(Item::LocationPrecise, Feature, MorePrecise)]);
    let off = r#""categories": {}"#;
    assert!(asked(off, &precise).contains(&(Item::LocationPrecise, Feature, NewItem)));
    // An item that must be named, in a category that was on.
    let device = r#""categories": { "device": { "enabled": true, "purposes": ["feature"] } }"#;
    let name = r#""categories": { "device": { "enabled": true, "purposes": ["feature"], "items": { "device.name": { "enabled": true } } } }"#;
    assert_eq!(asked(device, name), [(Item::DeviceName, Feature, NewItem)]);
    // Less is never asked for: the controls.
    for (before, after) in
        [(nfc, FUZZY), (both, FUZZY), (precise.as_str(), FUZZY), (name, device), (FUZZY, FUZZY), (FUZZY, off)]
    {
        assert_eq!(asked(before, after), [], "{before} {after}");
    }
}

#[test]
fn only_the_precise_place_before_covers_the_area() {
    let only = |item: &str| {
        format!(
            r#""location_accuracy": "precise", "categories": {{ "location": {{ "enabled": true, "items": {{ "{item}": {{ "enabled": false }} }} }} }}"#
        )
    };
    assert_eq!(asked(&only("location.fuzzy"), r#""categories": { "location": { "enabled": true } }"#), []);
    assert!(!asked(&only("location.precise"), &only("location.fuzzy")).is_empty());
}

#[test]
fn the_customers_data_is_the_customers_to_agree_to() {
    let application =
        r#""categories": { "application": { "enabled": true }, "device": { "enabled": true } }"#;
    let difference = of_texts(r#""categories": {}"#, application);
    for asked in difference.ask_again {
        let customer = !asked.item.id().starts_with("device.");
        assert_eq!(asked.whom == Whom::Customer, customer, "{asked:?}");
    }
}

#[test]
fn more_often_and_longer_are_notices() {
    let every = |ms: u32, retention: u32| {
        format!(
            r#""retention_ms": {retention}, "categories": {{ "location": {{ "enabled": true, "minimum_interval_ms": {ms} }} }}"#
        )
    };
    let notices = |before: &str, after: &str| {
        let difference = of_texts(before, after);
        assert!(difference.ask_again.is_empty() && difference.declare.is_empty());
        difference.notices
    };
    let shorter = Notice::ShorterInterval { item: Item::LocationFuzzy, before_ms: 60_000, after_ms: 1_000 };
    let longer = Notice::LongerRetention { before_ms: 1_000, after_ms: 2_000 };
    assert_eq!(notices(&every(60_000, 1_000), &every(1_000, 1_000)), [shorter]);
    assert_eq!(notices(&every(60_000, 1_000), &every(1_000, 2_000)), [shorter, longer]);
    assert_eq!(notices(&every(1_000, 2_000), &every(60_000, 1_000)), []);
    // The default counts as if it were written.
    let unsaid = r#""categories": { "location": { "enabled": true } }"#;
    assert_eq!(notices(&every(30_000, 60_000), unsaid), []);
    assert!(!notices(unsaid, &every(29_999, 60_000)).is_empty());
    // What was not read cannot be read more often.
    assert_eq!(of_texts(r#""retention_ms": 1, "categories": {}"#, unsaid).notices, []);
}

/// Set this to write the schema anew after a change of the types.
const UPDATE: &str = "UPDATE_SCHEMAS";

#[test]
fn the_published_schema_is_up_to_date_and_real_differences_fit() {
    let schema = Difference::json_schema();
    let path = tests("../../docs/schema/policy-diff.schema.json");
    let text = format!("{schema:#}\n");
    if env::var_os(UPDATE).is_some() {
        fs::write(&path, &text).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == text, "not up to date; run the tests once with {UPDATE}=1");
    for before in POLICIES {
        for after in POLICIES {
            let difference = serde_json::to_value(between(before, after)).unwrap();
            assert!(jsonschema::is_valid(&schema, &difference), "{before} {after}: {difference}");
        }
    }
    // The control.
    let mut difference = serde_json::to_value(between("nothing", "everything")).unwrap();
    difference["declare"][0]["target"] = "paper".into();
    assert!(!jsonschema::is_valid(&schema, &difference));
}
