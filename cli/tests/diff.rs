//! `scruple policy diff`: whether people must be asked again, in words, as JSON and by the exit status.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

/// Exit status and output of a comparison of two policies, each without its agreement.
fn diff(before: &str, after: &str, more: &[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("old.json", before), ("new.json", after)] {
        let text = format!("{{ \"agreement\": \"{}\", {text} }}", scruple::AGREEMENT);
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
    command.current_dir(folder.path()).args(["policy", "diff", "old.json", "new.json"]).args(more);
    let output = command.output().unwrap();
    assert!(output.stderr.is_empty(), "{output:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

const OFF: &str = r#""categories": {}"#;
const FUZZY: &str = r#""categories": { "location": { "enabled": true, "purposes": ["feature"] } }"#;
const BOTH: &str = r#""categories": { "location": { "enabled": true } }"#;
const OFTEN: &str = r#""retention_ms": 120000,
    "categories": { "location": { "enabled": true, "purposes": ["feature"], "minimum_interval_ms": 1000 } }"#;
const PRECISE: &str = r#""location_accuracy": "precise",
    "categories": { "location": { "enabled": true, "purposes": ["feature"] } }"#;

#[test]
fn the_exit_status_says_whether_people_must_be_asked_again() {
    for (before, after, status, only) in [
        (OFF, FUZZY, 1, 1),
        // No declaration of a store's changes, and yet nobody agreed to this purpose.
        (FUZZY, BOTH, 1, 1),
        (FUZZY, PRECISE, 1, 1),
        (FUZZY, OFTEN, 0, 0),
        // A declaration and no new consent.
        (PRECISE, FUZZY, 1, 0),
        (BOTH, FUZZY, 0, 0),
        (FUZZY, FUZZY, 0, 0),
        (FUZZY, OFF, 0, 0),
    ] {
        assert_eq!(diff(before, after, &[]).0, status, "{before}\n{after}");
        assert_eq!(diff(before, after, &["--ask-again"]).0, only, "{before}\n{after}");
    }
}

#[test]
fn what_is_declared_anew_is_named() {
    let permission = "android.permission.ACCESS_COARSE_LOCATION";
    let line = |text: &str| text.lines().find(|line| line.contains(permission)).unwrap().to_owned();
    let more = line(&diff(OFF, FUZZY, &[]).1);
    let words: Vec<_> = more.split_whitespace().collect();
    assert_eq!(words, ["+", "android", "AndroidManifest.xml", permission, "location.fuzzy"]);
    assert!(line(&diff(FUZZY, OFF, &[]).1).starts_with('-'));
    let same = diff(FUZZY, FUZZY, &[]).1;
    assert_eq!(same, "No declaration changes.\nPeople need not be asked again.\n");
}

#[test]
fn a_policy_that_is_not_there_is_said() {
    let output = Command::new(env!("CARGO_BIN_EXE_scruple"))
        .args(["policy", "diff", "/old.json", "/new.json"])
        .output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/old.json: "), "{output:?}");
}

#[test]
fn words_say_it_too() {
    let again = "People must be asked again: who agreed to the older policy did not agree to this.\n";
    let (_, text) = diff(FUZZY, PRECISE, &[]);
    assert!(text.ends_with(again), "{text}");
    let row = text.lines().find(|line| line.contains("the precision")).unwrap();
    let words: Vec<_> = row.split_whitespace().take(2).collect();
    assert_eq!(words, ["location.precise", "feature"]);
    assert!(row.ends_with("the person who uses the app"), "{row}");

    let (_, text) = diff(FUZZY, OFTEN, &[]);
    assert!(text.contains("location.fuzzy may be read every 1000 ms, and before every 30000 ms"), "{text}");
    assert!(text.contains("values live for 120000 ms, and before for 60000 ms"), "{text}");
    assert!(
        text.ends_with("People need not be asked again; tell them of what is more than it was.\n"),
        "{text}"
    );
    assert!(diff(OFTEN, FUZZY, &[]).1.ends_with("People need not be asked again.\n"));
}

#[test]
fn json_says_it_by_its_schema() {
    let schema =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema/policy-diff.schema.json"));
    let schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    for (before, after, asked, notices) in [
        (
            FUZZY,
            BOTH,
            json!([{ "item": "location.fuzzy", "purpose": "troubleshooting", "because": "new_purpose", "whom": "end_user" }]),
            0,
        ),
        (
            FUZZY,
            PRECISE,
            json!([{ "item": "location.precise", "purpose": "feature", "because": "more_precise", "whom": "end_user" }]),
            0,
        ),
        (
            OFF,
            FUZZY,
            json!([{ "item": "location.fuzzy", "purpose": "feature", "because": "new_item", "whom": "end_user" }]),
            0,
        ),
        (FUZZY, OFTEN, json!([]), 2),
    ] {
        let json: Value = serde_json::from_str(&diff(before, after, &["--format", "json"]).1).unwrap();
        assert!(jsonschema::is_valid(&schema, &json), "{json:#}");
        assert_eq!(json["ask_again"], asked);
        assert_eq!(json["notices"].as_array().unwrap().len(), notices, "{json:#}");
    }
    let notices = &diff(FUZZY, OFTEN, &["--format", "json"]).1;
    let notices: Value = serde_json::from_str(notices).unwrap();
    let expected = json!([
        { "kind": "shorter_interval", "item": "location.fuzzy", "before_ms": 30_000, "after_ms": 1_000 },
        { "kind": "longer_retention", "before_ms": 60_000, "after_ms": 120_000 },
    ]);
    assert_eq!(notices["notices"], expected);
}
