//! Everything that an Apple app declares: its Info.plist, build settings, entitlements and privacy manifest.

mod compare;

use scruple::Item;

pub(super) use self::compare::localized;
use super::files::{self, Files, Kind};
use super::plist::{self, Node};
use super::xcode::{self, Named};
use crate::rules::{self, Ios};

/// Everything that one app declares.
#[derive(Debug, Default)]
pub(crate) struct App {
    pub(crate) name: String,
    /// Where a lack is reported.
    file: String,
    line: Option<u32>,
    /// Of Info.plist and of the build settings that stand for it.
    keys: Vec<Key>,
    entitlements: Vec<Key>,
    privacy: Vec<(String, Node)>,
    /// What settings name and is not there.
    absent: Vec<Named>,
    /// What was handed over: of what was not, nothing is missing.
    has_info: bool,
    has_entitlements: bool,
    has_privacy: bool,
}

/// A key with its value, and where it stands.
#[derive(Debug, Clone)]
struct Key {
    file: String,
    name: String,
    node: Node,
}

/// The apps among the files.
pub(crate) fn apps(files: &mut Files) -> Vec<App> {
    let projects: Vec<String> = files.of(Kind::Project).map(str::to_owned).collect();
    let mut apps = Vec::new();
    let mut claimed: Vec<String> = Vec::new();
    for project in &projects {
        for target in xcode::targets(files, project) {
            apps.push(of_target(files, project, target, &mut claimed));
        }
    }
    // Folders whose projects speak for them.
    let spoken: Vec<String> =
        projects.iter().map(|path| files::parent(files::parent(path)).to_owned()).collect();
    let candidates: Vec<String> = files
        .of(Kind::PropertyList)
        .filter(|path| is_info_plist(path) && !is_in_bundle(path))
        .filter(|path| files.is_named(path) || !spoken.iter().any(|folder| files::is_in(path, folder)))
        .filter(|path| !claimed.iter().any(|known| known == path))
        .map(str::to_owned)
        .collect();
    for path in candidates {
        let named = files.is_named(&path);
        let Some(info) = files.read(&path, plist::parse) else { continue };
        if is_app(&info, named || path.contains("!/Payload/") || is_disclosed(files, &path, &info)) {
            apps.push(standing_alone(files, &path, &info));
        }
    }
    if apps.is_empty() {
        apps.extend(without_info(files));
    }
    apps
}

fn of_target(files: &mut Files, project: &str, target: xcode::Target, claimed: &mut Vec<String>) -> App {
    let mut app = App {
        name: target.name,
        file: project.to_owned(),
        line: Some(target.line),
        has_info: true,
        has_entitlements: true,
        has_privacy: true,
        ..App::default()
    };
    app.keys = target.keys.into_iter().map(|(file, name, node)| Key { file, name, node }).collect();
    for named in target.info_plists {
        if !files.contains(&named.path) {
            app.absent.push(named);
            continue;
        }
        claimed.push(named.path.clone());
        // Where a person adds a key.
        (app.file, app.line) = (named.path.clone(), Some(1));
        if let Some(root) = files.read(&named.path, plist::parse) {
            app.keys.extend(keys(&named.path, &root));
        }
    }
    for named in target.entitlements {
        if files.contains(&named.path) {
            let read = files.read(&named.path, plist::parse);
            app.entitlements.extend(read.iter().flat_map(|root| keys(&named.path, root)));
        }
    }
    let folder = files::parent(files::parent(project)).to_owned();
    let mut privacy = if target.privacy.is_empty() { own_privacy(files, &folder) } else { target.privacy };
    privacy.retain(|path| !target.left_out.contains(path));
    app.read_privacy(files, &privacy);
    app
}

fn standing_alone(files: &mut Files, path: &str, info: &Node) -> App {
    let packed = path.contains("!/");
    let folder = files::parent(path).to_owned();
    // What lies beside it or deeper is its own; else everything is.
    let beside = |all: Vec<String>| {
        let inside: Vec<_> = all.iter().filter(|own| files::is_in(own, &folder)).cloned().collect();
        if inside.is_empty() && !packed { all } else { inside }
    };
    let privacy = beside(own_privacy(files, ""));
    let entitlements = beside(files.of(Kind::Entitlements).map(str::to_owned).collect());
    let mut app = App {
        name: path.to_owned(),
        file: path.to_owned(),
        line: Some(1),
        keys: keys(path, info),
        has_info: true,
        // An IPA has them in its signature, which is not read.
        has_entitlements: !entitlements.is_empty() || (files.has_folder && !packed),
        has_privacy: !privacy.is_empty() || files.has_folder || packed,
        ..App::default()
    };
    for path in entitlements {
        let read = files.read(&path, plist::parse);
        app.entitlements.extend(read.iter().flat_map(|root| keys(&path, root)));
    }
    app.read_privacy(files, &privacy);
    app
}

