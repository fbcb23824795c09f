//! What counts of an Xcode project: the settings of what ships, and what each target really takes in.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use host::{PROJECT, Project, found, plist, policy, privacy, report};

const UI: &str = "<key>UILaunchScreen</key><dict/>";
const TEXT: &str = "INFOPLIST_KEY_NFCReaderUsageDescription = \"To read tags\";";
const ENTITLEMENTS: &str =
    "<key>com.apple.developer.nfc.readersession.formats</key><array><string>TAG</string></array>";

/// What NFC needs, beside what the project says.
fn nfc(project: &Project<'_>, more: &[(&str, &str)]) -> Vec<String> {
    let project = project.text();
    let (info, entitlements) = (plist(UI), plist(ENTITLEMENTS));
    let manifest = privacy(&["OtherDataTypes", "OtherDiagnosticData"], &[]);
    let mut files = vec![
        (PROJECT, project.as_str()),
        ("App/Info.plist", &info),
        ("App/App.entitlements", &entitlements),
        ("App/PrivacyInfo.xcprivacy", &manifest),
    ];
    files.retain(|(path, _)| !more.iter().any(|(own, _)| own == path));
    files.extend(more);
    found(&policy("fuzzy", &["nfc"]), &files)
}

/// The folder `App`, which the target follows.
const FOLLOWS: &str = "fileSystemSynchronizedGroups = (F);";
const FOLDER: &str = "G = {isa = PBXGroup; children = (F); sourceTree = \"<group>\"; };\n\
    F = {isa = PBXFileSystemSynchronizedRootGroup; path = App; sourceTree = \"<group>\"; exceptions = (X); };";
const FILES: &str = "INFOPLIST_FILE = App/Info.plist; CODE_SIGN_ENTITLEMENTS = App/App.entitlements;";

#[test]
fn settings_that_stand_for_keys() {
    let missing = vec!["App/Info.plist:1 error apple-missing-key"];
    let none: Vec<&str> = vec![];
    for (release, debug, expected) in [
        ("GENERATE_INFOPLIST_FILE = YES;", "", missing.clone()),
        ("GENERATE_INFOPLIST_FILE = YES; TEXT", "", none.clone()),
        ("GENERATE_INFOPLIST_FILE = NO; TEXT", "", missing.clone()),
        ("TEXT", "GENERATE_INFOPLIST_FILE = YES; TEXT", missing.clone()),
        ("GENERATE_INFOPLIST_FILE = \"$(ON)\"; ON = YES; TEXT", "", none.clone()),
        ("GENERATE_INFOPLIST_FILE = YES;", "GENERATE_INFOPLIST_FILE = YES; TEXT", missing.clone()),
        ("GENERATE_INFOPLIST_FILE = YES; TEXT", "GENERATE_INFOPLIST_FILE = NO;", none.clone()),
        (
            "GENERATE_INFOPLIST_FILE = YES; \"INFOPLIST_KEY_NFCReaderUsageDescription[sdk=macosx*]\" = x;",
            "",
            missing.clone(),
        ),
        (
            "GENERATE_INFOPLIST_FILE = YES; \"INFOPLIST_KEY_NFCReaderUsageDescription[sdk=iphoneos*]\" = x;",
            "",
            none.clone(),
        ),
        (
            "GENERATE_INFOPLIST_FILE = YES; INFOPLIST_KEY_NFCReaderUsageDescription = \"\";",
            "",
            vec!["A.xcodeproj/project.pbxproj:10 error apple-empty-usage-description"],
        ),
        (
            "GENERATE_INFOPLIST_FILE = YES; INFOPLIST_KEY_NFCReaderUsageDescription = \"$(WHY)\"; WHY = \"\";",
            "",
            vec!["A.xcodeproj/project.pbxproj:10 error apple-empty-usage-description"],
        ),
        (
            "GENERATE_INFOPLIST_FILE = YES; INFOPLIST_KEY_NFCReaderUsageDescription = \"$(BY_CI)\";",
            "",
            none.clone(),
        ),
    ] {
        let release = format!("{FILES} {}", release.replace("TEXT", TEXT));
        let debug = format!("{FILES} {}", debug.replace("TEXT", TEXT));
        let project = Project { release: &release, debug: &debug, target: FOLLOWS, more: FOLDER };
        assert_eq!(nfc(&project, &[]), expected, "{release}");
    }
}

