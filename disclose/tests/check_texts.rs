//! What an app says to people when it asks them, in each of its languages.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use host::{PROJECT, Project, found, plist, policy, privacy, report};
use scruple::Policy;
use scruple_disclose::target::{self, Given, Target};

const KEY: &str = "NFCReaderUsageDescription";

/// An app that asks for NFC and for the camera, without a project, in English; with these files of its languages.
fn alone(files: &[(&str, &str)]) -> Vec<String> {
    let info = info();
    let manifest = privacy(&["OtherDataTypes", "OtherDiagnosticData"], &[]);
    let entitlements =
        plist("<key>com.apple.developer.nfc.readersession.formats</key><array><string>TAG</string></array>");
    let own = [
        ("Info.plist", info.as_str()),
        ("PrivacyInfo.xcprivacy", &manifest),
        ("A.entitlements", &entitlements),
    ];
    found(&policy("fuzzy", &["nfc"]), &[&own[..], files].concat())
}

fn info() -> String {
    plist(&format!(
        "<key>UILaunchScreen</key><dict/><key>CFBundleDevelopmentRegion</key><string>en</string>\n\
         <key>{KEY}</key><string>Reads cards.</string>\n<key>NSCameraUsageDescription</key><string>Scans codes.</string>"
    ))
}

/// A language's texts.
fn strings(nfc: &str, camera: &str) -> String {
    format!("\"{KEY}\" = \"{nfc}\";\n\"NSCameraUsageDescription\" = \"{camera}\";\n")
}

#[test]
fn each_language_has_each_text() {
    let both = strings("a", "b");
    let (nfc, camera) = (format!("\"{KEY}\" = \"a\";"), "NSCameraUsageDescription = b;");
    assert_eq!(alone(&[]), [""; 0], "in one language");
    assert_eq!(
        alone(&[("de.lproj/InfoPlist.strings", &both), ("zh-Hans.lproj/InfoPlist.strings", &both)]),
        [""; 0]
    );
    // What the policy asks for has to be understood; what the app asks for by itself is worth a look.
    let lacks = |camera: &str| {
        alone(&[("de.lproj/InfoPlist.strings", camera), ("fr.lproj/InfoPlist.strings", &both)])
    };
    assert_eq!(lacks(camera), ["de.lproj/InfoPlist.strings warning apple-missing-translation"]);
    assert_eq!(lacks(&nfc), ["de.lproj/InfoPlist.strings note apple-missing-translation"]);
    // A language of other texts is one of the app's.
    let other =
        ["Info.plist:4 warning apple-missing-translation", "Info.plist:5 note apple-missing-translation"];
    for file in
        ["de.lproj/Localizable.strings", "de.lproj/Main.storyboard", "de.lproj/Localizable.stringsdict"]
    {
        assert_eq!(alone(&[(file, "")]), other, "{file}");
    }
    assert_eq!(alone(&[("Base.lproj/Main.storyboard", "")]), [""; 0], "no language");
    assert_eq!(alone(&[("en.lproj/Localizable.strings", "")]), [""; 0], "the language of Info.plist itself");
    // A region reads its language's text.
    let region = [("de.lproj/InfoPlist.strings", both.as_str()), ("de-CH.lproj/Localizable.strings", "")];
    assert_eq!(alone(&region), [""; 0]);
    let region = [("de-CH.lproj/InfoPlist.strings", both.as_str()), ("de.lproj/Localizable.strings", "")];
    assert_eq!(alone(&region).len(), 2, "not the other way round");
    let old = [("German.lproj/InfoPlist.strings", both.as_str()), ("de.lproj/Localizable.strings", "")];
    assert_eq!(alone(&old), [""; 0], "a language that is written out");
    let script =
        [("zh-Hans.lproj/InfoPlist.strings", both.as_str()), ("zh_CN.lproj/Localizable.strings", "")];
    assert_eq!(alone(&script), [""; 0], "a region that stands for a script");
    // Empty is not missing, and worse.
    let empty = strings(" ", "b");
    assert_eq!(
        alone(&[("de.lproj/InfoPlist.strings", &empty)]),
        ["de.lproj/InfoPlist.strings:1 error apple-empty-usage-description"]
    );
    // What Info.plist does not ask is never shown.
    assert_eq!(
        alone(&[
            ("de.lproj/InfoPlist.strings", &format!("{both}NSMotionUsageDescription = x;")),
            ("fr.lproj/InfoPlist.strings", &both)
        ]),
        [""; 0]
    );
}

