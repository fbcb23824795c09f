//! Everything that an Android app declares: its manifests and build files.

mod compare;

use std::collections::BTreeMap;

use super::files::{self, Files, Kind};
use super::gradle::{self, Build, Catalog};
use super::manifest::{self, Manifest};

/// What is merged into one app.
#[derive(Debug, Default)]
pub(crate) struct App {
    /// Its own manifests, the main one first, then its libraries'.
    manifests: Vec<Declared>,
    /// Scruple's artifacts, each with the place that takes it in.
    artifacts: Vec<Artifact>,
    /// Whether it is an app: a library lacks nothing.
    is_app: bool,
}

#[derive(Debug, Clone)]
struct Artifact {
    name: String,
    file: String,
    line: u32,
}

#[derive(Debug, Clone)]
struct Declared {
    file: String,
    manifest: Manifest,
    /// A library's removals do not reach the others.
    is_own: bool,
}

/// The apps among the files, each by its name. Without any, the libraries together.
pub(crate) fn apps(files: &mut Files) -> BTreeMap<String, App> {
    let mut units: BTreeMap<String, Unit> = BTreeMap::new();
    let builds = modules(files);
    let catalogs = catalogs(files);
    let roots: Vec<String> =
        files.of(Kind::GradleSettings).map(|path| files::parent(path).to_owned()).collect();
    let root_of = |folder: &str| {
        let inside = roots.iter().filter(|root| *root == folder || files::is_in(folder, root));
        inside.max_by_key(|root| root.len()).cloned().unwrap_or_default()
    };
    let paths: Vec<String> = files.of(Kind::Manifest).map(str::to_owned).collect();
    for path in paths {
        let module = builds.keys().filter(|folder| files::is_in(&path, folder)).max_by_key(|own| own.len());
        let set = module.map_or(Some("main"), |module| source_set(&path, module));
        // Tests and debug builds do not ship.
        let Some(is_main) = set.map(|set| set == "main") else { continue };
        let Some(manifest) = files.read(&path, manifest::parse) else { continue };
        let archive = path.split_once("!/").map(|(archive, _)| archive);
        let name = archive.or(module.map(String::as_str)).unwrap_or_else(|| files::parent(&path)).to_owned();
        let named = files.is_named(archive.unwrap_or(&path));
        let build = module.and_then(|module| builds.get(module));
        let is_library = build.is_some_and(|build| build.is_library)
            || archive.is_some_and(|archive| archive.ends_with(".aar"));
        let is_app = build.is_some_and(|build| build.is_app)
            || (!is_library && (manifest.has_launcher || named || archive.is_some()));
        let unit = units.entry(name.clone()).or_default();
        unit.is_app |= is_app;
        unit.is_elsewhere |=
            manifest.features.iter().any(|own| own.required && ELSEWHERE.contains(&own.name.as_str()));
        unit.is_merged |= archive.is_some() && is_app;
        unit.root = root_of(&name);
        let declared = Declared { file: path, manifest, is_own: true };
        if is_main { unit.manifests.insert(0, declared) } else { unit.manifests.push(declared) }
    }
    for (folder, build) in &builds {
        let unit = units.entry(folder.clone()).or_default();
        unit.root = root_of(folder);
        unit.artifacts = artifacts(build, &catalogs, &unit.root);
    }
    units.retain(|_, unit| !unit.is_elsewhere && (!unit.manifests.is_empty() || !unit.artifacts.is_empty()));
    merged(&units)
}

/// A module, or an archive, before its libraries are merged into it.
#[derive(Debug, Default)]
struct Unit {
    manifests: Vec<Declared>,
    artifacts: Vec<Artifact>,
    is_app: bool,
    /// Mini-programs run on phones and tablets; a watch or a car is no host.
    is_elsewhere: bool,
    /// An APK has its libraries in it already.
    is_merged: bool,
    /// The Gradle build that it belongs to.
    root: String,
}

fn merged(units: &BTreeMap<String, Unit>) -> BTreeMap<String, App> {
    let mut apps = BTreeMap::new();
    let is_app = |unit: &&Unit| unit.is_app && !unit.manifests.is_empty();
    for (name, unit) in units.iter().filter(|(_, unit)| is_app(unit)) {
        let mut app =
            App { manifests: unit.manifests.clone(), artifacts: unit.artifacts.clone(), is_app: true };
        let libraries =
            units.values().filter(|other| !other.is_app && !unit.is_merged && other.root == unit.root);
        for library in libraries {
            let declared = library.manifests.iter().cloned();
            app.manifests.extend(declared.map(|declared| Declared { is_own: false, ..declared }));
            app.artifacts.extend(library.artifacts.iter().cloned());
        }
        apps.insert(name.clone(), app);
    }
    if apps.is_empty() {
        for (name, unit) in units.iter().filter(|(_, unit)| !unit.manifests.is_empty()) {
            let (manifests, artifacts) = (unit.manifests.clone(), unit.artifacts.clone());
            apps.insert(name.clone(), App { manifests, artifacts, is_app: false });
        }
    }
    apps
}

/// The build files, each by its module's folder.
fn modules(files: &mut Files) -> BTreeMap<String, Build> {
    let paths: Vec<String> = files.of(Kind::Gradle).map(str::to_owned).collect();
    let builds = paths.into_iter().filter_map(|path| {
        let mut build = files.read(&path, gradle::build)?;
        build.file.clone_from(&path);
        Some((files::parent(&path).to_owned(), build))
    });
    builds.collect()
}

/// The version catalogs, each by the folder whose `gradle` folder it is in.
fn catalogs(files: &mut Files) -> Vec<(String, Catalog)> {
    let paths: Vec<String> = files.of(Kind::Catalog).map(str::to_owned).collect();
    let catalogs = paths.into_iter().filter_map(|path| {
        let name = path.rsplit('/').next()?.strip_suffix(".versions.toml")?;
        let catalog = files.read(&path, |bytes| gradle::catalog(bytes, name))?;
        Some((files::parent(files::parent(&path)).to_owned(), catalog))
    });
    catalogs.collect()
}

fn artifacts(build: &Build, catalogs: &[(String, Catalog)], root: &str) -> Vec<Artifact> {
    let artifact = |name: &String, line: u32| Artifact { name: name.clone(), file: build.file.clone(), line };
    let direct = build.artifacts.iter().map(|(name, line)| artifact(name, *line));
    let of_root = |folder: &str| folder == root || files::is_in(root, folder);
    let by_catalog = build.accessors.iter().flat_map(|(accessor, line)| {
        let catalogs = catalogs.iter().filter(|(folder, _)| of_root(folder));
        catalogs.filter_map(|(_, catalog)| catalog.get(accessor)).flatten().map(|name| artifact(name, *line))
    });
    direct.chain(by_catalog).collect()
}

/// The source set that a module's manifest belongs to; none if it does not ship.
fn source_set<'a>(path: &'a str, module: &str) -> Option<&'a str> {
    let inside = path.get(module.len()..)?.trim_start_matches('/');
    let set = match inside.split('/').collect::<Vec<_>>().as_slice() {
        ["src", set, "AndroidManifest.xml"] => *set,
        _ => "main",
    };
    let lower = set.to_ascii_lowercase();
    let stays = lower.starts_with("test")
        || lower.ends_with("test")
        || lower.contains("androidtest")
        || lower.ends_with("debug");
    (!stays).then_some(if set == "androidMain" { "main" } else { set })
}

/// Features of what is neither a phone nor a tablet.
const ELSEWHERE: [&str; 3] =
    ["android.hardware.type.watch", "android.hardware.type.automotive", "android.software.leanback"];