#[test]
fn a_text_of_info_plist_may_be_a_setting() {
    let info = plist(&format!("{UI}\n<key>NFCReaderUsageDescription</key><string>$(WHY)</string>"));
    let of = |settings: &str| {
        let release = format!("{FILES} {settings}");
        let project = Project { release: &release, debug: FILES, target: FOLLOWS, more: FOLDER };
        nfc(&project, &[("App/Info.plist", &info)])
    };
    assert_eq!(of("WHY = \"To read tags\";"), [""; 0]);
    assert_eq!(of("WHY = \"\";"), ["App/Info.plist:4 error apple-empty-usage-description"]);
    // What is generated counts instead.
    let generated = format!("WHY = \"\"; GENERATE_INFOPLIST_FILE = YES; {TEXT}");
    assert_eq!(of(&generated), [""; 0]);
}

#[test]
fn every_configuration_that_ships_is_looked_at() {
    let project = Project { release: FILES, debug: FILES, target: FOLLOWS, more: FOLDER };
    let text =
        project.text().replace("name = Release", "name = Store").replace("name = Debug", "name = Enterprise");
    let text = text.replace(
        "TR = {isa = XCBuildConfiguration; name = Store; buildSettings = {",
        &format!("TR = {{isa = XCBuildConfiguration; name = Store; buildSettings = {{ GENERATE_INFOPLIST_FILE = YES; {TEXT}"),
    );
    let (report, _) = {
        let info = plist(UI);
        let manifest = privacy(&["OtherDataTypes", "OtherDiagnosticData"], &[]);
        let files = [
            (PROJECT, text.as_str()),
            ("App/Info.plist", &info),
            ("App/App.entitlements", &plist(ENTITLEMENTS)),
            ("App/PrivacyInfo.xcprivacy", &manifest),
        ];
        report(&policy("fuzzy", &["nfc"]), &files, "")
    };
    let whose: Vec<_> =
        report.findings.iter().map(|own| (own.app.as_deref(), own.variants.clone())).collect();
    assert_eq!(whose, [(Some("App"), vec!["Enterprise".to_owned()])], "{}", report.to_text());
}

#[test]
fn a_setting_that_xcode_makes_nothing_of() {
    let settings = format!(
        "{FILES} GENERATE_INFOPLIST_FILE = YES; INFOPLIST_KEY_NSLocationWhenInUseUsageDescription = Near; INFOPLIST_KEY_NSLocationDefaultAccuracyReduced = YES;"
    );
    let project = Project { release: &settings, debug: "", target: FOLLOWS, more: FOLDER }.text();
    let files = [
        (PROJECT, project.as_str()),
        ("App/Info.plist", &plist(UI)),
        ("App/PrivacyInfo.xcprivacy", &privacy(&["CoarseLocation"], &[])),
    ];
    let (report, _) = report(&policy("fuzzy", &["location"]), &files, "");
    let [finding] = report.findings.as_slice() else { panic!("{}", report.to_text()) };
    assert!(finding.why.ends_with("Xcode generates no such key"), "{}", finding.why);
    // What the policy does not need is said of the setting itself, unless the Info.plist has the key anyway.
    let of = |generate: &str, body: &str| {
        let settings = format!(
            "{FILES} GENERATE_INFOPLIST_FILE = {generate}; INFOPLIST_KEY_NSCameraUsageDescription = x; INFOPLIST_KEY_UIBackgroundModes = location; INFOPLIST_KEY_CFBundleDisplayName = A;"
        );
        let project = Project { release: &settings, ..Project::NONE }.text();
        let info = plist(&format!("{UI}{body}"));
        found(&policy("fuzzy", &[]), &[(PROJECT, project.as_str()), ("App/Info.plist", &info)])
    };
    let ignored = format!("{PROJECT}:10 warning apple-ignored-setting");
    assert_eq!(of("YES", ""), std::slice::from_ref(&ignored));
    assert_eq!(of("NO", ""), [ignored.clone(), ignored.clone()]);
    assert_eq!(of("NO", "<key>NSCameraUsageDescription</key><string>x</string>"), [ignored]);
}

