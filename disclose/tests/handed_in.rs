//! What is written can be handed in: it passes the check, keeps a form's own way of writing, and says what is still open.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a test may fail"
)]

mod common;

use std::fs;

use common::{POLICIES, file, form, policy, scope, stand_in, written};
use scruple::{Item, Policy};
use scruple_disclose::check::{CheckRule, Level, check};
use scruple_disclose::target::{self, Given, IdfaPurpose, Target, TrackingDomain, WriteError};

/// The first rows of a form of today, as far as an app's accounts and deletion go.
const GENERAL: &str = "\
Question ID (machine readable),Response ID (machine readable),Response value,Answer requirement,Human-friendly question label
PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA,,,REQUIRED,Stand-in
PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT,,,MAYBE_REQUIRED,Stand-in
PSL_SUPPORTED_ACCOUNT_CREATION_METHODS,PSL_ACM_OAUTH,,MULTIPLE_CHOICE,Stand-in
PSL_SUPPORTED_ACCOUNT_CREATION_METHODS,PSL_ACM_OTHER,,MULTIPLE_CHOICE,Stand-in
PSL_SUPPORTED_ACCOUNT_CREATION_METHODS,PSL_ACM_NONE,,MULTIPLE_CHOICE,Stand-in
PSL_ACM_SPECIFY,,,MAYBE_REQUIRED,Stand-in
PSL_ACCOUNT_DELETION_URL,,,MAYBE_REQUIRED,Stand-in
PSL_HAS_OUTSIDE_APP_ACCOUNTS,,,MAYBE_REQUIRED,Stand-in
PSL_SUPPORT_DATA_DELETION_BY_USER,DATA_DELETION_YES,,SINGLE_CHOICE,Stand-in
PSL_SUPPORT_DATA_DELETION_BY_USER,DATA_DELETION_NO,,SINGLE_CHOICE,Stand-in
PSL_DATA_DELETION_URL,,,MAYBE_REQUIRED,Stand-in
PSL_STAND_IN_REQUIRED,PSL_STAND_IN_A,,REQUIRED,Which of the two?
PSL_STAND_IN_REQUIRED,PSL_STAND_IN_B,,REQUIRED,Which of the two?
";

/// A form of which nothing is answered.
fn blank() -> String {
    let text = String::from_utf8(stand_in()).unwrap();
    let types: Vec<_> = text.lines().filter(|line| line.starts_with("PSL_DATA_")).skip(2).collect();
    format!("{GENERAL}{}\n", types.join("\n").replace(",TRUE,", ",,").replace(",FALSE,", ",,"))
}

fn patched(policy: &str, csv: &str) -> String {
    String::from_utf8(form(Target::Play, policy, csv.as_bytes()).unwrap().files[0].contents.clone()).unwrap()
}

fn answered(csv: &str, question: &str, response: &str, answer: &str) -> String {
    let row = format!("{question},{response},,");
    assert!(csv.contains(&row), "{row}");
    csv.replacen(&row, &format!("{question},{response},{answer},"), 1)
}

#[test]
fn a_form_keeps_its_own_way_to_write_yes_and_no() {
    for (yes, no) in [("TRUE", "FALSE"), ("true", "false"), ("True", "False")] {
        for value in [yes, no] {
            let csv = answered(&blank(), "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA", "", value);
            let text = patched("everything-with-troubleshooting", &csv);
            let values = text.lines().skip(1).filter_map(|line| line.split(',').nth(2));
            let values: std::collections::BTreeSet<_> = values.filter(|value| !value.is_empty()).collect();
            assert_eq!(values, [yes, no].into(), "{value}");
        }
    }
    // A form without an answer is written as Google documents it.
    assert!(patched("fuzzy-location", &blank()).contains(",PSL_APPROX_LOCATION,TRUE,"));
}

