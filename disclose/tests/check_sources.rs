//! What needs a reason by Apple's list: in the sources of each target, and in what was built.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use std::io::{Cursor, Write as _};

use host::{PROJECT, Project, found, plist, policy, privacy, project, report, short};
use scruple_disclose::check::{Report, check};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const UI: &str = "<key>UILaunchScreen</key><dict/>";
const FOLDER: &str = "G = {isa = PBXGroup; children = (F, H); sourceTree = \"<group>\"; };\n\
    F = {isa = PBXFileSystemSynchronizedRootGroup; path = App; sourceTree = \"<group>\"; };\n\
    H = {isa = PBXFileSystemSynchronizedRootGroup; path = Widget; sourceTree = \"<group>\"; };";
const FOLLOWS: &str = "fileSystemSynchronizedGroups = (F);";
const FILES: &str = "INFOPLIST_FILE = App/Info.plist;";

/// An app whose folder has these files.
fn app(reasons: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<String> {
    let project = Project { release: FILES, debug: "", target: FOLLOWS, more: FOLDER }.text();
    let (info, manifest) = (plist(UI), privacy(&[], reasons));
    let mut files = vec![
        (PROJECT, project.as_str()),
        ("App/Info.plist", &info),
        ("App/PrivacyInfo.xcprivacy", &manifest),
    ];
    files.extend(more);
    found(&policy("fuzzy", &[]), &files)
}

#[test]
fn a_targets_own_sources() {
    const REASON: &str = "App/PrivacyInfo.xcprivacy:5 error apple-required-reason";
    for (category, reason, file, text) in [
        ("UserDefaults", "CA92.1", "App/A.swift", "UserDefaults.standard.set(1, forKey: \"a\")"),
        ("UserDefaults", "1C8F.1", "App/A.m", "[NSUserDefaults standardUserDefaults];"),
        ("FileTimestamp", "C617.1", "App/A.c", "int f(const char *p) { struct stat s; return stat(p, &s); }"),
        ("FileTimestamp", "C617.1", "App/A.mm", "NSDate *d = attributes[NSFileModificationDate];"),
        ("SystemBootTime", "35F9.1", "App/A.swift", "let t = ProcessInfo.processInfo.systemUptime"),
        ("SystemBootTime", "35F9.1", "App/A.cpp", "auto t = mach_absolute_time();"),
        (
            "DiskSpace",
            "E174.1",
            "App/Deep/A.swift",
            "url.resourceValues(forKeys: [.volumeAvailableCapacityKey])",
        ),
        ("DiskSpace", "E174.1", "App/A.m", "statfs(\"/\", &s);"),
        ("ActiveKeyboards", "54BD.1", "App/A.swift", "UITextInputMode.activeInputModes.count"),
    ] {
        assert_eq!(app(&[], &[(file, text)]), [REASON], "{text}");
        assert_eq!(app(&[(category, reason)], &[(file, text)]), [""; 0], "{text}");
        // The control: a comment is no use, and neither is a file that the target does not take in.
        let comment = format!("/* {text} */");
        assert_eq!(app(&[], &[(file, &comment)]), [""; 0], "{text}");
        let tests = file.replace("App/", "AppTests/");
        assert_eq!(app(&[], &[(tests.as_str(), text)]), [""; 0], "{text}");
    }
    // Either category will do.
    let either = [("App/A.c", "getattrlist(p, &l, &b, sizeof b, 0);")];
    assert_eq!(app(&[], &either), [REASON]);
    for reason in [("FileTimestamp", "C617.1"), ("DiskSpace", "E174.1")] {
        assert_eq!(app(&[reason], &either), [""; 0]);
    }
    // SwiftUI uses it, and nobody knows whether Apple minds.
    let wrapper = app(&[], &[("App/A.swift", "@AppStorage(\"a\") var a = 1")]);
    assert_eq!(wrapper, ["App/PrivacyInfo.xcprivacy:5 warning apple-required-reason"]);
    // A reason for nothing.
    let unneeded = app(&[("DiskSpace", "E174.1")], &[("App/A.swift", "let a = 1")]);
    assert_eq!(unneeded, ["App/PrivacyInfo.xcprivacy:5 note apple-unneeded-reason"]);
}

#[test]
fn all_places_are_one_finding() {
    let project = Project { release: FILES, debug: "", target: FOLLOWS, more: FOLDER }.text();
    let files = [
        (PROJECT, project.as_str()),
        ("App/Info.plist", &plist(UI)),
        ("App/A.swift", "\nUserDefaults.standard\nUserDefaults.standard"),
        ("App/B.m", "[NSUserDefaults new];"),
    ];
    let (report, root) = report(&policy("fuzzy", &[]), &files, "");
    let [finding] = report.findings.as_slice() else { panic!("{}", report.to_text()) };
    assert_eq!(short(finding, &root), "App/Info.plist:1 error apple-required-reason");
    let also: Vec<_> = finding.also.iter().map(|own| (own.file.replace(&root, ""), own.line)).collect();
    assert_eq!(also, [("App/A.swift".to_owned(), Some(2)), ("App/B.m".to_owned(), Some(1))]);
}

/// An extension has its own manifest, and a package beside the project has its app's.
#[test]
fn extensions_and_packages() {
    let widget = "W = {isa = PBXNativeTarget; name = Widget; productType = \"com.apple.product-type.app-extension\"; \
        buildConfigurationList = WL; fileSystemSynchronizedGroups = (H); };\n\
        WL = {isa = XCConfigurationList; buildConfigurations = (WR); };\n\
        WR = {isa = XCBuildConfiguration; name = Release; buildSettings = { INFOPLIST_FILE = Widget/Info.plist; }; };";
    let product = "D = {isa = XCSwiftPackageProductDependency; productName = Store; };";
    let more = format!("{FOLDER}\n{widget}\n{product}");
    let target = format!("{FOLLOWS} packageProductDependencies = (D);");
    let project = Project { release: FILES, debug: "", target: &target, more: &more }.text();
    let (info, part) =
        (plist(UI), plist("<key>NSExtension</key><dict/>\n<key>NSCameraUsageDescription</key><string/>"));
    let of = |files: &[(&str, &str)]| {
        let files =
            [&[(PROJECT, project.as_str()), ("App/Info.plist", &info), ("Widget/Info.plist", &part)], files];
        found(&policy("fuzzy", &[]), &files.concat())
    };
    let empty = "Widget/Info.plist:4 error apple-empty-usage-description";
    assert_eq!(of(&[]), [empty], "the control");
    let source = ("Widget/A.swift", "UserDefaults.standard");
    let manifest = privacy(&[], &[("UserDefaults", "1C8F.1")]);
    let mine = "Widget/Info.plist:1 error apple-required-reason";
    assert_eq!(of(&[source]), [mine, empty]);
    let of_app = of(&[source, ("App/PrivacyInfo.xcprivacy", &manifest)]);
    assert_eq!(
        of_app,
        ["App/PrivacyInfo.xcprivacy:5 note apple-unneeded-reason", mine, empty],
        "the app's is not the widget's"
    );
    assert_eq!(of(&[source, ("Widget/PrivacyInfo.xcprivacy", &manifest)]), [empty]);

    let package = [
        (
            "Kit/Package.swift",
            "let package = Package(name: \"Kit\", products: [.library(name: \"Store\", targets: [\"Store\"])], targets: [.target(name: \"Store\")])",
        ),
        ("Kit/Sources/Store/A.swift", "UserDefaults.standard"),
        ("Kit/Tests/StoreTests/B.swift", "UITextInputMode.activeInputModes"),
        // It takes in the same product, and nobody takes it in.
        (
            "Other/Package.swift",
            "let package = Package(name: \"Other\", products: [.library(name: \"Other\", targets: [\"Other\"])],\n\
             targets: [.target(name: \"Other\", dependencies: [.product(name: \"Store\", package: \"Kit\")])])",
        ),
        ("Other/Sources/Other/A.swift", "mach_absolute_time()"),
    ];
    assert_eq!(of(&package), ["App/Info.plist:1 error apple-required-reason", empty]);
    let own =
        [&package[..], &[("Kit/Sources/Store/Resources/PrivacyInfo.xcprivacy", manifest.as_str())]].concat();
    assert_eq!(of(&own), [empty], "a package may have its own");
    // What an extension links is in its program too.
    let both = project.replace("(H); };", "(H); packageProductDependencies = (D); };");
    let files =
        [&[(PROJECT, both.as_str()), ("App/Info.plist", &info), ("Widget/Info.plist", &part)], &package[..]];
    let found = found(&policy("fuzzy", &[]), &files.concat());
    assert_eq!(found, ["App/Info.plist:1 error apple-required-reason", mine, empty]);
}

/// Of a package a program has the targets that it links, and what those need.
#[test]
fn the_linked_targets_of_a_package() {
    let product = "D = {isa = XCSwiftPackageProductDependency; productName = Store; };";
    let target = format!("{FOLLOWS} packageProductDependencies = (D);");
    let more = format!("{FOLDER}\n{product}");
    let project = Project { release: FILES, debug: "", target: &target, more: &more }.text();
    let info = plist(UI);
    let manifest = "let package = Package(name: \"Kit\", products: [\n\
        .library(name: \"Store\", targets: [\"Store\"]), .library(name: \"Extra\", targets: [\"Extra\"])],\n\
        dependencies: [.package(path: \"../Base\")], targets: [\n\
        .target(name: \"Store\", dependencies: [\"Core\", .product(name: \"Base\", package: \"Base\")], exclude: [\"Old\"]),\n\
        .target(name: \"Core\", path: \"Own/Core\", sources: [\"In\"]), .target(name: \"Extra\", dependencies: [\"Core\"]),\n\
        .testTarget(name: \"KitTests\", dependencies: [\"Store\"])])";
    let base = "let package = Package(name: \"Base\", products: [.library(name: \"Base\", targets: [\"Base\"]),\n\
        .library(name: \"Other\", targets: [\"Other\"])], targets: [.target(name: \"Base\"), .target(name: \"Other\")])";
    let of = |path: &str, manifest: &str| {
        let files = [
            (PROJECT, project.as_str()),
            ("App/Info.plist", &info),
            ("Kit/Package.swift", manifest),
            ("Base/Package.swift", base),
            (path, "UserDefaults.standard"),
        ];
        found(&policy("fuzzy", &[]), &files)
    };
    for linked in ["Kit/Sources/Store/A.swift", "Kit/Own/Core/In/A.swift", "Base/Sources/Base/A.swift"] {
        assert_eq!(of(linked, manifest), ["App/Info.plist:1 error apple-required-reason"], "{linked}");
    }
    for other in [
        "Kit/Sources/Extra/A.swift",
        "Kit/Sources/Store/Old/A.swift",
        "Kit/Own/Core/Out/A.swift",
        "Kit/Tests/KitTests/A.swift",
        "Base/Sources/Other/A.swift",
    ] {
        assert_eq!(of(other, manifest), [""; 0], "{other}");
    }
    // One that makes its targets by a program of its own has them all.
    let made = "let package = Package(name: \"Kit\", products: [.library(name: \"Store\", targets: names)], targets: names.map(made))";
    assert_eq!(of("Kit/Sources/Extra/A.swift", made), ["App/Info.plist:1 error apple-required-reason"]);
}

/// Without a project, what lies below the Info.plist is the app's.
#[test]
fn sources_without_a_project() {
    let (info, part) = (plist(UI), plist("<key>NSExtension</key><dict/>"));
    let of = |file: &str| {
        let files = [
            ("App/Info.plist", info.as_str()),
            ("App/Widget/Info.plist", &part),
            (file, "UserDefaults.standard"),
        ];
        found(&policy("fuzzy", &[]), &files)
    };
    assert_eq!(of("App/Deep/A.swift"), ["App/Info.plist:1 error apple-required-reason"]);
    for elsewhere in ["App/AppTests/A.swift", "App/Widget/A.swift", "Other/A.swift"] {
        assert_eq!(of(elsewhere), [""; 0], "{elsewhere}");
    }
}

const PROGRAM: &[u8] = include_bytes!("files/sample.macho");
const PROFILE: &[u8] = include_bytes!("files/sample.mobileprovision");

fn ipa(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is found in an app that was built, whether it is packed or not.
fn built(policy: &scruple::Policy, files: &[(&str, &[u8])]) -> Vec<String> {
    let packed = ipa(files);
    let both = [project(&[("A.ipa", &packed)]), project(files)].map(|folder| {
        let report = check(policy, &[folder.path().to_owned()]).unwrap();
        let root = format!("{}/", folder.path().display());
        shorts(&report, &root)
    });
    let [packed, unpacked] = both;
    // What is packed has no lines.
    let plain = |all: &[String]| -> Vec<String> {
        all.iter().map(|own| own.replace(":1 ", " ").replace(":2 ", " ")).collect()
    };
    assert_eq!(plain(&packed), plain(&unpacked));
    packed
}

fn shorts(report: &Report, root: &str) -> Vec<String> {
    let root = [format!("{root}A.ipa!/Payload/"), format!("{root}Payload/")];
    let short = |own| short(own, "").replace(&root[0], "").replace(&root[1], "");
    report.findings.iter().map(short).collect()
}

/// The program with an entitlement that nobody asks for.
fn unentitled() -> Vec<u8> {
    let (from, mut bytes) = (b"developer.nfc", PROGRAM.to_vec());
    let at = bytes.windows(from.len()).position(|own| own == from).unwrap();
    bytes[at..at + from.len()].copy_from_slice(b"developer.xyz");
    bytes
}

#[test]
fn a_built_program() {
    let info = plist(&format!("{UI}<key>CFBundleExecutable</key><string>Run</string>"));
    let info = info.as_bytes();
    let none = policy("fuzzy", &[]);
    let program = unentitled();
    let program = program.as_slice();
    let only = [("Payload/A.app/Info.plist", info), ("Payload/A.app/Run", program)];
    // It calls `stat`, has `NSUserDefaults` and may send `systemUptime`.
    let lacks = ["A.app/Info.plist error apple-required-reason"; 3];
    assert_eq!(built(&none, &only), lacks);
    assert_eq!(built(&none, &only[..1]), [""; 0], "the control");
    let reasons = [("FileTimestamp", "C617.1"), ("UserDefaults", "CA92.1"), ("SystemBootTime", "35F9.1")];
    let manifest = privacy(&[], &reasons);
    let with = [&only[..], &[("Payload/A.app/PrivacyInfo.xcprivacy", manifest.as_bytes())]].concat();
    assert_eq!(built(&none, &with), [""; 0]);
    // In a folder of its own nobody finds it.
    let deep = [&only[..], &[("Payload/A.app/Privacy/PrivacyInfo.xcprivacy", manifest.as_bytes())]].concat();
    assert_eq!(built(&none, &deep), lacks);

    let part = plist("<key>NSExtension</key><dict/>\n<key>NSCameraUsageDescription</key><string/>");
    let appex = [
        &with[..],
        &[
            ("Payload/A.app/PlugIns/B.appex/Info.plist", part.as_bytes()),
            ("Payload/A.app/PlugIns/B.appex/B", program),
        ],
    ]
    .concat();
    let found = built(&none, &appex);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().all(|own| own.starts_with("A.app/PlugIns/B.appex/Info.plist")), "{found:?}");

    let clip = plist("<key>NSAppClip</key><dict/>");
    let clip = [
        &with[..],
        &[
            ("Payload/A.app/AppClips/D.app/Info.plist", clip.as_bytes()),
            ("Payload/A.app/AppClips/D.app/D", program),
        ],
    ]
    .concat();
    assert_eq!(built(&none, &clip), ["A.app/AppClips/D.app/Info.plist error apple-required-reason"; 3]);
    let watch = plist("<key>WKApplication</key><true/>");
    let watch = [
        &with[..],
        &[
            ("Payload/A.app/Watch/E.app/Info.plist", watch.as_bytes()),
            ("Payload/A.app/Watch/E.app/E", program),
        ],
    ]
    .concat();
    assert_eq!(built(&none, &watch), [""; 0], "a watch runs no mini-program");

    let framework = [
        &with[..],
        &[
            ("Payload/A.app/Frameworks/C.framework/Info.plist", info),
            ("Payload/A.app/Frameworks/C.framework/Run", program),
            (
                "Payload/A.app/Frameworks/C.framework/PrivacyInfo.xcprivacy",
                b"<plist><dict><key>NSPrivacy</key><true/></dict></plist>",
            ),
        ],
    ]
    .concat();
    let found = built(&none, &framework);
    assert_eq!(
        found,
        ["A.app/Frameworks/C.framework/PrivacyInfo.xcprivacy:1 error apple-privacy-manifest"],
        "its app's reasons hold"
    );
}

#[test]
fn entitlements_of_what_was_signed() {
    let info = plist(&format!("{UI}<key>NFCReaderUsageDescription</key><string>x</string>"));
    let manifest = privacy(
        &["OtherDataTypes", "OtherDiagnosticData"],
        &[("FileTimestamp", "C617.1"), ("UserDefaults", "CA92.1"), ("SystemBootTime", "35F9.1")],
    );
    let app = [
        ("Payload/A.app/Info.plist", info.as_bytes()),
        ("Payload/A.app/PrivacyInfo.xcprivacy", manifest.as_bytes()),
    ];
    let nfc = policy("fuzzy", &["nfc"]);
    let with = |more: &[(&str, &[u8])]| built(&nfc, &[&app[..], more].concat());
    assert_eq!(with(&[("Payload/A.app/A", PROGRAM)]), [""; 0], "the signature has it");
    assert_eq!(with(&[("Payload/A.app/embedded.mobileprovision", PROFILE)]).len(), 0, "or the profile");
    assert_eq!(with(&[]).len(), 0, "where neither is, nobody knows");
    let without: Vec<u8> = String::from_utf8_lossy(PROFILE).replace("TAG", "NDEF").into_bytes();
    let lacks = with(&[("Payload/A.app/embedded.mobileprovision", &without)]);
    assert_eq!(lacks, ["A.app/embedded.mobileprovision error apple-missing-entitlement"]);
    // What is signed counts before what may be.
    let both = with(&[("Payload/A.app/A", PROGRAM), ("Payload/A.app/embedded.mobileprovision", &without)]);
    assert_eq!(both, [""; 0]);
    let unneeded = built(&policy("fuzzy", &[]), &[&app[..], &[("Payload/A.app/A", PROGRAM)]].concat());
    assert!(unneeded.contains(&"A.app/A note apple-unneeded-entitlement".to_owned()), "{unneeded:?}");
}

/// The reason that `disclose` writes for a policy is one for that policy, whether the product is linked yet or not.
#[test]
fn a_reason_that_the_policy_asks_for_is_needed() {
    let project = Project { release: FILES, debug: "", target: FOLLOWS, more: FOLDER }.text();
    let manifest = privacy(&["OtherDataTypes", "OtherDiagnosticData"], &[("DiskSpace", "85F4.1")]);
    let info = plist(UI);
    let files =
        [(PROJECT, project.as_str()), ("App/Info.plist", &info), ("App/PrivacyInfo.xcprivacy", &manifest)];
    assert_eq!(found(&policy("fuzzy", &["device"]), &files), [""; 0]);
    let unneeded = found(&policy("fuzzy", &["nfc"]), &files);
    assert!(unneeded.iter().any(|own| own.ends_with("note apple-unneeded-reason")), "{unneeded:?}");
}
