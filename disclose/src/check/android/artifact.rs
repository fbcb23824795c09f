//! What Scruple's own artifacts bring into a host's manifest.

use crate::check::finding::Place;
use crate::check::manifest::{Entry, Manifest, Tag};
use crate::rules::{Declaration, Element, rule};
use scruple::Item;

/// The lowest API level that they run on.
const MIN_SDK: u32 = 21;

/// What an artifact takes in with it, itself first.
pub(super) fn with_others(name: &str) -> Vec<&str> {
    match name {
        "scruple-location-precise" => vec![name, "scruple-location"],
        _ => vec![name],
    }
}

/// Its manifest, as it stands at the place that takes it in.
pub(super) fn manifest(name: &str, place: &Place) -> Manifest {
    let mut entries: Vec<Entry> = Vec::new();
    for own in every_declaration().filter(|own| own.what.artifact == name) {
        let entry = match own.what.element {
            // What narrows it is the app's to say.
            Element::Permission { name, .. } => Entry::new(Tag::Permission, name, place.clone()),
            Element::Feature { name } => {
                Entry::new(Tag::Feature, name, place.clone()).with("required", "false")
            }
        };
        // Several items need the same.
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Manifest {
        file: place.file.clone(),
        package: Some(format!("dev.{}", name.replace('-', "."))),
        min_sdk: Some(MIN_SDK),
        entries,
        ..Manifest::default()
    }
}

/// What any policy could make an app declare.
pub(super) fn every_declaration() -> impl Iterator<Item = &'static Declaration<crate::rules::Android>> {
    Item::ALL.iter().flat_map(move |item| rule(*item).android.declarations)
}
