//! The host check on small projects, each with one thing to find, beside the same project without it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use scruple::Policy;
use scruple_disclose::check::{Level, Report, check};
use tempfile::TempDir;

/// A policy with these categories on.
fn policy(accuracy: &str, categories: &[&str]) -> Policy {
    let on: Vec<_> = categories.iter().map(|own| format!("\"{own}\": {{ \"enabled\": true }}")).collect();
    let text = format!(
        "{{ \"agreement\": \"{}\", \"location_accuracy\": \"{accuracy}\", \"categories\": {{ {} }} }}",
        scruple::AGREEMENT,
        on.join(", ")
    );
    Policy::from_json(&text).unwrap()
}

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What is found, in short: `file:line level rule`.
fn found(policy: &Policy, folder: &Path) -> Vec<String> {
    short(&check(policy, &[folder.to_owned()]).unwrap(), folder)
}

fn short(report: &Report, folder: &Path) -> Vec<String> {
    let root = format!("{}/", folder.display());
    let line = |line: Option<u32>| line.map_or_else(String::new, |line| format!(":{line}"));
    let short = report.findings.iter().map(|own| {
        format!(
            "{}{} {} {}",
            own.place.file.replace(&root, ""),
            line(own.place.line),
            own.level.id(),
            own.rule
        )
    });
    short.collect()
}

fn manifest(body: &str) -> String {
    format!(
        "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" xmlns:tools=\"http://schemas.android.com/tools\">\n{body}\n\
         <application><activity android:name=\".Main\"><intent-filter><category android:name=\"android.intent.category.LAUNCHER\"/>\
         </intent-filter></activity></application></manifest>"
    )
}

const APP: &str = "plugins { id 'com.android.application' }\n";
const MANIFEST: &str = "app/src/main/AndroidManifest.xml";

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
        ("a scan that locates", fuzzy(&["bluetooth"]), format!("{OLD}\n{}", SCAN.replace("neverForLocation", "")), vec!["M:3 note android-scan-location"]),
        ("identifiers", fuzzy(&["device"]), "<uses-permission android:name='com.google.android.gms.permission.AD_ID'/>\n<uses-permission android:name='android.permission.READ_PHONE_STATE'/>".to_owned(), vec!["M:2 warning android-identifier", "M:3 warning android-identifier"]),
        ("an identifier that is removed", fuzzy(&["device"]), "<uses-permission android:name='com.google.android.gms.permission.AD_ID' tools:node='remove'/>".to_owned(), vec![]),
        ("broken", fuzzy(&["nfc"]), "<uses-permission>".to_owned(), vec!["M:3 error unreadable"]),
        ("a namespace without its address", fuzzy(&["nfc"]), "\n<x:y/>".to_owned(), vec!["M:3 error unreadable"]),
    ];
    for (what, policy, body, expected) in table {
        let folder =
            project(&[("app/build.gradle", APP), (MANIFEST, &manifest(&format!("{body}{OPTIONAL}")))]);
        let expected: Vec<_> =
            expected.iter().map(|own| own.replace("M:", &format!("{MANIFEST}:"))).collect();
        assert_eq!(found(&policy, folder.path()), expected, "{what}");
    }
    let doctype = format!("<?xml version='1.0'?>\n<!DOCTYPE manifest>\n{}", manifest(NFC));
    let folder = project(&[(MANIFEST, &doctype)]);
    assert_eq!(found(&policy("fuzzy", &["nfc"]), folder.path()), [format!("{MANIFEST}:2 error unreadable")]);
}

