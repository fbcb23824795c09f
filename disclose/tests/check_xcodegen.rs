//! XcodeGen's project files, read as they are: what is generated from them is checked, and what cannot be read is never fine.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use host::{found, plist, policy, privacy, report};

const PROPERTIES: &str = "    info:\n      path: App/Info.plist\n      properties:\n        \
    NSLocationWhenInUseUsageDescription: Shows what is near.\n        NSLocationDefaultAccuracyReduced: true\n";

fn of(files: &[(&str, &str)]) -> Vec<String> {
    let privacy = privacy(&["CoarseLocation"], &[]);
    let own = [("App/PrivacyInfo.xcprivacy", privacy.as_str()), ("App/A.swift", "let a = 1")];
    found(&policy("fuzzy", &["location"]), &[&own[..], files].concat())
}

const HEAD: &str =
    "name: App\ntargets:\n  App:\n    type: application\n    platform: iOS\n    sources: App\n";

#[test]
fn a_project_is_read_as_it_is_written() {
    let whole = format!("{HEAD}{PROPERTIES}");
    assert_eq!(of(&[("project.yml", &whole)]), [""; 0], "nothing to mend");
    assert_eq!(of(&[("project.yaml", &whole)]), [""; 0]);
    assert_eq!(
        of(&[("project.yml", &whole.replace("        NSLocationDefaultAccuracyReduced: true\n", ""))]),
        ["project.yml:9 error apple-precise-location"]
    );
    assert_eq!(
        of(&[("project.yml", &whole.replace("Shows what is near.", "''"))]),
        ["project.yml:10 error apple-empty-usage-description"]
    );
    // What lies there is written over, and what else lies there is nobody's.
    let stale =
        plist("<key>UILaunchScreen</key><dict/><key>NFCReaderUsageDescription</key><string>x</string>");
    assert_eq!(
        of(&[("project.yml", &whole), ("App/Info.plist", &stale), ("Old/Info.plist", &stale)]),
        [""; 0]
    );
    // A privacy manifest that no target has is not there.
    let elsewhere = whole.replace("sources: App", "sources: Other");
    assert_eq!(of(&[("project.yml", &elsewhere)]), ["project.yml:9 error apple-missing-privacy-manifest"]);
    // A project that was made already speaks for itself.
    let made = ("A.xcodeproj/project.pbxproj", "{ objects = { }; }");
    assert_eq!(of(&[("project.yml", &whole), made]).len(), 1);
}

#[test]
fn settings_come_from_the_target_its_groups_its_files_and_the_project() {
    let keys = "INFOPLIST_KEY_NSLocationWhenInUseUsageDescription: Near.\n";
    let reduced = plist("<key>NSLocationDefaultAccuracyReduced</key><true/>");
    let missing = ["App/Info.plist:1 error apple-missing-key"];
    let with = |settings: &str| {
        let text = format!("{HEAD}{settings}");
        of(&[
            ("project.yml", &text),
            ("App/Info.plist", &reduced),
            ("Config/Own.xcconfig", "GENERATE_INFOPLIST_FILE = YES\n"),
        ])
    };
    // The Info.plist among the sources counts.
    assert_eq!(with(""), missing);
    for settings in [
        format!("    settings:\n      GENERATE_INFOPLIST_FILE: YES\n      {keys}"),
        format!("    settings:\n      base:\n        GENERATE_INFOPLIST_FILE: yes\n        {keys}"),
        format!(
            "    settings:\n      configs:\n        release:\n          GENERATE_INFOPLIST_FILE: true\n          {keys}"
        ),
        format!(
            "    settings:\n      groups: [Own]\nsettingGroups:\n  Own:\n    groups: [Own, Deep]\n  Deep:\n    GENERATE_INFOPLIST_FILE: YES\n    {keys}"
        ),
        format!("settings:\n  GENERATE_INFOPLIST_FILE: YES\n  {keys}"),
        format!("    configFiles:\n      Release: Config/Own.xcconfig\n    settings:\n      {keys}"),
        format!("configFiles:\n  Release: Config/Own.xcconfig\nsettings:\n  base:\n    {keys}"),
        format!(
            "configs:\n  Prod: release\n  Dev Debug: debug\nsettings:\n  configs:\n    prod:\n      GENERATE_INFOPLIST_FILE: YES\n      {keys}"
        ),
    ] {
        assert_eq!(with(&settings), [""; 0], "{settings}");
    }
    for settings in [
        // Without the one the others count for nothing, as in any project.
        format!(
            "    configFiles:\n      Debug: Config/Own.xcconfig\n    settings:\n      configs:\n        debug:\n          {keys}"
        ),
        format!(
            "configs:\n  Release: release\n  Release Beta: release\nsettings:\n  configs:\n    Release Beta:\n      GENERATE_INFOPLIST_FILE: YES\n      {keys}"
        ),
    ] {
        assert_eq!(with(&settings), missing, "{settings}");
    }
    // The target's own comes before the project's.
    let both =
        "    settings:\n      GENERATE_INFOPLIST_FILE: NO\nsettings:\n  GENERATE_INFOPLIST_FILE: YES\n";
    assert!(with(&format!("{both}  {keys}")).contains(&missing[0].to_owned()));
}

