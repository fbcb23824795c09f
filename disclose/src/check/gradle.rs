//! What a Gradle module is, and which of Scruple's artifacts it takes in: their permissions are merged into its own.

use std::collections::BTreeMap;

use super::broken::Result;
use super::text;

/// A build file, as far as it is checked.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Build {
    /// Its path.
    pub(crate) file: String,
    /// Whether it makes an app, or a library.
    pub(crate) is_app: bool,
    pub(crate) is_library: bool,
    /// Scruple's artifacts, each with its line.
    pub(crate) artifacts: Vec<(String, u32)>,
    /// What it takes from version catalogs: `libs.scruple.location`.
    pub(crate) accessors: Vec<(String, u32)>,
}

/// Accessors of a version catalog, each with the artifacts of Scruple's that it stands for.
pub(crate) type Catalog = BTreeMap<String, Vec<String>>;

const GROUP: &str = "dev.scruple";

pub(crate) fn build(bytes: &[u8]) -> Result<Build> {
    let mut build = Build::default();
    for (line, number) in without_comments(&text::decode(bytes)?).lines().zip(1..) {
        let plain = line.to_ascii_lowercase().replace(['-', '_'], ".");
        let applies = !plain.contains("apply false") && !plain.contains("classpath");
        build.is_app |=
            applies && (plain.contains("android.application") || plain.contains("androidapplication"));
        build.is_library |=
            applies && (plain.contains("android.library") || plain.contains("androidlibrary"));
        // Tests and debug builds do not ship.
        let ships = !["testimplementation", "debugimplementation", "testruntimeonly"]
            .iter()
            .any(|word| plain.contains(word));
        if ships {
            build.artifacts.extend(artifacts(line).map(|artifact| (artifact, number)));
            build.accessors.extend(accessors(line).map(|accessor| (accessor, number)));
        }
    }
    Ok(build)
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

/// `libs.a.b`: words with dots.
fn accessors(line: &str) -> impl Iterator<Item = String> + '_ {
    let words = line.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'));
    words.filter(|word| word.contains('.')).map(|word| word.trim_end_matches(".get").replace('_', "."))
}

/// A version catalog, `libs.versions.toml`: the artifacts by accessor, bundles too.
pub(crate) fn catalog(bytes: &[u8], name: &str) -> Result<Catalog> {
    let text = text::decode(bytes)?;
    let accessor = |alias: &str| alias.trim().trim_matches('"').replace(['-', '_'], ".");
    let mut catalog = Catalog::new();
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
        let (key, found) = match table {
            "libraries" => (format!("{name}.{}", accessor(alias)), artifacts(&value).collect()),
            "bundles" => {
                let members =
                    quoted(&value).filter_map(|alias| catalog.get(&format!("{name}.{}", accessor(alias))));
                (
                    format!("{name}.bundles.{}", accessor(alias)),
                    members.flatten().cloned().collect::<Vec<_>>(),
                )
            }
            _ => continue,
        };
        if !found.is_empty() {
            catalog.insert(key, found);
        }
    }
    Ok(catalog)
}

/// The text with its comments blanked out; lines stay.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut quote = None;
    while let Some(character) = rest.chars().next() {
        let skipped = match quote {
            None if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            None if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if skipped > 0 {
            kept.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
            rest = &rest[skipped..];
            continue;
        }
        quote = match (quote, character) {
            (None, '"' | '\'') => Some(character),
            // A quote that is not closed on its line was none.
            (Some(_), '\n') => None,
            (Some(open), close) if open == close => None,
            (quote, _) => quote,
        };
        kept.push(character);
        rest = &rest[character.len_utf8()..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn artifacts_in_every_notation() {
        let text = "
            implementation(\"dev.scruple:scruple-nfc:0.1.0\")
            implementation 'dev.scruple:scruple-location' // dev.scruple:no
            implementation group: 'dev.scruple', name: 'scruple-bluetooth', version: '1'
            // implementation 'dev.scruple:commented'
            /* implementation 'dev.scruple:commented'
            */ maven { url 'https://example.com' }; implementation 'dev.scruple:after'
            testImplementation 'dev.scruple:scruple-testing'
            implementation(libs.scruple.location.precise); api(libs.scruple_x.get())
            implementation 'other:scruple-nfc:1'";
        let build = build(text.as_bytes()).unwrap();
        let artifacts: Vec<_> = build.artifacts.iter().map(|(name, line)| (name.as_str(), *line)).collect();
        assert_eq!(
            artifacts,
            [("scruple-nfc", 2), ("scruple-location", 3), ("scruple-bluetooth", 4), ("after", 7)]
        );
        for accessor in ["libs.scruple.location.precise", "libs.scruple.x"] {
            assert!(build.accessors.contains(&(accessor.to_owned(), 9)), "{:?}", build.accessors);
        }
    }

    #[test]
    fn an_app_and_a_library_by_every_plugin_notation() {
        for (text, is_app, is_library) in [
            ("plugins { id 'com.android.application' }", true, false),
            ("apply plugin: \"com.android.library\"", false, true),
            ("alias(libs.plugins.android.application)", true, false),
            ("alias(libs.plugins.androidApplication) apply false", false, false),
            ("id(\"nowinandroid.android.library\")", false, true),
            ("alias(libs.plugins.android-application)", true, false),
            ("// id 'com.android.application'", false, false),
            ("classpath 'com.android.application:x'", false, false),
        ] {
            let build = build(text.as_bytes()).unwrap();
            assert_eq!((build.is_app, build.is_library), (is_app, is_library), "{text}");
        }
    }

    #[test]
    fn catalogs_have_libraries_and_bundles() {
        let text = "[versions]\nscruple = \"1\"\n[libraries]\nscruple-nfc = { module = \"dev.scruple:scruple-nfc\", version.ref = \"scruple\" } # c\n\
                    scruple_web = \"dev.scruple:scruple-webview:1\"\nlong = { group = \"dev.scruple\", name = \"scruple\" }\nother = { module = \"a:b\" }\n\
                    [bundles]\nall = [\n  \"scruple-nfc\", # c\n  \"other\",\n  \"long\" ]\n";
        let catalog = catalog(text.as_bytes(), "libs").unwrap();
        let expected = [
            ("libs.bundles.all", vec!["scruple-nfc", "scruple"]),
            ("libs.long", vec!["scruple"]),
            ("libs.scruple.nfc", vec!["scruple-nfc"]),
            ("libs.scruple.web", vec!["scruple-webview"]),
        ];
        let expected =
            expected.map(|(key, names)| (key.to_owned(), names.iter().map(ToString::to_string).collect()));
        assert_eq!(catalog, expected.into());
    }
}