#[test]
fn a_gradle_project_is_merged_as_gradle_does() {
    let nfc = "<uses-permission android:name='android.permission.NFC'/>";
    let library = ("lib/build.gradle", "apply plugin: 'com.android.library'");
    let lib_manifest =
        format!("<manifest xmlns:android='http://schemas.android.com/apk/res/android'>\n{nfc}</manifest>");
    let needs = policy("fuzzy", &["nfc"]);
    let missing = [format!("{MANIFEST}:1 error android-missing-permission")];
    let plain = manifest("");
    let flavour = "android { productFlavors { full { } } }";
    let build = format!("{APP}{flavour}\ndependencies {{ implementation project(':lib') }}");
    let app = [("settings.gradle", ""), ("app/build.gradle", build.as_str()), (MANIFEST, plain.as_str())];
    let with = |more: &[(&str, &str)]| project(&[&app[..], more].concat());

    assert_eq!(found(&needs, with(&[]).path()), missing, "the control");
    for path in [
        "lib/src/main/AndroidManifest.xml",
        "app/src/release/AndroidManifest.xml",
        "app/src/full/AndroidManifest.xml",
    ] {
        assert_eq!(found(&needs, with(&[library, (path, &lib_manifest)]).path()), [""; 0], "{path}");
    }
    for path in [
        "app/src/debug/AndroidManifest.xml",
        "app/src/androidTest/AndroidManifest.xml",
        "app/src/testFull/AndroidManifest.xml",
        "app/build/AndroidManifest.xml",
    ] {
        assert_eq!(found(&needs, with(&[library, (path, &lib_manifest)]).path()), missing, "{path}");
    }
    let elsewhere = [
        ("x/settings.gradle", ""),
        ("x/lib/build.gradle", ""),
        ("x/lib/src/main/AndroidManifest.xml", lib_manifest.as_str()),
    ];
    assert_eq!(found(&needs, with(&elsewhere).path()), missing, "another build's library");

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
        assert_eq!(found(&needs, folder.path()), [""; 0], "{build}");
        let needless = found(&policy("fuzzy", &["device"]), folder.path());
        assert_eq!(needless, ["app/build.gradle:2 note android-unneeded-artifact"]);
        // What the app takes away is not there.
        fs::write(folder.path().join(MANIFEST), manifest(&nfc.replace("/>", " tools:node='remove'/>")))
            .unwrap();
        assert_eq!(found(&needs, folder.path()), [format!("{MANIFEST}:2 error android-missing-permission")]);
    }
    let precise = format!(
        "{APP}dependencies {{ implementation 'dev.scruple:scruple-location:1'; implementation 'dev.scruple:scruple-location-precise:1' }}"
    );
    let folder = with(&[("app/build.gradle", &precise)]);
    assert_eq!(
        found(&policy("fuzzy", &["location"]), folder.path()),
        ["app/build.gradle:2 warning android-precise-location"]
    );
    assert_eq!(found(&policy("precise", &["location"]), folder.path()), [""; 0]);

    // A watch is no host, and two apps are two.
    let watch = manifest("<uses-feature android:name='android.hardware.type.watch'/>");
    let folder = with(&[("wear/build.gradle", APP), ("wear/src/main/AndroidManifest.xml", &watch)]);
    assert_eq!(found(&needs, folder.path()), missing);
    let folder = with(&[("two/build.gradle", APP), ("two/src/main/AndroidManifest.xml", &plain)]);
    assert_eq!(found(&needs, folder.path()).len(), 2);
}

fn plist(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n{body}\n</dict>\n</plist>"
    )
}

fn info(body: &str) -> String {
    plist(&format!(
        "<key>CFBundleName</key><string>$(PRODUCT_NAME)</string><key>UILaunchScreen</key><dict/>\n{body}"
    ))
}

fn collected(types: &[(&str, bool)]) -> String {
    let entries: Vec<_> = types
        .iter()
        .map(|(name, tracking)| {
            format!("<dict><key>NSPrivacyCollectedDataType</key><string>NSPrivacyCollectedDataType{name}</string><key>NSPrivacyCollectedDataTypeTracking</key><{tracking}/><key>NSPrivacyCollectedDataTypeLinked</key><true/><key>NSPrivacyCollectedDataTypePurposes</key><array><string>NSPrivacyCollectedDataTypePurposeAppFunctionality</string></array></dict>")
        })
        .collect();
    format!("<key>NSPrivacyCollectedDataTypes</key><array>\n{}</array>", entries.join("\n"))
}