#[test]
fn what_a_target_copies() {
    let missing = ["App/Info.plist:1 error apple-missing-privacy-manifest"];
    let release = format!("{FILES} GENERATE_INFOPLIST_FILE = YES; {TEXT}");
    let of = |target: &str, more: &str| nfc(&Project { release: &release, debug: "", target, more }, &[]);
    assert_eq!(of("", ""), missing, "no target copies it");
    assert_eq!(of(FOLLOWS, FOLDER), [""; 0], "a folder that the target follows");
    let exception = |target: &str, path: &str| {
        format!(
            "{FOLDER}\nX = {{isa = PBXFileSystemSynchronizedBuildFileExceptionSet; target = {target}; membershipExceptions = ({path}); }};"
        )
    };
    assert_eq!(of(FOLLOWS, &exception("T", "Info.plist")), [""; 0], "another file is left out");
    assert_eq!(of(FOLLOWS, &exception("T", "PrivacyInfo.xcprivacy")), missing, "it is left out");
    assert_eq!(
        of(FOLLOWS, &exception("OTHER", "PrivacyInfo.xcprivacy")),
        [""; 0],
        "it is left out elsewhere"
    );
    assert_eq!(
        of("", &exception("T", "PrivacyInfo.xcprivacy")),
        [""; 0],
        "it is taken in from another's folder"
    );
    let filter = |platform: &str| {
        format!(
            "{FOLDER}\nX = {{isa = PBXFileSystemSynchronizedBuildFileExceptionSet; target = T; platformFiltersByRelativePath = {{ PrivacyInfo.xcprivacy = ({platform}, ); }}; }};"
        )
    };
    assert_eq!(of(FOLLOWS, &filter("ios")), [""; 0]);
    assert_eq!(of(FOLLOWS, &filter("macos")), missing);

    let phase = |isa: &str, entry: &str| {
        format!(
            "B = {{isa = {isa}; files = (E); }}; E = {{isa = PBXBuildFile; fileRef = R; {entry} }};\n\
                 R = {{isa = PBXFileReference; path = App/PrivacyInfo.xcprivacy; sourceTree = SOURCE_ROOT; }};"
        )
    };
    for (isa, entry, is_there) in [
        ("PBXResourcesBuildPhase", "", true),
        ("PBXSourcesBuildPhase", "", false),
        ("PBXResourcesBuildPhase", "platformFilter = maccatalyst;", false),
        ("PBXResourcesBuildPhase", "platformFilters = (ios, macos);", true),
        ("PBXCopyFilesBuildPhase; dstSubfolderSpec = 7; dstPath = \"\"", "", true),
        ("PBXCopyFilesBuildPhase; dstSubfolderSpec = 7; dstPath = Privacy", "", false),
    ] {
        let found = of("buildPhases = (B);", &phase(isa, entry));
        assert_eq!(found.is_empty(), is_there, "{isa} {entry}: {found:?}");
    }
}

#[test]
fn where_the_manifest_lies_is_said() {
    let release = format!("{FILES} GENERATE_INFOPLIST_FILE = YES; {TEXT}");
    let project = Project { release: &release, ..Project::NONE }.text();
    let files = [
        (PROJECT, project.as_str()),
        ("App/Info.plist", &plist(UI)),
        ("App/PrivacyInfo.xcprivacy", &privacy(&[], &[])),
    ];
    let (report, root) = report(&policy("fuzzy", &["device"]), &files, "");
    let finding =
        report.findings.iter().find(|own| own.rule.id() == "apple-missing-privacy-manifest").unwrap();
    assert_eq!(finding.also[0].file.replace(&root, ""), "App/PrivacyInfo.xcprivacy");
    assert_eq!(finding.mend, "Make it a member of the target App.");
    let project = Project { release: &release, debug: "", target: FOLLOWS, more: FOLDER }.text();
    let files = [
        (PROJECT, project.as_str()),
        ("App/Info.plist", &plist(UI)),
        ("App/Privacy.xcprivacy", &privacy(&[], &[])),
    ];
    let (report, _) = host::report(&policy("fuzzy", &["device"]), &files, "");
    let finding =
        report.findings.iter().find(|own| own.rule.id() == "apple-missing-privacy-manifest").unwrap();
    assert_eq!(finding.mend, "Call it PrivacyInfo.xcprivacy.");
}