/// A privacy manifest or entitlements that were handed over by themselves.
fn without_info(files: &mut Files) -> Option<App> {
    let privacy: Vec<String> =
        files.of(Kind::Privacy).filter(|path| files.is_named(path)).map(str::to_owned).collect();
    let entitlements: Vec<String> =
        files.of(Kind::Entitlements).filter(|path| files.is_named(path)).map(str::to_owned).collect();
    let first = entitlements.first().or(privacy.first())?.clone();
    let mut app = App {
        name: first.clone(),
        file: first,
        line: Some(1),
        has_entitlements: !entitlements.is_empty(),
        has_privacy: !privacy.is_empty(),
        ..App::default()
    };
    for path in entitlements {
        let read = files.read(&path, plist::parse);
        app.entitlements.extend(read.iter().flat_map(|root| keys(&path, root)));
    }
    app.read_privacy(files, &privacy);
    Some(app)
}

fn keys(file: &str, root: &Node) -> Vec<Key> {
    let key =
        |(name, node): &(String, Node)| Key { file: file.to_owned(), name: name.clone(), node: node.clone() };
    root.members().iter().map(key).collect()
}

/// Privacy manifests under a folder that are not a library's.
fn own_privacy(files: &Files, folder: &str) -> Vec<String> {
    let own = files.of(Kind::Privacy).filter(|path| files::is_in(path, folder) && !is_in_bundle(path));
    own.map(str::to_owned).collect()
}

/// Whether it is packed into something that describes itself.
fn is_in_bundle(path: &str) -> bool {
    let bundles = [
        ".framework",
        ".xcframework",
        ".bundle",
        ".appex",
        ".xcassets",
        ".xcodeproj",
        ".xcworkspace",
        ".xcarchive",
    ];
    files::parent(path).split('/').any(|part| bundles.iter().any(|bundle| part.ends_with(bundle)))
}

fn is_info_plist(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with("Info.plist") || name.starts_with("Info")
}

/// Whether an Info.plist is what `scruple disclose` writes: keys of the rules alone, beside a privacy manifest.
fn is_disclosed(files: &Files, path: &str, info: &Node) -> bool {
    let of_rules = |name: &str| {
        let mut every = Item::ALL.iter().flat_map(|item| rules::rule(*item).ios.declarations);
        every.any(|own| matches!(own.what, Ios::Usage { key, .. } | Ios::Flag { key } if key == name))
    };
    files.contains(&files::join(files::parent(path), "PrivacyInfo.xcprivacy"))
        && info.members().iter().all(|(key, _)| of_rules(key))
}

/// Whether an Info.plist is an iOS app's, by what it says; one that was named is, unless it says otherwise.
fn is_app(info: &Node, named: bool) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| info.get(key).is_some());
    let package = info.get("CFBundlePackageType").and_then(Node::text).unwrap_or_default();
    let is_other = has(&[
        "NSExtension",
        "EXAppExtensionAttributes",
        "WKApplication",
        "WKWatchKitApp",
        "WKCompanionAppBundleIdentifier",
        "NSMainNibFile",
        "LSMinimumSystemVersion",
    ]) || matches!(package, "FMWK" | "BNDL" | "XPC!");
    // UIKit's keys, of which every app has one.
    let is_ios = has(&["LSRequiresIPhoneOS"]) || info.members().iter().any(|(key, _)| key.starts_with("UI"));
    !is_other && (is_ios || named)
}

/// A binary file has none.
fn line(node: &Node) -> Option<u32> {
    Some(node.line).filter(|line| *line > 0)
}

impl App {
    /// Where a lack is reported: in the app's own folder.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    fn read_privacy(&mut self, files: &mut Files, paths: &[String]) {
        for path in paths {
            if let Some(root) = files.read(path, plist::parse) {
                self.privacy.push((path.clone(), root));
            }
        }
    }
}