#[test]
fn apple_mistakes() {
    const WHEN: &str = "<key>NSLocationWhenInUseUsageDescription</key><string>Shows what is near.</string>";
    const REDUCED: &str = "<key>NSLocationDefaultAccuracyReduced</key><true/>";
    const NFC: &str = "<key>NFCReaderUsageDescription</key><string>Reads cards.</string>";
    const TAG: &str =
        "<key>com.apple.developer.nfc.readersession.formats</key><array><string>TAG</string></array>";
    const TRACK: &str = "<key>NSUserTrackingUsageDescription</key><string>Shows what fits.</string>";
    const TRACKS: &str = "<key>NSPrivacyTracking</key><true/><key>NSPrivacyTrackingDomains</key><array><string>example.com</string></array>";
    let coarse = collected(&[("CoarseLocation", false)]);
    let device = collected(&[("DeviceID", true)]);
    let others = collected(&[("OtherDataTypes", false), ("OtherDiagnosticData", false)]);
    let fuzzy = |categories: &[&str]| policy("fuzzy", categories);
    let located = format!("{WHEN}\n{REDUCED}");
    // What is in Info.plist, in the entitlements and in the privacy manifest.
    type Row<'a> = (&'a str, Policy, String, String, String, Vec<&'a str>);
    let table: Vec<Row<'_>> = vec![
        ("location", fuzzy(&["location"]), located.clone(), String::new(), coarse.clone(), vec![]),
        (
            "a key is missing",
            fuzzy(&["location"]),
            REDUCED.to_owned(),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:1 error apple-missing-key"],
        ),
        (
            "both keys are",
            fuzzy(&["location"]),
            String::new(),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:1 error apple-missing-key", "App/Info.plist:1 error apple-missing-key"],
        ),
        (
            "a text is empty",
            fuzzy(&["location"]),
            located.replace("Shows what is near.", " \n "),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:6 error apple-empty-usage-description"],
        ),
        (
            "another text is empty",
            fuzzy(&["location"]),
            format!("{located}\n<key>NSCameraUsageDescription</key><string/>"),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:8 error apple-empty-usage-description"],
        ),
        (
            "a dictionary for a text",
            fuzzy(&["location"]),
            located.replace("<string>Shows what is near.</string>", "<dict/>"),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:6 error apple-wrong-type"],
        ),
        (
            "precise while fuzzy",
            fuzzy(&["location"]),
            WHEN.to_owned(),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:1 error apple-precise-location"],
        ),
        (
            "it says so",
            fuzzy(&["location"]),
            located.replace("<true/>", "<false/>"),
            String::new(),
            coarse.clone(),
            vec!["App/Info.plist:7 error apple-precise-location"],
        ),
        (
            "nobody reads it",
            fuzzy(&["device"]),
            located,
            String::new(),
            others.clone(),
            vec!["App/Info.plist:6 note apple-unneeded-key", "App/Info.plist:7 note apple-unneeded-key"],
        ),
        ("nfc", fuzzy(&["nfc"]), NFC.to_owned(), TAG.to_owned(), others.clone(), vec![]),
        (
            "the entitlement is missing",
            fuzzy(&["nfc"]),
            NFC.to_owned(),
            String::new(),
            others.clone(),
            vec!["App/Info.plist:1 error apple-missing-entitlement"],
        ),
        (
            "it has another value",
            fuzzy(&["nfc"]),
            NFC.to_owned(),
            format!("\n{}", TAG.replace("TAG", "NDEF")),
            others.clone(),
            vec!["App/App.entitlements:6 error apple-missing-entitlement"],
        ),
        (
            "nobody needs it",
            fuzzy(&["device"]),
            String::new(),
            TAG.to_owned(),
            others.clone(),
            vec!["App/App.entitlements:5 note apple-unneeded-entitlement"],
        ),
        (
            "the manifest omits a type",
            fuzzy(&["location"]),
            format!("{WHEN}{REDUCED}"),
            String::new(),
            others.clone(),
            vec!["App/PrivacyInfo.xcprivacy:5 error apple-omitted-data-type"],
        ),
        (
            "idfa",
            fuzzy(&["identifier"]),
            TRACK.to_owned(),
            String::new(),
            format!("{TRACKS}{device}"),
            vec![],
        ),
        (
            "idfa without tracking",
            fuzzy(&["identifier"]),
            TRACK.to_owned(),
            String::new(),
            format!(
                "<key>NSPrivacyTracking</key><false/>\n{}",
                device.replace("Tracking</key><true/>", "Tracking</key><false/>")
            ),
            vec![
                "App/PrivacyInfo.xcprivacy:5 error apple-tracking",
                "App/PrivacyInfo.xcprivacy:7 error apple-omitted-data-type",
            ],
        ),
        (
            "tracking without domains",
            fuzzy(&["identifier"]),
            TRACK.to_owned(),
            String::new(),
            format!("<key>NSPrivacyTracking</key><true/>{device}"),
            vec!["App/PrivacyInfo.xcprivacy:5 error apple-tracking"],
        ),
        (
            "domains without tracking",
            fuzzy(&["device"]),
            String::new(),
            String::new(),
            format!("{}{others}", TRACKS.replace("<true/>", "<false/>\n")),
            vec!["App/PrivacyInfo.xcprivacy:6 error apple-tracking"],
        ),
        (
            "a type is tracked and the app is not",
            fuzzy(&["device"]),
            String::new(),
            String::new(),
            others.replace("<false/>", "<true/>"),
            vec![
                "App/PrivacyInfo.xcprivacy:6 error apple-tracking",
                "App/PrivacyInfo.xcprivacy:7 error apple-tracking",
            ],
        ),
        (
            "the app tracks by itself",
            fuzzy(&["device"]),
            String::new(),
            String::new(),
            format!("{TRACKS}{others}"),
            vec!["App/PrivacyInfo.xcprivacy:5 note apple-tracking"],
        ),
        (
            "a text for a flag",
            fuzzy(&["device"]),
            String::new(),
            String::new(),
            format!("<key>NSPrivacyTracking</key><string>NO</string>{others}"),
            vec!["App/PrivacyInfo.xcprivacy:5 error apple-wrong-type"],
        ),
        (
            "broken",
            fuzzy(&["device"]),
            "\n<key>A</key>".to_owned(),
            String::new(),
            others,
            vec!["App/Info.plist:7 error unreadable"],
        ),
    ];
    for (what, policy, keys, entitlements, privacy, expected) in table {
        let folder = project(&[
            ("App/Info.plist", &info(&keys)),
            ("App/App.entitlements", &plist(&entitlements)),
            ("App/PrivacyInfo.xcprivacy", &plist(&privacy)),
        ]);
        // One that has nothing in it is as good as none.
        if entitlements.is_empty() {
            fs::remove_file(folder.path().join("App/App.entitlements")).unwrap();
        }
        assert_eq!(found(&policy, folder.path()), expected, "{what}");
    }
    let folder = project(&[("App/Info.plist", &info(""))]);
    assert_eq!(
        found(&policy("fuzzy", &["device"]), folder.path()),
        ["App/Info.plist:1 error apple-missing-privacy-manifest"]
    );
    assert_eq!(found(&policy("fuzzy", &[]), folder.path()), [""; 0]);
}

