//! What is written, read back by parsers that share nothing with the writers.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a test may fail"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{POLICIES, file, scope, stand_in, written};
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use plist::Value;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scruple::Item;
use scruple_disclose::declarations;
use scruple_disclose::target::{self, CsvError, Given, Target, WriteError};

/// The names that a target declares in a place, by the lines.
fn names(policy: &str, target: Target, place: &str) -> BTreeSet<String> {
    let lines = declarations::lines(&scope(policy)).into_iter();
    lines.filter(|line| line.target == target && line.place == place).map(|line| line.name).collect()
}

fn plist(policy: &str, path: &str) -> plist::Dictionary {
    let bytes = file(Target::Ios, policy, path);
    Value::from_reader_xml(bytes.as_slice()).unwrap().into_dictionary().unwrap()
}

fn keys(dictionary: &plist::Dictionary) -> BTreeSet<String> {
    dictionary.keys().cloned().collect()
}

#[test]
fn privacy_manifests() {
    for policy in POLICIES {
        let manifest = plist(policy, "PrivacyInfo.xcprivacy");
        let mut read = BTreeSet::new();
        let mut tracks = false;
        for entry in manifest["NSPrivacyCollectedDataTypes"].as_array().unwrap() {
            let entry = entry.as_dictionary().unwrap();
            assert_eq!(entry.len(), 4, "{policy}");
            read.insert(entry["NSPrivacyCollectedDataType"].as_string().unwrap().to_owned());
            tracks |= entry["NSPrivacyCollectedDataTypeTracking"].as_boolean().unwrap();
            assert!(!entry["NSPrivacyCollectedDataTypePurposes"].as_array().unwrap().is_empty());
        }
        assert_eq!(manifest["NSPrivacyTracking"].as_boolean(), Some(tracks), "{policy}");
        if tracks {
            read.insert("NSPrivacyTracking".to_owned());
        }
        for entry in manifest["NSPrivacyAccessedAPITypes"].as_array().unwrap() {
            let entry = entry.as_dictionary().unwrap();
            let category = entry["NSPrivacyAccessedAPIType"].as_string().unwrap();
            for reason in entry["NSPrivacyAccessedAPITypeReasons"].as_array().unwrap() {
                read.insert(format!("{category} {}", reason.as_string().unwrap()));
            }
        }
        assert_eq!(tracks, scope(policy).contains(Item::IdentifierIdfa));
        assert_eq!(manifest["NSPrivacyTrackingDomains"].as_array().unwrap().is_empty(), !tracks, "{policy}");
        assert_eq!(read, names(policy, Target::Ios, "PrivacyInfo.xcprivacy"));
    }
}

#[test]
fn info_and_its_texts_in_two_languages() {
    for policy in POLICIES {
        let info = plist(policy, "Info.plist");
        assert_eq!(keys(&info), names(policy, Target::Ios, "Info.plist"));
        let texts = |language: &str| -> BTreeMap<String, String> {
            let bytes = file(Target::Ios, policy, &format!("{language}.lproj/InfoPlist.strings"));
            strings(&String::from_utf8(bytes).unwrap())
        };
        let (en, zh) = (texts("en"), texts("zh-Hans"));
        let usages: BTreeMap<_, _> = info
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value.as_string()?.to_owned())))
            .collect();
        assert_eq!(en, usages, "{policy}");
        assert_eq!(en.keys().collect::<Vec<_>>(), zh.keys().collect::<Vec<_>>(), "{policy}");
        assert!(en.iter().all(|(key, text)| !text.is_empty() && zh[key] != *text), "{policy}");
    }
}

/// A file of localised texts: the old property list without its braces.
fn strings(text: &str) -> BTreeMap<String, String> {
    let whole = format!("{{\n{text}}}");
    let value = Value::from_reader_ascii(whole.as_bytes()).unwrap();
    let entries = value.into_dictionary().unwrap().into_iter();
    entries.map(|(key, value)| (key, value.into_string().unwrap())).collect()
}

