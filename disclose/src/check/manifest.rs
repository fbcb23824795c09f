//! What an Android manifest declares.

use std::collections::BTreeMap;

use super::axml;
use super::broken::{Broken, Result};
use super::finding::Place;
use super::xml::{self, Doctype, Element};

/// The namespace of the framework's attributes.
pub(crate) const ANDROID: &str = "http://schemas.android.com/apk/res/android";
pub(crate) const TOOLS: &str = "http://schemas.android.com/tools";

/// More permissions and features than any app asks for.
const ENTRIES: usize = 5_000;

/// A manifest, as far as it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) file: String,
    /// What a selector calls it by.
    pub(crate) package: Option<String>,
    pub(crate) min_sdk: Option<u32>,
    pub(crate) target_sdk: Option<u32>,
    /// `tools:overrideLibrary`: packages of libraries that may ask for a higher minSdkVersion.
    pub(crate) overrides: Vec<String>,
    pub(crate) entries: Vec<Entry>,
    /// Whether a person can start it.
    pub(crate) has_launcher: bool,
}

/// What an entry asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    /// `uses-permission`.
    Permission,
    /// `uses-permission-sdk-23`, and the older name of it.
    PermissionFrom23,
    /// `uses-feature`.
    Feature,
}

/// One element that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) tag: Tag,
    /// `android:name`, or the version of OpenGL ES; one that removes all has none.
    pub(crate) key: Option<String>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) place: Place,
    /// Where what was merged into it stands.
    pub(crate) also: Vec<Place>,
}

/// An attribute of the framework's namespace or of the tools'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) is_tools: bool,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

impl Entry {
    pub(crate) fn new(tag: Tag, key: impl Into<String>, place: Place) -> Self {
        let key = key.into();
        let name =
            Attribute { is_tools: false, name: "name".to_owned(), value: key.clone(), place: place.clone() };
        Self { tag, key: Some(key), attributes: vec![name], place, also: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let place = self.place.clone();
        self.attributes.push(Attribute {
            is_tools: false,
            name: name.to_owned(),
            value: value.to_owned(),
            place,
        });
        self
    }

    /// An attribute of the framework's.
    pub(crate) fn android(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|own| !own.is_tools && own.name == name)
    }

    /// An attribute of the tools'.
    pub(crate) fn tools(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|own| own.is_tools && own.name == name);
        found.map(|own| own.value.as_str())
    }

    /// The last API level that asks for the permission: none if it has no end, or if a placeholder says it.
    pub(crate) fn cap(&self) -> Option<(u32, &Place)> {
        let own = self.android("maxSdkVersion")?;
        Some((own.value.parse().ok()?, &own.place))
    }

    /// `neverForLocation` among the flags, and who says so.
    pub(crate) fn never_for_location(&self) -> Option<&Place> {
        let own = self.android("usesPermissionFlags")?;
        // In binary form the flag is a number.
        let is_one =
            |flag: &str| matches!(flag.trim(), "neverForLocation" | "0x10000" | "0x00010000" | "65536");
        own.value.split('|').any(is_one).then_some(&own.place)
    }

    /// Whether the app cannot be installed without the feature.
    pub(crate) fn is_required(&self) -> bool {
        self.android("required").is_none_or(|own| !own.value.eq_ignore_ascii_case("false"))
    }
}

impl Manifest {
    /// Puts values where their names stand; others stay.
    pub(crate) fn fill(&mut self, values: &BTreeMap<String, String>) {
        let filled = |text: &mut String| {
            for (name, value) in values.iter().filter(|_| text.contains("${")).collect::<Vec<_>>() {
                *text = text.replace(&format!("${{{name}}}"), value);
            }
        };
        for entry in &mut self.entries {
            entry.key.iter_mut().for_each(filled);
            entry.attributes.iter_mut().for_each(|own| filled(&mut own.value));
        }
    }
}

/// Text or binary.
pub(crate) fn parse(bytes: &[u8], file: &str) -> Result<Manifest> {
    let root = match axml::is_axml(bytes) {
        true => axml::parse(bytes)?,
        false => xml::parse(bytes, Doctype::Refused)?,
    };
    of(&root, file)
}

