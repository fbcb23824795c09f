//! Which of a host's files are looked at, and their bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::archive;
use super::broken::{Broken, Result};
use super::code::Language;
use super::macho::Program;
use super::projects;

/// More than any project has; a folder of more is not one project.
const ENTRIES: usize = 2_000_000;

/// What other programs made or fetched: not the host's own declarations.
const PASSED_OVER: [&str; 7] =
    ["node_modules", "Carthage", "DerivedData", "SourcePackages", "target", "xcuserdata", "__MACOSX"];

/// Where CocoaPods puts what it fetched: of that the privacy manifests count, since they ship.
pub(crate) const PODS: &str = "Pods";

/// What a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Manifest,
    Gradle,
    GradleSettings,
    /// A script that build files apply, by its path or as a plugin of its name.
    GradleScript,
    /// A class that may be a plugin of the build's own.
    GradleClass,
    Catalog,
    /// Any property list: which of them describes an app, its project says, or else its name.
    PropertyList,
    Privacy,
    Entitlements,
    Project,
    Configuration,
    Strings,
    Catalogue,
    /// Any other file of one language, or of all.
    Localized,
    /// Swift, Objective-C, C.
    Source,
    /// What a built app runs.
    Program,
    /// Who may sign it, and what for.
    Profile,
    Archive,
    /// A file by which a framework's project is known.
    Marker,
    /// A part of a project file that another one includes.
    Included,
    /// .NET's sources, whose attributes add to a manifest.
    CSharp,
}

impl Kind {
    pub(crate) fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        Some(match (name, extension) {
            ("AndroidManifest.xml", _) => Self::Manifest,
            ("build.gradle" | "build.gradle.kts", _) => Self::Gradle,
            ("settings.gradle" | "settings.gradle.kts", _) => Self::GradleSettings,
            _ if name.ends_with(".gradle") || name.ends_with(".gradle.kts") => Self::GradleScript,
            (_, "cs") => Self::CSharp,
            (_, "kt" | "groovy") if name.contains("Plugin.") => Self::GradleClass,
            ("project.pbxproj", _) if parent(path).ends_with(".xcodeproj") => Self::Project,
            _ if projects::is_marker(name) => Self::Marker,
            (_, "yml" | "yaml") => Self::Included,
            (_, "toml") if name.ends_with(".versions.toml") => Self::Catalog,
            (_, "strings") if name.ends_with("InfoPlist.strings") => Self::Strings,
            (_, "xcstrings") if name.ends_with("InfoPlist.xcstrings") => Self::Catalogue,
            (_, "plist") => Self::PropertyList,
            (_, "xcprivacy") => Self::Privacy,
            (_, "entitlements") => Self::Entitlements,
            (_, "xcconfig") => Self::Configuration,
            (_, "xcstrings") => Self::Localized,
            (_, "strings" | "stringsdict" | "storyboard" | "xib") if parent(path).ends_with(".lproj") => {
                Self::Localized
            }
            (_, "mobileprovision") => Self::Profile,
            (_, "") if is_of_bundle(parent(path)) => Self::Program,
            _ if Language::of(path).is_some() => Self::Source,
            (_, "apk" | "aab" | "aar" | "ipa") => Self::Archive,
            _ => return None,
        })
    }
}

/// A host's files, by path. Paths have `/` and no `.` or `..` in them; in an archive they go on after `!/`.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: BTreeMap<String, Content>,
    /// What cannot be read, and why.
    pub(crate) broken: Vec<(String, Broken)>,
    /// Paths that were named one by one.
    named: Vec<String>,
    /// Whether a folder was: what is not in it is missing.
    pub(crate) has_folder: bool,
    /// Those that were.
    folders: Vec<PathBuf>,
}

#[derive(Debug)]
enum Content {
    On(PathBuf),
    Unpacked(Vec<u8>),
    /// A program is long, and little of it counts.
    Program(Option<Box<Program>>),
}

