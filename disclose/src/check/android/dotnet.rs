//! .NET's projects for phones: where a `.csproj` says its Android manifest is, and what the sources add to it.

use crate::check::files::{self, Files, Kind};
use crate::check::finding::Place;
use crate::check::manifest::{Entry, Manifest, Tag};
use crate::check::text;
use crate::check::xml::{self, Doctype, Element};

/// What a project file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dotnet {
    pub(crate) android: bool,
    pub(crate) apple: bool,
    pub(crate) is_app: bool,
    /// Where its manifest may be, the first that is there counting.
    pub(crate) manifests: Vec<String>,
}

/// Reads a project file; none if it is for other machines.
pub(crate) fn project(files: &Files, path: &str, text: &str) -> Option<Dotnet> {
    let root = xml::parse(text.as_bytes(), Doctype::Refused).ok()?;
    let groups = || root.children("PropertyGroup");
    let values = |name: &str| -> Vec<String> {
        let named = groups().flat_map(|group| group.children(name));
        named.map(|own: &Element| own.text.trim().to_owned()).collect()
    };
    let frameworks =
        [values("TargetFramework"), values("TargetFrameworks")].concat().join(";").to_ascii_lowercase();
    let imports = root.children("Import").filter_map(|own| own.attribute("", "Project"));
    let imports: String = imports.collect::<Vec<_>>().join(";").to_ascii_lowercase();
    let android = frameworks.contains("-android")
        || frameworks.contains("monoandroid")
        || imports.contains("xamarin.android");
    let apple =
        frameworks.contains("-ios") || frameworks.contains("xamarin.ios") || imports.contains("xamarin.ios");
    if !android && !apple {
        return None;
    }
    let folder = files::parent(path);
    let named = values("AndroidManifest").into_iter().map(|own| own.replace('\\', "/"));
    let named: Vec<String> = named.filter(|own| !own.contains("$(")).collect();
    let says = |name: &str, value: &str| values(name).iter().any(|own| own.eq_ignore_ascii_case(value));
    let usual =
        ["AndroidManifest.xml", "Properties/AndroidManifest.xml", "Platforms/Android/AndroidManifest.xml"];
    let manifests: Vec<String> =
        named.iter().map(String::as_str).chain(usual).map(|own| files::join(folder, own)).collect();
    let is_library = says("OutputType", "Library") && !says("AndroidApplication", "true");
    let is_app = !is_library
        && (says("OutputType", "Exe")
            || says("OutputType", "WinExe")
            || says("AndroidApplication", "true")
            || !named.is_empty()
            || manifests.iter().any(|own| files.contains(own)));
    Some(Dotnet { android, apple, is_app, manifests })
}

/// What the project's sources say by attributes: `[assembly: UsesPermission(…)]`, where the manifest does not say it.
pub(crate) fn attributes(files: &Files, folder: &str, manifest: &Manifest) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for path in files.of(Kind::CSharp).filter(|path| files::is_in(path, folder)) {
        let Ok(text) = files.bytes(path).and_then(|bytes| text::decode(&bytes)) else { continue };
        for (line, number) in text.lines().zip(1..) {
            let Some(entry) = attribute(line, &Place::new(path, Some(number))) else { continue };
            let is_known = |own: &Entry| own.tag == entry.tag && own.key == entry.key;
            if !manifest.entries.iter().chain(&entries).any(is_known) {
                entries.push(entry);
            }
        }
    }
    entries
}

/// One line's attribute.
fn attribute(line: &str, place: &Place) -> Option<Entry> {
    let (before, rest) = line.split_once("Uses")?;
    if !before.trim_start().starts_with("[assembly:") {
        return None;
    }
    let (tag, arguments) = match rest.split_once('(')? {
        ("Permission" | "PermissionAttribute", arguments) => (Tag::Permission, arguments),
        ("Feature" | "FeatureAttribute", arguments) => (Tag::Feature, arguments),
        _ => return None,
    };
    let arguments = arguments.split_once(')').map_or(arguments, |(inside, _)| inside);
    let value = |name: &str| {
        let named = arguments.split(',').find_map(|own| own.trim().strip_prefix(name));
        named.map(|own| own.trim_start_matches([' ', '=', ':']).trim().to_owned())
    };
    let name =
        value("Name").unwrap_or_else(|| arguments.split(',').next().unwrap_or_default().trim().to_owned());
    let name = match name.strip_prefix('"') {
        Some(text) => text.trim_end_matches('"').to_owned(),
        None => format!("android.permission.{}", constant(name.rsplit('.').next().unwrap_or_default())),
    };
    let mut entry = Entry::new(tag, name, place.clone());
    if let Some(level) = value("MaxSdkVersion") {
        entry = entry.with("maxSdkVersion", &level);
    }
    if let Some(required) = value("Required") {
        entry = entry.with("required", &required);
    }
    Some(entry)
}

/// `AccessFineLocation` as Android writes it: `ACCESS_FINE_LOCATION`.
fn constant(name: &str) -> String {
    let mut constant = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            constant.push('_');
        }
        constant.extend(letter.to_uppercase());
    }
    constant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_an_assembly_become_elements() {
        let of = |line: &str| {
            let entry = attribute(line, &Place::new("a.cs", Some(1)))?;
            let cap = entry.cap().map(|(level, _)| level);
            Some((entry.tag, entry.key.clone().unwrap_or_default(), cap, entry.is_required()))
        };
        let permission =
            |name: &str, cap| Some((Tag::Permission, format!("android.permission.{name}"), cap, true));
        for (line, expected) in [
            (
                "[assembly: UsesPermission(Android.Manifest.Permission.AccessFineLocation)]",
                permission("ACCESS_FINE_LOCATION", None),
            ),
            (
                "[assembly: UsesPermission(Manifest.Permission.Nfc, MaxSdkVersion = 30)]",
                permission("NFC", Some(30)),
            ),
            ("  [assembly: UsesPermission(\"android.permission.NFC\")]", permission("NFC", None)),
            ("[assembly: UsesPermission(Name = \"android.permission.NFC\")]", permission("NFC", None)),
            (
                "[assembly: UsesFeature(\"android.hardware.nfc\", Required = false)]",
                Some((Tag::Feature, "android.hardware.nfc".to_owned(), None, false)),
            ),
            ("// [assembly: UsesPermission(Manifest.Permission.Nfc)]", None),
            ("var x = UsesPermission(1);", None),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }
}
