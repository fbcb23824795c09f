//! Android: what each artifact's manifest adds to the host's.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

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
        File::new(path, manifest(artifact, &of(artifact)).unwrap_or_default())
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
    Disclosure { files: files.into(), notes, missing: Vec::new() }
}

fn manifest(artifact: &str, elements: &[Element]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 4);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = writer
        .create_element("manifest")
        .with_attribute(("xmlns:android", "http://schemas.android.com/apk/res/android"));
    root.write_inner_content(|writer| {
        if elements.is_empty() {
            let comment = format!(" This policy never reads by {artifact}: leave it out. ");
            writer.write_event(Event::Comment(BytesText::from_escaped(comment)))?;
        }
        for element in elements {
            match *element {
                Element::Permission { name, max_sdk, never_for_location, .. } => {
                    let mut permission =
                        writer.create_element("uses-permission").with_attribute(("android:name", name));
                    if let Some(level) = max_sdk {
                        permission =
                            permission.with_attribute(("android:maxSdkVersion", level.to_string().as_str()));
                    }
                    if never_for_location {
                        permission =
                            permission.with_attribute(("android:usesPermissionFlags", "neverForLocation"));
                    }
                    permission.write_empty()?;
                }
                Element::Feature { name } => {
                    let feature = writer.create_element("uses-feature");
                    feature
                        .with_attributes([("android:name", name), ("android:required", "false")])
                        .write_empty()?;
                }
            }
        }
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}