#[test]
fn a_backup_is_no_project() {
    let project = Project { release: FILES, debug: "", target: FOLLOWS, more: FOLDER }.text();
    let broken = project.replace("App/Info.plist", "Gone/Info.plist");
    let info = plist(UI);
    let of = |name: &str| {
        let path = format!("{name}/project.pbxproj");
        found(
            &policy("fuzzy", &[]),
            &[(PROJECT, project.as_str()), ("App/Info.plist", &info), (path.as_str(), &broken)],
        )
    };
    for name in ["A.xcodeproj.backup", "A.xcodeproj.orig", "backup"] {
        assert_eq!(of(name), [""; 0], "{name}");
    }
    assert_eq!(of("B.xcodeproj").len(), 1, "the control");
}

#[test]
fn an_app_for_another_system_is_said() {
    for (sdk, platform) in
        [("macosx", "macOS"), ("watchos", "watchOS"), ("appletvos", "tvOS"), ("xros", "visionOS")]
    {
        let project = Project { release: FILES, ..Project::NONE }.text().replace("iphoneos", sdk);
        let (checked, _) =
            report(&policy("fuzzy", &[]), &[(PROJECT, &project), ("App/Info.plist", &plist(UI))], "");
        assert_eq!((checked.status(), checked.apps.len()), (2, 0));
        let why = &checked.findings[0].why;
        assert!(why.starts_with(&format!("App is an app for {platform}, and ")), "{why}");
        assert_eq!(checked.findings[0].place.line, Some(7), "{platform}");
    }
    let alone = plist("<key>LSMinimumSystemVersion</key><string>14.0</string>");
    let (checked, _) = report(&policy("fuzzy", &[]), &[("Info.plist", &alone)], "");
    assert!(checked.findings[0].why.starts_with("it is an app for macOS, and "), "{}", checked.to_text());
    // Beside one for iOS it is not looked at.
    let both = Project { release: FILES, ..Project::NONE }.text();
    let mac = both.replace("iphoneos", "macosx");
    let files =
        [(PROJECT, both.as_str()), ("B.xcodeproj/project.pbxproj", &mac), ("App/Info.plist", &plist(UI))];
    assert_eq!(found(&policy("fuzzy", &[]), &files), [""; 0]);
    // Nor is it beside one for Android, as Flutter makes them.
    let manifest = "<manifest xmlns:android='http://schemas.android.com/apk/res/android'/>";
    let files = [
        ("macos/A.xcodeproj/project.pbxproj", mac.as_str()),
        ("android/app/build.gradle", "plugins { id 'com.android.application' }"),
        ("android/app/src/main/AndroidManifest.xml", manifest),
    ];
    assert_eq!(found(&policy("fuzzy", &[]), &files), [""; 0]);
}

