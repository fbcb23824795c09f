//! Apps without a project, and what was built of one: each Info.plist with what lies beside it.

use super::super::files::{self, Files, Kind};
use super::super::macho::Program;
use super::super::plist::{self, Node};
use super::super::privacy_manifest;
use super::super::sources::Use;
use super::super::xcode::{IOS, PLATFORMS, Product};
use super::bundle::{Bundle, Declared, is_in_bundle, keys};
use super::target::{language, look};
use super::texts::is_catalogue;

/// An app as its Info.plist says it, with the extensions and frameworks that are packed into it.
pub(super) fn bundles(files: &mut Files, path: &str, info: &Node) -> Vec<Bundle> {
    let folder = files::parent(path).to_owned();
    if !folder.ends_with(".app") {
        return vec![beside(files, path, info)];
    }
    let mut all = vec![built(files, path, info, Product::App)];
    let is_part = |part: &str| part != folder && files::is_of_bundle(part);
    let parts: Vec<String> = files
        .of(Kind::PropertyList)
        .filter(|other| files::is_in(other, &folder) && other.ends_with("/Info.plist"))
        .filter(|other| is_part(files::parent(other)))
        .map(str::to_owned)
        .collect();
    for part in parts {
        let Some(info) = files.read(&part, plist::parse) else { continue };
        let kind = match files::parent(&part) {
            folder if folder.ends_with(".framework") => Product::Library,
            folder if folder.ends_with(".appex") || info.get("NSAppClip").is_some() => Product::Extension,
            // A watch's app in a phone's.
            _ => continue,
        };
        all.push(built(files, &part, &info, kind));
    }
    all
}

/// A bundle as it was built: everything is in its folder.
fn built(files: &mut Files, path: &str, info: &Node, kind: Product) -> Bundle {
    let folder = files::parent(path).to_owned();
    let text = |key| info.get(key).and_then(Node::text);
    let stem = folder.rsplit('/').next().unwrap_or_default().rsplit_once('.').map_or("", |(stem, _)| stem);
    let name = format!("{folder}/{}", text("CFBundleExecutable").unwrap_or(stem));
    let program = files.program(&name);
    let mut declared = of_info(path, info);
    let entitlements = entitlements(files, &folder, &name, program.as_ref());
    declared.has_entitlements = entitlements.is_some();
    declared.entitlements = entitlements.map(|(file, root)| keys(&file, &root)).unwrap_or_default();
    let mut bundle = Bundle {
        name: path.to_owned(),
        kind,
        builds: vec![declared],
        has_privacy: true,
        is_looked_at: program.is_some(),
        uses: program.map(|program| uses(&name, &program)).unwrap_or_default(),
        ..Bundle::default()
    };
    let privacy = format!("{folder}/{}", privacy_manifest::FILE);
    if files.contains(&privacy) {
        bundle.read_privacy(files, &[privacy]);
    }
    localized(files, info, &mut bundle, |path| files::parent(files::parent(path)) == folder);
    bundle
}

/// What its signature entitles it to, or else the profile that it was signed by.
fn entitlements(
    files: &mut Files,
    folder: &str,
    name: &str,
    program: Option<&Program>,
) -> Option<(String, Node)> {
    if let Some(own) = program.and_then(|program| program.entitlements.clone()) {
        return Some((name.to_owned(), own));
    }
    let profile = format!("{folder}/embedded.mobileprovision");
    let root = files.contains(&profile).then(|| files.read(&profile, plist::signed)).flatten()?;
    Some((profile, root.get("Entitlements")?.clone()))
}

fn uses(file: &str, program: &Program) -> Vec<(String, Use)> {
    program.uses().into_iter().map(|own| (file.to_owned(), own)).collect()
}

/// An app that no project speaks for. What lies beside its Info.plist or deeper is its own; else everything is.
fn beside(files: &mut Files, path: &str, info: &Node) -> Bundle {
    let folder = files::parent(path).to_owned();
    let beside = |all: Vec<String>| {
        let inside: Vec<_> = all.iter().filter(|own| files::is_in(own, &folder)).cloned().collect();
        if inside.is_empty() { all } else { inside }
    };
    let of = |kind| -> Vec<String> {
        files.of(kind).filter(|path| !is_in_bundle(path)).map(str::to_owned).collect()
    };
    let (privacy, entitlements) = (beside(of(Kind::Privacy)), beside(of(Kind::Entitlements)));
    let mut declared = of_info(path, info);
    declared.has_entitlements = !entitlements.is_empty() || files.has_folder;
    for path in entitlements {
        let read = files.read(&path, plist::parse);
        declared.entitlements.extend(read.iter().flat_map(|root| keys(&path, root)));
    }
    let mut bundle = Bundle {
        name: path.to_owned(),
        kind: Product::App,
        builds: vec![declared],
        has_privacy: !privacy.is_empty() || files.has_folder,
        ..Bundle::default()
    };
    bundle.read_privacy(files, &privacy);
    localized(files, info, &mut bundle, |_| true);
    if files.has_folder {
        look(files, &mut bundle, &sources(files, &folder));
    }
    // Which of them it compiles nobody says.
    bundle.is_looked_at = false;
    bundle
}

