//! What the app says to people when it asks them, in each of its languages.

use std::collections::{BTreeMap, BTreeSet};

use super::bundle::{Bundle, Key, keys};
use super::keys::usage;
use super::needed::Needed;
use crate::check::files::Files;
use crate::check::finding::{CheckRule, Finding, Level, Place};
use crate::check::plist::{self, Node, Value};
use crate::check::xcstrings;

/// As many languages, and their files, as a person reads; of more the number is said.
const LISTED: usize = 10;

/// Texts by their key, and then by their language.
type Texts = BTreeMap<String, BTreeMap<String, Key>>;

impl Bundle {
    /// Texts that are empty, that nobody edited, and that are not there in one of the languages.
    pub(super) fn texts(&self, files: &mut Files, needed: &Needed, findings: &mut Vec<Finding>) {
        let mut languages: BTreeSet<String> = self.languages.iter().cloned().collect();
        let mut texts = Texts::new();
        for path in &self.texts {
            match is_catalogue(path) {
                true => catalogue(files, path, &mut languages, &mut texts),
                false => strings(files, path, &mut texts),
            }
        }
        for key in texts.values().flat_map(BTreeMap::values) {
            findings.extend(usage(key));
        }
        for key in self.builds.iter().flat_map(|build| &build.keys) {
            if key.name.ends_with("UsageDescription") {
                let own = texts.entry(key.name.clone()).or_default();
                own.entry(self.language.clone()).or_insert_with(|| key.clone());
                languages.insert(self.language.clone());
            }
        }
        self.unedited(&texts, findings);
        // People see a text only if Info.plist has its key.
        let is_shown =
            |name: &str| self.builds.iter().any(|build| !build.has_info || build.key(name).is_some());
        for (name, texts) in texts.iter().filter(|(name, _)| is_shown(name)) {
            findings.extend(self.untranslated(name, texts, &languages, needed));
        }
    }

    /// The starts that `disclose` gives, as they are.
    fn unedited(&self, texts: &Texts, findings: &mut Vec<Finding>) {
        let starts = Needed::ever().usages;
        for (name, texts) in texts {
            let is_start = |key: &&Key| {
                let text = key.node.text().unwrap_or_default().trim();
                starts.iter().any(|(_, own)| own.key == name && (own.en == text || own.zh == text))
            };
            let built = self.builds.iter().filter_map(|build| build.key(name));
            let mut places: Vec<Place> = Vec::new();
            for key in built.chain(texts.values()).filter(is_start) {
                if !places.contains(&key.place()) {
                    places.push(key.place());
                }
            }
            let mut places = places.into_iter();
            let Some(place) = places.next() else { continue };
            let mut finding = Finding::at(
                place,
                CheckRule::AppleUneditedText,
                Level::Note,
                format!(
                    "{name} is the text that `scruple disclose` writes as a start, and nobody has edited it"
                ),
                "Say in the app's own words what it needs it for; a reviewer refuses a text that names no use.",
            );
            finding.also = places.collect();
            findings.push(finding);
        }
    }

    /// A text that is not there in every language.
    fn untranslated(
        &self,
        name: &str,
        texts: &BTreeMap<String, Key>,
        languages: &BTreeSet<String>,
        needed: &Needed,
    ) -> Option<Finding> {
        let has = |language: &str| texts.keys().any(|own| is_of(language, own));
        let missing: Vec<&str> =
            languages.iter().map(String::as_str).filter(|language| !has(language)).collect();
        // Who reads another language sees the text of Info.plist.
        let first = texts.get(&self.language).or(texts.values().next())?;
        if missing.is_empty() {
            return None;
        }
        let in_file = |language: &str| {
            let folder = format!("{language}.lproj");
            self.texts.iter().find(|path| path.rsplit('/').nth(1) == Some(&folder))
        };
        let places = missing.iter().filter_map(|language| in_file(language));
        let mut places = places.map(|path| Place::new(path.clone(), None));
        let place = places.next().unwrap_or_else(|| first.place());
        // The store takes it, and who asks for it in the policy has to be understood.
        let is_asked = needed.usages.iter().any(|(_, own)| own.key == name);
        let listed = match missing.len() {
            0..=LISTED => missing.join(", "),
            all => format!("{} and {} more languages", missing[..LISTED].join(", "), all - LISTED),
        };
        let mut finding = Finding::at(
            place,
            CheckRule::AppleMissingTranslation,
            if is_asked { Level::Warning } else { Level::Note },
            format!("{name} has no text in {listed}, which the app has otherwise"),
            "Add it to the InfoPlist.strings or the InfoPlist.xcstrings of each language.",
        );
        finding.also = places.take(LISTED - 1).collect();
        Some(finding)
    }
}

/// Whether who reads a language is served by a text in another: a region's is served by the language's own, and the other way
/// round only where the name is the same.
fn is_of(language: &str, text: &str) -> bool {
    let plain = |name: &str| {
        let name = name.replace('_', "-").to_lowercase();
        // The regions that stand for a script.
        match name.as_str() {
            "zh-cn" | "zh-sg" => "zh-hans".to_owned(),
            "zh-tw" | "zh-hk" | "zh-mo" => "zh-hant".to_owned(),
            _ => name,
        }
    };
    let (language, text) = (plain(language), plain(text));
    language == text || language.strip_prefix(&text).is_some_and(|rest| rest.starts_with('-'))
}

/// A language's `InfoPlist.strings`.
fn strings(files: &mut Files, path: &str, texts: &mut Texts) {
    let Some(root) = files.read(path, plist::parse) else { return };
    let language = super::target::language(path).unwrap_or_default();
    for key in keys(path, &root) {
        // What is in `Base.lproj` or in no such folder is no language's own.
        if key.name.ends_with("UsageDescription") && !language.is_empty() {
            texts.entry(key.name.clone()).or_default().insert(language.to_owned(), key);
        }
    }
}

/// Whether a file has every language: a catalogue of other texts too says which there are.
pub(super) fn is_catalogue(path: &str) -> bool {
    path.ends_with(".xcstrings")
}

/// A catalogue of Xcode's.
fn catalogue(files: &mut Files, path: &str, languages: &mut BTreeSet<String>, texts: &mut Texts) {
    let Some(read) = files.read(path, xcstrings::parse) else { return };
    languages.extend(read.languages);
    for entry in read.usages {
        let own = texts.entry(entry.key.clone()).or_default();
        for (language, text) in entry.texts {
            if let Some(text) = text {
                let node = Node { line: entry.line, value: Value::Text(text) };
                own.insert(language, Key { file: path.to_owned(), name: entry.key.clone(), node });
            }
        }
    }
}
