//! Every mistake that Apple, or a linter of privacy manifests, finds in one by itself.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use host::{accessed, collected, found, plist, policy, privacy, report};

/// The findings of a manifest that was handed over alone: `line level rule`.
fn mistakes(body: &str) -> Vec<String> {
    let findings = found(&policy("fuzzy", &[]), &[("PrivacyInfo.xcprivacy", &plist(body))]);
    findings.iter().map(|own| own.replace("PrivacyInfo.xcprivacy:", "")).collect()
}

const MANIFEST: &str = "error apple-privacy-manifest";
const TWICE: &str = "warning apple-privacy-manifest";
const TYPE: &str = "error apple-wrong-type";
const TRACKING: &str = "error apple-tracking";

#[test]
fn a_right_one_has_no_mistake() {
    // The control: everything that Apple has, once.
    let categories = [
        ("FileTimestamp", &["DDA9.1", "C617.1", "3B52.1"][..]),
        ("SystemBootTime", &["35F9.1", "8FFB.1", "3D61.1"]),
        ("DiskSpace", &["85F4.1", "E174.1", "7D9E.1", "B728.1"]),
        ("ActiveKeyboards", &["3EC4.1", "54BD.1"]),
        ("UserDefaults", &["CA92.1", "1C8F.1", "AC6B.1"]),
    ];
    let reasons: String = categories.iter().map(|(name, reasons)| accessed(name, reasons)).collect();
    let types: String = DATA_TYPES.split_whitespace().map(collected).collect();
    assert_eq!(DATA_TYPES.split_whitespace().count(), 35);
    let body = format!(
        "<key>NSPrivacyTracking</key><true/><key>NSPrivacyTrackingDomains</key><array><string>a.example.com</string></array>\
         <key>NSPrivacyCollectedDataTypes</key><array>{types}</array><key>NSPrivacyAccessedAPITypes</key><array>{reasons}</array>"
    );
    // That it tracks is looked at, and it is the app's own affair.
    assert_eq!(mistakes(&body), ["3 note apple-tracking"]);
    assert_eq!(mistakes("<key>NSPrivacyTracking</key><false/>"), [""; 0]);
}

const DATA_TYPES: &str = "Name EmailAddress PhoneNumber PhysicalAddress OtherUserContactInfo Health Fitness PaymentInfo \
    CreditInfo OtherFinancialInfo PreciseLocation CoarseLocation SensitiveInfo Contacts EmailsOrTextMessages PhotosorVideos \
    AudioData GameplayContent CustomerSupport OtherUserContent BrowsingHistory SearchHistory UserID DeviceID PurchaseHistory \
    ProductInteraction AdvertisingData OtherUsageData CrashData PerformanceData OtherDiagnosticData EnvironmentScanning \
    Hands Head OtherDataTypes";

#[test]
fn keys_and_types() {
    let table: Vec<(&str, String, Vec<String>)> = vec![
        ("nothing", String::new(), vec![format!("2 {TWICE}")]),
        (
            "a key that Apple has not",
            "<key>NSPrivacyTraking</key><false/>".to_owned(),
            vec![format!("3 {MANIFEST}")],
        ),
        (
            "a key twice",
            "<key>NSPrivacyTracking</key><false/>\n<key>NSPrivacyTracking</key><false/>".to_owned(),
            vec![format!("4 {TWICE}")],
        ),
        (
            "a text for a flag",
            "<key>NSPrivacyTracking</key><string>NO</string>".to_owned(),
            vec![format!("3 {TYPE}")],
        ),
        (
            "a number for a flag",
            "<key>NSPrivacyTracking</key><integer>0</integer>".to_owned(),
            vec![format!("3 {TYPE}")],
        ),
        (
            "a text for each list",
            ["TrackingDomains", "CollectedDataTypes", "AccessedAPITypes"]
                .map(|key| format!("<key>NSPrivacy{key}</key><string>x</string>"))
                .join("\n"),
            (3..6).map(|line| format!("{line} {TYPE}")).collect(),
        ),
        (
            "texts for dictionaries",
            "<key>NSPrivacyCollectedDataTypes</key><array>\n<string>x</string></array>\
             <key>NSPrivacyAccessedAPITypes</key><array>\n<string>x</string></array>"
                .to_owned(),
            vec![format!("4 {TYPE}"), format!("5 {TYPE}")],
        ),
        (
            "a flag for a domain",
            "<key>NSPrivacyTracking</key><true/><key>NSPrivacyTrackingDomains</key><array>\n<true/></array>"
                .to_owned(),
            vec!["3 note apple-tracking".to_owned(), format!("4 {TYPE}")],
        ),
    ];
    for (what, body, expected) in table {
        assert_eq!(mistakes(&body), expected, "{what}");
    }
}

