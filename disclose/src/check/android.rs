//! Everything that an Android app declares: what is merged into each of its variants.

mod artifact;
mod compare;
mod direct;
pub(crate) mod dotnet;
mod module;
mod variant;

use std::collections::BTreeMap;

use super::files::{self, Files, Kind};
use super::finding::Place;
use super::gradle::Module;
use super::manifest::{self, Manifest};
use super::merge::{self, Input, Merged};
use super::projects::Project;
use module::Gradle;
use variant::Variant;

/// One app.
#[derive(Debug)]
pub(crate) struct App {
    /// The variants that ship; what is no Gradle module has one without a name.
    variants: Vec<Built>,
    /// Where a lack is reported.
    place: Place,
    pub(crate) kind: Kinds,
    /// Whether a library whose manifest is not in the sources may bring what is missing.
    has_unseen: bool,
    /// Whether a manifest cannot be read, so that what is missing cannot be said.
    is_broken: bool,
    /// Where it has more variants than are looked at.
    pub(crate) cut: Option<Place>,
}

/// What an app is to the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kinds {
    App,
    /// It lacks nothing: what takes it in may have it.
    Library,
    /// A framework's project, of which only a part can be read.
    Partial,
}

/// A variant, merged.
#[derive(Debug)]
struct Built {
    name: String,
    merged: Merged,
    min_sdk: Option<u32>,
    target_sdk: Option<u32>,
    /// The files of the app's own manifests, not of its libraries'.
    own: Vec<String>,
    /// Scruple's artifacts, each with the place that takes it in.
    artifacts: Vec<(String, Place)>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Each by its name.
    pub(crate) apps: BTreeMap<String, App>,
    /// Apps for what is neither a phone nor a tablet, which are no hosts.
    pub(crate) elsewhere: Vec<String>,
}

/// The apps among the files. Without any, the libraries together.
pub(crate) fn apps(files: &mut Files, projects: &[Project]) -> Found {
    let gradle = Gradle::read(files);
    let mut found = Found::default();
    of_gradle(&gradle, &mut found);
    of_dotnet(files, &mut found);
    direct::apps(files, projects, &mut found);
    alone(files, &gradle, &mut found);
    packed(files, &mut found);
    if found.apps.is_empty() && found.elsewhere.is_empty() {
        libraries(files, &gradle, &mut found);
    }
    found
}

fn of_gradle(gradle: &Gradle, found: &mut Found) {
    for (folder, module) in &gradle.modules {
        let main = module.manifests.get("main");
        if !gradle.is_app(folder) || !gradle.is_included(folder) {
            continue;
        }
        let manifests = || module.manifests.values();
        if main.is_some_and(is_elsewhere) {
            found.elsewhere.push(folder.clone());
            continue;
        }
        let mut app = App {
            variants: Vec::new(),
            place: main.or_else(|| manifests().next()).map_or_else(
                || Place::new(module.build.file.clone(), Some(1)),
                |own| Place::new(own.file.clone(), Some(1)),
            ),
            kind: Kinds::App,
            has_unseen: false,
            is_broken: false,
            cut: None,
        };
        let (variants, is_cut) = Variant::all(module);
        app.cut = is_cut.then(|| Place::new(module.build.file.clone(), Some(1)));
        for variant in variants {
            let all = gradle.contributors(folder, &variant);
            app.has_unseen |= all.has_unseen;
            app.is_broken |= all.is_broken;
            let mut merged = merge::app(&all.input);
            // Modules that only may be there conflict with nothing.
            let is_own = |place: &Place| all.input.own.iter().any(|own| own.file == place.file);
            merged
                .conflicts
                .retain(|own| !all.is_guessed || (is_own(&own.place) && own.also.iter().all(is_own)));
            app.variants.push(Built {
                name: variant.name,
                min_sdk: all.input.min_sdk,
                target_sdk: all.input.target_sdk,
                own: all.input.own.iter().map(|own| own.file.clone()).collect(),
                merged,
                artifacts: all.artifacts,
            });
        }
        found.apps.insert(folder.clone(), app);
    }
}

/// The manifests that .NET's project files name.
fn of_dotnet(files: &mut Files, found: &mut Found) {
    let projects: Vec<String> =
        files.of(Kind::Marker).filter(|path| path.ends_with(".csproj")).map(str::to_owned).collect();
    for path in projects {
        let read = |files: &Files| -> Option<dotnet::Dotnet> {
            let text = super::text::decode(&files.bytes(&path).ok()?).ok()?;
            dotnet::project(files, &path, &text)
        };
        let Some(project) = read(files).filter(|own| own.android && own.is_app) else { continue };
        let Some(manifest) = project.manifests.iter().find(|own| files.reach(own)).cloned() else { continue };
        if let Some(mut read) = files.read(&manifest, |bytes| manifest::parse(bytes, &manifest)) {
            read.entries.extend(dotnet::attributes(files, files::parent(&path), &read));
            found.add(files::parent(&path), App::of(read, Kinds::App, true));
        }
    }
}

