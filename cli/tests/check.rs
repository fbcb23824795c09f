//! `scruple check` as continuous integration calls it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use scruple_disclose::check::CheckRule;
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
    format!(
        "<manifest xmlns:android='http://schemas.android.com/apk/res/android'>{elements}\
         <application><activity android:name='.Main'><intent-filter>\
         <category android:name='android.intent.category.LAUNCHER'/></intent-filter></activity></application></manifest>"
    )
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
    command.current_dir(folder).args(["check", "--policy", "scruple.json"]).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn status(folder: &Path, arguments: &[&str]) -> Option<i32> {
    check(folder, arguments).status.code()
}

#[test]
fn the_exit_status_says_what_was_found() {
    let host = repository();
    assert_eq!(status(host.path(), &["app/AndroidManifest.xml"]), Some(1));
    assert_eq!(status(host.path(), &["app/AndroidManifest.xml", "--allow", "no-such-rule"]), Some(2));
    assert_eq!(status(host.path(), &["nowhere"]), Some(2));
    fs::write(host.path().join("app/AndroidManifest.xml"), manifest(&["NFC"]).trim_end_matches('>')).unwrap();
    let broken = check(host.path(), &["app/AndroidManifest.xml"]);
    assert_eq!(broken.status.code(), Some(2));
    let text = stdout(&broken);
    assert!(text.contains("app/AndroidManifest.xml:2: error: not well-formed XML"), "{text}");
    fs::write(host.path().join("scruple.json"), "{").unwrap();
    assert_eq!(status(host.path(), &["app/AndroidManifest.xml"]), Some(2));
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
    let written = check(host.path(), &["--write-baseline", "known.json", "."]);
    assert_eq!((written.status.code(), stdout(&written).as_str()), (Some(0), ""));
    // However the repository is called.
    let absolute = host.path().to_str().unwrap();
    for path in [".", "app", "app/AndroidManifest.xml", absolute] {
        let output = check(host.path(), &["--baseline", "known.json", path]);
        assert_eq!(output.status.code(), Some(0), "{path}: {}", stdout(&output));
    }
    let path = host.path().join("app/AndroidManifest.xml");
    fs::write(&path, manifest(&["READ_PHONE_STATE", "READ_PRIVILEGED_PHONE_STATE"])).unwrap();
    let output = check(host.path(), &["--baseline", "known.json", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(!stdout(&output).contains("permission.READ_PHONE_STATE"), "{}", stdout(&output));
    let sarif = check(host.path(), &["--baseline", "known.json", "--format", "sarif", "."]);
    let sarif: Value = serde_json::from_str(&stdout(&sarif)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!((results.len(), &results[0]["baselineState"]), (1, &"new".into()));

    // What is mended is said, so that the file does not hide its return.
    fs::write(&path, manifest(&[])).unwrap();
    let output = check(host.path(), &["--baseline", "known.json", "."]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("write it anew"));
}

/// A file that has no end is not read to it.
#[test]
fn a_baseline_is_read_as_far_as_one_may_go() {
    let host = repository();
    fs::File::create(host.path().join("long.json")).unwrap().set_len(1 << 30).unwrap();
    for endless in ["long.json", "/dev/zero"] {
        let output = check(host.path(), &["--baseline", endless, "."]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("too long"), "{said}");
    }
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

#[test]
fn check_prints_the_same_finding_in_every_form() {
    let host = repository();
    let form = |form: &str| stdout(&check(host.path(), &["--format", form, "."]));
    let text = form("text");
    assert!(
        text.contains("AndroidManifest.xml:2: warning: android.permission.READ_PHONE_STATE gives"),
        "{text}"
    );
    assert!(
        text.contains("[android-identifier]") && text.contains("0 errors, 1 warning, 0 notes in "),
        "{text}"
    );

    let json: Value = serde_json::from_str(&form("json")).unwrap();
    assert_eq!((&json["errors"], &json["warnings"], &json["notes"]), (&0.into(), &1.into(), &0.into()));
    let finding = &json["findings"][0];
    assert_eq!(
        (&finding["rule"], &finding["level"], &finding["line"]),
        (&"android-identifier".into(), &"warning".into(), &2.into())
    );
    let (why, mend) = (finding["why"].as_str().unwrap(), finding["mend"].as_str().unwrap());
    assert!(text.contains(why) && text.contains(mend), "{json}");

    let sarif: Value = serde_json::from_str(&form("sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let (run, result) = (&sarif["runs"][0], &sarif["runs"][0]["results"][0]);
    assert_eq!((&result["ruleId"], &result["level"]), (&finding["rule"], &finding["level"]));
    let rule =
        &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], finding["rule"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 2);
    assert_eq!(place["artifactLocation"]["uri"], "app/AndroidManifest.xml");
}

#[test]
fn the_reference_lists_every_rule_of_the_check_with_its_page() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/guide/check-reference.md");
    let guide = fs::read_to_string(guide).unwrap();
    let listed: Vec<_> =
        guide.lines().filter_map(|line| line.strip_prefix("| [`")?.split('`').next()).collect();
    let rules: Vec<_> = CheckRule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(listed, rules);
    // The last column begins with what the rule's page says.
    for rule in CheckRule::ALL {
        let page = format!("| [`{rule}`](../rules/{rule}.md) |");
        let row = guide.lines().find(|line| line.starts_with(&page)).unwrap();
        let level = row.trim_end_matches(" |").rsplit("| ").next().unwrap();
        assert!(level.starts_with(rule.level().id()), "{rule}: {level}");
    }
}
