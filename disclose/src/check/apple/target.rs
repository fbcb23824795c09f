//! A target of an Xcode project, as a bundle.

use std::collections::HashSet;

use super::super::code::Language;
use super::super::files::{self, Files, Kind};
use super::super::plist::{self, Node, Value};
use super::super::privacy_manifest;
use super::super::sources::Source;
use super::super::text;
use super::super::xcode::{Build, Product, Settings, Target};
use super::bundle::{Bundle, Declared, Key, is_in_bundle, keys};
use super::keys::NOT_GENERATED;
use super::needed::{BASE, PRODUCTS};
use super::texts::is_catalogue;

/// How a setting begins that stands for a key of Info.plist.
const KEY: &str = "INFOPLIST_KEY_";

/// Reads what a target has; `claimed` are the files that a target speaks for.
pub(super) fn bundle(files: &mut Files, target: Target, claimed: &mut Vec<String>) -> Bundle {
    let mut bundle = Bundle {
        kind: target.product,
        has_privacy: true,
        is_looked_at: true,
        language: by_its_code(&target.language).to_owned(),
        ..Bundle::default()
    };
    for build in &target.builds {
        bundle.builds.push(declared(files, &target, build, claimed));
    }
    let copied: Vec<String> = target.copied.into_iter().filter(|path| files.contains(path)).collect();
    let privacy: Vec<String> = copied.iter().filter(|path| is_manifest(path)).cloned().collect();
    bundle.read_privacy(files, &privacy);
    claimed.extend(privacy);
    let is_text = |path: &&String| Kind::of(path) == Some(Kind::Strings) || is_catalogue(path);
    bundle.texts = copied.iter().filter(is_text).cloned().collect();
    bundle.languages = copied.iter().filter_map(|path| language(path)).map(str::to_owned).collect();
    let is_ours = |name: &str| name == BASE || PRODUCTS.iter().any(|own| own.name == name);
    let products = target.products.into_iter().filter(|own| is_ours(&own.path)).collect();
    bundle.products = Some(products);
    if target.product != Product::Other {
        look(files, &mut bundle, &target.compiled);
    }
    bundle.name = target.name;
    let folder = target.folder;
    let left = files.of(Kind::Privacy).filter(|path| files::is_in(path, &folder) && !is_in_bundle(path));
    bundle.left = left.filter(|path| is_manifest(path)).map(str::to_owned).collect();
    let is_misnamed = |path: &&String| Kind::of(path) == Some(Kind::Privacy) && !is_manifest(path);
    bundle.misnamed = copied.iter().filter(is_misnamed).cloned().collect();
    bundle
}

fn declared(files: &mut Files, target: &Target, build: &Build, claimed: &mut Vec<String>) -> Declared {
    let mut declared = Declared {
        configuration: build.configuration.clone(),
        file: target.file.clone(),
        line: Some(target.line),
        has_info: true,
        has_entitlements: true,
        ..Declared::default()
    };
    generated(&build.settings, &mut declared);
    if let Some(named) = build.info_plist.clone() {
        let is_there = files.contains(&named.path);
        claimed.push(named.path.clone());
        let own = match &build.info_keys {
            Some(own) => {
                (declared.file, declared.line) = (named.file, Some(named.line));
                own.clone()
            }
            None if is_there => {
                // Where a person adds a key.
                (declared.file, declared.line) = (named.path.clone(), Some(1));
                let root = files.read(&named.path, plist::parse);
                root.iter().flat_map(|root| keys(&named.path, root)).collect()
            }
            None => {
                declared.absent = Some(named);
                Vec::new()
            }
        };
        for mut key in own {
            // What is generated counts instead of what is written.
            if declared.key(&key.name).is_none() {
                expand(&build.settings, &mut key.node);
                declared.keys.push(key);
            }
        }
    }
    match (&build.entitled, &build.entitlements) {
        (Some(own), _) => declared.entitlements.clone_from(own),
        (None, Some(named)) if files.contains(&named.path) => {
            let read = files.read(&named.path, plist::parse);
            declared.entitlements.extend(read.iter().flat_map(|root| keys(&named.path, root)));
        }
        (None, _) => {}
    }
    declared
}

/// The keys that Xcode makes of settings, and the settings that it makes nothing of.
fn generated(settings: &Settings, declared: &mut Declared) {
    let generates = settings.is_on("GENERATE_INFOPLIST_FILE");
    for setting in settings.beginning(KEY) {
        let name = setting.name[KEY.len()..].to_owned();
        let (value, is_known) = settings.expand(&setting.value);
        let value = if is_known { value } else { setting.value.clone() };
        let node = Node { line: setting.line, value: Value::Text(value) };
        // Settings may be of one kind of device: `UIBackgroundModes_iPad`.
        let is_generated = !NOT_GENERATED.iter().any(|other| name.starts_with(other));
        let key = Key { file: setting.file.clone(), name, node };
        match generates && is_generated {
            true => declared.keys.push(key),
            false => declared.ignored.push(key),
        }
    }
}

/// Puts settings in their places; a text with one that nobody set stays as it is.
fn expand(settings: &Settings, node: &mut Node) {
    if let Value::Text(text) = &mut node.value {
        if let (expanded, true) = settings.expand(text) {
            *text = expanded;
        }
    }
}

fn is_manifest(path: &str) -> bool {
    path.rsplit('/').next() == Some(privacy_manifest::FILE)
}

/// The language of a file in a folder for one.
pub(super) fn language(path: &str) -> Option<&str> {
    let folder = path.rsplit('/').nth(1)?;
    folder.strip_suffix(".lproj").filter(|language| *language != "Base").map(by_its_code)
}

/// Old projects write some languages out.
fn by_its_code(language: &str) -> &str {
    match language {
        "English" => "en",
        "French" => "fr",
        "German" => "de",
        "Italian" => "it",
        "Japanese" => "ja",
        "Spanish" => "es",
        "Dutch" => "nl",
        _ => language,
    }
}

/// Reads what a target compiles for what needs a reason.
pub(super) fn look(files: &Files, bundle: &mut Bundle, compiled: &[String]) {
    let mut sources: Vec<(&String, Source)> = Vec::new();
    let mut own = HashSet::new();
    let mut seen = HashSet::new();
    for path in compiled.iter().filter(|path| seen.insert(path.as_str())) {
        let Some(language) = Language::of(path) else { continue };
        // What is generated while building is not there, and what is no text no compiler takes.
        let Some(text) = files.bytes(path).ok().and_then(|bytes| text::decode(&bytes).ok()) else { continue };
        let Some(source) = Source::of(&text, language) else { continue };
        own.extend(source.own.iter().cloned());
        sources.push((path, source));
    }
    for (path, source) in sources {
        bundle.uses.extend(source.uses(&own).into_iter().map(|used| (path.clone(), used)));
    }
}
