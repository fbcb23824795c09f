//! What is wrong with a manifest by itself, before anything is merged.

use super::{Conflict, instruction, shown};
use crate::check::manifest::{Entry, Manifest};

/// Everything for which the merger refuses a manifest, of what is checked.
pub(super) fn manifest(manifest: &Manifest, conflicts: &mut Vec<Conflict>) {
    for (at, entry) in manifest.entries.iter().enumerate() {
        let mut refuse = |why: String, mend: &str, other: Option<&Entry>| {
            conflicts.push(Conflict {
                why,
                mend: mend.to_owned(),
                place: entry.place.clone(),
                also: other.iter().map(|own| own.place.clone()).collect(),
            });
        };
        for unknown in
            entry.attributes.iter().filter(|own| own.is_tools && !is_instruction(&own.name, &own.value))
        {
            refuse(
                format!(
                    "{} has tools:{}=\"{}\", which the merger does not know",
                    shown(entry),
                    unknown.name,
                    unknown.value
                ),
                "Remove it, or write it as the merger's documentation has it.",
                None,
            );
        }
        if instruction(entry) == Some("removeAll") {
            if entry.attributes.len() > 1 {
                refuse(
                    "tools:node=\"removeAll\" stands beside other attributes, and the merger refuses that"
                        .to_owned(),
                    "Remove the other attributes.",
                    None,
                );
            }
            continue;
        }
        let name = shown(entry);
        let earlier = manifest.entries[..at].iter().rev();
        let twin = earlier
            .filter(|own| instruction(own) != Some("removeAll"))
            .find(|own| own.tag == entry.tag && own.key == entry.key);
        if let Some(twin) = twin.filter(|twin| differ(twin, entry)) {
            refuse(
                format!(
                    "{name} is declared twice in one manifest, and differently, so that the manifests cannot be merged"
                ),
                "Keep one of the two.",
                Some(twin),
            );
        }
        if entry.tools("selector").is_some() && !matches!(instruction(entry), Some("remove" | "removeAll")) {
            refuse(
                format!("{name} has a tools:selector, and nothing that it could select"),
                "Remove tools:selector, or add tools:node=\"remove\".",
                None,
            );
        }
        for listed in listed(entry, "remove").filter(|own| entry.android(own).is_some()) {
            refuse(
                format!("{name} has android:{listed}, and tools:remove for it"),
                "Write tools:replace for tools:remove.",
                None,
            );
        }
        for listed in listed(entry, "replace").filter(|own| entry.android(own).is_none()) {
            refuse(
                format!("{name} replaces android:{listed}, and has none"),
                "Add the attribute, or write tools:remove for tools:replace.",
                None,
            );
        }
        if let Some(twice) = twice(entry) {
            refuse(twice, TWICE, None);
        }
        if let Some(required) = entry.android("required").filter(|own| !is_boolean(&own.value)) {
            refuse(
                format!(
                    "{name} has android:required=\"{}\", which is neither true nor false",
                    required.value
                ),
                "Write true or false.",
                None,
            );
        }
    }
}

/// What to do about one that is.
pub(super) const TWICE: &str = "List it once, in one of them.";

/// An attribute that the instructions list twice, over which the merger stumbles.
pub(super) fn twice(entry: &Entry) -> Option<String> {
    let lists = ["remove", "replace", "strict", "ignore_warning"];
    let mut listed: Vec<&str> = lists.iter().flat_map(|own| listed(entry, own)).collect();
    listed.sort_unstable();
    let pair = listed.windows(2).find(|two| two[0] == two[1])?;
    Some(format!(
        "the instructions for {} list android:{} twice, over which the merger stumbles",
        shown(entry),
        pair[0]
    ))
}

/// The attributes that `tools:replace` or `tools:remove` lists.
fn listed<'a>(entry: &'a Entry, instruction: &str) -> impl Iterator<Item = &'a str> {
    let listed = entry.tools(instruction).into_iter().flat_map(|names| names.split(','));
    listed.map(|name| name.trim().rsplit(':').next().unwrap_or(name)).filter(|name| !name.is_empty())
}

/// Whether the merger knows an attribute of the tools' namespace.
fn is_instruction(name: &str, value: &str) -> bool {
    const NODES: [&str; 7] =
        ["merge", "mergeOnlyAttributes", "replace", "remove", "removeAll", "removeChildren", "strict"];
    match name {
        "node" => NODES.contains(&value),
        "remove" | "replace" | "strict" | "ignore_warning" => true,
        "selector" | "overrideLibrary" | "requiredByPrivacySandboxSdk" | "ignore" => true,
        other => other.eq_ignore_ascii_case("targetApi"),
    }
}

fn is_boolean(value: &str) -> bool {
    matches!(value, "true" | "false" | "TRUE" | "FALSE" | "True" | "False")
        || value.starts_with(['@', '?'])
        || value.contains("${")
}

/// Whether two entries say something different, whatever their instructions are.
pub(super) fn differ(one: &Entry, other: &Entry) -> bool {
    let said = |entry: &Entry| {
        let said = entry.attributes.iter().filter(|own| !own.is_tools);
        let mut said: Vec<_> = said.map(|own| (own.name.clone(), own.value.clone())).collect();
        said.sort();
        said
    };
    said(one) != said(other)
}