#[test]
fn entitlements() {
    for policy in POLICIES {
        let entitlements = plist(policy, "App.entitlements");
        assert_eq!(keys(&entitlements), names(policy, Target::Ios, "App.entitlements"));
        assert!(entitlements.values().all(|value| !value.as_array().unwrap().is_empty()));
    }
}

#[test]
fn manifests() {
    for policy in POLICIES {
        let mut read = BTreeSet::new();
        let app = String::from_utf8(file(Target::Android, policy, "app/AndroidManifest.xml")).unwrap();
        for file in written(Target::Android, policy).files {
            let is_app = file.path == "app/AndroidManifest.xml";
            let text = String::from_utf8(file.contents).unwrap();
            let document = roxmltree::Document::parse(&text).unwrap();
            let android = |node: roxmltree::Node<'_, '_>, name: &str| {
                node.attribute(("http://schemas.android.com/apk/res/android", name)).map(str::to_owned)
            };
            assert_eq!(document.root_element().tag_name().name(), "manifest");
            for node in document.root_element().children().filter(|node| node.is_element()) {
                let name = android(node, "name").unwrap();
                let is_narrow =
                    ["maxSdkVersion", "usesPermissionFlags"].iter().any(|own| android(node, own).is_some());
                assert_eq!(is_narrow, is_app, "{policy}: {name}");
                // What the app narrows, the artifact brings as wide as the app's own may be.
                if !is_app && app.contains(&format!("{name}\"")) {
                    continue;
                }
                read.insert(match (node.tag_name().name(), android(node, "maxSdkVersion")) {
                    ("uses-permission", Some(level)) => format!("{name} (up to API {level})"),
                    ("uses-permission", None) => name,
                    _ => {
                        assert_eq!(android(node, "required").as_deref(), Some("false"));
                        format!("{name} (not required)")
                    }
                });
            }
        }
        assert_eq!(read, names(policy, Target::Android, "AndroidManifest.xml"), "{policy}");
    }
}

type Answers = BTreeMap<(String, String), String>;

fn answers(csv: &[u8]) -> Answers {
    let mut reader = csv::Reader::from_reader(csv);
    let records = reader.records().map(|record| record.unwrap());
    records.map(|record| ((record[0].to_owned(), record[1].to_owned()), record[2].to_owned())).collect()
}

#[test]
fn data_safety_forms() {
    let before = answers(&stand_in());
    for policy in POLICIES {
        let disclosure = written(Target::Play, policy);
        assert_eq!(disclosure.missing, Vec::<String>::new(), "{policy}");
        let after = answers(&disclosure.files[0].contents);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{policy}");
        let declared = names(policy, Target::Play, "Data safety");
        for (question, answer) in &after {
            let (id, response) = (question.0.as_str(), question.1.as_str());
            let of_ours = declared.contains(response)
                || declared.iter().any(|data_type| id.split(':').nth(1) == Some(data_type));
            if answer != &before[question] {
                assert!(
                    of_ours || id == "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA",
                    "{policy}: {question:?}"
                );
                assert_eq!(before[question], "", "{policy}: {question:?} was answered by the host");
            }
            if id.starts_with("PSL_DATA_TYPES_") && declared.contains(response) {
                assert_eq!(answer, "TRUE", "{policy}: {question:?}");
            }
            // Sharing and advertising are never ours to declare.
            if id.ends_with("SHARING_PURPOSE") || response == "PSL_ADVERTISING" {
                assert_eq!(answer, &before[question]);
            }
        }
        if declared.is_empty() {
            assert_eq!(disclosure.files[0].contents, stand_in(), "{policy}");
        }
    }
}

