//! What code hosts read: valid, and about files of the repository, wherever it lies.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use scruple::{Category, CategoryPolicy, Policy};
use scruple_disclose::check::{Baseline, CheckRule, Level, Report, Repository, check};
use serde_json::{Value, json};

/// Something to find in each kind of place: a manifest, two property lists, a broken file, an archive, a name to escape.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "<manifest xmlns:android='http://schemas.android.com/apk/res/android'>\n\
        <uses-permission android:name='android.permission.READ_PHONE_STATE'/>\n\
        <uses-permission android:name='android.permission.NFC'/></manifest>";
    for (path, text) in [
        (".git/HEAD", ""),
        ("scruple.json", ""),
        ("app/build.gradle", "plugins { id 'com.android.application' }"),
        ("app/src/main/AndroidManifest.xml", manifest),
        (
            "ios app/Info.plist",
            "<plist version=\"1.0\"><dict><key>LSRequiresIPhoneOS</key><true/></dict></plist>",
        ),
        ("ios app/zh 中文.lproj/InfoPlist.strings", "\"NFCReaderUsageDescription\" = \"\";"),
        ("broken/PrivacyInfo.xcprivacy", "<plist>"),
        ("broken/Info.plist", "<plist>"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut apk = zip::ZipWriter::new(fs::File::create(folder.path().join("old.apk")).unwrap());
    apk.start_file("AndroidManifest.xml", zip::write::SimpleFileOptions::default()).unwrap();
    apk.write_all(manifest.as_bytes()).unwrap();
    apk.finish().unwrap();
    folder
}

fn policy(categories: &[Category]) -> Policy {
    let on = CategoryPolicy { enabled: true, ..CategoryPolicy::default() };
    Policy { categories: categories.iter().map(|one| (*one, on.clone())).collect(), ..Policy::default() }
}

fn report(folder: &Path) -> (Report, Repository) {
    let paths = [folder.to_owned()];
    let report = check(&policy(&[Category::Location, Category::Bluetooth]), &paths).unwrap();
    (report, Repository::of(&folder.join("scruple.json"), &paths))
}

fn sarif(folder: &Path) -> Value {
    let (report, repository) = report(folder);
    serde_json::from_str(&report.to_sarif(&repository)).unwrap()
}

fn schema() -> jsonschema::Validator {
    let text = include_str!("data/sarif-2.1.0.schema.json");
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn a_report_is_valid_by_the_schema() {
    let (folder, schema) = (repository(), schema());
    let report = sarif(folder.path());
    let errors: Vec<_> =
        schema.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(report["runs"][0]["results"].as_array().unwrap().len() > 5);
    // The controls: the schema refuses what is none.
    for (pointer, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/tool/driver/rules/0/defaultConfiguration/level", json!("fatal")),
        ("/runs/0/results/0/level", json!("bad")),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/results/0/baselineState", json!("known")),
        ("/runs/0/results/0/partialFingerprints", json!([])),
    ] {
        let mut changed = report.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap()[key] = wrong;
        assert!(!schema.is_valid(&changed), "{pointer}");
    }
}

#[test]
fn each_rule_has_its_page_and_level() {
    let report = sarif(repository().path());
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), CheckRule::ALL.len());
    for (described, rule) in rules.iter().zip(CheckRule::ALL) {
        assert_eq!(described["id"], rule.id());
        assert_eq!(described["defaultConfiguration"]["level"], rule.level().id());
        for field in ["text", "markdown"] {
            assert!(described["help"][field].as_str().unwrap().contains("## What to do"), "{rule}");
        }
    }
    for result in report["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

/// What a reference is written for.
fn path_of(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: Vec<u8> = rest.by_ref().take(2).collect();
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_place_is_a_file_of_the_repository() {
    let folder = repository();
    let report = sarif(folder.path());
    let results = report["runs"][0]["results"].as_array().unwrap();
    let mut seen = Vec::new();
    for result in results {
        let related = result["relatedLocations"].as_array().unwrap();
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            let physical = &location["physicalLocation"];
            assert!(physical["region"]["startLine"].as_u64().unwrap() > 0);
            let artifact = &physical["artifactLocation"];
            assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
            let path = path_of(artifact["uri"].as_str().unwrap());
            assert!(folder.path().join(&path).is_file(), "{path}");
            seen.push(path);
        }
    }
    assert!(seen.contains(&"app/src/main/AndroidManifest.xml".to_owned()), "{seen:?}");
    assert!(seen.iter().any(|path| path.contains("zh 中文")), "{seen:?}");
    // The machine's own folder is nowhere in it.
    assert!(!report.to_string().contains(&*folder.path().to_string_lossy()), "{report:#}");
}

#[test]
fn a_folder_without_an_app_is_shown_at_the_policy() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join("scruple.json"), "{}").unwrap();
    let report = sarif(folder.path());
    let location = &report["runs"][0]["results"][0]["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "scruple.json");
    assert_eq!(report["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn what_is_in_an_archive_is_shown_at_the_archive() {
    let folder = repository();
    fs::remove_dir_all(folder.path().join("app")).unwrap();
    let apk = folder.path().join("old.apk");
    let paths: [PathBuf; 1] = [apk];
    let report = check(&policy(&[Category::Nfc]), &paths).unwrap();
    let repository = Repository::of(&folder.path().join("scruple.json"), &paths);
    let sarif: Value = serde_json::from_str(&report.to_sarif(&repository)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["ruleId"] == "android-identifier"), "{sarif:#}");
    for result in results {
        let location = &result["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "old.apk", "{result:#}");
        let inner = &location["logicalLocations"][0]["fullyQualifiedName"];
        assert_eq!(inner, "old.apk!/AndroidManifest.xml", "{result:#}");
    }
}

#[test]
fn a_baseline_leaves_only_what_is_new() {
    let folder = repository();
    let (before, place) = report(folder.path());
    let baseline = before.baseline(&place);
    assert!(!baseline.is_empty() && baseline.len() < before.findings.len(), "what cannot be read is in none");
    assert_eq!(Baseline::from_json(&baseline.to_json()), Ok(baseline.clone()));

    // Whatever line it moves to, wherever the repository lies, and however it is called.
    let moved = repository();
    let path = moved.path().join("app/src/main/AndroidManifest.xml");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(&path, manifest.replacen('\n', "\n\n\n", 1)).unwrap();
    let (mut after, place) = report(moved.path());
    assert_eq!(after.without(&baseline, &place), 0);
    assert!(after.findings.iter().all(|own| own.rule == CheckRule::Unreadable), "{after:#?}");

    // A second one of what was known once is new.
    let twice = "<uses-permission android:name='android.permission.READ_CONTACTS'/>\n\
        <uses-permission android:name='com.google.android.gms.permission.AD_ID'/></manifest>";
    fs::write(&path, manifest.replace("</manifest>", twice)).unwrap();
    let (mut after, place) = report(moved.path());
    assert_eq!(after.without(&baseline, &place), 0);
    let new: Vec<_> = after.findings.iter().filter(|own| own.rule != CheckRule::Unreadable).collect();
    assert!(new.len() == 1 && new[0].why.contains("AD_ID") && new[0].level == Level::Warning, "{new:#?}");
    let sarif: Value = serde_json::from_str(&after.to_sarif(&place)).unwrap();
    assert!(sarif["runs"][0]["results"].as_array().unwrap().iter().all(|own| own["baselineState"] == "new"));
    assert!(schema().is_valid(&sarif));

    // What was mended is counted, so that the file is written anew.
    fs::write(
        &path,
        manifest.replace("<uses-permission android:name='android.permission.READ_PHONE_STATE'/>", ""),
    )
    .unwrap();
    let (mut after, place) = report(moved.path());
    assert_eq!(after.without(&baseline, &place), 1);
}

#[test]
fn what_is_no_baseline_says_what_is_wrong() {
    for (text, said) in [
        ("", "1: not a baseline"),
        ("{\n\"findings\": [] }", "2: not a baseline: missing field `version`"),
        (r#"{ "version": 2, "findings": [] }"#, "version 2"),
        (r#"{ "version": 1, "findings": [], "more": 1 }"#, "unknown field"),
    ] {
        let error = Baseline::from_json(text).unwrap_err();
        assert!(error.contains(said) && error.contains("--write-baseline"), "{error}");
    }
}