#[test]
fn includes_templates_and_platforms() {
    let root = "name: App\ninclude:\n  - path: ios/app.yml\n  - path: none.yml\n    enable: NO\ntargetTemplates:\n  Own:\n    \
        type: application\n    sources:\n      - path: ${folder}\n        excludes: [\"**/Old\"]\n";
    let part = "targets:\n  App:\n    templates: [Own]\n    templateAttributes:\n      folder: ../App\n    platform: [iOS, macOS]\n    \
        info:\n      path: ${target_name}/Info.plist\n      properties:\n        NSLocationWhenInUseUsageDescription: Near.\n        \
        NSLocationDefaultAccuracyReduced: YES\n        NFCReaderUsageDescription: ''\n";
    let found = of(&[("project.yml", root), ("ios/app.yml", part)]);
    // The folder of a template counts from the template's file, so that this one is above the project.
    assert_eq!(
        found,
        [
            "ios/app.yml:9 error apple-missing-privacy-manifest",
            "ios/app.yml:12 note apple-unneeded-key",
            "ios/app.yml:12 error apple-empty-usage-description"
        ]
    );
    let root = root.replace("${folder}", "App");
    let found =
        of(&[("project.yml", &root), ("ios/app.yml", part), ("App/Old/B.swift", "UserDefaults.standard")]);
    assert_eq!(
        found,
        ["ios/app.yml:12 note apple-unneeded-key", "ios/app.yml:12 error apple-empty-usage-description"]
    );
    let used =
        of(&[("project.yml", &root), ("ios/app.yml", part), ("App/New/B.swift", "UserDefaults.standard")]);
    assert!(used.contains(&"App/PrivacyInfo.xcprivacy:5 error apple-required-reason".to_owned()), "{used:?}");
    // An included file counts from its own folder, or from the first one's.
    for (path, own) in
        [("ios/app.yml", "sources: ../App"), ("{path: ios/app.yml, relativePaths: false}", "sources: App")]
    {
        let root = format!("name: App\ninclude: {path}\n");
        let part =
            format!("targets:\n  App:\n    type: application\n    platform: iOS\n    {own}\n{PROPERTIES}");
        assert_eq!(of(&[("project.yml", &root), ("ios/app.yml", &part)]), [""; 0], "{path}");
    }
}

#[test]
fn extensions_entitlements_and_products() {
    let text = format!(
        "{HEAD}{PROPERTIES}    entitlements:\n      path: App/App.entitlements\n      properties:\n        com.apple.developer.nfc.readersession.formats: [TAG]\n    \
        dependencies:\n      - target: Widget\n      - package: Scruple\n        products: [Scruple, ScrupleNFC]\n  \
        Widget:\n    type: app-extension\n    platform: iOS\n    sources: [Widget]\n    info:\n      path: Widget/Info.plist\n      \
        properties:\n        NSCameraUsageDescription: ''\n  Mac:\n    type: application\n    platform: macOS\n    sources: [App]\n"
    );
    let (report, root) = report(
        &policy("fuzzy", &["location"]),
        &[("project.yml", &text), ("Widget/A.swift", "UserDefaults.standard")],
        "",
    );
    let found: Vec<String> = report.findings.iter().map(|own| host::short(own, &root)).collect();
    let mut expected = vec![
        "project.yml:9 error apple-missing-privacy-manifest",
        // What it links reads it.
        "project.yml:9 error apple-missing-key",
        "project.yml:15 note apple-unneeded-entitlement",
        "project.yml:18 note apple-missing-product",
        "project.yml:18 note apple-unneeded-product",
        "project.yml:26 error apple-required-reason",
        "project.yml:27 error apple-empty-usage-description",
    ];
    expected.sort_unstable();
    let mut sorted: Vec<&str> = found.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(report.apps, ["App"]);
}

