//! The table is whole, and what it says is what the artifacts say.

#![allow(clippy::unwrap_used, dead_code, missing_docs, unreachable_pub, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;
use std::{env, fs};

use common::scope;
use scruple::{Item, Purpose};
use scruple_disclose::rules::{Android, Document, Duty, Element, Ios, Rule, declared, rule};

/// For each purpose that the agreement gives there is a declaration or a reason; a reason stands only where one is missing.
fn whole<T: Copy + Debug + 'static>(item: Item, target: &str, duty: Duty<T>) {
    let declared_for = |purpose: &Purpose| duty.on(&[*purpose]).next().is_some();
    let every_purpose = item.purposes().iter().all(declared_for);
    match duty.otherwise_nothing_because {
        // A reason may stand for an item whose only purpose is declared: several items share a duty.
        Some(because) => {
            assert!(!because.is_empty() && !because.ends_with('.'), "{item}, {target}: {because}");
            let any_without = Purpose::ALL.iter().any(|purpose| !declared_for(purpose));
            assert!(any_without, "{item}, {target}: declared for everything, and yet there is a reason");
        }
        None => assert!(every_purpose, "{item}, {target}: nothing declared for a purpose, and no reason"),
    }
    for declaration in duty.declarations {
        assert!(Document::ALL.contains(&declaration.source), "{item}, {target}: {declaration:?}");
        assert!(!declaration.purposes.is_empty(), "{item}, {target}: {declaration:?}");
    }
}

#[test]
fn each_item_has_a_rule_for_each_target() {
    for item in Item::ALL {
        // Every field by name: a new target must be thought about here.
        let Rule { ios, android, play, china, people } = rule(*item);
        whole(*item, "ios", ios);
        whole(*item, "android", android);
        whole(*item, "play", play);
        whole(*item, "china", china);
        whole(*item, "markdown and html", people);
    }
}

#[test]
fn documents_are_dated_and_each_is_gone_by() {
    let mut used = BTreeSet::new();
    for item in Item::ALL {
        let rule = rule(*item);
        used.extend(rule.ios.declarations.iter().map(|declaration| declaration.source.title));
        used.extend(rule.android.declarations.iter().map(|declaration| declaration.source.title));
        used.extend(rule.play.declarations.iter().map(|declaration| declaration.source.title));
        used.extend(rule.china.declarations.iter().map(|declaration| declaration.source.title));
        used.extend(rule.people.declarations.iter().map(|declaration| declaration.source.title));
    }
    // Named whatever is listed.
    used.extend(["中华人民共和国网络安全法", "网络数据安全管理条例"]);
    let all: BTreeSet<_> = Document::ALL.iter().map(|document| document.title).collect();
    assert_eq!(used, all);
    for document in Document::ALL {
        let date = document.date.trim_start_matches("read ");
        let digits = date.chars().filter(char::is_ascii_digit).count();
        assert!(date.len() == 10 && digits == 8, "{document:?}");
        assert!(!document.publisher.is_empty() && !document.reference.is_empty(), "{document:?}");
    }
}

#[test]
fn chinese_texts_are_chinese_and_english_ones_are_not() {
    let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for item in Item::ALL {
        let rule = rule(*item);
        for declaration in rule.china.declarations {
            assert!(chinese(declaration.what.kind), "{item}");
            assert!(chinese(declaration.what.datum), "{item}");
        }
        let people = rule.people.declarations.iter();
        assert!(people.clone().all(|own| !chinese(own.what.en) && chinese(own.what.zh)), "{item}");
        for declaration in rule.ios.declarations {
            if let Ios::Usage { en, zh, permission_zh, .. } = declaration.what {
                assert!(chinese(zh) && chinese(permission_zh) && !chinese(en), "{item}");
            }
        }
    }
}

/// An element as the artifact's manifest writes it.
type Written = (String, String, Vec<(String, String)>);

#[test]
fn android_rules_say_what_the_artifacts_manifests_say() {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../bindings/kotlin");
    let mut of_the_rules = BTreeSet::new();
    for item in Item::ALL {
        for declaration in rule(*item).android.declarations {
            // An artifact that this tree has no sources of has nothing to compare with.
            if root.join(declaration.what.artifact).is_dir() {
                of_the_rules.insert(by_rule(declaration.what));
            }
        }
    }
    let mut of_the_artifacts = BTreeSet::new();
    for entry in fs::read_dir(&root).unwrap() {
        let folder = entry.unwrap();
        let artifact = folder.file_name().into_string().unwrap();
        let Ok(text) = fs::read_to_string(folder.path().join("src/main/AndroidManifest.xml")) else {
            continue;
        };
        let document = roxmltree::Document::parse(&text).unwrap();
        for node in document.root_element().children().filter(|node| node.is_element()) {
            // Components, of which one artifact has one, are no declaration about data.
            if !matches!(node.tag_name().name(), "uses-sdk" | "application") {
                let mut attributes: Vec<_> = node
                    .attributes()
                    .map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned()))
                    .collect();
                attributes.sort();
                of_the_artifacts.insert((artifact.clone(), node.tag_name().name().to_owned(), attributes));
            }
        }
    }
    assert_eq!(of_the_rules, of_the_artifacts);
}

fn by_rule(android: Android) -> Written {
    let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let (tag, mut attributes) = match android.element {
        // An artifact narrows nothing: merged, it would narrow the app's own use.
        Element::Permission { name, .. } => ("uses-permission", vec![text("name", name)]),
        Element::Feature { name } => ("uses-feature", vec![text("name", name), text("required", "false")]),
    };
    attributes.sort();
    (android.artifact.to_owned(), tag.to_owned(), attributes)
}

#[test]
fn what_a_policy_lets_through_is_what_the_gate_lets_through() {
    assert_eq!(scope("nothing").items().count(), 0);
    let device = scope("device-only");
    assert!(device.items().all(|item| item.id().starts_with("device.")));
    // All but the name, which must be named.
    assert_eq!(device.items().count(), 12);
    assert_eq!(device.purposes(Item::DeviceModel), [Purpose::Feature]);
    assert_eq!(scope("fuzzy-location").items().collect::<Vec<_>>(), [Item::LocationFuzzy]);
    // All but the two that are for troubleshooting only.
    assert_eq!(scope("everything").items().count(), Item::ALL.len() - 2);
    assert_eq!(scope("everything-with-troubleshooting").items().collect::<Vec<_>>(), Item::ALL);
}

#[test]
fn precise_location_wants_no_reduced_accuracy() {
    let reduced = |name| {
        declared(&scope(name), |rule| rule.ios)
            .any(|(_, declaration)| declaration.what == Ios::Flag { key: "NSLocationDefaultAccuracyReduced" })
    };
    assert!(reduced("fuzzy-location"));
    assert!(!reduced("everything"));
}
