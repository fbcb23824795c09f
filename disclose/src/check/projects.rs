//! Projects of frameworks that make the native apps: each known by its files, with the command that makes what can be checked.

use std::path::Path;

use super::broken::Result;
use super::files::{self, Files, Kind};
use super::xml::{self, Doctype};
use super::{android, text};

/// A project whose native apps a framework makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Project {
    pub(crate) framework: &'static Framework,
    pub(crate) folder: String,
    /// The file that it is known by.
    pub(crate) file: String,
    /// The platforms that it is for.
    pub(crate) android: bool,
    pub(crate) apple: bool,
}

/// What is said of a framework.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Framework {
    /// As a finding calls such a project.
    pub(crate) name: &'static str,
    /// What makes the native projects, or the app.
    pub(crate) command: &'static str,
    makes: Makes,
}

/// What must be there for an app to be seen.
#[derive(Debug, PartialEq, Eq)]
enum Makes {
    /// An app for each platform that the project is for.
    Each,
    /// An app for one of them: the others may not be wanted.
    Any,
    /// An Xcode project beside it, whatever else lies about.
    Xcode,
    /// Nothing that lies in the sources: the build adds permissions to the manifest that is there.
    Nothing,
    /// Xcode projects somewhere in it.
    Workspace,
}

const fn framework(name: &'static str, command: &'static str, makes: Makes) -> Framework {
    Framework { name, command, makes }
}

static EXPO: Framework = framework("an Expo app", "npx expo prebuild", Makes::Each);
static REACT_NATIVE: Framework =
    framework("a React Native app", "npx @react-native-community/cli init", Makes::Any);
static CAPACITOR: Framework =
    framework("a Capacitor app", "npx cap add android && npx cap add ios && npx cap sync", Makes::Any);
static CORDOVA: Framework = framework("a Cordova app", "cordova prepare", Makes::Each);
static NATIVESCRIPT: Framework =
    framework("a NativeScript app", "ns prepare android && ns prepare ios", Makes::Each);
static FLUTTER: Framework = framework("a Flutter app", "flutter create .", Makes::Any);
static TUIST: Framework = framework("a Tuist project", "tuist generate", Makes::Workspace);
static XCODEGEN: Framework = framework("an XcodeGen project", "xcodegen generate", Makes::Xcode);
static DOTNET: Framework = framework("a .NET app", "dotnet publish", Makes::Each);
static UNITY: Framework =
    framework("a Unity project", "Unity -batchmode -quit -buildTarget Android", Makes::Any);
static GODOT: Framework = framework("a Godot project", "godot --headless --export-release", Makes::Any);
static UNREAL: Framework = framework("an Unreal project", "RunUAT BuildCookRun", Makes::Any);
static TAURI: Framework =
    framework("a Tauri app", "cargo tauri android init && cargo tauri ios init", Makes::Any);
static TITANIUM: Framework = framework("a Titanium app", "ti build", Makes::Any);
static KIVY: Framework = framework("a Kivy app", "buildozer android debug", Makes::Any);
static PLAYGROUND: Framework = framework("an app as a Swift package", "xcodebuild build", Makes::Any);
static AMPER: Framework = framework("an Amper app", "./amper build", Makes::Any);
static QT: Framework = framework("a Qt app", "androiddeployqt", Makes::Nothing);
static BAZEL: Framework = framework("a Bazel project", "bazel build", Makes::Any);

/// Configurations of Expo's that are programs.
pub(crate) const EXPO_PROGRAMS: [&str; 6] = [
    "app.config.js",
    "app.config.ts",
    "app.config.mjs",
    "app.config.cjs",
    "app.config.mts",
    "app.config.cts",
];

/// Whether a framework's project may be known by a file of this name.
pub(crate) fn is_marker(name: &str) -> bool {
    const NAMES: [&str; 25] = [
        "module.yaml",
        "CMakeLists.txt",
        "ionic.config.json",
        "package.json",
        "app.json",
        "app.config.json",
        "config.xml",
        "capacitor.config.json",
        "capacitor.config.ts",
        "capacitor.config.js",
        "nativescript.config.ts",
        "pubspec.yaml",
        "Project.swift",
        "Workspace.swift",
        "project.yml",
        "project.yaml",
        "ProjectVersion.txt",
        "export_presets.cfg",
        "tauri.conf.json",
        "tiapp.xml",
        "buildozer.spec",
        "Package.swift",
        "MODULE.bazel",
        "WORKSPACE",
        "WORKSPACE.bazel",
    ];
    NAMES.contains(&name)
        || EXPO_PROGRAMS.contains(&name)
        || [".csproj", ".uproject", ".pro"].iter().any(|end| name.ends_with(end))
}