/// Manifests that belong to no module: those that were named, and where there is no project at all those of apps.
fn alone(files: &mut Files, gradle: &Gradle, found: &mut Found) {
    let is_empty = found.apps.is_empty() && found.elsewhere.is_empty();
    let paths: Vec<String> =
        files.of(Kind::Manifest).filter(|own| !own.contains("!/")).map(str::to_owned).collect();
    for path in paths {
        let is_named = files.is_named(&path);
        let is_of_module = gradle.module_of(&path).is_some();
        if !is_named && (!is_empty || is_of_module || is_made(&path)) {
            continue;
        }
        if found.apps.values().any(|own| own.place.file == path) {
            continue;
        }
        let Some(read) = files.read(&path, |bytes| manifest::parse(bytes, &path)) else { continue };
        let name = files::parent(&path).to_owned();
        if is_elsewhere(&read) {
            found.elsewhere.push(name);
        } else if is_named || read.has_launcher {
            found.add(&name, App::of(read, Kinds::App, false));
        }
    }
}

/// APKs and bundles: those that were named, and all of a folder with nothing else in it.
fn packed(files: &mut Files, found: &mut Found) {
    let is_empty = found.apps.is_empty() && found.elsewhere.is_empty();
    let paths: Vec<String> =
        files.of(Kind::Manifest).filter(|own| own.contains("!/")).map(str::to_owned).collect();
    for path in paths {
        let Some((archive, _)) = path.split_once("!/") else { continue };
        let (archive, is_library) = (archive.to_owned(), archive.ends_with(".aar"));
        let is_named = files.is_named(&archive);
        // One that lies in a project is no source of it.
        if !is_named && (is_library || !is_empty) {
            continue;
        }
        let is_bundle = archive.ends_with(".aab");
        let read = files.read(&path, |bytes| match is_bundle {
            true => manifest::of(&super::aab::parse(bytes)?, &path),
            false => manifest::parse(bytes, &path),
        });
        let Some(read) = read else { continue };
        let kind = if is_library { Kinds::Library } else { Kinds::App };
        match is_elsewhere(&read) {
            true => found.elsewhere.push(archive),
            false => found.add(&archive, App::of(read, kind, false)),
        }
    }
}

/// What a tree without an app has.
fn libraries(files: &mut Files, gradle: &Gradle, found: &mut Found) {
    for (folder, module) in &gradle.modules {
        let main = module.manifests.get("main").filter(|_| module.build.kind != Some(Module::Test));
        let all = gradle.contributors(folder, &Variant::only());
        if let Some(main) = main {
            let place = Place::new(main.file.clone(), Some(1));
            let input = Input { own: vec![main.clone()], ..Input::default() };
            let built = Built {
                name: String::new(),
                merged: merge::app(&input),
                min_sdk: None,
                target_sdk: None,
                own: vec![main.file.clone()],
                artifacts: all.artifacts,
            };
            let app = App {
                variants: vec![built],
                place,
                kind: Kinds::Library,
                has_unseen: true,
                is_broken: false,
                cut: None,
            };
            found.apps.insert(folder.clone(), app);
        }
    }
    let paths: Vec<String> = files.of(Kind::Manifest).map(str::to_owned).collect();
    for path in paths.into_iter().filter(|own| gradle.module_of(own).is_none()) {
        if let Some(read) = files.read(&path, |bytes| manifest::parse(bytes, &path)) {
            let name =
                path.split_once("!/").map_or_else(|| files::parent(&path), |(archive, _)| archive).to_owned();
            found.add(&name, App::of(read, Kinds::Library, true));
        }
    }
}

impl Found {
    fn add(&mut self, name: &str, app: App) {
        self.apps.entry(name.to_owned()).or_insert(app);
    }
}

impl App {
    /// An app of one manifest.
    fn of(manifest: Manifest, kind: Kinds, has_unseen: bool) -> Self {
        // A binary file has no lines.
        let line = Some(1).filter(|_| !manifest.file.contains("!/"));
        let own = vec![manifest.file.clone()];
        let place = Place::new(manifest.file.clone(), line);
        let (min_sdk, target_sdk) = (manifest.min_sdk, manifest.target_sdk);
        let is_built = manifest.file.contains("!/");
        let mut merged = merge::app(&Input { own: vec![manifest], ..Input::default() });
        // What was built has been merged, and what others build is not merged by Google's merger.
        if is_built || has_unseen {
            merged.conflicts.clear();
        }
        let built = Built { name: String::new(), merged, min_sdk, target_sdk, own, artifacts: Vec::new() };
        Self { variants: vec![built], place, kind, has_unseen, is_broken: false, cut: None }
    }
}

/// Whether Gradle made it.
fn is_made(path: &str) -> bool {
    path.split('/').any(|part| part == "intermediates")
}

/// Mini-programs run on phones and tablets; a watch, a car or a TV is no host.
fn is_elsewhere(manifest: &Manifest) -> bool {
    let features =
        manifest.entries.iter().filter(|own| own.tag == manifest::Tag::Feature && own.is_required());
    features.filter_map(|own| own.key.as_deref()).any(|name| ELSEWHERE.contains(&name))
}

/// Features of what is neither a phone nor a tablet.
const ELSEWHERE: [&str; 3] =
    ["android.hardware.type.watch", "android.hardware.type.automotive", "android.software.leanback"];