#[test]
fn an_xcode_project_says_where_everything_is() {
    let pbxproj = include_str!("files/project.pbxproj");
    let privacy = plist(&collected(&[("CoarseLocation", false)]));
    let location = policy("fuzzy", &["location"]);
    let keys = "INFOPLIST_KEY_NSLocationWhenInUseUsageDescription = Near.\n";
    let reduced = info("<key>NSLocationDefaultAccuracyReduced</key><true/>");
    let files = [
        ("A.xcodeproj/project.pbxproj", pbxproj),
        ("Info.plist", reduced.as_str()),
        ("PrivacyInfo.xcprivacy", &privacy),
    ];
    let with = |more: &[(&str, &str)]| project(&[&files[..], more].concat());

    let none = found(&location, with(&[]).path());
    assert_eq!(none, ["Info.plist:1 error apple-missing-key"], "the control");
    assert_eq!(found(&location, with(&[("A.xcconfig", keys)]).path()), [""; 0]);
    assert_eq!(
        found(&location, with(&[("A.xcconfig", "#include \"x/B.xcconfig\""), ("x/B.xcconfig", keys)]).path()),
        [""; 0]
    );
    let circle = with(&[
        ("A.xcconfig", "#include \"x/B.xcconfig\""),
        ("x/B.xcconfig", "#include \"../A.xcconfig\"\n#include \"/etc/passwd\""),
    ]);
    assert_eq!(found(&location, circle.path()), none);
    let empty = with(&[("A.xcconfig", &keys.replace("Near.", ""))]);
    assert_eq!(found(&location, empty.path()), ["A.xcconfig:1 error apple-empty-usage-description"]);

    // An extension's Info.plist is not the app's, and neither is a watch's.
    let extension = plist("<key>NSExtension</key><dict/>");
    let folder =
        with(&[("A.xcconfig", keys), ("Widget/Info.plist", &extension), ("Watch/Info.plist", &info(""))]);
    assert_eq!(found(&location, folder.path()), [""; 0]);
    let watch = pbxproj.replace("SDKROOT = iphoneos", "SDKROOT = watchos");
    let folder = project(&[("A.xcodeproj/project.pbxproj", &watch), ("Info.plist", &info(""))]);
    let report = check(&location, &[folder.path().to_owned()]).unwrap();
    assert_eq!((report.apps.len(), report.status()), (0, 2), "{report:?}");

    // Localized texts, in the folder that the target takes in.
    let folder = with(&[
        ("A.xcconfig", keys),
        (
            "Folder/de.lproj/InfoPlist.strings",
            "/* c */\nNSLocationWhenInUseUsageDescription = \"\";\nCFBundleName = \"\";",
        ),
        (
            "Folder/InfoPlist.xcstrings",
            "{\"strings\":{\n\"NFCReaderUsageDescription\":{\"localizations\":{\"de\":{\"stringUnit\":{\"value\":\"\"}}}}}}",
        ),
    ]);
    let expected = [
        "Folder/InfoPlist.xcstrings:2 error apple-empty-usage-description",
        // The project asks for the camera, in English only.
        "Folder/de.lproj/InfoPlist.strings note apple-missing-translation",
        "Folder/de.lproj/InfoPlist.strings:2 error apple-empty-usage-description",
    ];
    assert_eq!(found(&location, folder.path()), expected);

    // What the project names and nobody handed over is not called missing.
    let folder = project(&[("A.xcodeproj/project.pbxproj", pbxproj), ("PrivacyInfo.xcprivacy", &privacy)]);
    assert_eq!(
        found(&location, folder.path()),
        ["A.xcodeproj/project.pbxproj:37 warning apple-missing-info-plist"]
    );

    let broken = project(&[("A.xcodeproj/project.pbxproj", "{\nobjects = (\n")]);
    assert_eq!(found(&location, broken.path()), ["A.xcodeproj/project.pbxproj:3 error unreadable"]);
}

