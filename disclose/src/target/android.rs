//! Android: what each artifact's manifest adds to the host's.

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
    let of = |artifact| -> Vec<Element> {
        needed.iter().filter(|need| need.artifact == artifact).map(|need| need.element).collect()
    };
    let files = ARTIFACTS.map(|artifact| {
        let path = format!("{artifact}/AndroidManifest.xml");
        File::new(path, manifest(artifact, &of(artifact)))
    });

    let mut notes = vec![
        "the artifacts' own manifests say all this, and the build merges it into the app's: nothing is to be copied"
            .to_owned(),
    ];
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
    Disclosure { files: files.into(), notes, open: Vec::new(), missing: Vec::new() }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://schemas.android.com/apk/res/android";

fn manifest(artifact: &str, elements: &[Element]) -> Vec<u8> {
    let mut writer = Writer::new(HEAD, "    ");
    writer.element("manifest", &[("xmlns:android", NAMESPACE)], |writer| {
        if elements.is_empty() {
            writer.comment(&format!("This policy never reads by {artifact}: leave it out."));
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