/// The projects among the files, each once.
pub(crate) fn all(files: &Files) -> Vec<Project> {
    let mut projects: Vec<Project> = Vec::new();
    for path in files.of(Kind::Marker) {
        let Some(project) = files.bytes(path).and_then(|bytes| of(files, path, &bytes)).ok().flatten() else {
            continue;
        };
        let is_known = |own: &Project| own.framework == project.framework && own.folder == project.folder;
        if !projects.iter().any(is_known) {
            projects.push(project);
        }
    }
    // A workspace speaks for the projects in it.
    let folders: Vec<String> = projects
        .iter()
        .filter(|own| own.framework.makes == Makes::Workspace)
        .map(|own| own.folder.clone())
        .collect();
    projects.retain(|own| {
        own.framework.makes != Makes::Workspace
            || !folders.iter().any(|other| *other != own.folder && files::is_in(&own.folder, other))
    });
    // What is built on another framework has its files too.
    let is_expo = |folder: &str| projects.iter().any(|own| own.framework == &EXPO && own.folder == folder);
    let expos: Vec<String> =
        projects.iter().map(|own| own.folder.clone()).filter(|own| is_expo(own)).collect();
    projects.retain(|own| own.framework != &REACT_NATIVE || !expos.contains(&own.folder));
    projects
}

fn of(files: &Files, path: &str, bytes: &[u8]) -> Result<Option<Project>> {
    let text = text::decode(bytes)?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = files::parent(path);
    let json = || serde_json::from_str::<serde_json::Value>(&text).ok();
    let project = |framework: &'static Framework, android: bool, apple: bool| Project {
        framework,
        folder: folder.to_owned(),
        file: path.to_owned(),
        android,
        apple,
    };
    let both = |framework| Some(project(framework, true, true));
    Ok(match name {
        "package.json" => json().and_then(|json| by_package(&json)).and_then(both),
        "app.json" | "app.config.json" => json().and_then(|json| {
            let expo = json.get("expo").or(Some(&json).filter(|_| name == "app.config.json"))?;
            let listed = expo.get("platforms").and_then(serde_json::Value::as_array).cloned();
            let is_for = |name: &str| listed.as_ref().is_none_or(|all| all.iter().any(|own| own == name));
            Some(project(&EXPO, is_for("android"), is_for("ios")))
        }),
        _ if name.starts_with("app.config.") && text.contains("expo") => both(&EXPO),
        "config.xml" => cordova(bytes).map(|(android, apple)| project(&CORDOVA, android, apple)),
        "capacitor.config.json" | "capacitor.config.ts" | "capacitor.config.js" => both(&CAPACITOR),
        "ionic.config.json" => both(if text.contains("cordova") { &CORDOVA } else { &CAPACITOR }),
        "nativescript.config.ts" => both(&NATIVESCRIPT),
        "pubspec.yaml" if is_flutter_app(&text, folder) => {
            // One that has been made for the web or for desktops only is for them.
            let others = ["linux", "macos", "web", "windows"];
            let is_elsewhere = others.iter().any(|own| Path::new(&files::join(folder, own)).is_dir());
            Some(project(&FLUTTER, !is_elsewhere, !is_elsewhere))
        }
        "Project.swift" | "Workspace.swift" if text.contains("import ProjectDescription") => {
            Some(project(&TUIST, false, true))
        }
        "project.yml" | "project.yaml" if is_xcodegen(&text) => Some(project(&XCODEGEN, false, true)),
        "ProjectVersion.txt" if text.contains("m_EditorVersion") => {
            Some(Project { folder: files::parent(folder).to_owned(), ..project(&UNITY, true, true) })
        }
        "export_presets.cfg" if text.contains("\"Android\"") || text.contains("\"iOS\"") => both(&GODOT),
        // Most of them are for desktops.
        "tauri.conf.json" => Some(project(&TAURI, false, false)),
        "tiapp.xml" => both(&TITANIUM),
        "buildozer.spec" => Some(project(&KIVY, true, false)),
        "Package.swift" if text.contains(".iOSApplication(") => Some(project(&PLAYGROUND, false, true)),
        "MODULE.bazel" | "WORKSPACE" | "WORKSPACE.bazel" => Some(project(&BAZEL, false, false)),
        "module.yaml" if text.contains("android/app") => Some(project(&AMPER, true, false)),
        "module.yaml" if text.contains("ios/app") => Some(project(&AMPER, false, true)),
        // Of Qt's projects those that name a folder for Android.
        _ if name.ends_with(".pro") || name == "CMakeLists.txt" => {
            text.contains("ANDROID_PACKAGE_SOURCE_DIR").then(|| project(&QT, true, false))
        }
        _ if name.ends_with(".uproject") => both(&UNREAL),
        _ if name.ends_with(".csproj") => {
            let own = android::dotnet::project(files, path, &text);
            own.filter(|own| own.is_app).map(|own| project(&DOTNET, own.android, own.apple))
        }
        _ => None,
    })
}

