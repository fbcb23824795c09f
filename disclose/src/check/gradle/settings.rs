//! What a build consists of: `settings.gradle` names its modules.

use std::collections::BTreeMap;

use super::syntax::{self, Statement, Token};
use crate::check::broken::Result;
use crate::check::{files, text};

/// Deeper than any module is in others.
const DEPTH: usize = 32;

/// The modules of a build.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Each module's path in the build, such as `:core:data`, with its folder from the build's own.
    pub(crate) modules: BTreeMap<String, String>,
    /// Whether others are named by a variable or in a loop.
    pub(crate) has_unread: bool,
}

pub(crate) fn settings(bytes: &[u8]) -> Result<Settings> {
    let text = text::decode(bytes)?;
    let mut settings = Settings::default();
    let mut moved = BTreeMap::new();
    for statement in syntax::parse(&text) {
        settings.read(&statement, &mut moved);
    }
    let paths: Vec<String> = settings.modules.keys().cloned().collect();
    for path in paths {
        let folder = folder(&path, &moved);
        settings.modules.insert(path, folder);
    }
    Ok(settings)
}

impl Settings {
    fn read(&mut self, statement: &Statement, moved: &mut BTreeMap<String, String>) {
        let name = statement.name();
        if name == "include" {
            let texts: Vec<&str> = statement.texts().collect();
            let is_plain = |text: &&&str| !text.contains('$') && !text.is_empty();
            self.has_unread |= texts.is_empty() || texts.iter().filter(is_plain).count() < texts.len();
            for text in texts.iter().filter(is_plain) {
                if text.matches(':').count() > DEPTH {
                    continue;
                }
                // A module brings those that it is in.
                let mut path = String::new();
                for part in text.split(':').filter(|part| !part.is_empty()) {
                    path = format!("{path}:{part}");
                    self.modules.insert(path.clone(), String::new());
                }
            }
        }
        let says = statement
            .tokens
            .iter()
            .any(|own| matches!(own, Token::Word(word) if word.ends_with("projectDir")));
        if name == "project" && says {
            let texts: Vec<&str> = statement.texts().collect();
            if let [path, .., folder] = texts.as_slice() {
                moved.insert(format!(":{}", path.trim_start_matches(':')), (*folder).to_owned());
            }
        }
        for inner in &statement.block {
            self.read(inner, moved);
        }
    }
}

/// Where a module is: where it was moved to, or in its parent's folder.
fn folder(path: &str, moved: &BTreeMap<String, String>) -> String {
    if let Some(moved) = moved.get(path) {
        return files::normal(moved);
    }
    match path.rsplit_once(':') {
        Some((parent, name)) if !parent.is_empty() => files::join(&folder(parent, moved), name),
        Some((_, name)) => name.to_owned(),
        None => path.to_owned(),
    }
}

impl Settings {
    /// The folders of the modules by every name that a dependency may call them.
    pub(crate) fn names(&self) -> impl Iterator<Item = (String, &str)> {
        self.modules.iter().flat_map(|(path, folder)| {
            let [by_path, by_accessor] = names(path);
            [(by_path, folder.as_str()), (by_accessor, folder.as_str())]
        })
    }
}

/// A module's path without what may be left out, and its accessor, such as `projects.core.data`.
pub(crate) fn names(path: &str) -> [String; 2] {
    let path = path.trim_start_matches(':');
    [path.to_owned(), plain(&format!("projects.{}", path.replace(':', ".")))]
}

/// What a dependency may mean by a reference, the likeliest first.
pub(crate) fn references(reference: &str) -> Vec<String> {
    let Some(accessor) = reference.strip_prefix("projects.") else {
        return vec![reference.trim_start_matches(':').to_owned()];
    };
    let accessor = accessor.trim_end_matches(".dependencyProject");
    // The root project's own name may stand before it.
    let after_root = accessor.split_once('.').map(|(_, rest)| rest);
    [Some(accessor), after_root].into_iter().flatten().map(|own| plain(&format!("projects.{own}"))).collect()
}

fn plain(text: &str) -> String {
    text.replace(['-', '_'], "").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_where_they_are() {
        let text = "rootProject.name = 'x'\ninclude ':app', 'core:data'\ninclude(\n \":ui\"\n)\nproject(':ui').projectDir = new File(settingsDir, '../shared/ui')\n";
        let read = settings(text.as_bytes()).unwrap();
        let modules: Vec<_> = read.modules.iter().map(|(path, folder)| format!("{path}={folder}")).collect();
        assert_eq!(modules, [":app=app", ":core=core", ":core:data=core/data", ":ui=../shared/ui"]);
        assert!(!read.has_unread);
        assert!(settings(b"listOf(\"a\").forEach { include(it) }").unwrap().has_unread);
    }

    #[test]
    fn references_by_path_and_by_accessor() {
        for (reference, path, same) in [
            (":core:data", ":core:data", true),
            ("core:data", ":core:data", true),
            ("projects.core.dataStore", ":core:data-store", true),
            ("projects.myApp.core.data", ":core:data", true),
            ("projects.core", ":core:data", false),
            (":data", ":core:data", false),
        ] {
            let names = names(path);
            let is_same = references(reference).iter().any(|own| names.contains(own));
            assert_eq!(is_same, same, "{reference} {path}");
        }
    }
}
