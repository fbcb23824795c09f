//! What an Xcode project says of its targets: what they are, what they take in, and their settings in what ships.

mod contents;
mod settings;

use std::collections::HashMap;

use super::files::{self, Files};
use super::plist::{self, Node};

pub(crate) use self::settings::{Settings, Written};

/// A target.
#[derive(Debug, Default)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) file: String,
    pub(crate) line: u32,
    /// The folder of its project.
    pub(crate) folder: String,
    pub(crate) product: Product,
    /// Where it runs, as Apple calls the system.
    pub(crate) platform: &'static str,
    /// What ships of it, configuration by configuration.
    pub(crate) builds: Vec<Build>,
    /// Paths of what it copies into its bundle.
    pub(crate) copied: Vec<String>,
    /// Paths of what it compiles.
    pub(crate) compiled: Vec<String>,
    /// The products of packages that it links.
    pub(crate) products: Vec<Named>,
    /// The names of the targets that it waits for, and so may have in it.
    pub(crate) needs: Vec<String>,
    /// The language of the texts that are in no `.lproj` folder.
    pub(crate) language: String,
}

/// What a target makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Product {
    App,
    /// A bundle with a program of its own in an app: an extension, or an App Clip.
    Extension,
    /// Code that an app takes in.
    Library,
    /// Tests, tools, what runs elsewhere.
    #[default]
    Other,
}

/// A target in one configuration.
#[derive(Debug, Default)]
pub(crate) struct Build {
    pub(crate) configuration: String,
    pub(crate) settings: Settings,
    pub(crate) info_plist: Option<Named>,
    pub(crate) entitlements: Option<Named>,
    /// What is written into them once the project is made; none if they are there.
    pub(crate) info_keys: Option<Vec<Key>>,
    pub(crate) entitled: Option<Vec<Key>>,
}

/// A key with its value, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) file: String,
    pub(crate) name: String,
    pub(crate) node: Node,
}

/// A path or a name, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// Groups that hold each other end here.
const DEPTH: usize = 32;
/// Settings that name each other end here: no path takes more steps.
const STEPS: usize = 100;