impl Files {
    /// Everything that a path leads to: a file, or a folder and what is in it. Links are not followed.
    pub(crate) fn add(&mut self, path: &Path) -> Result<()> {
        let root = path.metadata().map_err(|error| Broken::unopened(&error))?;
        if root.is_file() {
            let name = shown(path);
            let kind = Kind::of(&name).or_else(|| name.ends_with(".xml").then_some(Kind::Manifest));
            let kind = kind.ok_or_else(|| Broken::whole(UNKNOWN))?;
            self.named.push(name.clone());
            self.insert(name, path, kind);
            return Ok(());
        }
        self.has_folder = true;
        self.folders.push(path.to_owned());
        // The root itself may be a link, or have a name that is passed over.
        let walk = WalkDir::new(path).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry));
        for (count, entry) in walk.enumerate() {
            if count > ENTRIES {
                return Err(Broken::whole(format!("a folder of more than {ENTRIES} files")));
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let at = error.path().map_or_else(|| shown(path), shown);
                    let why = error.io_error().map_or_else(|| error.to_string(), crate::unopened);
                    self.broken.push((at, Broken::whole(why)));
                    continue;
                }
            };
            let name = shown(entry.path());
            if entry.file_type().is_file() {
                let kind =
                    Kind::of(&name).filter(|kind| *kind == Kind::Privacy || !is_of_pods(path, entry.path()));
                kind.into_iter().for_each(|kind| self.insert(name.clone(), entry.path(), kind));
            }
        }
        Ok(())
    }

    /// Makes sure of a file that another one names, whatever it is called; links are not followed here either.
    pub(crate) fn reach(&mut self, name: &str) -> bool {
        // It lies where it says, in a folder that was asked for.
        let is_inside = |root: &PathBuf| {
            let relative = Path::new(name).strip_prefix(shown(root));
            let real = relative.ok().and_then(|own| Some((own, root.canonicalize().ok()?)));
            real.is_some_and(|(own, root)| {
                Path::new(name).canonicalize().is_ok_and(|path| path == root.join(own))
            })
        };
        if !self.contains(name) && self.folders.iter().any(is_inside) && Path::new(name).is_file() {
            self.files.insert(name.to_owned(), Content::On(PathBuf::from(name)));
        }
        self.contains(name)
    }

    fn insert(&mut self, name: String, path: &Path, kind: Kind) {
        if kind != Kind::Archive {
            self.files.insert(name, Content::On(path.to_owned()));
            return;
        }
        let opened = File::open(path).map_err(|error| Broken::unopened(&error));
        let take = |entry: &str, bytes: Vec<u8>| self.unpacked(format!("{name}!/{entry}"), bytes);
        let read = opened.and_then(|file| archive::read(std::io::BufReader::new(file), is_wanted, take));
        if let Err(broken) = read {
            self.broken.push((name, broken));
        }
    }

    /// A file that is not on the disk.
    pub(crate) fn unpacked(&mut self, name: String, bytes: Vec<u8>) {
        let content = match Kind::of(&name) {
            Some(Kind::Program) => Content::Program(Program::read(&bytes).map(Box::new)),
            // That there is one says which languages the app has.
            Some(Kind::Localized) => Content::Unpacked(Vec::new()),
            _ => Content::Unpacked(bytes),
        };
        self.files.insert(name, content);
    }

    /// The paths in a folder, however deep.
    pub(crate) fn under(&self, folder: &str) -> impl Iterator<Item = &str> {
        let first = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let all = self.files.range(first.clone()..).map(|(path, _)| path.as_str());
        all.take_while(move |path| path.starts_with(&first))
    }

    /// A built program; none if it is not there or none that can be read.
    pub(crate) fn program(&self, path: &str) -> Option<Program> {
        match self.files.get(path)? {
            Content::Program(program) => program.as_deref().cloned(),
            Content::Unpacked(bytes) => Program::read(bytes),
            Content::On(path) => Program::read(&read(path, archive::PROGRAM).ok()?),
        }
    }

    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(move |path| {
            // A manifest that was named one by one may have any name.
            Kind::of(path).unwrap_or(Kind::Manifest) == kind
        })
    }

    pub(crate) fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub(crate) fn is_named(&self, path: &str) -> bool {
        self.named.iter().any(|named| named == path)
    }

    pub(crate) fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        match self.files.get(path) {
            Some(Content::Unpacked(bytes)) => Ok(bytes.clone()),
            Some(Content::On(path)) => read(path, archive::FILE),
            Some(Content::Program(_)) | None => Err(Broken::whole("not there")),
        }
    }

    /// Reads one file; what cannot be read is kept, once, and gives nothing.
    pub(crate) fn read<T>(&mut self, path: &str, parse: impl FnOnce(&[u8]) -> Result<T>) -> Option<T> {
        match self.bytes(path).and_then(|bytes| parse(&bytes)) {
            Ok(read) => Some(read),
            Err(broken) => {
                if !self.broken.iter().any(|(known, _)| known == path) {
                    self.broken.push((path.to_owned(), broken));
                }
                None
            }
        }
    }
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Broken::unopened(&error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() as u64 > limit {
        true => Err(archive::too_long("the file", limit)),
        false => Ok(bytes),
    }
}