/// What the host answered stays: the stand-in says that approximate location is required and only for a moment.
#[test]
fn the_hosts_own_answers_stay() {
    let after = answers(&written(Target::Play, "fuzzy-location").files[0].contents);
    let usage = |question: &str, response: &str| {
        let id = format!("PSL_DATA_USAGE_RESPONSES:PSL_APPROX_LOCATION:{question}");
        after[&(id, response.to_owned())].clone()
    };
    assert_eq!(usage("PSL_DATA_USAGE_EPHEMERAL", ""), "TRUE");
    assert_eq!(usage("DATA_USAGE_USER_CONTROL", "PSL_DATA_USAGE_USER_CONTROL_REQUIRED"), "TRUE");
    assert_eq!(usage("DATA_USAGE_USER_CONTROL", "PSL_DATA_USAGE_USER_CONTROL_OPTIONAL"), "");
    assert_eq!(usage("DATA_USAGE_COLLECTION_PURPOSE", "PSL_APP_FUNCTIONALITY"), "TRUE");
    assert_eq!(usage("DATA_USAGE_COLLECTION_PURPOSE", "PSL_ANALYTICS"), "");
}

/// Every row that is not ours, byte for byte, however the file is written.
#[test]
fn other_rows_stay_byte_for_byte() {
    let text = String::from_utf8(stand_in()).unwrap();
    for variant in [
        text.clone(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        text.trim_end().to_owned(),
        text.replace(",OPTIONAL,", ",\"OPTIONAL\","),
        text.replacen("PSL_STAND_IN_UNKNOWN_QUESTION", "\"PSL_STAND_IN_UNKNOWN_QUESTION\"", 1),
    ] {
        let patched = |name| {
            let disclosure = common::form(Target::Play, name, variant.as_bytes()).unwrap();
            String::from_utf8(disclosure.files[0].contents.clone()).unwrap()
        };
        assert!(patched("nothing") == variant, "a policy that reads nothing changes nothing");
        let (after, before) = (patched("fuzzy-location"), variant.split('\n'));
        let after: Vec<_> = after.split('\n').collect();
        assert_eq!(after.len(), before.clone().count());
        for (before, after) in before.zip(after) {
            let ours = before.contains("PSL_APPROX_LOCATION")
                || before.contains("PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA");
            assert!(ours || before == after, "{before:?} {after:?}");
            assert_eq!(before.ends_with('\r'), after.ends_with('\r'));
        }
    }
}

/// Without what the policy makes true the form would be a false statement.
#[test]
fn an_answer_that_contradicts_the_policy_is_changed_and_named() {
    let form = String::from_utf8(stand_in()).unwrap();
    let denied = form.replacen(
        "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA,,,",
        "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA,,FALSE,",
        1,
    );
    assert_ne!(form, denied);
    let patch = |name| common::form(Target::Play, name, denied.as_bytes()).unwrap();
    let disclosure = patch("fuzzy-location");
    let collects = ("PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA".to_owned(), String::new());
    assert_eq!(answers(&disclosure.files[0].contents)[&collects], "TRUE");
    assert!(disclosure.notes.iter().any(|note| note.contains(&collects.0)), "{:?}", disclosure.notes);
    assert!(!patch("nothing").notes.iter().any(|note| note.contains(&collects.0)));
}

proptest::proptest! {
    /// Whatever a file holds, reading it ends, and a policy that reads nothing leaves every byte where it was.
    #[test]
    fn any_file_is_refused_or_stays(rows in "[A-Za,\"\r\n \u{feff}é]{0,80}", head in proptest::bool::ANY) {
        let heading = if head { "Question ID,Response ID,Response value\n" } else { "" };
        let csv = format!("{heading}{rows}");
        if let Ok(disclosure) = common::form(Target::Play, "nothing", csv.as_bytes()) {
            proptest::prop_assert!(disclosure.files[0].contents == csv.as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_refused_or_stay(rows in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
        let csv = [b"Question ID,Response ID,Response value\n".as_slice(), &rows].concat();
        if let Ok(disclosure) = common::form(Target::Play, "everything", &csv) {
            let again = common::form(Target::Play, "everything", &disclosure.files[0].contents);
            proptest::prop_assert!(again.unwrap().files[0].contents == disclosure.files[0].contents);
        }
    }
}

/// Patching what was patched changes nothing.
#[test]
fn patching_twice_is_patching_once() {
    for policy in POLICIES {
        let once = written(Target::Play, policy).files[0].contents.clone();
        let twice = common::form(Target::Play, policy, &once).unwrap();
        assert_eq!(twice.files[0].contents, once, "{policy}");
    }
}

#[test]
fn a_form_without_a_row_is_a_finding_and_no_form_is_an_error() {
    let text = String::from_utf8(stand_in()).unwrap();
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.contains(",PSL_APPROX_LOCATION,")).collect();
    let patch = |csv: &[u8]| common::form(Target::Play, "fuzzy-location", csv);
    let missing = patch(without.as_bytes()).unwrap().missing;
    assert_eq!(missing.len(), 1);
    assert!(missing[0].contains("PSL_DATA_TYPES_LOCATION PSL_APPROX_LOCATION"), "{missing:?}");

    let given = |data_safety| Given { data_safety, ..Given::default() };
    let error = |csv| match target::write(Target::Play, &common::policy("nothing"), &given(csv)) {
        Err(WriteError::Form(error)) => Some(error),
        Err(WriteError::Policy(_) | WriteError::TrackingDomain) | Ok(_) => None,
    };
    assert_eq!(error(None), Some(CsvError::Missing));
    for csv in ["", "a,b\n", "a,b,c\n1,2,3\n", "Question ID,Response ID\n"] {
        assert_eq!(error(Some(csv.as_bytes())), Some(CsvError::Headings), "{csv:?}");
    }
    let heading = "Question ID,Response ID,Response value\n";
    let short = format!("{heading}A,B,C\nA,B\n");
    assert!(matches!(error(Some(short.as_bytes())), Some(CsvError::Row { line: 3, .. })));
    let mut not_utf8 = heading.as_bytes().to_vec();
    not_utf8.extend(b"A,\xff,C\n");
    assert!(matches!(error(Some(&not_utf8)), Some(CsvError::Row { line: 2, .. })));
    assert_eq!(error(Some(heading.as_bytes())), None);
}

/// Every table of a Markdown text: its rows, headings first.
#[allow(clippy::wildcard_enum_match_arm, reason = "what else is in a Markdown text does not matter here")]
fn tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => tables.last_mut().unwrap().push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                tables.last_mut().unwrap().last_mut().unwrap().push(String::new());
            }
            Event::Text(text) | Event::Code(text) => {
                let row = tables.last_mut().and_then(|table| table.last_mut());
                if let Some(cell) = row.and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            // Text after a table is not in its last cell.
            Event::End(TagEnd::Table) => tables.last_mut().unwrap().push(Vec::new()),
            _ => {}
        }
    }
    tables.iter_mut().for_each(|table| drop(table.pop()));
    tables
}

