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
use scruple_disclose::diff::Difference;

fn between(before: &str, after: &str) -> Difference {
    Difference::between(&scope(before), &scope(after))
}

#[test]
fn a_policy_does_not_differ_from_itself() {
    for name in POLICIES {
        let Difference { reads, no_longer_reads, declare, no_longer_declare } = between(name, name);
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
