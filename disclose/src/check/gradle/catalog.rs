//! A version catalog, `libs.versions.toml`: what a build file's accessors stand for.

use std::collections::BTreeMap;

use super::GROUP;
use crate::check::broken::Result;
use crate::check::text;

/// What the accessors stand for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Catalog {
    /// Libraries and bundles, each with the artifacts of Scruple's in it; others have none.
    pub(crate) libraries: BTreeMap<String, Vec<String>>,
    /// Versions that are whole numbers.
    pub(crate) versions: BTreeMap<String, u32>,
    /// Plugins, each with its id.
    pub(crate) plugins: BTreeMap<String, String>,
}

/// Reads a catalog of this name.
pub(crate) fn catalog(bytes: &[u8], name: &str) -> Result<Catalog> {
    let text = text::decode(bytes)?;
    let accessor = |alias: &str| alias.trim().trim_matches('"').replace(['-', '_'], ".");
    let mut catalog = Catalog::default();
    let mut table = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']').trim();
            continue;
        }
        let Some((alias, value)) = line.split_once('=') else { continue };
        // A list may go on over several lines.
        let mut value = value.trim().to_owned();
        while value.starts_with('[') && !value.contains(']') {
            let Some(more) = lines.next() else { break };
            value.push_str(more.split('#').next().unwrap_or_default());
        }
        let alias = accessor(alias);
        match table {
            "versions" => {
                if let Ok(number) = value.trim_matches(['"', '\'']).parse() {
                    catalog.versions.insert(format!("{name}.versions.{alias}"), number);
                }
            }
            "libraries" => {
                catalog.libraries.insert(format!("{name}.{alias}"), artifacts(&value).collect());
            }
            "plugins" => {
                let mut texts = quoted(&value);
                // `{ id = "x", … }`, or `"x:1"`.
                if let Some(id) = texts.next() {
                    let id = id.split(':').next().unwrap_or_default().to_owned();
                    catalog.plugins.insert(format!("{name}.plugins.{alias}"), id);
                }
            }
            "bundles" => {
                let members = quoted(&value)
                    .filter_map(|alias| catalog.libraries.get(&format!("{name}.{}", accessor(alias))));
                let members = members.flatten().cloned().collect();
                catalog.libraries.insert(format!("{name}.bundles.{alias}"), members);
            }
            _ => {}
        }
    }
    Ok(catalog)
}

/// `"dev.scruple:NAME:…"`, and the group and the name by themselves.
fn artifacts(line: &str) -> impl Iterator<Item = String> + '_ {
    let short = quoted(line).filter_map(|text| {
        let (group, rest) = text.split_once(':')?;
        let name = rest.split(':').next().unwrap_or_default();
        (group == GROUP).then(|| name.to_owned())
    });
    let mut parts = quoted(line).skip_while(|text| *text != GROUP);
    let long = parts.next().and_then(|_| parts.next()).map(str::to_owned);
    short.chain(long)
}

/// What stands in quotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split(['"', '\'']).skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_bundles_versions_and_plugins() {
        let text = "[versions]\nscruple = \"1\"\nmin-sdk = \"23\"\nkotlin = '2.0.0'\n[libraries]\nscruple-nfc = { module = \"dev.scruple:scruple-nfc\", version.ref = \"scruple\" } # c\n\
                    scruple_web = \"dev.scruple:scruple-webview:1\"\nlong = { group = \"dev.scruple\", name = \"scruple\" }\nother = { module = \"a:b\" }\n\
                    [bundles]\nall = [\n  \"scruple-nfc\", # c\n  \"other\",\n  \"long\" ]\n[plugins]\nagp-app = { id = \"com.android.application\", version = \"9\" }\n";
        let catalog = catalog(text.as_bytes(), "libs").unwrap();
        let libraries: Vec<_> =
            catalog.libraries.iter().map(|(key, names)| (key.as_str(), names.join(" "))).collect();
        let expected = [
            ("libs.bundles.all", "scruple-nfc scruple"),
            ("libs.long", "scruple"),
            ("libs.other", ""),
            ("libs.scruple.nfc", "scruple-nfc"),
            ("libs.scruple.web", "scruple-webview"),
        ];
        assert_eq!(libraries, expected.map(|(key, names)| (key, names.to_owned())));
        assert_eq!(catalog.versions.get("libs.versions.min.sdk"), Some(&23));
        assert_eq!(catalog.plugins["libs.plugins.agp.app"], "com.android.application");
    }
}
