//! What an Xcode project says of its apps: where their files are, and the keys that it holds itself.

use std::collections::HashMap;

use super::files::{self, Files, Kind};
use super::plist::{self, Node, Value};
use super::xcconfig::{self, Line};

/// A target that makes an app for iOS.
#[derive(Debug, Default)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// The target's own line in the project.
    pub(crate) line: u32,
    /// `INFOPLIST_KEY_…`, without the prefix: file, key and value.
    pub(crate) keys: Vec<(String, String, Node)>,
    /// Paths that settings name.
    pub(crate) info_plists: Vec<Named>,
    pub(crate) entitlements: Vec<Named>,
    /// Privacy manifests among its resources.
    pub(crate) privacy: Vec<String>,
    /// What it takes no part in, of folders that it takes in.
    pub(crate) left_out: Vec<String>,
}

/// A path in a setting, and where the setting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// A build setting.
#[derive(Debug, Clone)]
struct Setting {
    name: String,
    value: String,
    file: String,
    line: u32,
}

/// Groups that hold each other end here.
const DEPTH: usize = 32;
/// Settings that name each other end here: no path takes more steps.
const STEPS: usize = 100;

const KEY: &str = "INFOPLIST_KEY_";

/// The targets of the project whose `project.pbxproj` this is; none if it cannot be read.
pub(crate) fn targets(files: &mut Files, path: &str) -> Vec<Target> {
    let Some(root) = files.read(path, plist::parse) else { return Vec::new() };
    let bundle = files::parent(path);
    let project = Project::new(&root, path, bundle);
    let targets = project.objects.values().filter(|object| is(object, "PBXNativeTarget"));
    let mut targets: Vec<_> = targets
        .filter(|target| {
            target.get("productType").and_then(Node::text) == Some("com.apple.product-type.application")
        })
        .filter_map(|target| project.target(files, target))
        .collect();
    targets.sort_by_key(|target| target.line);
    targets
}

fn is(object: &Node, isa: &str) -> bool {
    object.get("isa").and_then(Node::text) == Some(isa)
}

struct Project<'a> {
    file: &'a str,
    name: &'a str,
    /// The folder that the bundle lies in, which paths count from.
    folder: String,
    objects: HashMap<&'a str, &'a Node>,
    /// Each object's group.
    parents: HashMap<&'a str, &'a str>,
}

impl<'a> Project<'a> {
    fn new(root: &'a Node, file: &'a str, bundle: &'a str) -> Self {
        let objects = root.get("objects").map(Node::members).unwrap_or_default();
        let objects: HashMap<_, _> = objects.iter().map(|(id, object)| (id.as_str(), object)).collect();
        let mut parents = HashMap::new();
        for (id, object) in &objects {
            for child in object.get("children").map(Node::elements).unwrap_or_default() {
                if let Some(child) = child.text() {
                    parents.insert(child, *id);
                }
            }
        }
        let name = bundle.rsplit('/').next().unwrap_or(bundle).trim_end_matches(".xcodeproj");
        Self { file, name, folder: files::parent(bundle).to_owned(), objects, parents }
    }

