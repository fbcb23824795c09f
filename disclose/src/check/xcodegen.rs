//! XcodeGen's `project.yml`: the targets that it would generate, read as they are written.

mod sources;
mod spec;

use self::spec::{Spec, list};
use super::files::{self, Files};
use super::finding::Place;
use super::plist::{Node, Value};
use super::xcode::{self, Build, Key, Named, Settings, Target, Written};

/// What is read of a project.
#[derive(Debug, Default)]
pub(crate) struct Generated {
    pub(crate) targets: Vec<Target>,
    /// Its files.
    pub(crate) files: Vec<String>,
    /// What of it cannot be read. What is left says too little then.
    pub(crate) unread: Vec<Place>,
}

/// Reads a specification.
pub(crate) fn read(files: &mut Files, path: &str) -> Generated {
    let mut spec = Spec::read(files, path);
    let folder = files::parent(path).to_owned();
    let mut targets = Vec::new();
    for (name, node) in spec.targets() {
        targets.extend(target(files, &mut spec, &folder, &name, &node));
    }
    let parts = spec.files().map(str::to_owned).collect();
    Generated { targets, files: parts, unread: spec.unread }
}

fn target(files: &mut Files, spec: &mut Spec, folder: &str, name: &str, node: &Node) -> Option<Target> {
    let text = |key| node.get(key).and_then(Node::text);
    let place = spec.place(node);
    let Some((sdk, platform)) = platform(node) else {
        spec.unread.push(place);
        return None;
    };
    let sources = sources::of(files, spec, folder, node);
    let (mut products, mut needs) = (Vec::new(), Vec::new());
    for dependency in
        node.get("dependencies").map(list).unwrap_or_default().iter().filter(|own| sources::is_for_ios(own))
    {
        let text = |key| dependency.get(key).and_then(Node::text);
        let named = |product: &str| {
            let place = spec.place(dependency);
            Named { path: product.to_owned(), file: place.file, line: place.line.unwrap_or(1) }
        };
        if let Some(package) = text("package") {
            let several = dependency.get("products").map(list).unwrap_or_default();
            match several {
                [] => products.push(named(text("product").unwrap_or(package))),
                several => products.extend(several.iter().filter_map(Node::text).map(named)),
            }
        }
        match text("target") {
            // A target of another project.
            Some(other) if other.contains('/') => {
                let place = spec.place(dependency);
                spec.unread.push(place);
            }
            Some(other) => needs.push(other.to_owned()),
            None => {}
        }
    }
    let configurations: Vec<String> = match spec.root.get("configs").map(Node::members) {
        Some(configs) if !configs.is_empty() => configs.iter().map(|(name, _)| name.clone()).collect(),
        _ => ["Debug", "Release"].map(str::to_owned).to_vec(),
    };
    let target = Owner {
        name,
        node,
        folder,
        sdk,
        found: sources.copied.iter().find(|own| own.ends_with("/Info.plist")),
    };
    let shipped = xcode::shipped(&configurations).into_iter();
    let builds = shipped.map(|own| build(files, spec, &target, &own, &configurations)).collect();
    let language = spec.root.get("options").and_then(|own| own.get("developmentLanguage")?.text());
    Some(Target {
        name: name.to_owned(),
        file: place.file,
        line: place.line.unwrap_or(1),
        folder: folder.to_owned(),
        product: xcode::product(text("type").unwrap_or_default()),
        platform,
        builds,
        copied: sources.copied,
        compiled: sources.compiled,
        products,
        needs,
        language: language.unwrap_or("en").to_owned(),
    })
}

/// The system that a target is for, and how Xcode calls it.
fn platform(target: &Node) -> Option<(&'static str, &'static str)> {
    let named = target.get("platform").and_then(Node::text);
    let destinations = target.get("supportedDestinations").map(list).unwrap_or_default();
    let has_ios = destinations.iter().any(|own| matches!(own.text(), Some("iOS" | "iPad" | "iPhone")));
    let name = match named {
        Some("auto") | None if has_ios => "iOS",
        Some("auto") | None => destinations.first()?.text()?,
        Some(name) => name,
    };
    xcode::PLATFORMS.iter().find(|(_, own)| *own == name).copied()
}

/// A target, while its configurations are read.
struct Owner<'a> {
    name: &'a str,
    node: &'a Node,
    folder: &'a str,
    sdk: &'a str,
    /// The Info.plist among its sources, which counts if none is named.
    found: Option<&'a String>,
}

