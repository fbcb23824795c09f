//! What an Expo app's configuration makes of its native apps, before `expo prebuild` writes them.

mod plugins;

use serde_json::Value as Json;

use self::plugins::{OTHERS, PLUGINS, Plugin, When};
use super::files::{self, Files, Kind};
use super::finding::Place;
use super::manifest::{Attribute, Entry, Tag};
use super::plist::{Node, Value};
use super::projects::{EXPO_PROGRAMS, Project};
use super::text;
use super::xcode::Key;

/// What the configuration says.
#[derive(Debug, Default)]
pub(crate) struct Expo {
    pub(crate) file: String,
    /// Permissions that are asked for, and those that are taken away.
    pub(crate) permissions: Vec<Entry>,
    /// Of Info.plist.
    pub(crate) keys: Vec<Key>,
    pub(crate) entitlements: Vec<Key>,
    /// The privacy manifest, as far as the app adds to what its libraries say.
    pub(crate) privacy: Option<Node>,
    /// What says more, and cannot be read.
    pub(crate) unread: Vec<Place>,
}

/// Reads the configuration of an Expo project; none if it is a program alone.
pub(crate) fn read(files: &Files, project: &Project) -> Option<Expo> {
    let inside = |name: &str| files::join(&project.folder, name);
    let config =
        ["app.config.json", "app.json"].into_iter().find_map(|name| Config::read(files, &inside(name)))?;
    let config = Config { json: config.json.get("expo").cloned().unwrap_or(config.json), ..config };
    let mut expo = Expo { file: config.file.clone(), ..Expo::default() };
    let programs = EXPO_PROGRAMS.iter().map(|name| inside(name)).filter(|path| files.contains(path));
    expo.unread.extend(programs.map(|path| Place::new(path, Some(1))));
    // Whatever lies there is a module that is built into the app.
    let is_native = |path: &&str| {
        matches!(Kind::of(path), Some(Kind::Manifest | Kind::Gradle | Kind::Project | Kind::Source))
    };
    expo.unread.extend(files.under(&project.folder).find(is_native).map(|path| Place::new(path, None)));
    let packages = packages(files, &project.folder, &mut expo.unread);
    let mut plugins = Vec::new();
    for (name, options) in config.plugins() {
        match PLUGINS.iter().find(|own| own.name == name) {
            Some(plugin) => plugins.push((plugin, options)),
            None if OTHERS.contains(&name) => {}
            None => expo.unread.push(config.place(name)),
        }
    }
    let automatic =
        PLUGINS.iter().filter(|own| own.is_automatic && packages.iter().any(|name| name == own.name));
    for plugin in automatic {
        if !plugins.iter().any(|(own, _)| own.name == plugin.name) {
            plugins.push((plugin, &Json::Null));
        }
    }
    expo.android(&config, &plugins);
    expo.apple(&config, &plugins);
    Some(expo)
}

/// What the app depends on, and what of it cannot be told.
fn packages(files: &Files, folder: &str, unread: &mut Vec<Place>) -> Vec<String> {
    let path = files::join(folder, "package.json");
    let Some(package) = Config::read(files, &path) else {
        unread.push(Place::new(path, None));
        return Vec::new();
    };
    let listed = package.json.get("dependencies").and_then(Json::as_object);
    let names: Vec<String> = listed.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let is_known = |name: &str| OTHERS.contains(&name) || PLUGINS.iter().any(|own| own.name == name);
    for name in names.iter().filter(|name| !is_known(name) && !is_plain(folder, name)) {
        unread.push(package.place(name));
    }
    names
}

/// Whether a package is there, and has no code but JavaScript.
fn is_plain(folder: &str, name: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(files::join(folder, &format!("node_modules/{name}"))) else {
        return false;
    };
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    !names.any(|name| {
        ["android", "ios", "app.plugin.js", "expo-module.config.json", "react-native.config.js"]
            .contains(&name.as_str())
            || name.ends_with(".podspec")
    })
}

/// A file as it is written.
struct Config {
    file: String,
    text: String,
    json: Json,
}

impl Config {
    fn read(files: &Files, path: &str) -> Option<Self> {
        let text = text::decode(&files.bytes(path).ok()?).ok()?;
        let json: Json = serde_json::from_str(&text).ok()?;
        Some(Self { file: path.to_owned(), text, json })
    }

    /// Where a name is written first.
    fn place(&self, name: &str) -> Place {
        let at = self.text.find(&format!("\"{name}\"")).unwrap_or(0);
        Place::new(self.file.clone(), Some(text::lines(&self.text.as_bytes()[..at])))
    }

    /// The plugins that are named, with their options.
    fn plugins(&self) -> impl Iterator<Item = (&str, &Json)> {
        let listed = self.json.get("plugins").and_then(Json::as_array).into_iter().flatten();
        listed.filter_map(|own| match own {
            Json::String(name) => Some((name.as_str(), &Json::Null)),
            Json::Array(both) => Some((both.first()?.as_str()?, both.get(1).unwrap_or(&Json::Null))),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => None,
        })
    }

    fn list(&self, path: &[&str]) -> Vec<&str> {
        let listed = self.get(path).and_then(Json::as_array).into_iter().flatten();
        listed.filter_map(Json::as_str).collect()
    }

