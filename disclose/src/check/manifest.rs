//! What an Android manifest declares.

use super::axml;
use super::broken::{Broken, Result};
use super::xml::{self, Doctype, Element};

/// The namespace of the framework's attributes.
pub(crate) const ANDROID: &str = "http://schemas.android.com/apk/res/android";
const TOOLS: &str = "http://schemas.android.com/tools";

/// A manifest, as far as it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) permissions: Vec<Permission>,
    pub(crate) features: Vec<Feature>,
    /// The line of `<uses-permission tools:node="removeAll" />`, which empties what libraries bring.
    pub(crate) removes_all: Option<u32>,
    /// Whether a person can start it.
    pub(crate) has_launcher: bool,
}

/// `uses-permission`, and `uses-permission-sdk-23`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permission {
    pub(crate) line: u32,
    pub(crate) name: String,
    /// As it stands there: it may be a placeholder.
    pub(crate) max_sdk: Option<String>,
    /// `neverForLocation` among the flags.
    pub(crate) never_for_location: bool,
    /// Whether it takes the permission away that a library brings.
    pub(crate) removes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) line: u32,
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) removes: bool,
}

/// Text or binary.
pub(crate) fn parse(bytes: &[u8]) -> Result<Manifest> {
    let root = match axml::is_axml(bytes) {
        true => axml::parse(bytes)?,
        false => xml::parse(bytes, Doctype::Refused)?,
    };
    if root.name != "manifest" {
        return Err(Broken::at(root.line, format!("not a manifest: its root is <{}>", root.name)));
    }
    let mut manifest = Manifest { has_launcher: has_launcher(&root), ..Manifest::default() };
    for element in &root.children {
        match element.name.as_str() {
            "uses-permission" | "uses-permission-sdk-23" | "uses-permission-sdk-m" => {
                if element.attribute(TOOLS, "node") == Some("removeAll") {
                    manifest.removes_all = Some(element.line);
                }
                manifest.permissions.extend(permission(element));
            }
            "uses-feature" => manifest.features.extend(feature(element)),
            _ => {}
        }
    }
    Ok(manifest)
}

/// One without a name asks for nothing.
fn permission(element: &Element) -> Option<Permission> {
    let flags = element.attribute(ANDROID, "usesPermissionFlags").unwrap_or_default();
    Some(Permission {
        line: element.line,
        name: element.attribute(ANDROID, "name")?.to_owned(),
        max_sdk: element.attribute(ANDROID, "maxSdkVersion").map(str::to_owned),
        // In binary form the flag is a number.
        never_for_location: flags
            .split('|')
            .any(|flag| matches!(flag.trim(), "neverForLocation" | "0x10000" | "65536")),
        removes: removes(element),
    })
}

fn feature(element: &Element) -> Option<Feature> {
    Some(Feature {
        line: element.line,
        name: element.attribute(ANDROID, "name")?.to_owned(),
        required: element.attribute(ANDROID, "required") != Some("false"),
        removes: removes(element),
    })
}

/// A removal that a selector limits to one library leaves the others'.
fn removes(element: &Element) -> bool {
    element.attribute(TOOLS, "node") == Some("remove") && element.attribute(TOOLS, "selector").is_none()
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
        parse(text.as_bytes())
    }

    #[test]
    fn permissions_by_every_element_and_with_every_attribute() {
        let read = manifest(
            "<uses-permission a:name=' A ' a:maxSdkVersion='30'/>\n<uses-permission-sdk-23 a:name='B' a:usesPermissionFlags='x|neverForLocation'/>\n\
             <uses-permission a:name='C' tools:node='remove'/>\n<uses-permission a:name='D' tools:node='remove' tools:selector='x.y'/>\n\
             <uses-permission name='no namespace'/><permission a:name='own'/>\n<uses-permission a:name='A'/>",
        )
        .unwrap();
        let names: Vec<_> =
            read.permissions.iter().map(|own| (own.line, own.name.as_str(), own.removes)).collect();
        assert_eq!(
            names,
            [(2, "A", false), (3, "B", false), (4, "C", true), (5, "D", false), (7, "A", false)]
        );
        assert_eq!(read.permissions[0].max_sdk.as_deref(), Some("30"));
        assert!(read.permissions[1].never_for_location && !read.permissions[0].never_for_location);
        assert_eq!(read.removes_all, None);
        assert_eq!(manifest("<uses-permission tools:node='removeAll'/>").unwrap().removes_all, Some(2));
    }

    #[test]
    fn a_feature_is_required_unless_it_says_no() {
        let read = manifest("<uses-feature a:name='A'/><uses-feature a:name='B' a:required='false'/><uses-feature a:glEsVersion='2'/>").unwrap();
        let required: Vec<_> = read.features.iter().map(|own| (own.name.as_str(), own.required)).collect();
        assert_eq!(required, [("A", true), ("B", false)]);
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
        assert_eq!(parse(b"\n<resources/>"), Err(Broken::at(2, "not a manifest: its root is <resources>")));
    }
}