/// The sources below an Info.plist, but for tests and for what has an Info.plist of its own.
fn sources(files: &Files, folder: &str) -> Vec<String> {
    let infos = files.of(Kind::PropertyList).filter(|path| is_info_plist(path)).map(files::parent);
    let others: Vec<&str> = infos.filter(|other| *other != folder && files::is_in(other, folder)).collect();
    let is_own = |path: &&str| {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        !others.iter().any(|other| files::is_in(path, other))
            && !inside.split('/').any(|part| part.contains("Tests") || part == "Package.swift")
    };
    let all = files.under(folder).filter(|path| Kind::of(path) == Some(Kind::Source));
    all.filter(is_own).map(str::to_owned).collect()
}

fn of_info(path: &str, info: &Node) -> Declared {
    Declared {
        file: path.to_owned(),
        line: Some(1),
        keys: keys(path, info),
        has_info: true,
        ..Declared::default()
    }
}

/// The texts of its languages, and the language of its own.
fn localized(files: &Files, info: &Node, bundle: &mut Bundle, is_own: impl Fn(&str) -> bool) {
    let region = info.get("CFBundleDevelopmentRegion").and_then(Node::text);
    bundle.language = region.filter(|region| !region.contains('$')).unwrap_or("en").to_owned();
    for kind in [Kind::Strings, Kind::Catalogue, Kind::Localized] {
        for path in files.of(kind).filter(|path| is_own(path)) {
            bundle.languages.extend(language(path).map(str::to_owned));
            if kind == Kind::Strings || is_catalogue(path) {
                bundle.texts.push(path.to_owned());
            }
        }
    }
}

/// What was handed over with no app to it: files that were named one by one, or lie in a folder without any code.
pub(super) fn piece(files: &mut Files) -> Option<Bundle> {
    let is_bare = files.of(Kind::Source).next().is_none() && files.of(Kind::Project).next().is_none();
    let named = |kind| -> Vec<String> {
        let own = files.of(kind).filter(|path| files.is_named(path) || (is_bare && !is_in_bundle(path)));
        own.map(str::to_owned).collect()
    };
    let (privacy, entitlements) = (named(Kind::Privacy), named(Kind::Entitlements));
    let texts = [named(Kind::Strings), named(Kind::Catalogue)].concat();
    let first = entitlements.first().or(privacy.first()).or(texts.first())?.clone();
    let mut declared = Declared {
        file: first.clone(),
        line: Some(1),
        has_entitlements: !entitlements.is_empty(),
        ..Declared::default()
    };
    for path in entitlements {
        let read = files.read(&path, plist::parse);
        declared.entitlements.extend(read.iter().flat_map(|root| keys(&path, root)));
    }
    let mut bundle = Bundle {
        app: first.clone(),
        name: first,
        kind: Product::App,
        builds: vec![declared],
        has_privacy: !privacy.is_empty(),
        languages: texts.iter().filter_map(|path| language(path)).map(str::to_owned).collect(),
        texts,
        ..Bundle::default()
    };
    bundle.read_privacy(files, &privacy);
    Some(bundle)
}

/// Whether a property list may be an app's Info.plist, by its name.
pub(super) fn is_info_plist(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with("Info.plist") || name.starts_with("Info")
}

/// Which system an Info.plist is an app's for; none if it is no app's. One that was named is one, unless it says otherwise.
pub(super) fn platform(files: &Files, path: &str, info: &Node) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().any(|key| info.get(key).is_some());
    let package = info.get("CFBundlePackageType").and_then(Node::text).unwrap_or_default();
    let is_part = has(&["NSExtension", "EXAppExtensionAttributes", "NSAppClip"])
        || matches!(package, "FMWK" | "BNDL" | "XPC!");
    if is_part {
        return None;
    }
    if has(&["WKApplication", "WKWatchKitApp", "WKCompanionAppBundleIdentifier"]) {
        return Some("watchOS");
    }
    // What built it says so.
    let built_for = info.get("DTPlatformName").and_then(Node::text);
    if let Some((_, platform)) = PLATFORMS.iter().find(|(sdk, _)| built_for == Some(sdk)) {
        return Some(platform);
    }
    let principal = info.get("NSPrincipalClass").and_then(Node::text);
    let is_mac = has(&["NSMainNibFile", "NSMainStoryboardFile", "LSMinimumSystemVersion", "LSUIElement"]);
    // UIKit's keys, of which every app has one.
    let is_ios = has(&["LSRequiresIPhoneOS"]) || info.members().iter().any(|(key, _)| key.starts_with("UI"));
    if (is_mac && info.get("LSRequiresIPhoneOS").is_none()) || principal == Some("NSApplication") {
        return Some("macOS");
    }
    let is_packed = files::parent(path).ends_with(".app");
    (is_ios || files.is_named(path) || is_packed || is_fragment(files, path, info)).then_some(IOS)
}

/// Whether it is a part of an Info.plist, as `disclose` writes one to be merged, or XcodeGen takes one.
fn is_fragment(files: &Files, path: &str, info: &Node) -> bool {
    let is_plain = path.rsplit('/').next() == Some("Info.plist");
    let says = info.members().iter().any(|(key, _)| key.ends_with("UsageDescription"));
    let privacy = files::join(files::parent(path), privacy_manifest::FILE);
    is_plain && (says || files.contains(&privacy))
}
