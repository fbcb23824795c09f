//! An XCFramework of static frameworks, which Xcode makes by `xcodebuild -create-xcframework`.

use std::path::{Path, PathBuf};

use plist::{Dictionary, Value};

use super::archive::Archive;
use super::artifact::{GROUP, VERSION};
use crate::apple::Slice;
use crate::file::bytes;
use crate::trouble::{Result, Trouble};

/// The module's name, the framework's and its binary's.
pub(super) const NAME: &str = "scrupleFFI";

/// What Swift reads the functions from.
pub(super) const HEADER: &str = "bindings/swift/Sources/scrupleFFI/include/scrupleFFI.h";

/// What makes a module of it.
const MODULE_MAP: &str = "\
framework module scrupleFFI {
  header \"scrupleFFI.h\"
  export *
}
";

/// The oldest iOS that a framework's description says, which is none: the objects say what the library runs on.
///
/// Xcode puts an empty library in an app in the place of a static framework, made for the app's oldest iOS, beside this
/// description as it is. The App Store refuses a description that says less, and an app's oldest iOS is not known here.
const OLDEST_SYSTEM: &str = "100.0";

/// Where a slice's framework lies, below the XCFramework's own directory.
pub(super) fn directory(root: &Path, slice: &Slice) -> PathBuf {
    root.join(format!("{NAME}.xcframework")).join(slice.name)
}

/// Where a slice's library is.
pub(super) fn binary(root: &Path, slice: &Slice) -> PathBuf {
    directory(root, slice).join(format!("{NAME}.framework/{NAME}"))
}

