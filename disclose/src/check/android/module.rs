//! The modules of Gradle's builds: their manifests, their variants, and what is merged into each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::artifact;
use super::variant::Variant;
use crate::check::files::{self, Files, Kind};
use crate::check::finding::Place;
use crate::check::gradle::{self, Build, Catalog, Level, Module, Needed, Settings};
use crate::check::manifest::{self, Manifest};
use crate::check::merge::{self, Input};

/// More plugins and scripts than a module applies; one that applies itself ends here.
const APPLIED: usize = 100;

/// Plugins and scripts that take in libraries which the build files do not name: Flutter's, React Native's, Capacitor's.
const LINKERS: [&str; 5] =
    ["flutter", "com.facebook.react", "native_modules.gradle", "capacitor.build.gradle", "cordova.gradle"];

/// Everything that Gradle's files say.
#[derive(Debug, Default)]
pub(super) struct Gradle {
    /// By folder.
    pub(super) modules: BTreeMap<String, Loaded>,
    settings: BTreeMap<String, Settings>,
    catalogs: Vec<(String, Catalog)>,
    /// For each build, its modules' folders by name.
    names: BTreeMap<String, BTreeMap<String, String>>,
    /// Archives in the project, each by its path.
    archives: BTreeMap<String, Manifest>,
    /// The folders of modules that others take in.
    taken_in: BTreeSet<String>,
}

/// A module with its manifests.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) build: Build,
    /// By source set.
    pub(super) manifests: BTreeMap<String, Manifest>,
    /// The manifests that Gradle merged the last time, by variant.
    merged: BTreeMap<String, Manifest>,
    /// Whether one of its manifests cannot be read.
    is_broken: bool,
    /// The build that it belongs to.
    root: String,
}

/// What is merged into a variant.
#[derive(Debug, Default)]
pub(super) struct Contributors {
    pub(super) input: Input,
    /// Scruple's artifacts, each with the place that takes it in.
    pub(super) artifacts: Vec<(String, Place)>,
    /// Whether a manifest of its own or of a library cannot be read.
    pub(super) is_broken: bool,
    /// Whether it may have modules that the app has not: which ones, only Gradle knows.
    pub(super) is_guessed: bool,
    /// Whether there are libraries whose manifests are not in the sources.
    pub(super) has_unseen: bool,
}

impl Gradle {
    /// Reads the build files and the manifests that belong to a module; the others are left.
    pub(super) fn read(files: &mut Files) -> Self {
        let mut own = Self { catalogs: catalogs(files), ..Self::default() };
        for path in paths(files, Kind::GradleSettings) {
            if let Some(settings) = files.read(&path, gradle::settings) {
                own.settings.insert(files::parent(&path).to_owned(), settings);
            }
        }
        for path in paths(files, Kind::Gradle) {
            let Some(build) = files.read(&path, |bytes| gradle::build(bytes, &path)) else { continue };
            let folder = files::parent(&path).to_owned();
            let root = own.root_of(&folder);
            own.modules.insert(folder, Loaded { build, root, ..Loaded::default() });
        }
        own.apply(files);
        own.read_names();
        let folders: Vec<String> = own.modules.keys().cloned().collect();
        for folder in &folders {
            own.read_moved(files, folder);
        }
        for path in paths(files, Kind::Manifest) {
            own.read_manifest(files, &path);
        }
        own.taken_in = own.read_taken_in();
        own
    }

    /// What a module names that is not itself a part of an app, as a feature and a test are.
    fn read_taken_in(&self) -> BTreeSet<String> {
        let takes_in = |own: &&Loaded| !matches!(own.build.kind, Some(Module::Feature | Module::Test));
        let named = |own: &&Loaded| -> Vec<String> {
            let references = own.build.dependencies.iter().filter_map(|needed| match &needed.what {
                Needed::Project(reference) => self.find(&own.root, reference),
                Needed::Artifact(_) | Needed::Accessor(_) | Needed::Archive(_) | Needed::External => None,
            });
            references.map(str::to_owned).collect()
        };
        self.modules.values().filter(takes_in).flat_map(|own| named(&own)).collect()
    }

    /// Whether a module is an app: by its plugins, or where they are not known, since it can be started and nobody takes it in.
    pub(super) fn is_app(&self, folder: &str) -> bool {
        self.modules.get(folder).is_some_and(|own| match own.build.kind {
            Some(Module::App) => true,
            Some(Module::Library | Module::Feature | Module::Test) => false,
            None => {
                let can_start = own.manifests.get("main").is_some_and(|own| own.has_launcher);
                can_start && !self.taken_in.contains(folder)
            }
        })
    }

