//! The Swift packages beside a project: code of the app's own, which ends up in the app's program.

use super::super::files::{self, Files, Kind};
use super::super::text;
use super::super::xcode::{Named, Product};
use super::bundle::{Bundle, is_in_bundle};
use super::target::look;

const MANIFEST: &str = "Package.swift";

/// The folders of the packages among the files that have one of these products, and of those that they depend on.
pub(super) fn linked(files: &Files, products: &[Named]) -> Vec<String> {
    let all: Vec<(String, String)> = files
        .of(Kind::Marker)
        .filter(|path| path.rsplit('/').next() == Some(MANIFEST))
        .filter_map(|path| {
            let bytes = files.bytes(path).ok()?;
            Some((files::parent(path).to_owned(), text::decode(&bytes).ok()?))
        })
        .collect();
    let mut found: Vec<&str> = Vec::new();
    // `.library(name: "Own", …)`, and not `.product(name: "Own", …)`, which is somebody else's.
    let has = |text: &str, name: &str| {
        let parts: Vec<&str> = text.split(&format!("name: \"{name}\"")).collect();
        parts
            .split_last()
            .is_some_and(|(_, before)| before.iter().any(|part| part.trim_end().ends_with("library(")))
    };
    let mut wanted: Vec<&(String, String)> =
        all.iter().filter(|(_, text)| products.iter().any(|own| has(text, &own.path))).collect();
    while let Some((folder, text)) = wanted.pop() {
        if found.contains(&folder.as_str()) {
            continue;
        }
        found.push(folder);
        // `.package(path: "../Other")`
        for path in text.split("path: \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let other = files::join(folder, path);
            wanted.extend(all.iter().filter(|(folder, _)| *folder == other));
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Whether a package's code comes as a framework, which an app has once for all its programs.
pub(super) fn is_dynamic(files: &Files, folder: &str) -> bool {
    let manifest = files.bytes(&files::join(folder, MANIFEST)).unwrap_or_default();
    text::decode(&manifest).is_ok_and(|text| text.contains("type: .dynamic"))
}

/// What a package is called.
pub(super) fn name(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

/// A package's code.
pub(super) fn bundle(files: &mut Files, folder: &str) -> Bundle {
    let sources = files::join(folder, "Sources");
    // A macro runs in the compiler.
    let is_shipped =
        |path: &&str| !path.split('/').any(|part| part.ends_with("Macros") || part.ends_with("Tests"));
    let compiled: Vec<String> = files.under(&sources).filter(is_shipped).map(str::to_owned).collect();
    let privacy: Vec<String> = files
        .under(&sources)
        .filter(|path| Kind::of(path) == Some(Kind::Privacy) && !is_in_bundle(path))
        .map(str::to_owned)
        .collect();
    let mut bundle = Bundle {
        name: name(folder).to_owned(),
        kind: Product::Library,
        has_privacy: true,
        is_looked_at: true,
        place: Some(files::join(folder, MANIFEST)),
        ..Bundle::default()
    };
    bundle.read_privacy(files, &privacy);
    look(files, &mut bundle, &compiled);
    bundle
}
