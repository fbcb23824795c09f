//! Xcode's string catalogues: localized texts as JSON.

use serde_json::Value;

use super::broken::{Broken, Result};
use super::text;

/// The keys with an empty text in some language, each with its line.
pub(crate) fn empty_texts(bytes: &[u8]) -> Result<Vec<(String, u32)>> {
    let text = text::decode(bytes)?;
    let catalogue: Value = serde_json::from_str(&text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        let message = error.to_string();
        let why = message.split(" at line ").next().unwrap_or_default();
        Broken::at(line.max(1), format!("not valid JSON: {why}"))
    })?;
    let strings = catalogue.get("strings").and_then(Value::as_object);
    let is_empty = |entry: &Value| {
        let languages = entry.get("localizations").and_then(Value::as_object);
        languages.is_some_and(|languages| {
            languages.values().any(|language| {
                let value = language.pointer("/stringUnit/value").and_then(Value::as_str);
                value.is_some_and(|value| value.trim().is_empty())
            })
        })
    };
    let empty = strings.into_iter().flatten().filter(|(_, entry)| is_empty(entry));
    let line = |key: &str| {
        let at = text.find(&format!("\"{key}\"")).unwrap_or_default();
        text::lines(&text.as_bytes()[..at])
    };
    Ok(empty.map(|(key, _)| (key.clone(), line(key))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_in_any_language_is_found() {
        let text = r#"{ "sourceLanguage": "en", "strings": {
            "A": { "localizations": { "en": { "stringUnit": { "state": "translated", "value": "x" } } } },
            "B": { "localizations": { "en": { "stringUnit": { "value": "x" } }, "de": { "stringUnit": { "value": " " } } } },
            "C": {} } }"#;
        assert_eq!(empty_texts(text.as_bytes()), Ok(vec![("B".to_owned(), 3)]));
        assert_eq!(empty_texts(b"[]"), Ok(vec![]));
    }

    #[test]
    fn mistakes_have_their_line() {
        assert_eq!(empty_texts(b"{\n]").map_err(|broken| broken.line), Err(Some(2)));
    }
}
