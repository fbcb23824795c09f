//! The functions that need a reason: which are declared, and why.

use super::{Mistakes, Owner, Type};
use crate::check::finding::Level;
use crate::check::plist::Node;
use crate::check::reasons::{CATEGORIES, Category, PREFIX, Reason};

pub(crate) const ACCESSED: &str = "NSPrivacyAccessedAPITypes";
const CATEGORY: &str = "NSPrivacyAccessedAPIType";
const REASONS: &str = "NSPrivacyAccessedAPITypeReasons";

pub(super) fn check(mistakes: &mut Mistakes<'_>, root: &Node, owner: Owner) {
    let names: Vec<String> = CATEGORIES.iter().map(|own| format!("{PREFIX}{}", own.name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut seen: Vec<(&str, &Node)> = Vec::new();
    for entry in mistakes.elements(root, ACCESSED, Type::Dictionary) {
        mistakes.keys(entry, &[CATEGORY, REASONS], Level::Warning);
        let node = mistakes.required(entry, CATEGORY, Type::Text);
        let name = node.and_then(|node| mistakes.one_of(node, CATEGORY, &names, PREFIX));
        if let Some((name, node)) = name.zip(node) {
            if let Some((_, first)) = seen.iter().find(|(own, _)| *own == name) {
                let mend = "Put all its reasons into one entry.";
                mistakes.again(first, node, format!("{name} is declared twice"), mend);
            }
            seen.push((name, node));
        }
        let category = CATEGORIES.iter().find(|own| name == Some(&format!("{PREFIX}{}", own.name)));
        reasons(mistakes, entry, category, owner);
    }
}

/// The reasons of one entry; of a category that Apple does not have, whether they are any of Apple's.
fn reasons(mistakes: &mut Mistakes<'_>, entry: &Node, category: Option<&'static Category>, owner: Owner) {
    let list = mistakes.required(entry, REASONS, Type::Array);
    let may = |reason: &&Reason| reason.is_for_apps || owner == Owner::Library;
    let what = category.map_or("an entry".to_owned(), |category| format!("{PREFIX}{}", category.name));
    let allowed: Vec<&Reason> =
        category.map_or(&[][..], |category| category.reasons).iter().filter(may).collect();
    let listed =
        allowed.iter().map(|own| format!("{} ({})", own.code, own.why)).collect::<Vec<_>>().join(", ");
    let mend = match category {
        Some(_) => format!("Give one that is true: {listed}."),
        None => "Name the category first: the reasons depend on it.".to_owned(),
    };
    if let Some(list) = list.filter(|list| list.elements().is_empty()) {
        mistakes.add(list, Level::Error, format!("{what} gives no reason"), mend.clone());
    }
    let given = mistakes.texts(list, REASONS);
    for (at, node) in given.iter().enumerate() {
        let code = node.text().unwrap_or_default();
        if let Some(first) = given[..at].iter().find(|other| other.text() == Some(code)) {
            mistakes.again(first, node, format!("the reason {code} is given twice"), "Remove one.");
            continue;
        }
        let owner_of = CATEGORIES.iter().find(|own| own.reasons.iter().any(|reason| reason.code == code));
        let why = match (owner_of, category) {
            (None, _) => format!("{code} is none of Apple's reasons"),
            (Some(other), Some(category)) if other.name != category.name => {
                format!("{code} is a reason of {}, not of {}", other.name, category.name)
            }
            (Some(_), Some(_)) if !allowed.iter().any(|own| own.code == code) => {
                format!("only a library may give the reason {code}, and this is an app's privacy manifest")
            }
            (Some(_), Some(_) | None) => continue,
        };
        mistakes.add(node, Level::Error, why, mend.clone());
    }
}

/// The categories that a manifest declares, each with its entry and its reasons.
pub(crate) fn declared(root: &Node) -> impl Iterator<Item = (&str, &Node, Vec<&str>)> {
    let entries = root.get(ACCESSED).map(Node::elements).unwrap_or_default();
    entries.iter().filter_map(|entry| {
        let name = entry.get(CATEGORY)?.text()?.strip_prefix(PREFIX)?;
        let reasons = entry.get(REASONS).map(Node::elements).unwrap_or_default();
        Some((name, entry, reasons.iter().filter_map(Node::text).collect()))
    })
}