/// An app in more languages than a person reads of at once.
#[test]
fn many_languages_are_counted() {
    let files = (b'a'..=b'z').map(|own| format!("l{}.lproj/InfoPlist.strings", char::from(own)));
    let files: Vec<String> = files.collect();
    let info = info();
    let texts = files.iter().map(|path| (path.as_str(), "NSCameraUsageDescription = b;"));
    let all: Vec<(&str, &str)> = texts.chain([("Info.plist", info.as_str())]).collect();
    let (report, _) = report(&policy("fuzzy", &[]), &all, "");
    let found: Vec<_> = report.findings.iter().filter(|own| own.why.starts_with(KEY)).collect();
    assert_eq!(found.len(), 2, "{}", report.to_text());
    let missing = found.iter().find(|own| own.rule.id() == "apple-missing-translation").unwrap();
    assert!(
        missing.why.contains("la, lb, lc, ld, le, lf, lg, lh, li, lj and 16 more languages"),
        "{}",
        missing.why
    );
    assert_eq!(missing.also.len(), 9);
}

#[test]
fn catalogues() {
    let entry = |key: &str, texts: &[(&str, &str, &str)]| {
        let texts: Vec<_> = texts
            .iter()
            .map(|(language, state, text)| format!("\"{language}\": {{ \"stringUnit\": {{ \"state\": \"{state}\", \"value\": \"{text}\" }} }}"))
            .collect();
        format!("\"{key}\": {{ \"localizations\": {{ {} }} }}", texts.join(", "))
    };
    let catalogue = |entries: &[String]| {
        format!("{{ \"sourceLanguage\": \"en\", \"strings\": {{\n{}\n}} }}", entries.join(",\n"))
    };
    let camera = entry("NSCameraUsageDescription", &[("de", "translated", "b"), ("fr", "translated", "b")]);
    let of = |nfc: String| alone(&[("InfoPlist.xcstrings", &catalogue(&[nfc, camera.clone()]))]);
    assert_eq!(of(entry(KEY, &[("de", "translated", "a"), ("fr", "translated", "a")])), [""; 0]);
    let missing = ["Info.plist:4 warning apple-missing-translation"];
    assert_eq!(of(entry(KEY, &[("de", "translated", "a")])), missing);
    assert_eq!(
        of(entry(KEY, &[("de", "translated", "a"), ("fr", "new", "a")])),
        missing,
        "nobody has translated it"
    );
    let empty = of(entry(KEY, &[("de", "translated", "a"), ("fr", "translated", "")]));
    assert_eq!(empty, ["InfoPlist.xcstrings:2 error apple-empty-usage-description"]);
    // The languages of another catalogue are the app's too.
    let other = catalogue(&[entry("Hello", &[("ja", "translated", "x")])]);
    let both = alone(&[("Localizable.xcstrings", &other)]);
    assert_eq!(
        both,
        ["Info.plist:4 warning apple-missing-translation", "Info.plist:5 note apple-missing-translation"]
    );
    let broken = alone(&[("InfoPlist.xcstrings", "{\n]")]);
    assert_eq!(broken, ["InfoPlist.xcstrings:2 error unreadable"]);
}