/// What a manifest's root says, whatever form it came in.
pub(crate) fn of(root: &Element, file: &str) -> Result<Manifest> {
    if root.name != "manifest" {
        return Err(Broken::at(root.line, format!("not a manifest: its root is <{}>", root.name)));
    }
    let mut manifest = Manifest {
        file: file.to_owned(),
        package: root.attribute("", "package").map(str::to_owned),
        has_launcher: has_launcher(root),
        ..Manifest::default()
    };
    for element in &root.children {
        let tag = match element.name.as_str() {
            "uses-permission" => Tag::Permission,
            "uses-permission-sdk-23" | "uses-permission-sdk-m" => Tag::PermissionFrom23,
            "uses-feature" => Tag::Feature,
            "uses-sdk" => {
                let level = |name| element.attribute(ANDROID, name)?.parse().ok();
                manifest.min_sdk = level("minSdkVersion");
                manifest.target_sdk = level("targetSdkVersion");
                let overrides = element.attribute(TOOLS, "overrideLibrary").unwrap_or_default();
                let overrides = overrides.split(',').map(str::trim).filter(|own| !own.is_empty());
                manifest.overrides = overrides.map(str::to_owned).collect();
                continue;
            }
            _ => continue,
        };
        manifest.entries.extend(entry(element, tag, file));
        if manifest.entries.len() > ENTRIES {
            return Err(Broken::at(element.line, format!("more than {ENTRIES} permissions and features")));
        }
    }
    Ok(manifest)
}

/// One without a name asks for nothing; it may remove everything.
fn entry(element: &Element, tag: Tag, file: &str) -> Option<Entry> {
    let place = Place::new(file, Some(element.line).filter(|line| *line > 0));
    let key = element.attribute(ANDROID, "name").or(element.attribute(ANDROID, "glEsVersion"));
    if key.is_none() && element.attribute(TOOLS, "node") != Some("removeAll") {
        return None;
    }
    let known = element.attributes.iter().filter(|own| own.namespace == ANDROID || own.namespace == TOOLS);
    let attributes = known.map(|own| Attribute {
        is_tools: own.namespace == TOOLS,
        name: own.name.clone(),
        value: own.value.trim().to_owned(),
        place: place.clone(),
    });
    Some(Entry {
        tag,
        key: key.map(str::to_owned),
        attributes: attributes.collect(),
        also: Vec::new(),
        place: place.clone(),
    })
}

fn has_launcher(root: &Element) -> bool {
    let applications = root.children("application");
    let activities =
        applications.flat_map(|own| own.children("activity").chain(own.children("activity-alias")));
    activities.flat_map(|activity| activity.children("intent-filter")).any(|filter| {
        filter
            .children("category")
            .any(|category| category.attribute(ANDROID, "name") == Some("android.intent.category.LAUNCHER"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(body: &str) -> Result<Manifest> {
        let text = format!(
            "<manifest xmlns:a='{ANDROID}' xmlns:tools='{TOOLS}' package='${{applicationId}}'>\n{body}\n</manifest>"
        );
        parse(text.as_bytes(), "M")
    }

    #[test]
    fn entries_by_every_element_and_with_every_attribute() {
        let read = manifest(
            "<uses-permission a:name=' A ' a:maxSdkVersion='30'/>\n<uses-permission-sdk-23 a:name='B' a:usesPermissionFlags='x|neverForLocation'/>\n\
             <uses-permission a:name='C' tools:node='remove' tools:selector='x.y'/>\n<uses-permission tools:node='removeAll'/>\n\
             <uses-permission name='no namespace'/><permission a:name='own'/><uses-feature a:name='D' a:required='false'/>\n\
             <uses-feature a:glEsVersion='2'/><uses-sdk a:minSdkVersion='23' tools:overrideLibrary='a.b, c.d'/>",
        )
        .unwrap();
        let entries: Vec<_> =
            read.entries.iter().map(|own| (own.place.line, own.tag, own.key.as_deref())).collect();
        let expected = [
            (Some(2), Tag::Permission, Some("A")),
            (Some(3), Tag::PermissionFrom23, Some("B")),
            (Some(4), Tag::Permission, Some("C")),
            (Some(5), Tag::Permission, None),
            (Some(6), Tag::Feature, Some("D")),
            (Some(7), Tag::Feature, Some("2")),
        ];
        assert_eq!(entries, expected);
        assert_eq!(read.entries[0].cap().map(|(level, _)| level), Some(30));
        assert!(
            read.entries[1].never_for_location().is_some() && read.entries[0].never_for_location().is_none()
        );
        assert_eq!(read.entries[2].tools("selector"), Some("x.y"));
        assert!(!read.entries[4].is_required() && read.entries[5].is_required());
        assert_eq!((read.min_sdk, read.overrides.join(" ")), (Some(23), "a.b c.d".to_owned()));
        assert_eq!(read.package.as_deref(), Some("${applicationId}"));
    }

    #[test]
    fn a_launcher_is_found_in_activities_and_aliases() {
        for element in ["activity", "activity-alias"] {
            let body = |category| {
                format!(
                    "<application><{element}><intent-filter><category a:name='android.intent.category.{category}'/></intent-filter></{element}></application>"
                )
            };
            assert!(manifest(&body("LAUNCHER")).unwrap().has_launcher);
            assert!(!manifest(&body("DEFAULT")).unwrap().has_launcher);
        }
    }

    #[test]
    fn another_root_is_no_manifest() {
        assert_eq!(
            parse(b"\n<resources/>", "M"),
            Err(Broken::at(2, "not a manifest: its root is <resources>"))
        );
    }
}