#[test]
fn what_play_still_asks_is_said() {
    let open = |policy: &str, csv: &str| form(Target::Play, policy, csv.as_bytes()).unwrap().open;
    let has =
        |open: &[String], question: &str| open.iter().any(|own| own.starts_with(&format!("{question}: ")));
    let blank = blank();
    let open_of_blank = open("fuzzy-location", &blank);
    for question in [
        "PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT",
        "PSL_SUPPORTED_ACCOUNT_CREATION_METHODS",
        "PSL_ACCOUNT_DELETION_URL",
        "PSL_SUPPORT_DATA_DELETION_BY_USER",
        "PSL_STAND_IN_REQUIRED",
    ] {
        assert_eq!(
            open_of_blank.iter().filter(|own| own.starts_with(question)).count(),
            1,
            "{question}: {open_of_blank:?}"
        );
    }
    // Answered by us, or asked only after another answer.
    for question in [
        "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA",
        "PSL_ACM_SPECIFY",
        "PSL_HAS_OUTSIDE",
        "PSL_DATA_DELETION_URL",
    ] {
        assert!(!has(&open_of_blank, question), "{question}");
    }
    assert!(!open_of_blank.iter().any(|own| own.contains("PSL_APPROX_LOCATION")), "{open_of_blank:?}");

    // Each answer takes its question away and may bring another.
    let accounts = "PSL_SUPPORTED_ACCOUNT_CREATION_METHODS";
    let none = answered(&blank, accounts, "PSL_ACM_NONE", "true");
    let of_none = open("fuzzy-location", &none);
    assert!(!has(&of_none, accounts) && !has(&of_none, "PSL_ACCOUNT_DELETION_URL"));
    assert!(has(&of_none, "PSL_HAS_OUTSIDE_APP_ACCOUNTS"));
    let other = open("fuzzy-location", &answered(&blank, accounts, "PSL_ACM_OTHER", "TRUE"));
    assert!(has(&other, "PSL_ACM_SPECIFY") && has(&other, "PSL_ACCOUNT_DELETION_URL"));
    let deletion = answered(&blank, "PSL_SUPPORT_DATA_DELETION_BY_USER", "DATA_DELETION_YES", "TRUE");
    assert!(has(&open("fuzzy-location", &deletion), "PSL_DATA_DELETION_URL"));
    // A choice that is not made is no answer.
    let not = answered(&blank, "PSL_SUPPORT_DATA_DELETION_BY_USER", "DATA_DELETION_YES", "FALSE");
    assert!(has(&open("fuzzy-location", &not), "PSL_SUPPORT_DATA_DELETION_BY_USER"));

    // What the host declares by itself is asked about as well.
    let shared = answered(&blank, "PSL_DATA_TYPES_PERSONAL", "PSL_NAME", "TRUE");
    let usage = "PSL_DATA_USAGE_RESPONSES:PSL_NAME:PSL_DATA_USAGE_COLLECTION_AND_SHARING";
    assert!(has(&open("fuzzy-location", &shared), usage));
    let shared = answered(&shared, usage, "PSL_DATA_USAGE_ONLY_SHARED", "TRUE");
    let of_shared = open("fuzzy-location", &shared);
    assert!(!has(&of_shared, usage));
    assert!(has(&of_shared, "PSL_DATA_USAGE_RESPONSES:PSL_NAME:DATA_USAGE_SHARING_PURPOSE"));
    // A form from before Google asked for accounts says so.
    let old = form(Target::Play, "fuzzy-location", &stand_in()).unwrap().open;
    assert!(old.iter().any(|own| own.starts_with(accounts) && own.contains("export it anew")), "{old:?}");
}

