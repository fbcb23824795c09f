//! Android: what each artifact's manifest adds to the app's, and what the app's own says of it.

use super::xml::Writer;
use crate::Scope;
use crate::rules::{Android, Element, declared};
use crate::target::{Disclosure, File};

/// The artifacts that add something to a manifest. Those without a permission need no fragment.
const ARTIFACTS: [&str; 4] =
    ["scruple-location", "scruple-location-precise", "scruple-bluetooth", "scruple-nfc"];

pub(super) fn write(scope: &Scope) -> Disclosure {
    let mut needed: Vec<Android> = Vec::new();
    for (_, declaration) in declared(scope, |rule| rule.android) {
        if !needed.contains(&declaration.what) {
            needed.push(declaration.what);
        }
    }
    let of = |artifact: &str| -> Vec<Element> {
        needed.iter().filter(|need| need.artifact == artifact).map(|need| need.element).collect()
    };
    let mut files: Vec<File> = ARTIFACTS
        .iter()
        .map(|artifact| {
            let elements: Vec<Element> = of(artifact).into_iter().map(unnarrowed).collect();
            let otherwise = format!("This policy never reads by {artifact}: leave it out.");
            File::new(format!("{artifact}/AndroidManifest.xml"), manifest(&otherwise, &elements))
        })
        .collect();
    let narrowed: Vec<Element> =
        needed.iter().map(|need| need.element).filter(|own| *own != unnarrowed(*own)).collect();
    let otherwise = "The artifacts' manifests say all that this policy needs.";
    files.push(File::new("app/AndroidManifest.xml", manifest(otherwise, &narrowed)));

    let mut notes = vec![match narrowed.is_empty() {
        true => {
            "the artifacts' own manifests say all this, and the build merges it into the app's: nothing is to be copied"
        }
        false => {
            "the artifacts' own manifests bring their part; copy app/AndroidManifest.xml's elements into the app's own, but for what the app's own scans need wider"
        }
    }
    .to_owned()];
    let unneeded: Vec<_> = ARTIFACTS.into_iter().filter(|artifact| of(artifact).is_empty()).collect();
    if !unneeded.is_empty() {
        notes.push(format!(
            "leave these artifacts out, this policy never reads by them: {}",
            unneeded.join(", ")
        ));
    }
    if !of("scruple-bluetooth").is_empty() {
        notes.push(
            "to see devices nearby on Android 11 and older, an app asks for location besides; that is yours to decide"
                .to_owned(),
        );
    }
    Disclosure { files, notes, open: Vec::new(), missing: Vec::new() }
}

/// An element as an artifact brings it: merged, what narrows it would narrow the app's own use too.
fn unnarrowed(element: Element) -> Element {
    match element {
        Element::Permission { name, zh, .. } => {
            Element::Permission { name, max_sdk: None, never_for_location: false, zh }
        }
        Element::Feature { .. } => element,
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://schemas.android.com/apk/res/android";

fn manifest(otherwise: &str, elements: &[Element]) -> Vec<u8> {
    let mut writer = Writer::new(HEAD, "    ");
    writer.element("manifest", &[("xmlns:android", NAMESPACE)], |writer| {
        if elements.is_empty() {
            writer.comment(otherwise);
        }
        for element in elements {
            match *element {
                Element::Permission { name, max_sdk, never_for_location, .. } => {
                    let level = max_sdk.map(|level| level.to_string());
                    let mut attributes = vec![("android:name", name)];
                    attributes.extend(level.as_deref().map(|level| ("android:maxSdkVersion", level)));
                    attributes.extend(
                        never_for_location.then_some(("android:usesPermissionFlags", "neverForLocation")),
                    );
                    writer.element("uses-permission", &attributes, |_| {});
                }
                Element::Feature { name } => {
                    let attributes = [("android:name", name), ("android:required", "false")];
                    writer.element("uses-feature", &attributes, |_| {});
                }
            }
        }
    });
    writer.finish()
}