    /// Reads what build files apply: scripts by their path, and plugins that the project makes itself.
    fn apply(&mut self, files: &mut Files) {
        let makes: Vec<(String, String)> =
            self.modules.values().flat_map(|own| own.build.makes.clone()).collect();
        let folders: Vec<String> = self.modules.keys().cloned().collect();
        // Looked up once: there may be thousands of modules, and each applies plugins.
        let (scripts, classes) = (paths(files, Kind::GradleScript), paths(files, Kind::GradleClass));
        for folder in folders {
            let Some(mut module) = self.modules.remove(&folder) else { continue };
            let catalogs = self.catalogs_of(&module.root);
            let build = &mut module.build;
            // The list grows while what is applied applies more.
            let mut at = 0;
            while let Some(name) = build.applied.get(at).cloned().filter(|_| at < APPLIED) {
                at += 1;
                let id = catalogs.iter().find_map(|own| own.plugins.get(&name)).cloned();
                build.kind = build.kind.or_else(|| gradle::kind(id.as_ref()?));
                let is_meant = |own: &str| own == name || id.as_deref() == Some(own);
                let class = makes.iter().find(|(own, _)| is_meant(own)).map(|(_, class)| class);
                let path = match name.ends_with(".gradle") || name.ends_with(".gradle.kts") {
                    true => script(files, &name, &folder, &module.root),
                    false => {
                        let is_class = |own: &&String| class.is_some_and(|class| class == stem(own));
                        let script = scripts.iter().find(|own| is_meant(stem(own)));
                        script.or_else(|| classes.iter().find(is_class)).cloned()
                    }
                };
                let Some(path) = path else { continue };
                let read = files.bytes(&path).and_then(|bytes| build.apply(&bytes, &path));
                if let Err(broken) = read {
                    files.broken.push((path, broken));
                }
            }
            self.modules.insert(folder, module);
        }
    }

    /// Manifests that a build file puts elsewhere.
    fn read_moved(&mut self, files: &mut Files, folder: &str) {
        let Some(module) = self.modules.get_mut(folder) else { return };
        for (set, path) in &module.build.manifests {
            let path = files::join(folder, path);
            if files.reach(&path) {
                match files.read(&path, |bytes| manifest::parse(bytes, &path)) {
                    Some(read) => _ = module.manifests.insert(set.clone(), read),
                    None => module.is_broken = true,
                }
            }
        }
    }

    fn read_manifest(&mut self, files: &mut Files, path: &str) {
        if let Some((archive, _)) = path.split_once("!/") {
            if archive.ends_with(".aar") {
                if let Some(read) = files.read(path, |bytes| manifest::parse(bytes, path)) {
                    self.archives.insert(archive.to_owned(), read);
                }
            }
            return;
        }
        if let Some((folder, variant)) = self.made(path) {
            let read = files.read(path, |bytes| manifest::parse(bytes, path));
            if let (Some(module), Some(read)) = (self.modules.get_mut(&folder), read) {
                module.merged.entry(variant).or_insert(read);
            }
            return;
        }
        let Some(folder) = self.module_of(path) else { return };
        let Some(module) = self.modules.get_mut(&folder) else { return };
        let Some(set) = source_set(path, &folder) else { return };
        if module.build.manifests.contains_key(&set) || module.manifests.contains_key(&set) {
            return;
        }
        match files.read(path, |bytes| manifest::parse(bytes, path)) {
            Some(read) => _ = module.manifests.insert(set, read),
            None => module.is_broken = true,
        }
    }

    /// The module that a path lies in.
    pub(super) fn module_of(&self, path: &str) -> Option<String> {
        let mut above = std::iter::successors(Some(files::parent(path)), |own| {
            Some(files::parent(own)).filter(|_| !own.is_empty())
        });
        above.find(|own| self.modules.contains_key(*own)).map(str::to_owned)
    }

    /// The module and the variant of a manifest that Gradle made: in the module's `build`, or in the build's, as Flutter has it.
    fn made(&self, path: &str) -> Option<(String, String)> {
        let (before, after) =
            path.split_once("/build/").or_else(|| Some(("", path.strip_prefix("build/")?)))?;
        let (module, rest) = after.split_once("intermediates/")?;
        let variant = rest.split('/').nth(1)?.to_owned();
        let module = module.trim_end_matches('/');
        let folder = match module {
            "" => before.to_owned(),
            name => self
                .modules
                .keys()
                .find(|own| files::is_in(own, before) && own.rsplit('/').next() == Some(name))?
                .clone(),
        };
        Some((folder, variant))
    }