#[test]
fn notes_are_fine_findings_are_not_and_unreadable_files_are_worse() {
    let nfc = manifest(
        "<uses-permission android:name='android.permission.NFC'/><uses-permission android:name='android.permission.READ_PHONE_STATE'/>",
    );
    let folder = project(&[(MANIFEST, &nfc)]);
    let checked = |policy: &Policy, path: &Path| check(policy, &[path.to_owned()]).unwrap();
    let mut report = checked(&policy("fuzzy", &["device"]), folder.path());
    assert_eq!(report.status(), 1);
    let identifier = report.findings.iter().find(|own| own.level == Level::Warning).unwrap().rule;
    report.allow(&[identifier]);
    assert_eq!((report.status(), report.count(Level::Note)), (0, 2));

    fs::write(folder.path().join(MANIFEST), "<manifest>").unwrap();
    let mut report = checked(&policy("fuzzy", &["device"]), folder.path());
    assert_eq!(report.status(), 2);
    let unreadable = report.findings[0].rule;
    report.allow(&[unreadable]);
    assert_eq!(report.status(), 2, "a file that was not read is no decision of the host's");

    for path in [folder.path().join("not there"), folder.path().join(MANIFEST).parent().unwrap().join("x")] {
        assert_eq!(checked(&policy("fuzzy", &[]), &path).status(), 2);
    }
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(checked(&policy("fuzzy", &[]), empty.path()).status(), 2, "nothing was checked");
}

