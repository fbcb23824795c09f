//! An Android app's manifest and build files, on small projects, each with one thing to find, beside the same project without it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;
#[path = "common/project.rs"]
mod project;

use std::fs;

use host::{found_in, fuzzy, policy, project};
use project::{APP, MAIN, app};
use scruple::Policy;

#[test]
fn android_mistakes() {
    const NFC: &str = "<uses-permission android:name='android.permission.NFC'/>";
    const OPTIONAL: &str = "<uses-feature android:name='android.hardware.location' android:required='false'/>\
        <uses-feature android:name='android.hardware.bluetooth' android:required='false'/>";
    const COARSE: &str = "<uses-permission android:name='android.permission.ACCESS_COARSE_LOCATION'/>";
    const FINE: &str = "<uses-permission android:name='android.permission.ACCESS_FINE_LOCATION'/>";
    const SCAN: &str = "<uses-permission android:name='android.permission.BLUETOOTH_SCAN' android:usesPermissionFlags='neverForLocation'/>";
    const OLD: &str = "<uses-permission android:name='android.permission.BLUETOOTH' android:maxSdkVersion='30'/><uses-permission android:name='android.permission.BLUETOOTH_ADMIN' android:maxSdkVersion='30'/>";
    let fuzzy = |categories: &[&str]| policy("fuzzy", categories);
    let table: Vec<(&str, Policy, String, Vec<&str>)> = vec![
        ("what is needed is there", fuzzy(&["nfc", "location", "bluetooth"]), format!("{NFC}{COARSE}{SCAN}{OLD}"), vec![]),
        ("nothing is needed and nothing is there", fuzzy(&["device"]), String::new(), vec![]),
        ("a permission is missing", fuzzy(&["nfc"]), String::new(), vec!["M:1 error android-missing-permission"]),
        ("it is commented out", fuzzy(&["nfc"]), format!("<!-- {NFC} -->"), vec!["M:1 error android-missing-permission"]),
        ("it is there twice, and differently", fuzzy(&["nfc"]), format!("{}\n{NFC}", NFC.replace("/>", " android:maxSdkVersion='22'/>")), vec!["M:3 error android-merge-conflict"]),
        ("it is there twice, and alike", fuzzy(&["nfc"]), format!("{NFC}\n{NFC}"), vec![]),
        ("it is there from 23 on", fuzzy(&["nfc"]), NFC.replace("uses-permission", "uses-permission-sdk-23"), vec![]),
        ("it is cut off", fuzzy(&["nfc"]), NFC.replace("/>", " android:maxSdkVersion='30'/>"), vec!["M:2 error android-capped-permission"]),
        ("a placeholder cuts it off, or not", fuzzy(&["nfc"]), NFC.replace("/>", " android:maxSdkVersion='${level}'/>"), vec![]),
        ("it is removed", fuzzy(&["nfc"]), NFC.replace("/>", " tools:node='remove'/>"), vec!["M:2 error android-missing-permission"]),
        ("everything is removed", fuzzy(&["nfc"]), "\n<uses-permission tools:node='removeAll'/>".to_owned(), vec!["M:3 error android-missing-permission"]),
        ("another policy would need it", fuzzy(&["device"]), NFC.to_owned(), vec!["M:2 note android-unneeded-permission"]),
        ("precise while fuzzy", fuzzy(&["location"]), format!("{COARSE}\n{FINE}"), vec!["M:3 warning android-precise-location"]),
        ("precise while precise", policy("precise", &["location"]), format!("{COARSE}{FINE}"), vec![]),
        ("precise while location is off", fuzzy(&["device"]), FINE.to_owned(), vec!["M:2 note android-unneeded-permission", "M:2 warning android-fine-without-coarse"]),
        ("a required feature", fuzzy(&["nfc"]), format!("{NFC}<uses-feature android:name='android.hardware.nfc'/>"), vec!["M:2 warning android-required-feature"]),
        ("it is not required", fuzzy(&["nfc"]), format!("{NFC}<uses-feature android:name='android.hardware.nfc' android:required='false'/>"), vec![]),
        ("the app's own required feature", fuzzy(&["device"]), "<uses-feature android:name='android.hardware.nfc'/><uses-feature android:name='android.hardware.camera'/>".to_owned(), vec!["M:2 note android-required-feature"]),
        ("no end for old systems", fuzzy(&["bluetooth"]), format!("{SCAN}\n{}", OLD.replacen(" android:maxSdkVersion='30'", "", 1)), vec!["M:3 warning android-missing-max-sdk"]),
        ("a late end for old systems", fuzzy(&["bluetooth"]), format!("{SCAN}\n{}", OLD.replacen("'30'", "'31'", 1)), vec!["M:3 warning android-missing-max-sdk"]),
        ("an early end for old systems", fuzzy(&["bluetooth"]), format!("{SCAN}\n{}", OLD.replacen("'30'", "'29'", 1)), vec!["M:3 error android-capped-permission"]),
        ("a scan that locates", fuzzy(&["bluetooth"]), format!("{OLD}\n{}", SCAN.replace("neverForLocation", "")), vec!["M:3 warning android-scan-location"]),
        ("a scan that locates, and may", policy("precise", &["bluetooth", "location"]), format!("{OLD}{COARSE}{FINE}\n{}", SCAN.replace("neverForLocation", "")), vec!["M:3 note android-scan-location"]),
        ("identifiers", fuzzy(&["device"]), "<uses-permission android:name='com.google.android.gms.permission.AD_ID'/>\n<uses-permission android:name='android.permission.READ_PHONE_STATE'/>".to_owned(), vec!["M:2 warning android-identifier", "M:3 warning android-identifier"]),
        ("an identifier that is removed", fuzzy(&["device"]), "<uses-permission android:name='com.google.android.gms.permission.AD_ID' tools:node='remove'/>".to_owned(), vec![]),
        ("broken", fuzzy(&["nfc"]), "<uses-permission>".to_owned(), vec!["M:3 error unreadable"]),
        ("a namespace without its address", fuzzy(&["nfc"]), "\n<x:y/>".to_owned(), vec!["M:3 error unreadable"]),
    ];
    for (what, policy, body, expected) in table {
        let folder = project(&[("app/build.gradle", APP), (MAIN, &app(&format!("{body}{OPTIONAL}")))]);
        let expected: Vec<_> = expected.iter().map(|own| own.replace("M:", &format!("{MAIN}:"))).collect();
        assert_eq!(found_in(&policy, folder.path()), expected, "{what}");
    }
    let doctype = format!("<?xml version='1.0'?>\n<!DOCTYPE manifest>\n{}", app(NFC));
    let folder = project(&[(MAIN, &doctype)]);
    assert_eq!(found_in(&fuzzy(&["nfc"]), folder.path()), [format!("{MAIN}:2 error unreadable")]);
}

