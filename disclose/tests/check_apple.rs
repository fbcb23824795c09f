//! An iOS app's files, on small projects, each with one thing to find, beside the same project without it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use std::fs;

use host::{found_in, policy, project};
use scruple::Policy;
use scruple_disclose::check::check;

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
        assert_eq!(found_in(&policy, folder.path()), expected, "{what}");
    }
    let folder = project(&[("App/Info.plist", &info(""))]);
    assert_eq!(
        found_in(&fuzzy(&["device"]), folder.path()),
        ["App/Info.plist:1 error apple-missing-privacy-manifest"]
    );
    assert_eq!(found_in(&fuzzy(&[]), folder.path()), [""; 0]);
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

    let none = found_in(&location, with(&[]).path());
    assert_eq!(none, ["Info.plist:1 error apple-missing-key"], "the control");
    assert_eq!(found_in(&location, with(&[("A.xcconfig", keys)]).path()), [""; 0]);
    assert_eq!(
        found_in(
            &location,
            with(&[("A.xcconfig", "#include \"x/B.xcconfig\""), ("x/B.xcconfig", keys)]).path()
        ),
        [""; 0]
    );
    let circle = with(&[
        ("A.xcconfig", "#include \"x/B.xcconfig\""),
        ("x/B.xcconfig", "#include \"../A.xcconfig\"\n#include \"/etc/passwd\""),
    ]);
    assert_eq!(found_in(&location, circle.path()), none);
    let empty = with(&[("A.xcconfig", &keys.replace("Near.", ""))]);
    assert_eq!(found_in(&location, empty.path()), ["A.xcconfig:1 error apple-empty-usage-description"]);

    // An extension's Info.plist is not the app's, and neither is a watch's.
    let extension = plist("<key>NSExtension</key><dict/>");
    let folder =
        with(&[("A.xcconfig", keys), ("Widget/Info.plist", &extension), ("Watch/Info.plist", &info(""))]);
    assert_eq!(found_in(&location, folder.path()), [""; 0]);
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
    assert_eq!(found_in(&location, folder.path()), expected);

    // What the project names and nobody handed over is not called missing.
    let folder = project(&[("A.xcodeproj/project.pbxproj", pbxproj), ("PrivacyInfo.xcprivacy", &privacy)]);
    assert_eq!(
        found_in(&location, folder.path()),
        ["A.xcodeproj/project.pbxproj:37 warning apple-missing-info-plist"]
    );

    let broken = project(&[("A.xcodeproj/project.pbxproj", "{\nobjects = (\n")]);
    assert_eq!(found_in(&location, broken.path()), ["A.xcodeproj/project.pbxproj:3 error unreadable"]);
}
