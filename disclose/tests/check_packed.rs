//! What was built: APKs, app bundles and AARs, which are read, and which are no sources.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;
#[path = "common/project.rs"]
mod project;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use host::{fuzzy, project};
use project::{APP, MAIN, MISSING, NFC, app, manifest, report, short};
use scruple_disclose::check::check;

/// An archive with one entry.
fn archive(path: &Path, entry: &str, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut writer = zip::ZipWriter::new(fs::File::create(path).unwrap());
    writer.start_file(entry, zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap();
}

/// A manifest of an app bundle: `aapt.pb.XmlNode`.
fn bundled(permission: &str) -> Vec<u8> {
    let message =
        |number: u8, inner: &[u8]| [&[number << 3 | 2, u8::try_from(inner.len()).unwrap()], inner].concat();
    let name = [
        message(1, b"http://schemas.android.com/apk/res/android"),
        message(2, b"name"),
        message(3, permission.as_bytes()),
    ]
    .concat();
    let child = message(1, &[message(3, b"uses-permission"), message(4, &name)].concat());
    message(1, &[message(3, b"manifest"), message(5, &child)].concat())
}

#[test]
fn packed_apps_are_read_and_are_not_the_sources() {
    let nfc = fuzzy(&["nfc"]);
    let folder = project(&[("app/build.gradle", APP), (MAIN, &app(""))]);
    let apk = folder.path().join("old/app.apk");
    archive(&apk, "AndroidManifest.xml", app(NFC).as_bytes());
    assert_eq!(short(&report(&nfc, folder.path()), folder.path()), [MISSING], "it is no source");
    assert_eq!(report(&nfc, folder.path()).apps.len(), 1);
    assert_eq!(check(&nfc, &[apk]).unwrap().status(), 0);

    let alone = project(&[("README", "")]);
    let apk = alone.path().join("app.apk");
    archive(&apk, "AndroidManifest.xml", app("").as_bytes());
    assert_eq!(
        short(&report(&nfc, alone.path()), alone.path()),
        ["android-missing-permission error app.apk!/AndroidManifest.xml (app.apk)"]
    );
    let twice = format!("{NFC}{}", NFC.replace("/>", " android:maxSdkVersion=\"22\"/>"));
    archive(&apk, "AndroidManifest.xml", app(&twice).as_bytes());
    assert_eq!(check(&nfc, &[apk]).unwrap().status(), 0, "what is built is merged");
    for (permission, status) in [("android.permission.NFC", 0), ("android.permission.CAMERA", 1)] {
        let bundle = alone.path().join("app.aab");
        archive(&bundle, "base/manifest/AndroidManifest.xml", &bundled(permission));
        assert_eq!(check(&nfc, &[bundle]).unwrap().status(), status, "{permission}");
    }
    let bundle = alone.path().join("app.aab");
    archive(&bundle, "base/manifest/AndroidManifest.xml", b"<manifest/>");
    assert_eq!(check(&nfc, &[bundle]).unwrap().status(), 2);

    // A library in the app's folder is merged where the build file takes it in.
    for (build, expected) in [
        ("dependencies { implementation files('libs/tags.aar') }", vec![]),
        ("dependencies { implementation fileTree(dir: 'libs', include: ['*.jar', '*.aar']) }", vec![]),
        ("dependencies { implementation(name: 'tags', ext: 'aar') }", vec![]),
        ("dependencies { implementation files('libs/other.aar') }", vec![MISSING]),
        ("", vec![MISSING]),
    ] {
        let folder = project(&[("app/build.gradle", &format!("{APP}{build}")), (MAIN, &app(""))]);
        archive(&folder.path().join("app/libs/tags.aar"), "AndroidManifest.xml", manifest(NFC).as_bytes());
        assert_eq!(short(&report(&nfc, folder.path()), folder.path()), expected, "{build}");
    }
}