#[test]
fn a_gradle_project_is_merged_as_gradle_does() {
    let nfc = "<uses-permission android:name='android.permission.NFC'/>";
    let library = ("lib/build.gradle", "apply plugin: 'com.android.library'");
    let lib_manifest =
        format!("<manifest xmlns:android='http://schemas.android.com/apk/res/android'>\n{nfc}</manifest>");
    let needs = policy("fuzzy", &["nfc"]);
    let missing = [format!("{MAIN}:1 error android-missing-permission")];
    let plain = app("");
    let flavour = "android { productFlavors { full { } } }";
    let build = format!("{APP}{flavour}\ndependencies {{ implementation project(':lib') }}");
    let base = [("settings.gradle", ""), ("app/build.gradle", build.as_str()), (MAIN, plain.as_str())];
    let with = |more: &[(&str, &str)]| project(&[&base[..], more].concat());

    assert_eq!(found_in(&needs, with(&[]).path()), missing, "the control");
    for path in [
        "lib/src/main/AndroidManifest.xml",
        "app/src/release/AndroidManifest.xml",
        "app/src/full/AndroidManifest.xml",
    ] {
        assert_eq!(found_in(&needs, with(&[library, (path, &lib_manifest)]).path()), [""; 0], "{path}");
    }
    for path in [
        "app/src/debug/AndroidManifest.xml",
        "app/src/androidTest/AndroidManifest.xml",
        "app/src/testFull/AndroidManifest.xml",
        "app/build/AndroidManifest.xml",
    ] {
        assert_eq!(found_in(&needs, with(&[library, (path, &lib_manifest)]).path()), missing, "{path}");
    }
    let elsewhere = [
        ("x/settings.gradle", ""),
        ("x/lib/build.gradle", ""),
        ("x/lib/src/main/AndroidManifest.xml", lib_manifest.as_str()),
    ];
    assert_eq!(found_in(&needs, with(&elsewhere).path()), missing, "another build's library");

    // Scruple's artifacts bring what they need.
    for build in [
        "dependencies { implementation 'dev.scruple:scruple-nfc:0.1.0' }",
        "dependencies { implementation(libs.scruple.nfc) }",
    ] {
        let build = format!("{APP}{build}");
        let catalog = (
            "gradle/libs.versions.toml",
            "[libraries]\nscruple-nfc = { module = \"dev.scruple:scruple-nfc\" }",
        );
        let folder = with(&[catalog, ("app/build.gradle", &build)]);
        assert_eq!(found_in(&needs, folder.path()), [""; 0], "{build}");
        let needless = found_in(&fuzzy(&["device"]), folder.path());
        assert_eq!(needless, ["app/build.gradle:2 note android-unneeded-artifact"]);
        // What the app takes away is not there.
        fs::write(folder.path().join(MAIN), app(&nfc.replace("/>", " tools:node='remove'/>"))).unwrap();
        assert_eq!(found_in(&needs, folder.path()), [format!("{MAIN}:2 error android-missing-permission")]);
    }
    let precise = format!(
        "{APP}dependencies {{ implementation 'dev.scruple:scruple-location:1'; implementation 'dev.scruple:scruple-location-precise:1' }}"
    );
    let folder = with(&[("app/build.gradle", &precise)]);
    assert_eq!(
        found_in(&fuzzy(&["location"]), folder.path()),
        ["app/build.gradle:2 warning android-precise-location"]
    );
    assert_eq!(found_in(&policy("precise", &["location"]), folder.path()), [""; 0]);

    // A watch is no host, and two apps are two.
    let watch = app("<uses-feature android:name='android.hardware.type.watch'/>");
    let folder = with(&[("wear/build.gradle", APP), ("wear/src/main/AndroidManifest.xml", &watch)]);
    assert_eq!(found_in(&needs, folder.path()), missing);
    let folder = with(&[("two/build.gradle", APP), ("two/src/main/AndroidManifest.xml", &plain)]);
    assert_eq!(found_in(&needs, folder.path()).len(), 2);
}