#[test]
fn chinese_tables() {
    for policy in POLICIES {
        let text = String::from_utf8(file(Target::China, policy, "third-party-sdk.zh.md")).unwrap();
        let tables = tables(&text);
        let [sdk, data, permissions] = tables.as_slice() else { unreachable!("three tables in {policy}") };
        for table in &tables {
            assert!(
                table
                    .iter()
                    .all(|row| row.len() == table[0].len() && row.iter().all(|cell| !cell.is_empty()))
            );
        }
        for heading in [
            "SDK名称",
            "第三方名称",
            "使用目的",
            "收集个人信息类型",
            "保存期限",
            "申请的系统权限",
            "隐私政策链接",
        ] {
            assert!(sdk.iter().any(|row| row[0] == heading), "{policy}: {heading}");
        }
        let read: BTreeSet<_> = data[1..].iter().map(|row| format!("{}：{}", row[0], row[1])).collect();
        let mut expected = names(policy, Target::China, "个人信息清单");
        if expected.is_empty() {
            expected.insert("无：无".to_owned());
        }
        assert_eq!(read, expected, "{policy}");
        let asked: BTreeSet<_> =
            permissions[1..].iter().map(|row| row[1].clone()).filter(|name| name != "无").collect();
        let android = names(policy, Target::Android, "AndroidManifest.xml").into_iter();
        let android = android
            .filter(|name| name.contains(".permission."))
            .map(|name| name.replace(" (up to API 30)", ""));
        let ios = names(policy, Target::Ios, "Info.plist")
            .into_iter()
            .filter(|key| key.ends_with("UsageDescription"));
        assert_eq!(asked, android.chain(ios).collect(), "{policy}");
    }
}

