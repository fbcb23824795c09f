//! Xcode's string catalogues: localized texts as JSON.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::broken::{Broken, Result};
use super::text;

/// What a catalogue says of what people are asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Catalogue {
    /// Every language that some text is in.
    pub(crate) languages: BTreeSet<String>,
    /// The usage descriptions.
    pub(crate) usages: Vec<Entry>,
}

/// A key with its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) line: u32,
    /// By language; one that was never translated has none.
    pub(crate) texts: Vec<(String, Option<String>)>,
}

/// What of it is to be translated. Entry by entry: a catalogue may have thousands, of which a few count.
pub(crate) fn parse(bytes: &[u8]) -> Result<Catalogue> {
    let text = text::decode(bytes)?;
    let file: File = serde_json::from_str(&text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        let message = error.to_string();
        let why = message.split(" at line ").next().unwrap_or_default();
        Broken::at(line.max(1), format!("not a string catalogue: {why}"))
    })?;
    let mut catalogue = file.strings;
    for entry in &mut catalogue.usages {
        let at = text.find(&format!("\"{}\"", entry.key)).unwrap_or_default();
        entry.line = text::lines(&text.as_bytes()[..at]);
    }
    Ok(catalogue)
}

#[derive(serde::Deserialize)]
struct File {
    #[serde(default)]
    strings: Catalogue,
}

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Catalogue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a key for each text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> std::result::Result<Catalogue, A::Error> {
        let mut catalogue = Catalogue::default();
        while let Some((key, entry)) = entries.next_entry::<String, Value>()? {
            let is = |name: &str, value: &Value| entry.get(name) == Some(value);
            if !is("shouldTranslate", &false.into()) && !is("extractionState", &"stale".into()) {
                catalogue.add(key, &entry);
            }
        }
        Ok(catalogue)
    }
}

impl Catalogue {
    fn add(&mut self, key: String, entry: &Value) {
        let languages = entry.get("localizations").and_then(Value::as_object).into_iter().flatten();
        for (language, _) in languages.clone() {
            if !self.languages.contains(language) {
                self.languages.insert(language.clone());
            }
        }
        if key.ends_with("UsageDescription") {
            let texts = languages.map(|(language, own)| (language.clone(), translated(own))).collect();
            self.usages.push(Entry { key, line: 0, texts });
        }
    }
}

/// A language's text; of several for several devices or numbers, one.
fn translated(language: &Value) -> Option<String> {
    let unit = match language.get("stringUnit") {
        Some(unit) => unit,
        None => {
            let variations = language.get("variations")?.as_object()?.values().next()?;
            return translated(variations.as_object()?.values().next()?);
        }
    };
    let is_new = unit.get("state").and_then(Value::as_str) == Some("new");
    let value = unit.get("value").and_then(Value::as_str)?;
    // Xcode marks what nobody has translated.
    (!is_new).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_text() {
        let text = r#"{ "sourceLanguage": "en", "strings": {
            "AUsageDescription": { "localizations": { "en": { "stringUnit": { "state": "translated", "value": "x" } },
                                      "fr": { "stringUnit": { "state": "new", "value": "x" } } } },
            "BUsageDescription": { "localizations": { "de": { "stringUnit": { "value": " " } },
                "ja": { "variations": { "device": { "ipad": { "stringUnit": { "value": "y" } } } } } } },
            "CUsageDescription": {}, "DUsageDescription": { "shouldTranslate": false },
            "EUsageDescription": { "extractionState": "stale" },
            "Hello": { "localizations": { "ko": { "stringUnit": { "value": "z" } } } } } }"#;
        let entry = |key: &str, line, texts: &[(&str, Option<&str>)]| Entry {
            key: format!("{key}UsageDescription"),
            line,
            texts: texts
                .iter()
                .map(|(language, text)| ((*language).to_owned(), text.map(str::to_owned)))
                .collect(),
        };
        let usages = vec![
            entry("A", 2, &[("en", Some("x")), ("fr", None)]),
            entry("B", 4, &[("de", Some(" ")), ("ja", Some("y"))]),
            entry("C", 6, &[]),
        ];
        let languages = ["en", "fr", "de", "ja", "ko"].map(str::to_owned).into();
        assert_eq!(parse(text.as_bytes()), Ok(Catalogue { languages, usages }));
        assert_eq!(parse(b"{}").map(|read| read.usages), Ok(vec![]));
    }

    #[test]
    fn mistakes_have_their_line() {
        for wrong in [&b"{\n]"[..], b"{\n\"strings\": []}", b"{\n\"strings\": {\"A\": }}"] {
            assert_eq!(parse(wrong).map_err(|broken| broken.line), Err(Some(2)));
        }
    }
}