    fn get(&self, path: &[&str]) -> Option<&Json> {
        path.iter().try_fold(&self.json, |json, key| json.get(key))
    }

    /// The members of a dictionary of a property list.
    fn keys(&self, path: &[&str]) -> Vec<Key> {
        let members = self.get(path).and_then(Json::as_object).into_iter().flatten();
        members.map(|(name, value)| self.key(name, value, name)).collect()
    }

    /// A key that stands where another name does.
    fn key(&self, name: &str, value: &Json, at: &str) -> Key {
        let line = self.place(at).line.unwrap_or(1);
        Key { file: self.file.clone(), name: name.to_owned(), node: node(value, line) }
    }
}

impl When {
    fn holds(self, options: &Json) -> bool {
        match self {
            Self::Always => true,
            Self::If(option) => options.get(option).and_then(Json::as_bool) == Some(true),
            Self::Unless(option) => options.get(option).and_then(Json::as_bool) != Some(false),
        }
    }
}

impl Expo {
    fn android(&mut self, config: &Config, plugins: &[(&Plugin, &Json)]) {
        let named = |name: &str| match name.contains('.') {
            true => name.to_owned(),
            false => format!("android.permission.{name}"),
        };
        let own = config.list(&["android", "permissions"]).into_iter().map(|name| (name, config.place(name)));
        let of_plugins = plugins.iter().flat_map(|(plugin, options)| {
            let all = plugin.permissions.iter().filter(|(_, when)| when.holds(options));
            all.map(|(name, _)| (*name, config.place(plugin.name)))
        });
        for (name, place) in own.chain(of_plugins) {
            let entry = Entry::new(Tag::Permission, named(name), place);
            if !self.permissions.iter().any(|known| known.key == entry.key) {
                self.permissions.push(entry);
            }
        }
        for name in config.list(&["android", "blockedPermissions"]) {
            let place = config.place(name);
            let mut blocked = Entry::new(Tag::Permission, named(name), place.clone());
            self.permissions.retain(|own| own.key != blocked.key);
            let (name, value) = ("node".to_owned(), "remove".to_owned());
            blocked.attributes.push(Attribute { is_tools: true, name, value, place });
            self.permissions.push(blocked);
        }
    }

    fn apple(&mut self, config: &Config, plugins: &[(&Plugin, &Json)]) {
        self.keys = config.keys(&["ios", "infoPlist"]);
        self.entitlements = config.keys(&["ios", "entitlements"]);
        // What is named first is written last.
        for (plugin, options) in plugins.iter().rev() {
            for (name, option, text) in plugin.texts {
                let said = options.get(option);
                if said == Some(&Json::Bool(false)) {
                    self.keys.retain(|own| own.name != *name);
                    continue;
                }
                let own = said.and_then(Json::as_str).filter(|own| !own.is_empty());
                let is_there = self.keys.iter().any(|key| key.name == *name && key.node.text() != Some(""));
                if own.is_some() || !is_there {
                    self.keys.retain(|key| key.name != *name);
                    let at = if own.is_some() { option } else { plugin.name };
                    self.keys.push(config.key(name, &Json::from(own.unwrap_or(text)), at));
                }
            }
            for (mode, when) in plugin.modes.iter().filter(|(_, when)| when.holds(options)) {
                let When::If(at) = when else { continue };
                let key = config.key("UIBackgroundModes", &Json::from(vec![*mode]), at);
                match self.keys.iter_mut().find(|own| own.name == key.name).map(|own| &mut own.node.value) {
                    Some(Value::Array(modes)) => modes.extend(key.node.elements().iter().cloned()),
                    _ => self.keys.push(key),
                }
            }
        }
        self.privacy = config.get(&["ios", "privacyManifests"]).map(|own| {
            let line = config.place("privacyManifests").line.unwrap_or(1);
            let mut members = config.keys(&["ios", "privacyManifests"]);
            // What Expo writes where the app says nothing.
            for (name, value) in [
                ("NSPrivacyTracking", Json::Bool(false)),
                ("NSPrivacyTrackingDomains", Json::from(Vec::<Json>::new())),
                ("NSPrivacyCollectedDataTypes", Json::from(Vec::<Json>::new())),
                ("NSPrivacyAccessedAPITypes", Json::from(Vec::<Json>::new())),
            ] {
                if own.get(name).is_none() {
                    members.push(config.key(name, &value, "privacyManifests"));
                }
            }
            let members = members.into_iter().map(|own| (own.name, own.node)).collect();
            Node { line, value: Value::Dictionary(members) }
        });
    }
}

/// A value of a property list; what stands in it stands on its line.
fn node(json: &Json, line: u32) -> Node {
    let value = match json {
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(own) => Value::Boolean(*own),
        Json::Array(all) => Value::Array(all.iter().map(|own| node(own, line)).collect()),
        Json::Object(members) => {
            Value::Dictionary(members.iter().map(|(key, own)| (key.clone(), node(own, line))).collect())
        }
        Json::Null | Json::Number(_) => Value::Other("a number"),
    };
    Node { line, value }
}