#[test]
fn what_an_earlier_policy_declared_is_said() {
    let first = patched("everything-with-troubleshooting", &blank());
    let notes =
        |policy: &str, csv: &str| form(Target::Play, policy, csv.as_bytes()).unwrap().notes.join("\n");
    let second = notes("fuzzy-location", &first);
    for gone in [
        "PSL_PRECISE_LOCATION",
        "PSL_USER_GENERATED_CONTENT",
        "PSL_PHOTOS",
        "PSL_APPROX_LOCATION for PSL_ANALYTICS",
    ] {
        assert!(second.contains(gone), "{gone}: {second}");
    }
    assert!(notes("nothing", &first).contains("PSL_APPROX_LOCATION"));
    // The controls: nothing is left over where nothing was, or where the policy is the same.
    assert!(!notes("fuzzy-location", &blank()).contains("earlier policy"));
    assert!(!notes("everything-with-troubleshooting", &first).contains("earlier policy"));
}

/// The rules that `disclose` cannot meet for a host: its texts are to be edited.
const HOSTS_OWN: [Level; 1] = [Level::Note];

#[test]
fn what_is_written_for_ios_passes_the_check() {
    for name in POLICIES {
        let folder = tempfile::tempdir().unwrap();
        for file in written(Target::Ios, name).files {
            let path = folder.path().join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.contents).unwrap();
        }
        let named =
            ["Info.plist", "PrivacyInfo.xcprivacy", "App.entitlements"].map(|path| folder.path().join(path));
        let report = check(&policy(name), &named).unwrap();
        let found: Vec<_> = report.findings.iter().filter(|own| !HOSTS_OWN.contains(&own.level)).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
        let whole = check(&policy(name), &[folder.path().to_owned()]).unwrap();
        let found: Vec<_> = whole.findings.iter().filter(|own| !HOSTS_OWN.contains(&own.level)).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
    // The control: without its privacy manifest's entries it does not.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("PrivacyInfo.xcprivacy");
    fs::write(&path, file(Target::Ios, "nothing", "PrivacyInfo.xcprivacy")).unwrap();
    let report = check(&policy("everything"), &[path]).unwrap();
    assert!(report.findings.iter().any(|own| own.rule == CheckRule::AppleOmittedDataType), "{report:?}");
}

#[test]
fn the_advertising_identifiers_domains_are_asked_for() {
    let idfa = policy("everything");
    // What Apple and our own check refuse is not written at all.
    let without = target::write(Target::Ios, &idfa, &Given::default());
    assert!(matches!(without, Err(WriteError::TrackingDomain)), "{without:?}");
    let domains = ["ads.example.com", "b.example.org"].map(|domain| TrackingDomain::parse(domain).unwrap());
    let given =
        Given { tracking_domains: &domains, idfa_purpose: IdfaPurpose::Analytics, ..Given::default() };
    let with = target::write(Target::Ios, &idfa, &given).unwrap();
    assert!(with.missing.is_empty() && with.notes.iter().any(|note| note.contains("--idfa-purpose")));
    let manifest = plist::Value::from_reader_xml(with.files[0].contents.as_slice()).unwrap();
    let manifest = manifest.as_dictionary().unwrap();
    let listed: Vec<_> = manifest["NSPrivacyTrackingDomains"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|own| own.as_string())
        .collect();
    assert_eq!(listed, ["ads.example.com", "b.example.org"]);
    let purposes_of = |data_type: &str| {
        let entries = manifest["NSPrivacyCollectedDataTypes"].as_array().unwrap().iter();
        let mut entries = entries.filter_map(|entry| entry.as_dictionary());
        let entry =
            entries.find(|own| own["NSPrivacyCollectedDataType"].as_string() == Some(data_type)).unwrap();
        entry["NSPrivacyCollectedDataTypePurposes"].as_array().unwrap()[0].as_string().unwrap().to_owned()
    };
    let purpose = |name: &str| format!("NSPrivacyCollectedDataTypePurpose{name}");
    assert_eq!(purposes_of("NSPrivacyCollectedDataTypeDeviceID"), purpose("Analytics"));
    assert_eq!(purposes_of("NSPrivacyCollectedDataTypeOtherDataTypes"), purpose("AppFunctionality"));
    // A policy that reads no advertising identifier is asked for nothing, and lists nothing.
    let none = target::write(Target::Ios, &policy("fuzzy-location"), &given).unwrap();
    assert!(none.missing.is_empty() && !String::from_utf8_lossy(&none.files[0].contents).contains("example"));
}