/// By what a JavaScript project depends on.
fn by_package(json: &serde_json::Value) -> Option<&'static Framework> {
    let depends = |name: &str| {
        let lists = ["dependencies", "devDependencies"];
        lists.iter().any(|list| json.get(list).is_some_and(|own| own.get(name).is_some()))
    };
    // A library for others names them too, and has what it is built from.
    let is_library = json.get("peerDependencies").is_some_and(|own| own.get("react-native").is_some());
    if is_library {
        return None;
    }
    if depends("expo") {
        Some(&EXPO)
    } else if depends("@capacitor/core") {
        Some(&CAPACITOR)
    } else if json.get("cordova").is_some() || depends("cordova-android") || depends("cordova-ios") {
        Some(&CORDOVA)
    } else if depends("@nativescript/core") {
        Some(&NATIVESCRIPT)
    } else if depends("react-native") {
        Some(&REACT_NATIVE)
    } else {
        None
    }
}

/// The platforms of a Cordova project, by its `config.xml`.
fn cordova(bytes: &[u8]) -> Option<(bool, bool)> {
    let root = xml::parse(bytes, Doctype::Refused).ok().filter(|root| root.name == "widget")?;
    let named = root.children.iter().filter(|own| own.name == "platform" || own.name == "engine");
    let named: Vec<&str> = named.filter_map(|own| own.attribute("", "name")).collect();
    let is_for = |name: &str| named.is_empty() || named.contains(&name);
    Some((is_for("android"), is_for("ios")))
}

/// A Flutter project that a person can start; packages have no `main`.
fn is_flutter_app(pubspec: &str, folder: &str) -> bool {
    let uses = pubspec.lines().any(|line| line.trim() == "sdk: flutter");
    let sources = std::fs::read_dir(files::join(folder, "lib"));
    let names =
        sources.into_iter().flatten().flatten().map(|own| own.file_name().to_string_lossy().into_owned());
    uses && names.into_iter().any(|name| name.starts_with("main") && name.ends_with(".dart"))
}

/// By the keys at the top of its YAML.
fn is_xcodegen(text: &str) -> bool {
    let has =
        |key: &str| text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let is_one = |keys: &[&str]| keys.iter().any(|key| has(key));
    is_one(&["targets", "include"]) && is_one(&["name", "options", "packages", "configs", "settings"])
}

impl Project {
    /// Whether Expo makes it.
    pub(crate) fn is_expo(&self) -> bool {
        self.framework == &EXPO
    }

    /// Whether XcodeGen makes it.
    pub(crate) fn is_xcodegen(&self) -> bool {
        self.framework == &XCODEGEN
    }

    /// Whether an app is there already, by the folders of those that were found, and the project files that were read as they are.
    pub(crate) fn is_seen(&self, files: &Files, android: &[&str], apple: &[&str], read: &[String]) -> bool {
        let inside = |path: &&str| *path == self.folder || files::is_in(path, &self.folder);
        let has_android = android.iter().any(inside);
        let has_apple = apple.iter().any(inside);
        match self.framework.makes {
            Makes::Each => (!self.android || has_android) && (!self.apple || has_apple),
            Makes::Any => has_android || has_apple || !(self.android || self.apple),
            Makes::Xcode => {
                let mut folders = files.of(Kind::Project).map(|path| files::parent(files::parent(path)));
                folders.any(|own| own == self.folder) || read.contains(&self.file)
            }
            Makes::Nothing => false,
            Makes::Workspace => files.of(Kind::Project).any(|path| files::is_in(path, &self.folder)),
        }
    }

    /// What is not there.
    pub(crate) fn lacking(&self, android: &[&str], apple: &[&str]) -> &'static str {
        let inside = |path: &&str| *path == self.folder || files::is_in(path, &self.folder);
        let has_android = !self.android || android.iter().any(inside);
        let has_apple = !self.apple || apple.iter().any(inside);
        match (&self.framework.makes, has_android, has_apple) {
            (Makes::Xcode | Makes::Workspace, _, _) => "Xcode project is",
            (Makes::Nothing, _, _) => "whole Android manifest is",
            (Makes::Each | Makes::Any, true, false) => "Info.plist is",
            (Makes::Each | Makes::Any, false, true) => "Android manifest is",
            (Makes::Each | Makes::Any, true, true) => "app is",
            (Makes::Each | Makes::Any, false, false) => "Android manifest and Info.plist are",
        }
    }
}