    /// Whether the module is part of its build.
    pub(super) fn is_included(&self, folder: &str) -> bool {
        let Some(module) = self.modules.get(folder) else { return false };
        let Some(settings) = self.settings.get(&module.root) else { return true };
        let is_named =
            |folder: &str| settings.modules.values().any(|own| files::join(&module.root, own) == folder);
        // One whose modules cannot be read includes what it likes.
        let is_known = self.modules.keys().any(|own| is_named(own));
        settings.has_unread || !is_known || folder == module.root || is_named(folder)
    }

    fn root_of(&self, folder: &str) -> String {
        let inside = self.settings.keys().filter(|root| *root == folder || files::is_in(folder, root));
        inside.max_by_key(|root| root.len()).cloned().unwrap_or_default()
    }

    fn catalogs_of(&self, root: &str) -> Vec<&Catalog> {
        // Without settings, where the build begins is not known.
        let is_known = self.settings.contains_key(root);
        let of_root = |folder: &str| !is_known || folder == root || files::is_in(root, folder);
        self.catalogs.iter().filter(|(folder, _)| of_root(folder)).map(|(_, catalog)| catalog).collect()
    }

    fn level(&self, module: &Loaded, level: Option<&Level>) -> Option<u32> {
        let root = self.modules.get(&module.root).map(|root| &root.build.numbers);
        let numbers: Vec<_> = [Some(&module.build.numbers), root].into_iter().flatten().collect();
        level?.resolve(&numbers, &self.catalogs_of(&module.root))
    }

    /// The folder of a module that another one names.
    fn find(&self, root: &str, reference: &str) -> Option<&str> {
        let named = self.names.get(root)?;
        let folder = gradle::references(reference).into_iter().find_map(|own| named.get(&own))?;
        self.modules.get_key_value(folder).map(|(folder, _)| folder.as_str())
    }

    /// The folders of each build's modules by every name that a dependency may call them.
    fn read_names(&mut self) {
        for (root, settings) in &self.settings {
            let names = self.names.entry(root.clone()).or_default();
            names.extend(settings.names().map(|(name, folder)| (name, files::join(root, folder))));
        }
        for (folder, module) in &self.modules {
            let names = self.names.entry(module.root.clone()).or_default();
            let inside =
                folder.strip_prefix(&module.root).unwrap_or(folder).trim_matches('/').replace('/', ":");
            // Without settings, where the build begins is not known.
            let count = if self.settings.contains_key(&module.root) { 1 } else { usize::MAX };
            let parts =
                std::iter::successors(Some(inside.as_str()), |own| own.split_once(':').map(|(_, rest)| rest));
            for name in parts.take(count).flat_map(gradle::names) {
                names.entry(name).or_insert_with(|| folder.clone());
            }
            // Where settings compute names, a folder in another one is mostly called by both.
            if self.settings.get(&module.root).is_some_and(|own| own.has_unread) {
                for name in gradle::names(&inside.replace(':', "-")) {
                    names.entry(name).or_insert_with(|| folder.clone());
                }
            }
        }
    }