/// A host as the guide describes it, with each of Scruple's artifacts from a catalog.
#[test]
fn a_host_by_the_guide_is_clean_until_a_line_is_broken() {
    const ARTIFACTS: [(&str, usize); 6] = [
        ("bluetooth", 3),
        ("clipboard", 0),
        ("location", 0),
        ("location-precise", 1),
        ("nfc", 1),
        ("webview", 0),
    ];
    let catalog: String = ARTIFACTS
        .iter()
        .map(|(name, _)| format!("scruple-{name} = {{ module = \"dev.scruple:scruple-{name}\" }}\n"))
        .collect();
    let catalog = format!("[libraries]\n{catalog}");
    let build = |without: &str| {
        let lines = ARTIFACTS.iter().filter(|(name, _)| *name != without);
        let lines: String = lines
            .map(|(name, _)| format!("    implementation(libs.scruple.{})\n", name.replace('-', ".")))
            .collect();
        format!("plugins {{ alias(libs.plugins.android.application) }}\ndependencies {{\n{lines}}}\n")
    };
    let everything =
        policy("precise", &scruple::Category::ALL.iter().map(|own| own.id()).collect::<Vec<_>>());
    let found_without = |without: &str| {
        let folder = project(&[
            ("settings.gradle.kts", ""),
            ("gradle/libs.versions.toml", &catalog),
            ("build.gradle.kts", &build(without)),
            ("src/main/AndroidManifest.xml", &manifest("")),
        ]);
        found(&everything, folder.path())
    };
    assert_eq!(found_without(""), [""; 0]);
    for (name, lost) in ARTIFACTS {
        let missing = "src/main/AndroidManifest.xml:1 error android-missing-permission";
        assert_eq!(found_without(name), vec![missing; lost], "without {name}");
    }
}

/// The project's own Android app, as it is, with the policy that it opens its session with.
#[test]
fn the_sample_is_clean_until_a_line_is_broken() {
    let sample = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../android-sample");
    let read = |path: &str| fs::read_to_string(sample.join(path)).unwrap();
    let policy = Policy::from_json(&read("src/main/assets/scruple-precise.json")).unwrap();
    assert_eq!(found(&policy, &sample), [""; 0]);

    let (build, catalog) = (read("build.gradle.kts"), read("gradle/libs.versions.toml"));
    let manifest = read("src/main/AndroidManifest.xml");
    for line in ["implementation(libs.scruple.nfc)", "implementation(libs.scruple.bluetooth)"] {
        assert!(build.contains(line));
        let folder = project(&[
            ("settings.gradle.kts", ""),
            ("gradle/libs.versions.toml", &catalog),
            ("build.gradle.kts", &build.replace(line, "")),
            ("src/main/AndroidManifest.xml", &manifest),
        ]);
        let found = found(&policy, folder.path());
        assert!(found.iter().any(|own| own.contains("android-missing-permission")), "{line}: {found:?}");
    }
}

/// The project's own iOS app, as it is, with the policy that it opens its session with.
#[test]
fn the_ios_sample_is_clean_until_a_line_is_broken() {
    const FILES: [&str; 7] = [
        "ScrupleSample.xcodeproj/project.pbxproj",
        "ScrupleSample/Info.plist",
        "ScrupleSample/PrivacyInfo.xcprivacy",
        "ScrupleSample/ScrupleSample.entitlements",
        "ScrupleSample/en.lproj/InfoPlist.strings",
        "ScrupleSample/zh-Hans.lproj/InfoPlist.strings",
        "ScrupleSample/scruple.json",
    ];
    let sample = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../ios-sample");
    let texts = FILES.map(|file| (file, fs::read_to_string(sample.join(file)).unwrap()));
    let policy = Policy::from_json(&texts.last().unwrap().1).unwrap();
    // The sample has a second policy, which says precise.
    let report = check(&policy, std::slice::from_ref(&sample)).unwrap();
    let unneeded = short(&report, &sample);
    assert!(unneeded.len() == 1 && unneeded[0].ends_with("note apple-unneeded-product"), "{unneeded:?}");
    assert_eq!(report.apps, ["ScrupleSample"], "it is found by its project");

    for (file, line, broken, finding) in [
        (0, "ScrupleSample/Info.plist", "Info.plist", " warning apple-missing-info-plist"),
        (0, "ScrupleSample.entitlements", "No.entitlements", "Info.plist:1 error apple-missing-entitlement"),
        (0, "\tInfo.plist,", "PrivacyInfo.xcprivacy,", "Info.plist:1 error apple-missing-privacy-manifest"),
        (1, "NSBluetoothAlwaysUsageDescription", "None", "Info.plist:1 error apple-missing-key"),
        (1, "<true/>", "<false/>", "Info.plist:9 error apple-precise-location"),
        (2, "<true/>", "<false/>", "PrivacyInfo.xcprivacy:5 error apple-tracking"),
        (2, "<string>tracking.example.com</string>", "", "PrivacyInfo.xcprivacy:5 error apple-tracking"),
        (2, "DataTypeCoarseLocation", "None", "PrivacyInfo.xcprivacy:11 error apple-omitted-data-type"),
        (3, "TAG", "NDEF", "ScrupleSample.entitlements:5 error apple-missing-entitlement"),
        (
            5,
            "此示例读取您的位置并显示给您看，不会发送任何数据。",
            "",
            "zh-Hans.lproj/InfoPlist.strings:3 error apple-empty-usage-description",
        ),
    ] {
        let mut texts = texts.clone();
        assert!(texts[file].1.contains(line), "{line}");
        texts[file].1 = texts[file].1.replace(line, broken);
        let texts: Vec<_> = texts.iter().map(|(file, text)| (*file, text.as_str())).collect();
        let found = found(&policy, project(&texts).path());
        assert!(found.iter().any(|own| own.ends_with(finding)), "{line}: {found:?}");
    }
}