/// The targets of the project whose `project.pbxproj` this is; none if it cannot be read.
pub(crate) fn targets(files: &mut Files, path: &str) -> Vec<Target> {
    let Some(root) = files.read(path, plist::parse) else { return Vec::new() };
    let bundle = files::parent(path);
    let project = Project::new(&root, path, bundle);
    let targets = project.objects.values().filter(|object| is(object, "PBXNativeTarget"));
    let mut targets: Vec<_> = targets.map(|target| project.target(files, target)).collect();
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

    fn target(&self, files: &mut Files, node: &'a Node) -> Target {
        let text = |key| node.get(key).and_then(Node::text).unwrap_or_default();
        let name = text("name").to_owned();
        let builds = self.builds(files, node, &name);
        let platform = builds.iter().find_map(|build| platform(&build.settings));
        let product =
            product(text("productType").strip_prefix("com.apple.product-type.").unwrap_or_default());
        // The phase that links may do so for other systems only.
        let linked: Vec<(&Node, bool)> = self.linked(node).collect();
        let is_linked = |own: &Node| {
            let mut entries = linked.iter().filter(|(product, _)| std::ptr::eq(*product, own)).peekable();
            entries.peek().is_none() || entries.any(|(_, ships)| *ships)
        };
        let packages = self.objects_of(node, "packageProductDependencies").map(|(_, own)| own);
        let packages = packages.chain(linked.iter().map(|(own, _)| *own)).filter(|own| is_linked(own));
        let mut products: Vec<Named> = Vec::new();
        for package in packages {
            let Some(product) = package.get("productName").and_then(Node::text) else { continue };
            if !products.iter().any(|known| known.path == product) {
                let (path, file) = (product.to_owned(), self.file.to_owned());
                products.push(Named { path, file, line: package.line });
            }
        }
        let dependencies = self.objects_of(node, "dependencies");
        let needs = dependencies.filter_map(|(_, own)| self.object(own, "target")?.get("name")?.text());
        let project = self.objects.values().find(|object| is(object, "PBXProject"));
        let language = project.and_then(|own| own.get("developmentRegion")?.text()).unwrap_or("en");
        Target {
            file: self.file.to_owned(),
            line: node.line,
            folder: self.folder.clone(),
            product,
            // A project that says nothing of it is as old as iOS.
            platform: platform.unwrap_or(IOS),
            copied: self.copied(files, node),
            compiled: self.compiled(files, node),
            products,
            needs: needs.map(str::to_owned).collect(),
            language: language.to_owned(),
            name,
            builds,
        }
    }

    /// The products of packages in the phase that links, and whether each is for iOS.
    fn linked(&self, node: &'a Node) -> impl Iterator<Item = (&'a Node, bool)> {
        let phases = self.objects_of(node, "buildPhases");
        let phases = phases.filter(|(_, phase)| is(phase, "PBXFrameworksBuildPhase"));
        phases
            .flat_map(|(_, phase)| self.objects_of(phase, "files"))
            .filter_map(|(_, entry)| Some((self.object(entry, "productRef")?, contents::ships(entry))))
    }

    /// The configurations that ship, each with its settings.
    fn builds(&self, files: &mut Files, target: &'a Node, name: &str) -> Vec<Build> {
        let lists = |owner: &'a Node| {
            let list = self.object(owner, "buildConfigurationList");
            list.map(|list| {
                self.objects_of(list, "buildConfigurations").map(|(_, own)| own).collect::<Vec<_>>()
            })
        };
        let project = self.objects.values().copied().find(|object| is(object, "PBXProject"));
        let above = project.and_then(lists).unwrap_or_default();
        let of = |own: &Node| own.get("name").and_then(Node::text).unwrap_or_default().to_owned();
        let own = lists(target).unwrap_or_default();
        let shipped = shipped(&own.iter().map(|own| of(own)).collect::<Vec<_>>());
        let own = own.into_iter().filter(|own| shipped.contains(&of(own)));
        own.map(|own| {
            let configuration = of(own);
            let above = above.iter().copied().find(|above| of(above) == configuration);
            let settings = Settings::read(files, self, name, &configuration, [Some(own), above]);
            let named = |name: &str| settings.named(name, &self.folder);
            let (info_plist, entitlements) = (named("INFOPLIST_FILE"), named("CODE_SIGN_ENTITLEMENTS"));
            Build { configuration, info_plist, entitlements, settings, info_keys: None, entitled: None }
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
}

/// Which configurations ship: the one that Xcode archives by itself, or else all that are not for debugging.
pub(crate) fn shipped(names: &[String]) -> Vec<String> {
    let is = |test: fn(&str) -> bool| -> Vec<String> {
        names.iter().filter(|name| test(&name.to_ascii_lowercase())).cloned().collect()
    };
    let choices = [
        is(|name| name == "release"),
        is(|name| !["debug", "test", "develop"].iter().any(|word| name.contains(word))),
        names.to_vec(),
    ];
    choices.into_iter().find(|own| !own.is_empty()).unwrap_or_default()
}

/// What a target of this type makes.
pub(crate) fn product(kind: &str) -> Product {
    match kind {
        "application" => Product::App,
        "app-extension"
        | "extensionkit-extension"
        | "app-extension.messages"
        | "app-extension.intents-service"
        | "application.on-demand-install-capable" => Product::Extension,
        "framework" | "framework.static" | "library.static" | "library.dynamic" => Product::Library,
        _ => Product::Other,
    }
}

/// Where mini-programs run.
pub(crate) const IOS: &str = "iOS";

/// Every system, by how Xcode calls it: for one that is for several, the first counts.
pub(crate) const PLATFORMS: [(&str, &str); 6] = [
    ("iphoneos", IOS),
    ("auto", IOS),
    ("watchos", "watchOS"),
    ("appletvos", "tvOS"),
    ("xros", "visionOS"),
    ("macosx", "macOS"),
];

/// Which system a target is for; none if the settings do not say.
fn platform(settings: &Settings) -> Option<&'static str> {
    let named = |name: &str| {
        let setting = settings.get(name)?;
        let platforms = settings.expand(&setting.value).0;
        PLATFORMS.iter().find(|(sdk, _)| platforms.contains(sdk)).map(|(_, platform)| *platform)
    };
    named("SUPPORTED_PLATFORMS").or_else(|| named("SDKROOT"))
}
