//! An XCFramework of static libraries and their headers, which Xcode makes by `xcodebuild -create-xcframework`.

use std::path::{Path, PathBuf};

use plist::{Dictionary, Value};

use super::archive::Archive;
use crate::apple::{Processor, Slice};
use crate::file::bytes;
use crate::phone;
use crate::trouble::{Result, Trouble};

/// The module's name.
pub(super) const NAME: &str = "scrupleFFI";

/// Where Swift reads the functions from on Linux: the same header and module map.
pub(super) const MODULE: &str = "bindings/swift/Sources/scrupleFFI/include";

/// What makes a module of a directory.
pub(super) const MODULE_MAP: &str = "module.modulemap";

/// What says what in the libraries others wrote.
pub(super) const NOTICES: &str = "THIRD-PARTY-NOTICES.txt";

/// A slice's headers.
const HEADERS: &str = "Headers";

/// Where a slice lies, below the XCFramework's own directory.
fn directory(root: &Path, slice: &Slice) -> PathBuf {
    root.join(format!("{NAME}.xcframework")).join(slice.name)
}

/// Where a slice's headers are.
pub(super) fn headers(root: &Path, slice: &Slice) -> PathBuf {
    directory(root, slice).join(HEADERS)
}

/// Where a slice's library is.
pub(super) fn library(root: &Path, slice: &Slice) -> PathBuf {
    directory(root, slice).join(file())
}

/// The library's name.
fn file() -> String {
    format!("{}.a", phone::NAME)
}

/// All files of the XCFramework with these slices, their archives, the module's header and map, and what in them others wrote.
///
/// The headers are in a directory of the module's name: Xcode puts those of all XCFrameworks into one, where each
/// `module.modulemap` without a directory of its own stands in the way of the others.
pub(super) fn of(slices: &[(&'static Slice, PathBuf)], module: &Archive, notices: &str) -> Result<Archive> {
    let described = slices.iter().map(|(slice, _)| description(slice)).collect();
    let mut files = Archive::default()
        .with(&format!("{NAME}.xcframework/Info.plist"), xml(list(described))?)
        .with(&format!("{NAME}.xcframework/{NOTICES}"), notices);
    for (slice, archive) in slices {
        let own = format!("{NAME}.xcframework/{}", slice.name);
        files = files.with(&format!("{own}/{}", file()), bytes(archive)?);
        for (name, content) in module.files() {
            files = files.with(&format!("{own}/{HEADERS}/{NAME}/{name}"), content);
        }
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
fn description(slice: &Slice) -> Value {
    let mut library = dictionary([
        ("BinaryPath", file().into()),
        ("HeadersPath", HEADERS.into()),
        ("LibraryIdentifier", slice.name.into()),
        ("LibraryPath", file().into()),
        ("SupportedArchitectures", Value::Array(processors(slice))),
        ("SupportedPlatform", slice.system.into()),
    ]);
    if let Some(variant) = slice.variant {
        library.insert("SupportedPlatformVariant".to_owned(), variant.into());
    }
    Value::Dictionary(library)
}

/// Its processors' names.
fn processors(slice: &Slice) -> Vec<Value> {
    slice.processors.iter().map(|Processor { name, .. }| Value::from(*name)).collect()
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

/// Reads a slice of an XCFramework back as Xcode does: from the list of slices to the library, which is the archive, and to the
/// headers.
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
    if text(entry, "SupportedPlatform") != Some(slice.system)
        || text(entry, "SupportedPlatformVariant") != slice.variant
        || entry.get("SupportedArchitectures").and_then(Value::as_array) != Some(&processors(slice))
    {
        return Err(wrong("it is listed for another kind of device"));
    }
    let path = |key| Some(own.join(slice.name).join(text(entry, key)?));
    let library = path("LibraryPath").ok_or_else(|| wrong("its library is not listed"))?;
    if path("BinaryPath").as_ref() != Some(&library) || bytes(&library)? != bytes(archive)? {
        return Err(wrong("its library is not the one that was built"));
    }
    match path("HeadersPath").map(|headers| headers.join(NAME).join(MODULE_MAP)) {
        Some(map) if map.exists() => Ok(()),
        _ => Err(wrong("no headers of the module are listed")),
    }
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
        let module = Archive::default().with(MODULE_MAP, "");
        for (name, bytes) in of(&slices, &module, "MIT").unwrap().files() {
            write(&root.join(name), bytes).unwrap();
        }
        let why = |slice| check(root, slice, &archive).err().map(|trouble| trouble.to_string());
        assert!(SLICES.iter().all(|slice| why(slice).is_none()));
        write(&library(root, &SLICES[0]), "another").unwrap();
        assert_eq!(why(&SLICES[0]).as_deref(), Some("ios-arm64: its library is not the one that was built"));
        let list = root.join("scrupleFFI.xcframework/Info.plist");
        let listed = crate::file::read(&list).unwrap();
        for (from, to) in [
            ("simulator</string>\n\t\t</dict>", "maccatalyst</string>\n\t\t</dict>"),
            ("x86_64</string>\n\t\t\t</array>", "arm64e</string>\n\t\t\t</array>"),
        ] {
            write(&list, listed.replace(from, to)).unwrap();
            let other = why(&SLICES[1]).unwrap();
            assert_eq!(other, "ios-arm64_x86_64-simulator: it is listed for another kind of device");
        }
        write(&list, listed.replace("HeadersPath", "Headers")).unwrap();
        let headless = why(&SLICES[2]).unwrap();
        assert_eq!(headless, "macos-arm64_x86_64: no headers of the module are listed");
        write(&list, "no list").unwrap();
        assert!(why(&SLICES[1]).unwrap().contains("is no property list"));
    }
}