/// What is said of a file of another kind.
const UNKNOWN: &str = "not a file that can be checked: AndroidManifest.xml, .apk, .aab, .aar, Info.plist, .ipa, PrivacyInfo.xcprivacy, \
     .entitlements, project.pbxproj, .xcconfig, InfoPlist.strings, or a folder with them";

/// The names of an entry's folders and its own, from the folder that was asked for on.
fn names(entry: &DirEntry) -> Vec<String> {
    let names: Vec<String> = entry.path().iter().map(|name| name.to_string_lossy().into_owned()).collect();
    names[names.len().saturating_sub(entry.depth())..].to_vec()
}

fn is_passed_over(entry: &DirEntry) -> bool {
    let names = names(entry);
    let name = names.last().map_or("", String::as_str);
    match within_build(&names) {
        // Of what Gradle made, the merged manifests; Flutter makes them a folder deeper.
        Some(made) if entry.file_type().is_dir() => match made.as_slice() {
            [] | ["intermediates"] | [_, "intermediates"] => false,
            [module] => module.starts_with('.') || !entry.path().join("intermediates").is_dir(),
            ["intermediates", kind, ..] | [_, "intermediates", kind, ..] => !kind.starts_with(MERGED),
            _ => true,
        },
        Some(made) => !made.iter().any(|part| part.starts_with(MERGED)),
        None => entry.file_type().is_dir() && (PASSED_OVER.contains(&name) || name.starts_with('.')),
    }
}

/// Where Gradle puts the manifests that it merged, in each of its versions.
const MERGED: &str = "merged_manifest";

/// The names that come after a folder for what was built.
fn within_build(names: &[String]) -> Option<Vec<&str>> {
    let at = names.iter().position(|name| name == "build")?;
    Some(names[at + 1..].iter().map(String::as_str).collect())
}

/// Whether a path below a root lies in what CocoaPods fetched.
fn is_of_pods(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().any(|part| part.as_os_str() == PODS)
}

/// A folder that holds a program.
pub(crate) fn is_of_bundle(folder: &str) -> bool {
    [".app", ".appex", ".framework"].iter().any(|end| folder.ends_with(end))
}

/// What counts in an archive: an app itself, and of an app for Apple's systems what is packed into it.
fn is_wanted(entry: &str) -> bool {
    match entry.split('/').collect::<Vec<_>>().as_slice() {
        ["AndroidManifest.xml"] | ["base", "manifest", "AndroidManifest.xml"] => true,
        ["Payload", app, .., _] if app.ends_with(".app") => match Kind::of(entry) {
            Some(Kind::Privacy | Kind::Strings | Kind::Localized | Kind::Program) => true,
            Some(Kind::Profile | Kind::PropertyList) => is_of_bundle(parent(entry)),
            _ => false,
        },
        _ => false,
    }
}

/// As printed and as compared.
fn shown(path: &Path) -> String {
    normal(&path.to_string_lossy())
}

/// A path without `.` and, where that is possible, without `..`.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// The folder that a path is in; empty at the top.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// A path from a folder on.
pub(crate) fn join(folder: &str, path: &str) -> String {
    match folder.is_empty() || path.starts_with('/') {
        true => normal(path),
        false => normal(&format!("{folder}/{path}")),
    }
}

/// Whether a path lies in a folder.
pub(crate) fn is_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