#[test]
fn the_reason_for_the_storages_size_is_the_hosts_to_declare() {
    let reason = |text: &str| {
        let policy = Policy::from_json(text).unwrap();
        let files = target::write(Target::Ios, &policy, &Given::default()).unwrap().files;
        let manifest = String::from_utf8(files[0].contents.clone()).unwrap();
        (manifest.contains("NSPrivacyAccessedAPICategoryDiskSpace"), manifest.contains("85F4.1"))
    };
    let device = |items: &str| {
        format!(
            r#"{{ "agreement": "{}", "categories": {{ "device": {{ "enabled": true{items} }} }} }}"#,
            scruple::AGREEMENT
        )
    };
    assert_eq!(reason(&device("")), (true, true));
    let off = r#", "items": { "device.storage_capacity": { "enabled": false } }"#;
    assert_eq!(reason(&device(off)), (false, false));
}

fn chinese(name: &str) -> String {
    String::from_utf8(file(Target::China, name, "third-party-sdk.zh.md")).unwrap()
}

#[test]
fn chinas_list_has_scene_frequency_retention_and_consent_of_each_row() {
    let text = chinese("fuzzy-location");
    let row = text
        .lines()
        .find(|line| line.contains("`location.fuzzy`") && line.starts_with("| 个人位置信息"))
        .unwrap();
    for cell in ["每10分钟最多1次", "内存中最长1分钟", "使用与位置有关的功能时", "| 否 | 不需要 |"]
    {
        assert!(row.contains(cell), "{cell}: {row}");
    }
    assert!(!text.contains("敏感个人信息与单独同意"));
    let text = chinese("everything");
    for item in ["location.precise", "clipboard.content"] {
        let row = text.lines().find(|line| line.ends_with(&format!("| `{item}` |"))).unwrap();
        assert!(row.contains("| **是** | **需要** |"), "{row}");
    }
    for law in [
        "《中华人民共和国个人信息保护法》",
        "《中华人民共和国网络安全法》",
        "《网络数据安全管理条例》",
        "《App违法违规收集使用个人信息行为认定方法》",
        "第二十八条",
        "单独同意",
    ] {
        assert!(text.contains(law), "{law}");
    }
}

#[test]
fn nothing_is_said_to_be_read_when_all_is_off() {
    let text = chinese("nothing");
    assert!(text.contains("SDK不读取任何个人信息"));
    for said in ["本机读取", "内存", "功能时", "使用小程序", "法》"] {
        assert!(!text.contains(said), "{said}: {text}");
        // The control.
        assert!(chinese("everything").contains(said), "{said}");
    }
    for language in ["privacy-policy.md", "privacy-policy.zh.md"] {
        let text = String::from_utf8(file(Target::Markdown, "nothing", language)).unwrap();
        assert!(!text.contains('|'), "{text}");
    }
}

#[test]
fn a_privacy_policy_is_about_the_person_first_in_both_languages() {
    for (language, person, app) in [
        ("privacy-policy.md", "the device's model", "a mini-program's name"),
        ("privacy-policy.zh.md", "| 设备型号 |", "| 小程序名称 |"),
    ] {
        let text = String::from_utf8(file(Target::Markdown, "everything", language)).unwrap();
        let at = |words: &str| text.find(words).unwrap();
        assert!(at(person) < at(app), "{language}");
        let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).count();
        assert_eq!(
            rows,
            scope("everything").items().count() + 2,
            "{language}: two tables' headings and an item a row"
        );
    }
    let zh = String::from_utf8(file(Target::Markdown, "fuzzy-location", "privacy-policy.zh.md")).unwrap();
    assert!(zh.contains("| 是 | 否 | 每10分钟最多1次 |"), "{zh}");
    assert!(!zh.contains("小程序名称") && scope("fuzzy-location").contains(Item::LocationFuzzy));
}