#[test]
fn privacy_policies() {
    for policy in POLICIES {
        let text = String::from_utf8(file(Target::Markdown, policy, "privacy-policy.md")).unwrap();
        let read: BTreeSet<_> =
            tables(&text).iter().flat_map(|table| &table[1..]).map(|row| row[0].clone()).collect();
        assert_eq!(read, names(policy, Target::Markdown, "privacy policy"), "{policy}");
    }
    let text = String::from_utf8(file(Target::Markdown, "fuzzy-location", "privacy-policy.md")).unwrap();
    assert_eq!(tables(&text)[0][1][1..], ["yes", "no", "once in 10 minutes"]);
}

/// An element of a page: its name, its attributes, its text.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

fn elements(policy: &str) -> Vec<Element> {
    let page = file(Target::Html, policy, "disclosure.html");
    let dom =
        html5ever::parse_document(RcDom::default(), Default::default()).from_utf8().one(page.as_slice());
    assert!(dom.errors.borrow().is_empty(), "{policy}: {:?}", dom.errors.borrow());
    let mut elements = Vec::new();
    walk(&dom.document, &mut elements);
    elements
}

fn walk(node: &Handle, elements: &mut Vec<Element>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes =
            attrs.borrow().iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
        elements.push(Element { name: name.local.to_string(), attributes, text: text_of(node) });
    }
    node.children.borrow().iter().for_each(|child| walk(child, elements));
}

fn text_of(node: &Handle) -> String {
    let own = match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        NodeData::Document
        | NodeData::Doctype { .. }
        | NodeData::Comment { .. }
        | NodeData::Element { .. }
        | NodeData::ProcessingInstruction { .. } => String::new(),
    };
    node.children.borrow().iter().fold(own, |text, child| text + &text_of(child))
}

#[test]
fn pages_are_well_formed_name_everything_and_load_nothing() {
    for policy in POLICIES {
        let elements = elements(policy);
        let ids: Vec<_> = elements.iter().filter_map(|element| element.attributes.get("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{policy}: ids are unique");
        for element in &elements {
            assert_ne!(element.name, "script", "{policy}");
            assert!(!element.attributes.contains_key("src"), "{policy}");
            assert!(!element.attributes.keys().any(|name| name.starts_with("on")), "{policy}");
            if let Some(href) = element.attributes.get("href") {
                assert_eq!(element.name, "a", "{policy}: only links lead elsewhere");
                let inside = href.strip_prefix('#').is_some_and(|id| ids.iter().any(|own| *own == id));
                assert!(inside || href.starts_with("https://"), "{policy}: {href}");
            }
            for reference in ["aria-labelledby", "for"] {
                if let Some(id) = element.attributes.get(reference) {
                    assert!(ids.contains(&id), "{policy}: {reference} {id}");
                }
            }
            if element.name == "th" {
                assert!(element.attributes.contains_key("scope") && !element.text.is_empty(), "{policy}");
            }
            if element.name == "style" {
                assert!(!element.text.contains("url(") && !element.text.contains("@import"), "{policy}");
            }
        }
        let headings = |cell: &str, scope: &str| -> Vec<&str> {
            let is = |element: &&Element| {
                element.name == cell && element.attributes.get("scope").is_some_and(|own| own == scope)
            };
            elements.iter().filter(is).map(|element| element.text.as_str()).collect()
        };
        let rows = headings("th", "row");
        for item in Item::ALL {
            assert!(rows.iter().any(|row| row.starts_with(item.id())), "{policy}: {item}");
        }
        for layer in ["Agreement", "Policy", "Consent", "Age", "Interval", "System"] {
            assert!(headings("th", "col").contains(&layer), "{policy}: {layer}");
        }
        for line in declarations::lines(&scope(policy)) {
            assert!(rows.contains(&line.name.as_str()), "{policy}: {}", line.name);
        }
    }
}
