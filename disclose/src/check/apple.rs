//! An Apple app's Info.plist, build settings, entitlements and privacy manifest against the policy.

use scruple::Item;

use super::files::{self, Files, Kind};
use super::finding::{CheckRule, Finding, Level};
use super::plist::{self, Node, Value};
use super::xcode::{self, Named};
use super::xcstrings;
use crate::Scope;
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
        if is_app(&info, named || path.contains("!/Payload/")) {
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

/// Empty usage descriptions in the localized texts, wherever they belong.
pub(crate) fn localized(files: &mut Files) -> Vec<Finding> {
    let mut findings = Vec::new();
    let paths: Vec<String> = files.of(Kind::Strings).map(str::to_owned).collect();
    for path in paths {
        let read = files.read(&path, plist::parse);
        read.iter().flat_map(|root| keys(&path, root)).for_each(|key| findings.extend(usage(&key)));
    }
    let paths: Vec<String> = files.of(Kind::Catalogue).map(str::to_owned).collect();
    for path in paths {
        for (name, line) in files.read(&path, xcstrings::empty_texts).unwrap_or_default() {
            let node = Node { line, value: Value::Text(String::new()) };
            findings.extend(usage(&Key { file: path.clone(), name, node }));
        }
    }
    findings
}

/// What is wrong with a usage description.
fn usage(key: &Key) -> Option<Finding> {
    let Key { file, name, node } = key;
    if !name.ends_with("UsageDescription") {
        return None;
    }
    let (rule, why) = match node.text() {
        Some(text) if text.trim().is_empty() => {
            (CheckRule::AppleEmptyUsageDescription, format!("{name} is empty, and the store refuses that"))
        }
        Some(_) => return None,
        None => (
            CheckRule::AppleWrongType,
            format!("{name} is {}, where a string is expected", node.value.kind()),
        ),
    };
    Some(Finding {
        file: file.clone(),
        line: line(node),
        rule,
        level: Level::Error,
        why,
        mend: "Say in a sentence what the app needs it for.".to_owned(),
    })
}

/// A binary file has none.
fn line(node: &Node) -> Option<u32> {
    Some(node.line).filter(|line| *line > 0)
}

impl App {
    fn read_privacy(&mut self, files: &mut Files, paths: &[String]) {
        for path in paths {
            if let Some(root) = files.read(path, plist::parse) {
                self.privacy.push((path.clone(), root));
            }
        }
    }

    /// Everything that the rules find in it.
    pub(crate) fn check(&self, scope: &Scope) -> Vec<Finding> {
        let needed: Vec<(Item, Ios)> =
            rules::declared(scope, |rule| rule.ios).map(|(item, own)| (item, own.what)).collect();
        let mut findings = Vec::new();
        for named in &self.absent {
            findings.push(Finding {
                file: named.file.clone(),
                line: Some(named.line),
                rule: CheckRule::AppleMissingInfoPlist,
                level: Level::Warning,
                why: format!(
                    "{} is not among the files, so what {} lacks cannot be said",
                    named.path, self.name
                ),
                mend: "Check the folder that has it too.".to_owned(),
            });
        }
        findings.extend(self.keys.iter().filter_map(usage));
        if self.has_info && self.absent.is_empty() {
            self.lacks_keys(scope, &needed, &mut findings);
        }
        self.needless(scope, &needed, &mut findings);
        if self.has_entitlements {
            self.lacks_entitlements(&needed, &mut findings);
        }
        if self.has_privacy {
            self.omits(&needed, &mut findings);
        }
        self.tracking(scope, &mut findings);
        findings
    }

    fn lack(&self, rule: CheckRule, why: String, mend: String) -> Finding {
        let (file, line) = (self.file.clone(), self.line.filter(|_| !self.file.contains("!/")));
        Finding { file, line, rule, level: Level::Error, why, mend }
    }

    fn lacks_keys(&self, scope: &Scope, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        let mut seen = Vec::new();
        for (item, what) in needed {
            match what {
                Ios::Usage { key, en, .. } => {
                    if !seen.contains(key) && !self.keys.iter().any(|own| own.name == *key) {
                        findings.push(self.lack(
                            CheckRule::AppleMissingKey,
                            format!(
                                "{} lacks {key}, and the policy switches {item} on, which needs it",
                                self.name
                            ),
                            format!("Add {key} to the Info.plist, such as \"{en}\""),
                        ));
                    }
                    seen.push(key);
                }
                Ios::Flag { key } => {
                    let own = self.keys.iter().find(|own| own.name == *key);
                    // Who reads precise location has no use for reduced accuracy.
                    if scope.contains(Item::LocationPrecise)
                        || own.is_some_and(|own| own.node.boolean() == Some(true))
                    {
                        continue;
                    }
                    let asks = self.keys.iter().any(|own| own.name == WHEN_IN_USE);
                    if !asks {
                        findings.push(self.lack(
                            CheckRule::AppleMissingKey,
                            format!("{} lacks {key}, and the policy says fuzzy", self.name),
                            format!("Add {key} with the value true to the Info.plist."),
                        ));
                        continue;
                    }
                    let why = format!(
                        "{} asks for precise location, since {key} is not true, and the policy says fuzzy",
                        self.name
                    );
                    let mend = format!(
                        "Set {key} to true, or say \"location_accuracy\": \"precise\" in the policy; if the app has it for itself, allow this rule."
                    );
                    let mut finding = self.lack(CheckRule::ApplePreciseLocation, why, mend);
                    if let Some(own) = own {
                        (finding.file, finding.line) = (own.file.clone(), line(&own.node));
                    }
                    findings.push(finding);
                }
                Ios::Collected { .. } | Ios::Entitlement { .. } => {}
            }
        }
    }

    /// Keys that another policy would need.
    fn needless(&self, scope: &Scope, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        let every =
            || Item::ALL.iter().flat_map(|item| rules::rule(*item).ios.declarations).map(|own| own.what);
        let is_key = |what: &Ios, name: &str| matches!(what, Ios::Usage { key, .. } | Ios::Flag { key } if *key == name);
        for own in &self.keys {
            let is_temporary = own.name == "NSLocationTemporaryUsageDescriptionDictionary"
                && !scope.contains(Item::LocationPrecise);
            let is_known = every().any(|what| is_key(&what, &own.name));
            if is_temporary || (is_known && !needed.iter().any(|(_, what)| is_key(what, &own.name))) {
                findings.push(Finding {
                    file: own.file.clone(),
                    line: line(&own.node),
                    rule: CheckRule::AppleUnneededKey,
                    level: Level::Note,
                    why: format!("{} is declared, and the policy does not need it", own.name),
                    mend: "Remove it, unless the app has it for itself.".to_owned(),
                });
            }
        }
        let is_entitlement =
            |what: &Ios, name: &str| matches!(what, Ios::Entitlement { key, .. } if *key == name);
        for own in &self.entitlements {
            if every().any(|what| is_entitlement(&what, &own.name))
                && !needed.iter().any(|(_, what)| is_entitlement(what, &own.name))
            {
                findings.push(Finding {
                    file: own.file.clone(),
                    line: line(&own.node),
                    rule: CheckRule::AppleUnneededEntitlement,
                    level: Level::Note,
                    why: format!("{} is declared, and the policy does not need it", own.name),
                    mend: "Remove it, unless the app has it for itself.".to_owned(),
                });
            }
        }
    }

    fn lacks_entitlements(&self, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        for (item, what) in needed {
            let Ios::Entitlement { key, values } = what else { continue };
            let own = self.entitlements.iter().find(|own| own.name == *key);
            let listed: Vec<_> =
                own.iter().flat_map(|own| own.node.elements()).filter_map(Node::text).collect();
            let missing: Vec<_> = values.iter().filter(|value| !listed.contains(value)).copied().collect();
            if missing.is_empty() {
                continue;
            }
            let mut finding = self.lack(
                CheckRule::AppleMissingEntitlement,
                format!(
                    "{} lacks {} of the entitlement {key}, and the policy switches {item} on, which needs it",
                    self.name,
                    missing.join(", ")
                ),
                format!(
                    "Add the capability in Xcode, or {key} with {} to the entitlements.",
                    missing.join(", ")
                ),
            );
            if let Some(own) = own.or(self.entitlements.first()) {
                (finding.file, finding.line) = (own.file.clone(), line(&own.node));
            }
            findings.push(finding);
        }
    }

    /// Every entry of every privacy manifest, with its data type.
    fn collected(&self) -> impl Iterator<Item = (&str, &Node, &str)> {
        self.privacy.iter().flat_map(|(file, root)| {
            let entries = root.get(COLLECTED).map(Node::elements).unwrap_or_default();
            entries.iter().filter_map(|entry| Some((file.as_str(), entry, entry.get(DATA_TYPE)?.text()?)))
        })
    }

    fn omits(&self, needed: &[(Item, Ios)], findings: &mut Vec<Finding>) {
        let types = needed.iter().filter_map(|(item, what)| match what {
            Ios::Collected { data_type, tracking } => Some((*item, *data_type, *tracking)),
            Ios::Usage { .. } | Ios::Flag { .. } | Ios::Entitlement { .. } => None,
        });
        let Some((file, root)) = self.privacy.first() else {
            if types.count() > 0 {
                findings.push(self.lack(
                    CheckRule::AppleMissingPrivacyManifest,
                    format!("{} has no PrivacyInfo.xcprivacy, and collects data through Scruple", self.name),
                    "Add the one that `scruple disclose --target ios` writes.".to_owned(),
                ));
            }
            return;
        };
        let mut seen = Vec::new();
        for (item, data_type, tracking) in types {
            if seen.contains(&data_type) {
                continue;
            }
            seen.push(data_type);
            let entry = self.collected().find(|(_, _, own)| *own == data_type);
            let (file, place, why) = match entry {
                None => {
                    let place = root.get(COLLECTED).unwrap_or(root);
                    (
                        file.as_str(),
                        place,
                        format!(
                            "{data_type} is missing, and the policy switches {item} on, which is data of that kind"
                        ),
                    )
                }
                Some((file, entry, _))
                    if tracking && entry.get(TRACKED).and_then(Node::boolean) != Some(true) =>
                {
                    (file, entry, format!("{data_type} is not said to be used for tracking, and {item} is"))
                }
                Some(_) => continue,
            };
            findings.push(Finding {
                file: file.to_owned(),
                line: line(place),
                rule: CheckRule::AppleOmittedDataType,
                level: Level::Error,
                why,
                mend: "Take over the entry that `scruple disclose --target ios` writes.".to_owned(),
            });
        }
    }

    /// Flags and domains against the IDFA and against each other.
    fn tracking(&self, scope: &Scope, findings: &mut Vec<Finding>) {
        let reads_idfa = scope.contains(Item::IdentifierIdfa);
        for (file, root) in &self.privacy {
            let mut found = |node: &Node, rule, level, why: &str, mend: &str| {
                findings.push(Finding {
                    file: file.clone(),
                    line: line(node),
                    rule,
                    level,
                    why: why.to_owned(),
                    mend: mend.to_owned(),
                });
            };
            for (key, is_right) in [
                (TRACKING, (|value| matches!(value, Value::Boolean(_))) as fn(&Value) -> bool),
                (DOMAINS, |value| matches!(value, Value::Array(_))),
                (COLLECTED, |value| matches!(value, Value::Array(_))),
            ] {
                if let Some(node) = root.get(key).filter(|node| !is_right(&node.value)) {
                    let why = format!("{key} is {}, which Apple does not read", node.value.kind());
                    let kind = if key == TRACKING { "boolean" } else { "array" };
                    found(
                        node,
                        CheckRule::AppleWrongType,
                        Level::Error,
                        &why,
                        &format!("Write it as a {kind}."),
                    );
                }
            }
            let flag = root.get(TRACKING);
            let tracks = flag.and_then(Node::boolean).unwrap_or(false);
            let domains = root.get(DOMAINS).filter(|domains| !domains.elements().is_empty());
            let place = flag.unwrap_or(root);
            let rule = CheckRule::AppleTracking;
            if reads_idfa && !tracks {
                found(
                    place,
                    rule,
                    Level::Error,
                    "NSPrivacyTracking is not true, and the policy reads the IDFA",
                    "Set NSPrivacyTracking to true, or switch identifier.idfa off in the policy.",
                );
            }
            if !reads_idfa && tracks {
                found(
                    place,
                    rule,
                    Level::Note,
                    "NSPrivacyTracking is true, and the policy reads no IDFA",
                    "Set it to false, unless the app tracks by itself.",
                );
            }
            if tracks && domains.is_none() {
                found(
                    place,
                    rule,
                    Level::Warning,
                    "NSPrivacyTracking is true, and NSPrivacyTrackingDomains lists no domain",
                    "List the domains that tracking goes to.",
                );
            }
            if let Some(domains) = domains.filter(|_| !tracks) {
                found(
                    domains,
                    rule,
                    Level::Error,
                    "NSPrivacyTrackingDomains lists domains, and NSPrivacyTracking is not true",
                    "Set NSPrivacyTracking to true, or remove the domains.",
                );
            }
            let entries = root.get(COLLECTED).map(Node::elements).unwrap_or_default();
            for entry in entries
                .iter()
                .filter(|entry| !tracks && entry.get(TRACKED).and_then(Node::boolean) == Some(true))
            {
                found(
                    entry,
                    rule,
                    Level::Error,
                    "data is said to be used for tracking, and NSPrivacyTracking is not true",
                    "Set NSPrivacyTracking to true, or the entry's flag to false.",
                );
            }
        }
    }
}

const WHEN_IN_USE: &str = "NSLocationWhenInUseUsageDescription";
const TRACKING: &str = "NSPrivacyTracking";
const DOMAINS: &str = "NSPrivacyTrackingDomains";
const COLLECTED: &str = "NSPrivacyCollectedDataTypes";
const DATA_TYPE: &str = "NSPrivacyCollectedDataType";
const TRACKED: &str = "NSPrivacyCollectedDataTypeTracking";
