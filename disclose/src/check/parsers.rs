//! Each parser of a host's file by itself, for tests that mutate input and for the fuzz targets: none may panic or hang,
//! whatever it is given.

use std::io::Cursor;

use super::code::{Language, code};
use super::files::Files;
use super::macho::Program;
use super::sources::Source;
use super::{
    aab, android, apple, archive, axml, bplist, gradle, manifest, openstep, plist, projects, xcconfig,
    xcstrings,
};

/// An Android manifest as text, or as binary where it begins like that.
pub fn manifest(bytes: &[u8]) {
    let _ = manifest::parse(bytes, "AndroidManifest.xml");
}

/// An Android manifest in binary form.
pub fn axml(bytes: &[u8]) {
    let _ = axml::parse(bytes);
}

/// An Android manifest in an app bundle.
pub fn aab(bytes: &[u8]) {
    let _ = aab::parse(bytes);
}

/// A property list in any form.
pub fn plist(bytes: &[u8]) {
    let _ = plist::parse(bytes);
}

/// A binary property list.
pub fn bplist(bytes: &[u8]) {
    let _ = bplist::parse(bytes);
}

/// A property list in NeXT's text form.
pub fn openstep(bytes: &[u8]) {
    let _ = openstep::parse(bytes);
}

/// Xcode's build settings.
pub fn xcconfig(bytes: &[u8]) {
    let _ = xcconfig::parse(bytes);
}

/// Xcode's string catalogues.
pub fn xcstrings(bytes: &[u8]) {
    let _ = xcstrings::parse(bytes);
}

/// A Gradle build file, and a version catalog.
pub fn gradle(bytes: &[u8]) {
    let _ = gradle::build(bytes, "build.gradle");
    let _ = gradle::catalog(bytes, "libs");
    let _ = gradle::settings(bytes);
}

/// An APK, AAR or IPA.
pub fn archive(bytes: &[u8]) {
    let _ = archive::read(Cursor::new(bytes), |name| !name.is_empty(), |_, _| {});
}

/// An Xcode project, with every file that it may name.
pub fn project(bytes: &[u8]) {
    let mut files = Files::default();
    for name in ["A.xcodeproj/project.pbxproj", "Info.plist", "A.xcconfig", "A/A.entitlements"] {
        files.unpacked(name.to_owned(), bytes.to_vec());
    }
    apple::try_all(&mut files);
}

/// A project that XcodeGen makes, which includes itself.
pub fn specification(bytes: &[u8]) {
    let mut files = Files::default();
    for name in [
        "project.yml",
        "other.yml",
        "App/A.swift",
        "App/de.lproj/InfoPlist.strings",
        "Config/Release.xcconfig",
        "e/app.json",
        "e/package.json",
    ] {
        files.unpacked(name.to_owned(), bytes.to_vec());
    }
    apple::try_all(&mut files);
}

/// A Swift package that an app links, and that takes itself in.
pub fn package(bytes: &[u8]) {
    const LINKS: &str = "name: App\ntargets:\n  App:\n    type: application\n    platform: iOS\n    dependencies:\n    - {package: Kit, products: [A, B]}\n";
    let mut files = Files::default();
    files.unpacked("project.yml".to_owned(), LINKS.into());
    for name in ["Kit/Package.swift", "Kit/Sources/A/A.swift", "Kit/Own/B/In/B.swift"] {
        files.unpacked(name.to_owned(), bytes.to_vec());
    }
    apple::try_all(&mut files);
}

/// A privacy manifest, as an app's.
pub fn privacy_manifest(bytes: &[u8]) {
    let mut files = Files::default();
    files.unpacked("PrivacyInfo.xcprivacy".to_owned(), bytes.to_vec());
    apple::try_all(&mut files);
}

/// A built program.
pub fn program(bytes: &[u8]) {
    let _ = Program::read(bytes).map(|program| program.uses());
}

/// A source file, in each language.
pub fn source(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for language in [Language::Swift, Language::C] {
        let blanked = code(&text, language);
        assert_eq!(blanked.lines().count(), text.lines().count(), "every line stays");
        let source = Source::new(&text, language);
        let _ = source.uses(&source.own);
    }
}

/// A provisioning profile.
pub fn profile(bytes: &[u8]) {
    let _ = plist::signed(bytes);
}

/// A Gradle project and those of frameworks, whose files all say the same.
pub fn module(bytes: &[u8]) {
    let mut files = Files::default();
    let names = [
        "settings.gradle",
        "a/build.gradle",
        "b/own.gradle",
        "gradle/libs.versions.toml",
        "a/src/main/AndroidManifest.xml",
        "a/build/intermediates/merged_manifest/release/AndroidManifest.xml",
        "c/app.json",
        "d/config.xml",
        "e/App.csproj",
        "f/package.json",
        "g/project.yml",
    ];
    for name in names {
        files.unpacked(name.to_owned(), bytes.to_vec());
    }
    let projects = projects::all(&files);
    let _ = android::apps(&mut files, &projects);
}