/// Scruple's own products, linked by the target, against what the app says and the policy reads.
#[test]
fn linked_products() {
    const KEYS: [(&str, &str, &str); 4] = [
        ("ScrupleLocation", "NSLocationWhenInUseUsageDescription", "location"),
        ("ScrupleIDFA", "NSUserTrackingUsageDescription", "identifier"),
        ("ScrupleBluetooth", "NSBluetoothAlwaysUsageDescription", "bluetooth"),
        ("ScrupleNFC", "NFCReaderUsageDescription", "nfc"),
    ];
    let project = |product: &str| {
        let more =
            format!("{FOLDER}\nD = {{isa = XCSwiftPackageProductDependency; productName = {product}; }};");
        let target = format!("{FOLLOWS} packageProductDependencies = (D);");
        Project { release: FILES, debug: "", target: &target, more: &more }.text()
    };
    for (product, key, category) in KEYS {
        let of = |policy: &scruple::Policy, body: &str| {
            let info = plist(&format!("{UI}{body}"));
            let manifest = privacy(&[], &[]);
            let files = [
                (PROJECT, project(product)),
                ("App/Info.plist", info),
                ("App/PrivacyInfo.xcprivacy", manifest),
            ];
            let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
            found(policy, &files)
        };
        let off = policy("fuzzy", &[]);
        let unneeded = format!("{PROJECT}:13 note apple-unneeded-product");
        let missing = "App/Info.plist:1 error apple-missing-key".to_owned();
        assert_eq!(of(&off, ""), [unneeded.clone(), missing.clone()], "{product}");
        let text = format!("\n<key>{key}</key><string>x</string>");
        let said = of(&off, &text);
        assert_eq!(said, [unneeded, "App/Info.plist:4 note apple-unneeded-key".to_owned()], "{product}");
        let on = of(&policy("fuzzy", &[category]), "");
        assert_eq!(on.iter().filter(|own| own.contains("unneeded-product")).count(), 0, "{product}: {on:?}");
    }
    // What the policy reads and the app does not link is not read.
    let files = [
        (PROJECT, project("ScrupleWebView")),
        ("App/Info.plist", plist(UI)),
        (
            "App/PrivacyInfo.xcprivacy",
            privacy(&["OtherUserContent", "OtherDiagnosticData", "OtherDataTypes"], &[]),
        ),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let both = found(&policy("fuzzy", &["web_view", "clipboard"]), &files);
    assert_eq!(both, [format!("{PROJECT}:13 note apple-missing-product")]);
    // The reason of a product that is linked statically is the app's to give.
    let storage = |reasons: &[(&str, &str)]| {
        let files = [
            (PROJECT, project("ScrupleStorage")),
            ("App/Info.plist", plist(UI)),
            ("App/PrivacyInfo.xcprivacy", privacy(&["OtherDiagnosticData", "OtherDataTypes"], reasons)),
        ];
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        found(&policy("fuzzy", &["device"]), &files)
    };
    assert_eq!(storage(&[("DiskSpace", "85F4.1")]), [""; 0]);
    assert_eq!(storage(&[]), ["App/PrivacyInfo.xcprivacy:5 error apple-required-reason"]);
    assert_eq!(
        storage(&[("DiskSpace", "E174.1")]),
        ["App/PrivacyInfo.xcprivacy:5 error apple-required-reason"]
    );
}

/// What the app may do while nobody looks at it.
#[test]
fn background() {
    let of = |categories: &[&str], body: &str| {
        let info = plist(&format!(
            "{UI}<key>NSLocationWhenInUseUsageDescription</key><string>x</string><key>NSLocationDefaultAccuracyReduced</key><true/>\
             <key>NSBluetoothAlwaysUsageDescription</key><string>x</string>\n{body}"
        ));
        let manifest = privacy(&["CoarseLocation", "OtherDataTypes", "OtherDiagnosticData"], &[]);
        let all = found(
            &policy("fuzzy", categories),
            &[("Info.plist", &info), ("PrivacyInfo.xcprivacy", &manifest)],
        );
        all.into_iter().filter(|own| !own.contains("unneeded")).collect::<Vec<_>>()
    };
    let modes = |mode: &str| format!("<key>UIBackgroundModes</key><array>\n<string>{mode}</string></array>");
    for key in ["NSLocationAlwaysAndWhenInUseUsageDescription", "NSLocationAlwaysUsageDescription"] {
        let body = format!("<key>{key}</key><string>x</string>");
        assert_eq!(of(&["location"], &body), ["Info.plist:4 warning apple-background"]);
        assert_eq!(of(&["bluetooth"], &body), ["Info.plist:4 note apple-background"]);
    }
    assert_eq!(of(&["location"], &modes("location")), ["Info.plist:5 warning apple-background"]);
    assert_eq!(of(&["bluetooth"], &modes("location")), ["Info.plist:5 note apple-background"]);
    assert_eq!(of(&["bluetooth"], &modes("bluetooth-central")), ["Info.plist:5 warning apple-background"]);
    assert_eq!(of(&["bluetooth"], &modes("bluetooth-peripheral")), ["Info.plist:5 warning apple-background"]);
    assert_eq!(of(&["location"], &modes("audio")), [""; 0]);
    let wrong = "<key>UIBackgroundModes</key><string>location</string>";
    assert_eq!(of(&["location"], wrong), ["Info.plist:4 error apple-wrong-type"]);
}
