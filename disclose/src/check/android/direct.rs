//! What a framework's project says of its Android app before any manifest is made.

use super::{App, Found, Kinds};
use crate::check::files::{Files, Kind};
use crate::check::finding::Place;
use crate::check::manifest::{self, Attribute, Entry, Manifest, Tag};
use crate::check::projects::Project;
use crate::check::text;
use crate::check::xml::{self, Doctype, Element};

/// Reads what can be read; the rest is said to be unseen.
pub(super) fn apps(files: &Files, projects: &[Project], found: &mut Found) {
    for project in projects.iter().filter(|own| own.android) {
        let inside = |name: &str| name == project.folder || crate::check::files::is_in(name, &project.folder);
        if found.apps.keys().any(|name| inside(name)) {
            continue;
        }
        let name = project.file.rsplit('/').next().unwrap_or_default();
        let folder = crate::check::files::join(&project.folder, "app.json");
        let manifest = match name {
            "config.xml" => cordova(files, &project.file),
            "app.json" | "package.json" | "app.config.js" | "app.config.ts" => expo(files, &folder),
            _ => unity(files, &project.folder).filter(|_| name == "ProjectVersion.txt"),
        };
        if let Some(manifest) = manifest {
            found.add(&project.folder, App::of(manifest, Kinds::Partial, true));
        }
    }
}

/// `android.permissions` and `android.blockedPermissions` of `app.json`.
fn expo(files: &Files, path: &str) -> Option<Manifest> {
    let text = text::decode(&files.bytes(path).ok()?).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    let android = json.get("expo")?.get("android")?;
    let list = |key: &str| -> Vec<String> {
        let listed = android.get(key).and_then(serde_json::Value::as_array);
        listed.into_iter().flatten().filter_map(|own| own.as_str().map(str::to_owned)).collect()
    };
    let entry = |name: &String| {
        let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
        let place = Place::new(path, Some(text::lines(&text.as_bytes()[..at])));
        let name = if name.contains('.') { name.clone() } else { format!("android.permission.{name}") };
        Entry::new(Tag::Permission, name, place)
    };
    let mut entries: Vec<Entry> = Vec::new();
    for name in list("permissions") {
        let entry = entry(&name);
        if !entries.iter().any(|own| own.key == entry.key) {
            entries.push(entry);
        }
    }
    for name in list("blockedPermissions") {
        let mut blocked = entry(&name);
        entries.retain(|own| own.key != blocked.key);
        let place = blocked.place.clone();
        blocked.attributes.push(Attribute {
            is_tools: true,
            name: "node".to_owned(),
            value: "remove".to_owned(),
            place,
        });
        entries.push(blocked);
    }
    Some(Manifest { file: path.to_owned(), entries, ..Manifest::default() })
}

/// What `config.xml` puts into the manifest.
fn cordova(files: &Files, path: &str) -> Option<Manifest> {
    let root = xml::parse(&files.bytes(path).ok()?, Doctype::Refused).ok()?;
    let mut whole = Element { children: Vec::new(), ..root.clone() };
    whole.name = "manifest".to_owned();
    let mut open: Vec<&Element> = vec![&root];
    while let Some(element) = open.pop() {
        let target = element.attribute("", "target").unwrap_or_default();
        let is_change = matches!(element.name.as_str(), "config-file" | "edit-config");
        if is_change && target.ends_with("AndroidManifest.xml") {
            whole.children.extend(element.children.iter().cloned());
        } else {
            open.extend(&element.children);
        }
    }
    let mut manifest = manifest::of(&whole, path).ok()?;
    // Two places may add the same.
    let mut entries: Vec<Entry> = Vec::new();
    for entry in manifest.entries.drain(..) {
        if !entries.iter().any(|own| own.tag == entry.tag && own.key == entry.key) {
            entries.push(entry);
        }
    }
    Some(Manifest { entries, ..manifest })
}

/// The manifest that Unity merges its own into.
fn unity(files: &Files, folder: &str) -> Option<Manifest> {
    let path = crate::check::files::join(folder, "Assets/Plugins/Android/AndroidManifest.xml");
    let is_there = files.of(Kind::Manifest).any(|own| own == path);
    let bytes = files.bytes(&path).ok().filter(|_| is_there)?;
    manifest::parse(&bytes, &path).ok()
}