    fn object(&self, from: &Node, key: &str) -> Option<&'a Node> {
        self.objects.get(from.get(key)?.text()?).copied()
    }

    fn objects_of(&self, from: &'a Node, key: &str) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let ids = from.get(key).map(Node::elements).unwrap_or_default().iter().filter_map(Node::text);
        ids.filter_map(|id| Some((id, *self.objects.get(id)?)))
    }

    /// The path of a file or group.
    fn path(&self, id: &str, depth: usize) -> Option<String> {
        let object = self.objects.get(id).filter(|_| depth < DEPTH)?;
        let own = object.get("path").and_then(Node::text).unwrap_or_default();
        match object.get("sourceTree").and_then(Node::text) {
            Some("SOURCE_ROOT") => Some(files::join(&self.folder, own)),
            Some("<group>") | None => {
                let above = match self.parents.get(id) {
                    Some(parent) => self.path(parent, depth + 1)?,
                    None => self.folder.clone(),
                };
                Some(files::join(&above, own))
            }
            Some(_) => None,
        }
    }

    fn target(&self, files: &mut Files, node: &'a Node) -> Option<Target> {
        let name = node.get("name").and_then(Node::text).unwrap_or_default().to_owned();
        let mut target = Target { name, line: node.line, ..Target::default() };
        let mut is_ios = None;
        for (configuration, layers) in self.configurations(files, node) {
            let get = |name: &str| layers.iter().find(|own| own.name == name);
            let expand =
                |value: &str| self.expand(value, &target.name, &configuration, &layers, &mut STEPS.clone());
            is_ios =
                is_ios.or_else(|| is_for_ios(get("SUPPORTED_PLATFORMS").or(get("SDKROOT"))?.value.as_str()));
            for (name, found) in [
                ("INFOPLIST_FILE", &mut target.info_plists),
                ("CODE_SIGN_ENTITLEMENTS", &mut target.entitlements),
            ] {
                let Some(setting) = get(name).filter(|own| !own.value.trim().is_empty()) else { continue };
                let path = files::join(&self.folder, &expand(&setting.value));
                if !found.iter().any(|known: &Named| known.path == path) {
                    found.push(Named { path, file: setting.file.clone(), line: setting.line });
                }
            }
            let mut seen = Vec::new();
            for setting in &layers {
                // The nearest layer's word counts.
                let Some(key) = setting.name.strip_prefix(KEY).filter(|key| !seen.contains(key)) else {
                    continue;
                };
                seen.push(key);
                let node = Node { line: setting.line, value: Value::Text(setting.value.clone()) };
                let key = (setting.file.clone(), key.to_owned(), node);
                if !target.keys.contains(&key) {
                    target.keys.push(key);
                }
            }
        }
        target.left_out = self.left_out(node);
        target.privacy = self.privacy(files, node);
        // A project that says nothing of it is as old as iOS.
        is_ios.unwrap_or(true).then_some(target)
    }

    /// Each configuration's name and settings, the nearest first.
    fn configurations(&self, files: &mut Files, target: &'a Node) -> Vec<(String, Vec<Setting>)> {
        let lists = |owner: &'a Node| {
            let list = self.object(owner, "buildConfigurationList");
            list.map(|list| {
                self.objects_of(list, "buildConfigurations").map(|(_, own)| own).collect::<Vec<_>>()
            })
        };
        let project = self.objects.values().copied().find(|object| is(object, "PBXProject"));
        let above = project.and_then(lists).unwrap_or_default();
        let name = |own: &Node| own.get("name").and_then(Node::text).unwrap_or_default().to_owned();
        let own = lists(target).unwrap_or_default().into_iter();
        own.map(|own| {
            let above = above.iter().copied().find(|above| name(above) == name(own));
            let mut layers = Vec::new();
            for configuration in [Some(own), above].into_iter().flatten() {
                for (name, value) in configuration.get("buildSettings").map(Node::members).unwrap_or_default()
                {
                    let text = match &value.value {
                        Value::Array(elements) => {
                            elements.iter().filter_map(Node::text).collect::<Vec<_>>().join(" ")
                        }
                        Value::Text(text) => text.clone(),
                        Value::Boolean(_) | Value::Dictionary(_) | Value::Other(_) => continue,
                    };
                    let name = name.split('[').next().unwrap_or_default().to_owned();
                    layers.push(Setting { name, value: text, file: self.file.to_owned(), line: value.line });
                }
                if let Some(file) = self.base(files, configuration) {
                    settings(files, &file, &mut Vec::new(), &mut layers);
                }
            }
            (name(own), layers)
        })
        .collect()
    }

    /// The `.xcconfig` that a configuration is based on.
    fn base(&self, files: &Files, configuration: &Node) -> Option<String> {
        let text = |key| configuration.get(key).and_then(Node::text);
        let path = match text("baseConfigurationReference") {
            Some(id) => self.path(id, 0)?,
            None => {
                let anchor = self.path(text("baseConfigurationReferenceAnchor")?, 0)?;
                files::join(&anchor, text("baseConfigurationReferenceRelativePath")?)
            }
        };
        files.contains(&path).then_some(path)
    }

    /// Replaces `$(NAME)` and `${NAME}`.
    fn expand(
        &self,
        value: &str,
        target: &str,
        configuration: &str,
        layers: &[Setting],
        steps: &mut usize,
    ) -> String {
        let mut expanded = String::new();
        let mut rest = value;
        while let Some(start) = rest.find("$(").or_else(|| rest.find("${")).filter(|_| *steps > 0) {
            let close = if rest[start..].starts_with("$(") { ')' } else { '}' };
            let Some(end) = rest[start..].find(close) else { break };
            *steps -= 1;
            // `$(NAME:modifier)`
            let name = rest[start + 2..start + end].split(':').next().unwrap_or_default();
            expanded.push_str(&rest[..start]);
            match name {
                // Paths count from there anyway.
                "SRCROOT" | "PROJECT_DIR" | "SOURCE_ROOT" => expanded.push('.'),
                "TARGET_NAME" | "TARGETNAME" => expanded.push_str(target),
                "PROJECT_NAME" | "PROJECT" => expanded.push_str(self.name),
                "CONFIGURATION" => expanded.push_str(configuration),
                _ => {
                    let setting = layers.iter().find(|own| own.name == name).map(|own| own.value.as_str());
                    let value = setting.unwrap_or(if name == "PRODUCT_NAME" { target } else { "" });
                    expanded.push_str(&self.expand(value, target, configuration, layers, steps));
                }
            }
            rest = &rest[start + end + 1..];
        }
        expanded + rest
    }

    /// Privacy manifests among the target's resources, and in folders that the target takes in as they are.
    fn privacy(&self, files: &Files, target: &'a Node) -> Vec<String> {
        let phases =
            self.objects_of(target, "buildPhases").filter(|(_, phase)| is(phase, "PBXResourcesBuildPhase"));
        let entries = phases.flat_map(|(_, phase)| self.objects_of(phase, "files"));
        let references = entries.filter_map(|(_, entry)| entry.get("fileRef").and_then(Node::text));
        let mut found: Vec<String> = references
            .filter_map(|id| self.path(id, 0))
            .filter(|path| path.ends_with(".xcprivacy") && files.contains(path))
            .collect();
        for (id, _) in self.objects_of(target, "fileSystemSynchronizedGroups") {
            let Some(folder) = self.path(id, 0) else { continue };
            found.extend(
                files.of(Kind::Privacy).filter(|path| files::is_in(path, &folder)).map(str::to_owned),
            );
        }
        found
    }

    /// What a folder has and this target leaves out of it.
    fn left_out(&self, target: &'a Node) -> Vec<String> {
        let mut found = Vec::new();
        for (id, folder) in self.objects_of(target, "fileSystemSynchronizedGroups") {
            let Some(path) = self.path(id, 0) else { continue };
            for (_, exceptions) in self.objects_of(folder, "exceptions") {
                // Of another target they are what it takes in.
                if self.object(exceptions, "target").is_some_and(|own| std::ptr::eq(own, target)) {
                    let paths =
                        exceptions.get("membershipExceptions").map(Node::elements).unwrap_or_default();
                    found.extend(paths.iter().filter_map(Node::text).map(|own| files::join(&path, own)));
                }
            }
        }
        found
    }
}

/// What a file says, and the files that it includes, each once.
fn settings(files: &mut Files, path: &str, seen: &mut Vec<String>, layers: &mut Vec<Setting>) {
    if seen.iter().any(|known| known == path) || !files.contains(path) {
        return;
    }
    seen.push(path.to_owned());
    let lines = files.read(path, xcconfig::parse).unwrap_or_default();
    // A later line wins over an earlier one, and over what is included before it.
    for line in lines.into_iter().rev() {
        match line {
            Line::Include(other) => settings(files, &files::join(files::parent(path), &other), seen, layers),
            Line::Setting { line, name, value } => {
                layers.push(Setting { name, value, file: path.to_owned(), line })
            }
        }
    }
}

/// Whether a platform is Apple's phones' and tablets'; none if it does not say.
fn is_for_ios(platforms: &str) -> Option<bool> {
    if platforms.contains("iphoneos") || platforms.trim() == "auto" {
        return Some(true);
    }
    (!platforms.trim().is_empty() && !platforms.contains('$')).then_some(false)
}