fn build(
    files: &mut Files,
    spec: &mut Spec,
    target: &Owner<'_>,
    configuration: &str,
    all: &[String],
) -> Build {
    let (mut info_plist, mut entitlements) = (None, None);
    let (mut info_keys, mut entitled) = (None, None);
    if let Some(info) = target.node.get("info") {
        (info_plist, info_keys) = written(spec, info);
    }
    if let Some(own) = target.node.get("entitlements") {
        (entitlements, entitled) = written(spec, own);
    }
    let mut layers = Vec::new();
    let root = spec.root.clone();
    for owner in [target.node, &root] {
        let mut layer = Layer { spec, configuration, all, groups: Vec::new(), settings: Vec::new() };
        owner.get("settings").into_iter().for_each(|own| layer.add(own));
        let settings = layer.settings;
        let base = owner.get("configFiles").and_then(|own| own.get(configuration));
        layers.push((settings, base.and_then(|own| spec.path(own))));
    }
    let place = spec.place(target.node);
    let sdk = ("SDKROOT".to_owned(), target.sdk.to_owned(), place.file.clone(), place.line.unwrap_or(1));
    layers.push((vec![sdk], None));
    let project = root.get("name").and_then(Node::text).unwrap_or_default();
    let settings = Settings::layered(files, layers, target.name, configuration, project);
    let named = |name: &str| settings.named(name, target.folder);
    let found = target.found.map(|path| Named {
        path: path.clone(),
        file: place.file,
        line: place.line.unwrap_or(1),
    });
    Build {
        configuration: configuration.to_owned(),
        info_plist: info_plist.or_else(|| named("INFOPLIST_FILE")).or(found),
        info_keys,
        entitlements: entitlements.or_else(|| named("CODE_SIGN_ENTITLEMENTS")),
        entitled,
        settings,
    }
}

/// A property list that XcodeGen writes: where, and with which keys.
fn written(spec: &mut Spec, node: &Node) -> (Option<Named>, Option<Vec<Key>>) {
    let Some(path) = node.get("path").and_then(|own| spec.path(own)) else { return (None, None) };
    let properties = node.get("properties");
    let place = spec.place(properties.unwrap_or(node));
    let keys = properties.map(Node::members).unwrap_or_default().iter().map(|(name, node)| {
        let place = spec.place(node);
        Key {
            file: place.file,
            name: name.clone(),
            node: Node { line: place.line.unwrap_or(1), ..node.clone() },
        }
    });
    let keys = keys.collect();
    (Some(Named { path, file: place.file, line: place.line.unwrap_or(1) }), Some(keys))
}

/// Settings, while they are gathered for a configuration.
struct Layer<'a> {
    spec: &'a Spec,
    configuration: &'a str,
    /// The names of all configurations.
    all: &'a [String],
    /// The groups that are in it: a second time they change nothing.
    groups: Vec<&'a str>,
    /// The nearest first.
    settings: Vec<Written>,
}

impl<'a> Layer<'a> {
    fn add(&mut self, node: &'a Node) {
        let is_plain = ["base", "configs", "groups"].iter().all(|key| node.get(key).is_none());
        if is_plain {
            self.settings.extend(node.members().iter().filter_map(|own| setting(self.spec, own)));
            return;
        }
        // A name that is a configuration's is of no other; else it is of each that has it in its name.
        let holds = |key: &str| match self.all.iter().any(|own| own == key) {
            true => key == self.configuration,
            false => self.configuration.to_lowercase().contains(&key.to_lowercase()),
        };
        let members = |key| node.get(key).map(Node::members).unwrap_or_default();
        let own: Vec<&Node> =
            members("configs").iter().filter(|(key, _)| holds(key)).map(|(_, own)| own).collect();
        own.into_iter().for_each(|own| self.add(own));
        self.settings.extend(members("base").iter().filter_map(|own| setting(self.spec, own)));
        let groups = node.get("groups").map(list).unwrap_or_default();
        for group in groups.iter().rev().filter_map(Node::text) {
            let own = self.spec.root.get("settingGroups").and_then(|all| all.get(group));
            if let Some(own) = own.filter(|_| !self.groups.contains(&group)) {
                self.groups.push(group);
                self.add(own);
            }
        }
    }
}

fn setting(spec: &Spec, (name, node): &(String, Node)) -> Option<Written> {
    let value = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Boolean(own) => if *own { "YES" } else { "NO" }.to_owned(),
        Value::Array(elements) => elements.iter().filter_map(Node::text).collect::<Vec<_>>().join(" "),
        Value::Dictionary(_) | Value::Other(_) => return None,
    };
    let place = spec.place(node);
    Some((name.clone(), value, place.file, place.line.unwrap_or(1)))
}