/// What lies in a folder that Xcode takes for one file, and what is for another system.
#[test]
fn of_the_sources_only_what_is_built_for_ios_counts() {
    let with = |sources: &str, file: &str| {
        let text = format!("{HEAD}{PROPERTIES}").replace("    sources: App\n", sources);
        let found = of(&[("project.yml", &text), (file, "UserDefaults.standard")]);
        found.iter().any(|own| own.contains("apple-required-reason"))
    };
    let plain = "    sources: [App, Other]\n";
    let inferred =
        "    sources:\n      - App\n      - path: Other\n        inferDestinationFiltersByPath: true\n";
    let filtered = "    sources:\n      - App\n      - path: Other\n        destinationFilters: [tvOS]\n";
    for file in ["Other/A.swift", "Other/tvOS/A.swift", "Other/A_tvOS.swift"] {
        assert!(with(plain, file), "{file}");
        assert_eq!(with(inferred, file), file == "Other/A.swift", "{file}");
        assert!(!with(filtered, file), "{file}");
    }
    assert!(!with(plain, "Other/Own.bundle/A.swift"));
    assert!(with(
        "    sources:\n      - App\n      - path: Other\n        buildPhase: sources\n",
        "Other/A.swift"
    ));
    for phase in ["none", "resources", "{copyFiles: {destination: plugins}}"] {
        let sources =
            format!("    sources:\n      - App\n      - path: Other\n        buildPhase: {phase}\n");
        assert!(!with(&sources, "Other/A.swift"), "{phase}");
    }
}

#[test]
fn what_cannot_be_read_is_unseen() {
    let whole = format!("{HEAD}{PROPERTIES}");
    let broken: Vec<(String, u32)> = vec![
        (format!("{whole}include: https://example.com/a.yml\n"), 12),
        (format!("{whole}include:\n  - ${{NAME}}.yml\n"), 13),
        (whole.replace("sources: App", "sources: ${FOLDER}"), 6),
        (whole.replace("platform: iOS", "templates: [None]"), 5),
        (whole.replace("    platform: iOS\n", ""), 3),
        (format!("{whole}    dependencies:\n      - target: Other/Kit\n"), 13),
    ];
    for (text, line) in broken {
        let (report, root) = report(&policy("fuzzy", &["device"]), &[("project.yml", &text)], "");
        assert_eq!(report.status(), 2, "{text}");
        let unseen = report.findings.iter().find(|own| own.rule.id() == "unseen").unwrap();
        let places: Vec<_> = unseen.also.iter().map(|own| (own.file.replace(&root, ""), own.line)).collect();
        assert!(places.contains(&("project.yml".to_owned(), Some(line))), "{text}: {places:?}");
        assert!(unseen.mend.contains("xcodegen generate"), "{}", unseen.mend);
    }
    // Templates of templates end somewhere, and specifications that include each other do.
    let twice: String =
        (1..40).map(|own| format!("  T{own}:\n    templates: [T{0}, T{0}]\n", own - 1)).collect();
    let text = format!(
        "{whole}    templates: [T39]\ninclude: project.yml\ntargetTemplates:\n  T0:\n    scheme: {{}}\n{twice}"
    );
    assert_eq!(report(&policy("fuzzy", &["device"]), &[("project.yml", &text)], "").0.status(), 2);
    // Libraries only are no app, and what is no YAML is none at all.
    let library = whole.replace("type: application", "type: framework");
    for text in [library.as_str(), "name: x\ntargets:\n  a: [\n"] {
        let (report, _) = report(&policy("fuzzy", &["device"]), &[("project.yml", text)], "");
        assert_eq!(report.status(), 2, "{text}");
    }
}