    /// Everything that is merged into a variant of an app.
    pub(super) fn contributors(&self, folder: &str, variant: &Variant) -> Contributors {
        let mut all = Contributors::default();
        let Some(app) = self.modules.get(folder) else { return all };
        let flavours = app.build.flavours.iter().filter(|own| variant.flavours.contains(&own.name));
        let min_sdk = flavours.clone().find_map(|own| own.min_sdk.as_ref()).or(app.build.min_sdk.as_ref());
        let target_sdk =
            flavours.clone().find_map(|own| own.target_sdk.as_ref()).or(app.build.target_sdk.as_ref());
        all.input.own = own_manifests(app, variant);
        all.has_unseen = app.build.applied.iter().any(|own| LINKERS.iter().any(|one| own.contains(one)));
        all.is_broken = app.is_broken;
        let placeholders = placeholders(&app.build, variant);
        let main = all.input.own.last();
        all.input.min_sdk = self.level(app, min_sdk).or(main.and_then(|own| own.min_sdk));
        all.input.target_sdk = self.level(app, target_sdk).or(main.and_then(|own| own.target_sdk));

        let first = folder;
        let mut seen: BTreeSet<&str> = BTreeSet::from([folder]);
        let mut queue = VecDeque::from([folder]);
        while let Some(folder) = queue.pop_front() {
            let Some((folder, module)) = self.modules.get_key_value(folder) else { continue };
            let library = (folder != first).then(|| matched(&module.build, variant, &app.build));
            for next in self.taken_in(folder, module, library.as_ref().unwrap_or(variant), &mut all) {
                if seen.insert(next) {
                    all.is_broken |= self.modules.get(next).is_some_and(|own| own.is_broken);
                    queue.push_back(next);
                    all.input.libraries.extend(self.library(next, variant, &app.build));
                }
            }
        }
        let manifests = all.input.own.iter_mut().chain(&mut all.input.libraries);
        manifests.for_each(|own| own.fill(&placeholders));
        // What Gradle merged the last time knows of libraries that are not in the sources; the sources come before it.
        if let Some(made) = app.merged.get(&variant.name) {
            let mut made = made.clone();
            made.min_sdk = None;
            all.has_unseen = false;
            all.input.made = Some(made);
        }
        all
    }

    /// The modules that one takes in; its artifacts and archives are noted.
    fn taken_in<'a>(
        &'a self,
        folder: &str,
        module: &'a Loaded,
        variant: &Variant,
        all: &mut Contributors,
    ) -> Vec<&'a str> {
        let mut next = Vec::new();
        let catalogs = self.catalogs_of(&module.root);
        for own in module.build.dependencies.iter().filter(|own| variant.has(&own.variant)) {
            let place = Place::new(own.file.clone(), Some(own.line));
            match &own.what {
                Needed::Project(reference) => match self.find(&module.root, reference) {
                    Some(folder) => next.push(folder),
                    None => all.has_unseen = true,
                },
                Needed::Artifact(name) => add_artifact(all, name, &place),
                Needed::Accessor(name) => {
                    let known = catalogs.iter().find_map(|catalog| catalog.libraries.get(name));
                    let names = known.map(Vec::as_slice).unwrap_or_default();
                    all.has_unseen |= names.is_empty();
                    names.iter().for_each(|name| add_artifact(all, name, &place));
                }
                Needed::Archive(name) => {
                    let is_meant = |path: &str| {
                        let near = files::is_in(path, folder) || files::is_in(path, &module.root);
                        near && (name == "aar"
                            || name.contains('*')
                            || path.rsplit('/').next() == name.rsplit('/').next())
                    };
                    let meant = self.archives.iter().filter(|(path, _)| is_meant(path));
                    all.input.libraries.extend(meant.map(|(_, own)| own.clone()));
                }
                Needed::External => all.has_unseen = true,
            }
        }
        next.extend(module.build.features.iter().filter_map(|own| self.find(&module.root, own)));
        if module.build.has_unread {
            all.is_guessed = true;
            let others = self.modules.iter().filter(|(_, own)| own.root == module.root);
            next.extend(
                others.filter(|(folder, _)| self.is_library(folder)).map(|(folder, _)| folder.as_str()),
            );
        }
        next
    }

    pub(super) fn is_library(&self, folder: &str) -> bool {
        let is_test = |own: &Loaded| own.build.kind == Some(Module::Test);
        self.modules.get(folder).is_some_and(|own| !is_test(own)) && !self.is_app(folder)
    }

    /// A library's manifest as its archive holds it, for the app's variant.
    fn library(&self, folder: &str, variant: &Variant, app: &Build) -> Option<Manifest> {
        let module = self.modules.get(folder).filter(|_| self.is_library(folder))?;
        let build = &module.build;
        let own = matched(build, variant, app);
        let min_sdk = self.level(module, build.min_sdk.as_ref());
        let mut manifests = own_manifests(module, &own);
        let placeholders = placeholders(build, &own);
        manifests.iter_mut().for_each(|own| own.fill(&placeholders));
        merge::library(&manifests, build.namespace.clone(), min_sdk)
    }
}