/// What `disclose` writes is what `check` asks for: of the same policy nothing is found, and of another one something is.
#[test]
fn what_is_disclosed_is_what_is_checked() {
    let policies =
        ["nothing", "device-only", "fuzzy-location", "everything", "everything-with-troubleshooting"];
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let read = |name: &str| {
        Policy::from_json(&fs::read_to_string(tests.join(format!("policies/{name}.json"))).unwrap()).unwrap()
    };
    let written = |name: &str, file: &str| {
        fs::read_to_string(tests.join("golden").join(name).join(file)).unwrap_or_default()
    };
    for name in policies {
        let ios = ["Info.plist", "PrivacyInfo.xcprivacy", "App.entitlements"]
            .map(|file| (file, written(name, &format!("ios/{file}"))));
        let android = ["scruple-location", "scruple-location-precise", "scruple-bluetooth", "scruple-nfc"]
            .map(|module| {
                (
                    format!("{module}/AndroidManifest.xml"),
                    written(name, &format!("android/{module}/AndroidManifest.xml")),
                )
            });
        let plain = manifest("");
        let modules: Vec<_> = android.iter().filter(|(_, text)| !text.is_empty()).collect();
        let builds: Vec<_> = modules
            .iter()
            .map(|(file, _)| {
                (file.replace("AndroidManifest.xml", "build.gradle"), "apply plugin: 'com.android.library'")
            })
            .collect();
        let dependencies: Vec<_> = modules
            .iter()
            .map(|(file, _)| {
                format!("implementation project(':{}')", file.replace("/AndroidManifest.xml", ""))
            })
            .collect();
        let build = format!("{APP}dependencies {{\n{}\n}}", dependencies.join("\n"));
        let app = [("app/build.gradle", build.as_str()), (MANIFEST, plain.as_str())];
        let app = app.into_iter().chain(builds.iter().map(|(file, text)| (file.as_str(), *text)));
        let files = ios.iter().map(|(file, text)| (*file, text.as_str()));
        let files = files.chain(android.iter().map(|(file, text)| (file.as_str(), text.as_str()))).chain(app);
        let folder = project(&files.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>());
        let paths = [folder.path().to_owned()];
        let found = |policy: &Policy| -> Vec<String> {
            let found = short(&check(policy, &paths).unwrap(), folder.path());
            // A note asks for nothing.
            found.into_iter().filter(|own| !own.contains(" note ")).collect()
        };
        assert_eq!(found(&read(name)), [""; 0], "{name}");
        let other = if name.starts_with("everything") { "nothing" } else { "everything" };
        assert!(!found(&read(other)).is_empty() || other == "nothing", "{name} against {other}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = project(&[("app/build.gradle", APP), (MANIFEST, &manifest(""))]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("app/loop")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("app/Info.plist")).unwrap();
    assert_eq!(found(&policy("fuzzy", &["device"]), folder.path()), [""; 0]);
    // But for the path itself, which somebody typed.
    let link = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(folder.path(), link.path().join("host")).unwrap();
    let report = check(&policy("fuzzy", &["nfc"]), &[link.path().join("host")]).unwrap();
    assert_eq!(report.status(), 1);
}