/// A target's texts are those that it copies.
#[test]
fn a_targets_texts() {
    let more = "G = {isa = PBXGroup; children = (F); sourceTree = \"<group>\"; };\n\
        F = {isa = PBXFileSystemSynchronizedRootGroup; path = App; sourceTree = \"<group>\"; };\n\
        B = {isa = PBXResourcesBuildPhase; files = (E); }; E = {isa = PBXBuildFile; fileRef = V; };\n\
        V = {isa = PBXVariantGroup; name = InfoPlist.strings; children = (V1, V2); sourceTree = SOURCE_ROOT; };\n\
        V1 = {isa = PBXFileReference; path = Texts/de.lproj/InfoPlist.strings; sourceTree = SOURCE_ROOT; };\n\
        V2 = {isa = PBXFileReference; path = Texts/fr.lproj/InfoPlist.strings; sourceTree = SOURCE_ROOT; };";
    let release = "INFOPLIST_FILE = Info.plist;";
    let of = |target: &str, files: &[(&str, &str)]| {
        let project = Project { release, debug: "", target, more }.text();
        let info = info();
        let own = [(PROJECT, project.as_str()), ("Info.plist", info.as_str())];
        found(&policy("fuzzy", &[]), &[&own[..], files].concat())
            .into_iter()
            .filter(|own| !own.contains("unneeded"))
            .collect::<Vec<_>>()
    };
    let (right, empty) = (strings("a", "b"), strings("a", ""));
    let texts =
        [("Texts/de.lproj/InfoPlist.strings", right.as_str()), ("Texts/fr.lproj/InfoPlist.strings", &empty)];
    assert_eq!(
        of("buildPhases = (B);", &texts),
        ["Texts/fr.lproj/InfoPlist.strings:2 error apple-empty-usage-description"]
    );
    assert_eq!(of("", &texts), [""; 0], "no target copies them");
    let camera = "NSCameraUsageDescription = b;";
    let followed = [("App/de.lproj/InfoPlist.strings", camera), ("App/fr.lproj/Localizable.strings", "")];
    assert_eq!(
        of("fileSystemSynchronizedGroups = (F);", &followed),
        [
            "App/de.lproj/InfoPlist.strings note apple-missing-translation",
            "Info.plist:5 note apple-missing-translation"
        ]
    );
}

#[test]
fn texts_alone_are_checked() {
    let (right, empty) = (strings("a", "b"), strings("", "b"));
    let of = |text: &str| {
        let (report, root) = report(
            &policy("fuzzy", &["nfc"]),
            &[("de.lproj/InfoPlist.strings", text)],
            "de.lproj/InfoPlist.strings",
        );
        let found: Vec<_> = report.findings.iter().map(|own| host::short(own, &root)).collect();
        (report.status(), found)
    };
    assert_eq!(of(&right), (0, vec![]));
    assert_eq!(
        of(&empty),
        (1, vec!["de.lproj/InfoPlist.strings:1 error apple-empty-usage-description".to_owned()])
    );
    assert_eq!(of("\"A\" = ;"), (2, vec!["de.lproj/InfoPlist.strings:1 error unreadable".to_owned()]));
}

/// What `disclose` writes is a start: that nobody has edited it is said, once a text, and is no error.
#[test]
fn a_text_that_nobody_edited() {
    let text = "Mini-programs check whether they can use near-field communication on this device.";
    let files = [
        ("Info.plist", info().replace("Reads cards.", text)),
        ("de.lproj/InfoPlist.strings", strings(text, "b")),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let (report, root) = report(&policy("fuzzy", &[]), &files, "");
    let unedited: Vec<_> =
        report.findings.iter().filter(|own| own.rule.id() == "apple-unedited-text").collect();
    let [finding] = unedited.as_slice() else { panic!("{}", report.to_text()) };
    assert_eq!(host::short(finding, &root), "Info.plist:4 note apple-unedited-text");
    assert_eq!(finding.also.len(), 1);
    assert_eq!(alone(&[]), [""; 0], "the control: one in the app's own words");
}

/// What `disclose` writes of every policy without tracking is fine as it is, in a folder by itself.
#[test]
fn what_is_written_is_fine() {
    for categories in [
        &["device"][..],
        &["location"],
        &["nfc", "bluetooth"],
        &["clipboard", "web_view", "process_list"],
        &[],
    ] {
        for accuracy in ["fuzzy", "precise"] {
            let policy: Policy = policy(accuracy, categories);
            let files = target::write(Target::Ios, &policy, &Given::default()).unwrap().files;
            let files: Vec<_> = files
                .iter()
                .map(|file| (file.path.as_str(), std::str::from_utf8(&file.contents).unwrap()))
                .collect();
            let (report, _) = report(&policy, &files, "");
            assert_eq!(report.status(), 0, "{categories:?}: {}", report.to_text());
            assert!(!report.apps.is_empty(), "{categories:?}");
        }
    }
}