#[test]
fn tracking() {
    let domains = |domains: &str| {
        format!(
            "<key>NSPrivacyTracking</key><true/>\n<key>NSPrivacyTrackingDomains</key><array>\n{domains}</array>"
        )
    };
    let tracks = "3 note apple-tracking".to_owned();
    assert_eq!(mistakes("<key>NSPrivacyTracking</key><true/>"), [format!("3 {TRACKING}"), tracks.clone()]);
    assert_eq!(mistakes(&domains("")), [format!("3 {TRACKING}"), tracks.clone()]);
    assert_eq!(mistakes(&domains("<string>a.example.com</string>")), [tracks.as_str()]);
    for (listed, line, level) in [
        ("<string>https://a.example.com</string>", 5, MANIFEST),
        ("<string>a.example.com/b</string>", 5, MANIFEST),
        ("<string>a.example.com:80</string>", 5, MANIFEST),
        ("<string/>", 5, MANIFEST),
        ("<string>a.example.com</string>\n<string>A.example.com</string>", 6, TWICE),
    ] {
        assert_eq!(mistakes(&domains(listed)), [tracks.clone(), format!("{line} {level}")], "{listed}");
    }
    let untracked = domains("<string>a.example.com</string>").replace("<true/>", "<false/>");
    assert_eq!(mistakes(&untracked), [format!("4 {TRACKING}")]);
    let entry = collected("DeviceID").replace("Tracking</key><false/>", "Tracking</key>\n<true/>");
    let body = format!("<key>NSPrivacyCollectedDataTypes</key><array>{entry}</array>");
    assert_eq!(mistakes(&body), [format!("3 {TRACKING}")]);
}

#[test]
fn collected_data() {
    let of = |entries: &str| format!("<key>NSPrivacyCollectedDataTypes</key><array>\n{entries}</array>");
    let right = collected("DeviceID");
    assert_eq!(mistakes(&of(&right)), [""; 0], "the control");
    let purposes = "<array><string>NSPrivacyCollectedDataTypePurposeAppFunctionality</string></array>";
    for (from, to, expected) in [
        ("TypeDeviceID", "TypeDeviceId", vec![MANIFEST]),
        ("<string>NSPrivacyCollectedDataTypeDeviceID", "<string>Device ID", vec![MANIFEST]),
        ("<string>NSPrivacyCollectedDataTypeDeviceID</string>", "<string/>", vec![MANIFEST]),
        ("<string>NSPrivacyCollectedDataTypeDeviceID</string>", "<true/>", vec![TYPE]),
        (
            "<key>NSPrivacyCollectedDataType</key><string>NSPrivacyCollectedDataTypeDeviceID</string>",
            "",
            vec![MANIFEST],
        ),
        ("<key>NSPrivacyCollectedDataTypeLinked</key><true/>", "", vec![MANIFEST]),
        ("Linked</key><true/>", "Linked</key><string>YES</string>", vec![TYPE]),
        ("<key>NSPrivacyCollectedDataTypeTracking</key><false/>", "", vec![MANIFEST]),
        ("Tracking</key><false/>", "Tracking</key><string>NO</string>", vec![TYPE]),
        (purposes, "<array/>", vec![MANIFEST]),
        (purposes, "<string>NSPrivacyCollectedDataTypePurposeAnalytics</string>", vec![TYPE]),
        (purposes, "<array><true/></array>", vec![TYPE]),
        ("PurposeAppFunctionality", "PurposeApp", vec![MANIFEST]),
        (
            "<string>NSPrivacyCollectedDataTypePurposeAppFunctionality",
            "<string>App functionality",
            vec![MANIFEST],
        ),
        ("<dict>", "<dict><key>NSPrivacyCollectedDataTypeShared</key><true/>", vec![TWICE]),
        (
            "<string>NSPrivacyCollectedDataTypePurposeAppFunctionality</string>",
            "<string>NSPrivacyCollectedDataTypePurposeAnalytics</string><string>NSPrivacyCollectedDataTypePurposeAnalytics</string>",
            vec![TWICE],
        ),
    ] {
        assert!(right.contains(from), "{from}");
        let expected: Vec<_> = expected.iter().map(|own| format!("4 {own}")).collect();
        assert_eq!(mistakes(&of(&right.replacen(from, to, 1))), expected, "{from} -> {to}");
    }
    assert_eq!(mistakes(&of(&format!("{right}\n{right}"))), [format!("5 {TWICE}")], "the same kind twice");
    assert_eq!(mistakes(&of("<dict/>")).len(), 4, "an entry that says nothing");
}

/// What the policy reads serves the app itself.
#[test]
fn purposes_against_the_policy() {
    let of = |purpose: &str| {
        let entry = collected("CoarseLocation").replace("AppFunctionality", purpose);
        let body = format!("<key>NSPrivacyCollectedDataTypes</key><array>\n{entry}</array>");
        found(&policy("fuzzy", &["location"]), &[("PrivacyInfo.xcprivacy", &plist(&body))])
    };
    assert_eq!(of("AppFunctionality"), [""; 0]);
    assert_eq!(of("Analytics"), ["PrivacyInfo.xcprivacy:4 warning apple-omitted-data-type"]);
}