/// The variant of a library that an app's takes: what is called alike, or else what the app says instead.
fn matched(library: &Build, variant: &Variant, app: &Build) -> Variant {
    let has = |name: &str| {
        matches!(name, "debug" | "release") || library.build_types.iter().any(|own| own.name == name)
    };
    let build_type = Some(&variant.build_type).filter(|own| has(own));
    let build_type = build_type.or_else(|| app.instead(&variant.build_type).find(|own| has(own)));
    // Without any that can be read they may be made elsewhere, as the app's are.
    let mut flavours = if library.flavours.is_empty() { variant.flavours.clone() } else { Vec::new() };
    // In a dimension that the app has not, what the app says, or else the library's first.
    let dimensions: BTreeSet<_> = library.flavours.iter().map(|own| &own.dimension).collect();
    for dimension in dimensions {
        let of: Vec<&str> = library
            .flavours
            .iter()
            .filter(|own| own.dimension == *dimension)
            .map(|own| own.name.as_str())
            .collect();
        let strategy = app.strategies.iter().find(|(name, _)| Some(name) == dimension.as_ref());
        let instead = variant.flavours.iter().flat_map(|own| app.instead(own));
        let wanted = variant.flavours.iter().chain(strategy.into_iter().flat_map(|(_, names)| names));
        let mut wanted = wanted.chain(instead).map(String::as_str);
        let chosen = wanted.find(|name| of.contains(name)).or(of.first().copied());
        flavours.extend(chosen.map(str::to_owned));
    }
    Variant::of_library(flavours, build_type.unwrap_or(&variant.build_type).clone())
}

/// What a module's manifests call by name, for a variant.
fn placeholders(build: &Build, variant: &Variant) -> BTreeMap<String, String> {
    let is_of = |of: &str| variant.flavours.iter().any(|own| own == of) || variant.build_type == of;
    let all = build.placeholders.iter().filter(|(of, _, _)| of.is_none());
    // A flavour's and a build type's say it over.
    let own = build.placeholders.iter().filter(|(of, _, _)| of.as_deref().is_some_and(is_of));
    all.chain(own).map(|(_, name, value)| (name.clone(), value.clone())).collect()
}

/// Where a script is: from the module on, or from a folder that Gradle has a name for.
fn script(files: &mut Files, name: &str, folder: &str, root: &str) -> Option<String> {
    let roots = [
        "$rootDir",
        "${rootDir}",
        "$rootProject.projectDir",
        "${rootProject.projectDir}",
        "$rootProject.rootDir",
    ];
    let inside = roots.iter().find_map(|own| name.strip_prefix(own));
    let modules = ["$projectDir", "${projectDir}"].iter().find_map(|own| name.strip_prefix(own));
    let paths = match (inside, modules) {
        (Some(path), _) => vec![files::join(root, path.trim_start_matches('/'))],
        (None, Some(path)) => vec![files::join(folder, path.trim_start_matches('/'))],
        (None, None) => vec![files::join(folder, name), files::join(root, name)],
    };
    paths.into_iter().find(|own| files.reach(own))
}

/// What a script or a class is called.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = [".gradle.kts", ".gradle", ".kt", ".groovy"];
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

fn add_artifact(all: &mut Contributors, name: &str, place: &Place) {
    for name in artifact::with_others(name) {
        if !all.artifacts.iter().any(|(known, _)| known == name) {
            all.artifacts.push((name.to_owned(), place.clone()));
            all.input.libraries.push(artifact::manifest(name, place));
        }
    }
}

/// A module's manifests for a variant, the strongest first.
fn own_manifests(module: &Loaded, variant: &Variant) -> Vec<Manifest> {
    variant.sets().iter().filter_map(|set| module.manifests.get(set)).cloned().collect()
}

/// The source set that a manifest belongs to: by Gradle's layout, or the one before it.
fn source_set(path: &str, folder: &str) -> Option<String> {
    let inside = path.get(folder.len()..)?.trim_start_matches('/');
    match inside.split('/').collect::<Vec<_>>().as_slice() {
        ["src", "androidMain", "AndroidManifest.xml"] | ["AndroidManifest.xml"] => Some("main".to_owned()),
        ["src", set, "AndroidManifest.xml"] => Some((*set).to_owned()),
        _ => None,
    }
}

fn catalogs(files: &mut Files) -> Vec<(String, Catalog)> {
    let catalogs = paths(files, Kind::Catalog).into_iter().filter_map(|path| {
        let name = path.rsplit('/').next()?.strip_suffix(".versions.toml")?;
        let catalog = files.read(&path, |bytes| gradle::catalog(bytes, name))?;
        Some((files::parent(files::parent(&path)).to_owned(), catalog))
    });
    catalogs.collect()
}

fn paths(files: &Files, kind: Kind) -> Vec<String> {
    files.of(kind).map(str::to_owned).collect()
}