/// All files of the XCFramework with these slices and their archives, and the header.
pub(super) fn of(slices: &[(&'static Slice, PathBuf)], header: &str) -> Result<Archive> {
    let described = slices.iter().map(|(slice, _)| library(slice)).collect();
    let mut files = Archive::default().with(&format!("{NAME}.xcframework/Info.plist"), xml(list(described))?);
    for (slice, archive) in slices {
        let framework = format!("{NAME}.xcframework/{}/{NAME}.framework", slice.name);
        files = files
            .with(&format!("{framework}/{NAME}"), bytes(archive)?)
            .with(&format!("{framework}/Headers/{NAME}.h"), header)
            .with(&format!("{framework}/Modules/module.modulemap"), MODULE_MAP)
            .with(&format!("{framework}/Info.plist"), xml(framework_info(slice))?);
    }
    Ok(files)
}

/// What the XCFramework says of itself.
fn list(libraries: Vec<Value>) -> Dictionary {
    dictionary([
        ("AvailableLibraries", Value::Array(libraries)),
        ("CFBundlePackageType", "XFWK".into()),
        ("XCFrameworkFormatVersion", "1.0".into()),
    ])
}

/// What it says of a slice.
fn library(slice: &Slice) -> Value {
    let mut library = dictionary([
        ("BinaryPath", format!("{NAME}.framework/{NAME}").into()),
        ("LibraryIdentifier", slice.name.into()),
        ("LibraryPath", format!("{NAME}.framework").into()),
        ("SupportedArchitectures", Value::Array(vec!["arm64".into()])),
        ("SupportedPlatform", "ios".into()),
    ]);
    if let Some(variant) = slice.variant {
        library.insert("SupportedPlatformVariant".to_owned(), variant.into());
    }
    Value::Dictionary(library)
}

/// What a slice's framework says of itself.
fn framework_info(slice: &Slice) -> Dictionary {
    dictionary([
        ("CFBundleDevelopmentRegion", "en".into()),
        ("CFBundleExecutable", NAME.into()),
        ("CFBundleIdentifier", format!("{GROUP}.{NAME}").into()),
        ("CFBundleInfoDictionaryVersion", "6.0".into()),
        ("CFBundleName", NAME.into()),
        ("CFBundlePackageType", "FMWK".into()),
        ("CFBundleShortVersionString", VERSION.into()),
        ("CFBundleSupportedPlatforms", Value::Array(vec![slice.bundle_platform.into()])),
        ("CFBundleVersion", VERSION.into()),
        ("MinimumOSVersion", OLDEST_SYSTEM.into()),
    ])
}

fn dictionary<const N: usize>(entries: [(&str, Value); N]) -> Dictionary {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A property list's text.
fn xml(root: Dictionary) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    Value::Dictionary(root)
        .to_writer_xml(&mut text)
        .map_err(|error| Trouble::failed(format!("a property list could not be written: {error}")))?;
    text.push(b'\n');
    Ok(text)
}

/// Reads a slice of an XCFramework back as Xcode does: from the list of slices to the framework, and from its description to the
/// library, which is the archive.
pub(super) fn check(root: &Path, slice: &Slice, archive: &Path) -> Result {
    let wrong = |what: &str| Trouble::failed(format!("{}: {what}", slice.name));
    let own = root.join(format!("{NAME}.xcframework"));
    let list = plist(&own.join("Info.plist"))?;
    let libraries = list.get("AvailableLibraries").and_then(Value::as_array);
    let entry = libraries
        .into_iter()
        .flatten()
        .filter_map(Value::as_dictionary)
        .find(|library| text(library, "LibraryIdentifier") == Some(slice.name))
        .ok_or_else(|| wrong("the list of slices lacks it"))?;
    if text(entry, "SupportedPlatform") != Some("ios")
        || text(entry, "SupportedPlatformVariant") != slice.variant
    {
        return Err(wrong("it is listed for another kind of device"));
    }
    let path = |key| Some(own.join(slice.name).join(text(entry, key)?));
    let framework = path("LibraryPath").ok_or_else(|| wrong("its framework is not listed"))?;
    let info = plist(&framework.join("Info.plist"))?;
    if text(&info, "MinimumOSVersion") != Some(OLDEST_SYSTEM) {
        return Err(wrong("its framework does not say an oldest iOS that the App Store takes"));
    }
    let binary = framework.join(text(&info, "CFBundleExecutable").unwrap_or_default());
    if path("BinaryPath").as_ref() != Some(&binary) || bytes(&binary)? != bytes(archive)? {
        return Err(wrong("its library is not the one that was built"));
    }
    Ok(())
}

fn plist(path: &Path) -> Result<Dictionary> {
    let read = Value::from_file(path);
    let unreadable = || Trouble::failed(format!("{} is no property list", path.display()));
    read.ok().and_then(Value::into_dictionary).ok_or_else(unreadable)
}

fn text<'a>(dictionary: &'a Dictionary, key: &str) -> Option<&'a str> {
    dictionary.get(key).and_then(Value::as_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apple::SLICES;
    use crate::file::write;

    #[test]
    fn what_is_written_is_read_back_and_each_fault_is_seen() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let archive = root.join("built.a");
        write(&archive, "library").unwrap();
        let slices: Vec<_> = SLICES.iter().map(|slice| (slice, archive.clone())).collect();
        let files = of(&slices, "header").unwrap();
        for (name, bytes) in files.files() {
            write(&root.join(name), bytes).unwrap();
        }
        let why = |slice| check(root, slice, &archive).err().map(|trouble| trouble.to_string());
        assert_eq!((why(&SLICES[0]), why(&SLICES[1])), (None, None));
        write(&binary(root, &SLICES[0]), "another").unwrap();
        assert_eq!(why(&SLICES[0]).as_deref(), Some("ios-arm64: its library is not the one that was built"));
        let list = root.join("scrupleFFI.xcframework/Info.plist");
        let swapped = crate::file::read(&list)
            .unwrap()
            .replace("<string>simulator</string>", "<string>maccatalyst</string>");
        write(&list, swapped).unwrap();
        let other = why(&SLICES[1]).unwrap();
        assert_eq!(other, "ios-arm64-simulator: it is listed for another kind of device");
        let described = binary(root, &SLICES[0]).with_file_name("Info.plist");
        let older = crate::file::read(&described).unwrap().replace(OLDEST_SYSTEM, "15.0");
        write(&described, older).unwrap();
        assert!(why(&SLICES[0]).unwrap().contains("an oldest iOS that the App Store takes"));
        write(&list, "no list").unwrap();
        assert!(why(&SLICES[1]).unwrap().contains("is no property list"));
    }
}