#[test]
fn accessed_functions() {
    let of = |entries: &str| format!("<key>NSPrivacyAccessedAPITypes</key><array>\n{entries}</array>");
    let right = accessed("DiskSpace", &["85F4.1"]);
    assert_eq!(mistakes(&of(&right)), [""; 0], "the control");
    for (what, entry, expected) in [
        ("no such category", accessed("Battery", &["CA92.1"]), vec![MANIFEST]),
        ("neither of them", accessed("Battery", &["CA92.9"]), vec![MANIFEST, MANIFEST]),
        ("no such reason", accessed("DiskSpace", &["85F4"]), vec![MANIFEST]),
        ("in small letters", accessed("DiskSpace", &["85f4.1"]), vec![MANIFEST]),
        ("another category's", accessed("DiskSpace", &["C617.1"]), vec![MANIFEST]),
        ("a library's only", accessed("FileTimestamp", &["0A2A.1"]), vec![MANIFEST]),
        ("a library's only", accessed("UserDefaults", &["C56D.1", "CA92.1"]), vec![MANIFEST]),
        ("no reason", accessed("DiskSpace", &[]), vec![MANIFEST]),
        ("a reason twice", accessed("DiskSpace", &["85F4.1", "85F4.1"]), vec![TWICE]),
        ("no category", right.replace("<key>NSPrivacyAccessedAPIType</key><string>NSPrivacyAccessedAPICategoryDiskSpace</string>", ""), vec![MANIFEST]),
        ("no reasons", "<dict><key>NSPrivacyAccessedAPIType</key><string>NSPrivacyAccessedAPICategoryDiskSpace</string></dict>".to_owned(), vec![MANIFEST]),
        ("a text for reasons", right.replace("<array><string>85F4.1</string></array>", "<string>85F4.1</string>"), vec![TYPE]),
        ("a flag for a reason", right.replace("<string>85F4.1</string>", "<true/>"), vec![TYPE]),
        ("another key", right.replacen("<dict>", "<dict><key>NSPrivacyAccessedAPI</key><string>x</string>", 1), vec![TWICE]),
    ] {
        let expected: Vec<_> = expected.iter().map(|own| format!("4 {own}")).collect();
        assert_eq!(mistakes(&of(&entry)), expected, "{what}");
    }
    assert_eq!(mistakes(&of(&format!("{right}\n{right}"))), [format!("5 {TWICE}")], "a category twice");
}

/// A library may give what an app may not, and its mistakes are mistakes too.
#[test]
fn a_pods_manifest_is_read_as_a_librarys() {
    let info = plist("<key>UILaunchScreen</key><dict/>");
    let app = [("Info.plist", info.as_str())];
    let of = |reason: (&str, &str)| {
        let pod = privacy(&[], &[reason]);
        let files = [&app[..], &[("Pods/A/Resources/PrivacyInfo.xcprivacy", pod.as_str())]].concat();
        found(&policy("fuzzy", &[]), &files)
    };
    assert_eq!(of(("UserDefaults", "C56D.1")), [""; 0]);
    assert_eq!(
        of(("UserDefaults", "85F4.1")),
        [format!("Pods/A/Resources/PrivacyInfo.xcprivacy:5 {MANIFEST}")]
    );
}

/// What somebody meant is said.
#[test]
fn the_nearest_name_is_named() {
    let mend = |body: &str| {
        let (report, _) = report(&policy("fuzzy", &[]), &[("PrivacyInfo.xcprivacy", &plist(body))], "");
        report.findings[0].mend.clone()
    };
    let of = |name: &str| {
        let entry = collected("DeviceID").replace("NSPrivacyCollectedDataTypeDeviceID", name);
        mend(&format!("<key>NSPrivacyCollectedDataTypes</key><array>{entry}</array>"))
    };
    assert_eq!(of("Device ID"), "Write NSPrivacyCollectedDataTypeDeviceID, or remove it.");
    assert_eq!(
        of("NSPrivacyCollectedDataTypePhotosOrVideos"),
        "Write NSPrivacyCollectedDataTypePhotosorVideos, or remove it."
    );
    assert_eq!(
        mend("<key>NSPrivacyColectedDataTypes</key><array/>"),
        "Write NSPrivacyCollectedDataTypes, or remove it."
    );
    assert_eq!(of("Shoe size"), "Write one of those that Apple lists, or remove it.");
}

/// Fifteen errors and a warning, as another linter counts them: `tests/files/PrivacyInfo.xcprivacy`.
#[test]
fn one_with_every_kind_of_mistake() {
    let text = include_str!("files/PrivacyInfo.xcprivacy");
    let (report, _) = report(&policy("fuzzy", &[]), &[("PrivacyInfo.xcprivacy", text)], "");
    let counts = [scruple_disclose::check::Level::Error, scruple_disclose::check::Level::Warning];
    assert_eq!(counts.map(|level| report.count(level)), [15, 1], "{}", report.to_text());
    assert_eq!(report.status(), 1);
}
