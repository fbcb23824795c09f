//! `scruple check` as continuous integration calls it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// A repository with one finding.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("app")).unwrap();
    let policy = format!("{{ \"agreement\": \"{}\" }}", scruple::AGREEMENT);
    fs::write(folder.path().join("scruple.json"), policy).unwrap();
    fs::write(folder.path().join("app/AndroidManifest.xml"), manifest(&["READ_PHONE_STATE"])).unwrap();
    folder
}

fn manifest(permissions: &[&str]) -> String {
    let elements: String = permissions
        .iter()
        .map(|name| format!("\n<uses-permission android:name='android.permission.{name}'/>"))
        .collect();
    format!("<manifest xmlns:android='http://schemas.android.com/apk/res/android'>{elements}</manifest>")
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
    command.current_dir(folder).args(["check", "--policy", "scruple.json"]).args(arguments).output().unwrap()
}

fn status(folder: &Path, arguments: &[&str]) -> Option<i32> {
    check(folder, arguments).status.code()
}

#[test]
fn allow_takes_one_value_wherever_it_stands() {
    let host = repository();
    assert_eq!(status(host.path(), &["."]), Some(1));
    for arguments in [
        &["--allow", "android-identifier", "."][..],
        &[".", "--allow", "android-identifier"],
        &["--allow=android-identifier", "."],
        &["--allow", "android-scan-location,android-identifier", "."],
        &["--allow", "android-scan-location", "--allow", "android-identifier", ".", "app"],
        &["--allow", "android-identifier", "--format", "json", "app/AndroidManifest.xml"],
    ] {
        assert_eq!(status(host.path(), arguments), Some(0), "{arguments:?}");
    }
    // The controls: another rule's findings stay, and a path is no rule.
    assert_eq!(status(host.path(), &["--allow", "android-scan-location", "."]), Some(1));
    assert_eq!(status(host.path(), &["--allow", ".", "."]), Some(2));
}

#[test]
fn a_baseline_reports_new_findings_only() {
    let host = repository();
    let text = |output: &Output| String::from_utf8(output.stdout.clone()).unwrap();
    let written = check(host.path(), &["--write-baseline", "known.json", "."]);
    assert_eq!((written.status.code(), text(&written).as_str()), (Some(0), ""));
    // However the repository is called.
    let absolute = host.path().to_str().unwrap();
    for path in [".", "app", "app/AndroidManifest.xml", absolute] {
        let output = check(host.path(), &["--baseline", "known.json", path]);
        assert_eq!(output.status.code(), Some(0), "{path}: {}", text(&output));
    }
    let path = host.path().join("app/AndroidManifest.xml");
    fs::write(&path, manifest(&["READ_PHONE_STATE", "READ_PRIVILEGED_PHONE_STATE"])).unwrap();
    let output = check(host.path(), &["--baseline", "known.json", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(!text(&output).contains("permission.READ_PHONE_STATE"), "{}", text(&output));
    let sarif = check(host.path(), &["--baseline", "known.json", "--format", "sarif", "."]);
    let sarif: Value = serde_json::from_str(&text(&sarif)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!((results.len(), &results[0]["baselineState"]), (1, &"new".into()));

    // What is mended is said, so that the file does not hide its return.
    fs::write(&path, manifest(&[])).unwrap();
    let output = check(host.path(), &["--baseline", "known.json", "."]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("write it anew"));
}

#[test]
fn a_baseline_hides_nothing_that_cannot_be_read() {
    let host = repository();
    fs::write(host.path().join("app/AndroidManifest.xml"), "<manifest").unwrap();
    let written = check(host.path(), &["--write-baseline", "known.json", "."]);
    assert_eq!(written.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&written.stdout).contains("AndroidManifest.xml"));
    assert_eq!(status(host.path(), &["--baseline", "known.json", "."]), Some(2));
    // A baseline that is none is bad input, and the place is said.
    fs::write(host.path().join("known.json"), "[]").unwrap();
    for (arguments, said) in [
        (&["--baseline", "known.json", "."][..], "known.json:1: not a baseline"),
        (&["--baseline", "nowhere.json", "."], "nowhere.json: "),
        (&["--write-baseline", "no/such/folder.json", "."], "no/such/folder.json: "),
        (&["--baseline", "known.json", "--write-baseline", "known.json", "."], "cannot be used with"),
    ] {
        let output = check(host.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{output:?}");
    }
}
