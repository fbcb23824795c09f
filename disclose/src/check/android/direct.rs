//! What a framework's project says of its Android app before any manifest is made.

use super::{App, Found, Kinds};
use crate::check::expo;
use crate::check::files::{Files, Kind};
use crate::check::manifest::{self, Entry, Manifest};
use crate::check::projects::Project;
use crate::check::xml::{self, Doctype, Element};

/// Reads what can be read; the rest is said to be unseen.
pub(super) fn apps(files: &Files, projects: &[Project], found: &mut Found) {
    for project in projects.iter().filter(|own| own.android) {
        let inside = |name: &str| name == project.folder || crate::check::files::is_in(name, &project.folder);
        if found.apps.keys().any(|name| inside(name)) {
            continue;
        }
        let name = project.file.rsplit('/').next().unwrap_or_default();
        if project.is_expo() {
            let Some(made) = expo::read(files, project) else { continue };
            let kind = if made.unread.is_empty() { Kinds::App } else { Kinds::Partial };
            let manifest = Manifest { file: made.file, entries: made.permissions, ..Manifest::default() };
            found.add(&project.folder, App::of(manifest, kind, true));
            continue;
        }
        let manifest = match name {
            "config.xml" => cordova(files, &project.file),
            _ => unity(files, &project.folder).filter(|_| name == "ProjectVersion.txt"),
        };
        if let Some(manifest) = manifest {
            found.add(&project.folder, App::of(manifest, Kinds::Partial, true));
        }
    }
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
