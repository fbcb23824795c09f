//! Whole hosts: by the guide, the project's own samples, and what `disclose` writes.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;
#[path = "common/project.rs"]
mod project;

use std::fs;
use std::path::Path;

use host::{found_in, fuzzy, lines, policy, project};
use project::{APP, MAIN, app};
use scruple::Policy;
use scruple_disclose::check::{Level, check};

#[test]
fn notes_are_fine_findings_are_not_and_unreadable_files_are_worse() {
    let nfc = app(
        "<uses-permission android:name='android.permission.NFC'/><uses-permission android:name='android.permission.READ_PHONE_STATE'/>",
    );
    let folder = project(&[(MAIN, &nfc)]);
    let checked = |policy: &Policy, path: &Path| check(policy, &[path.to_owned()]).unwrap();
    let mut report = checked(&policy("fuzzy", &["device"]), folder.path());
    assert_eq!(report.status(), 1);
    let identifier = report.findings.iter().find(|own| own.level == Level::Warning).unwrap().rule;
    report.allow(&[identifier]);
    assert_eq!((report.status(), report.count(Level::Note)), (0, 2));

    fs::write(folder.path().join(MAIN), "<manifest>").unwrap();
    let mut report = checked(&policy("fuzzy", &["device"]), folder.path());
    assert_eq!(report.status(), 2);
    let unreadable = report.findings[0].rule;
    report.allow(&[unreadable]);
    assert_eq!(report.status(), 2, "a file that was not read is no decision of the host's");

    for path in [folder.path().join("not there"), folder.path().join(MAIN).parent().unwrap().join("x")] {
        assert_eq!(checked(&policy("fuzzy", &[]), &path).status(), 2);
    }
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(checked(&policy("fuzzy", &[]), empty.path()).status(), 2, "nothing was checked");
}

/// A host as the guide describes it, with each of Scruple's artifacts from a catalog.
#[test]
fn a_host_by_the_guide_is_clean_until_a_line_is_broken() {
    const PERMISSION: &str = "src/main/AndroidManifest.xml:1 error android-missing-permission";
    const ARTIFACT: &str = "build.gradle.kts:3 note android-missing-artifact";
    const FEATURE: &str = "src/main/AndroidManifest.xml:2 warning android-required-feature";
    // Bluetooth's permissions stand in the app's manifest, which narrows them; precise location takes the fuzzy one in with it.
    const ARTIFACTS: [(&str, &[&str]); 7] = [
        ("bluetooth", &[ARTIFACT, FEATURE]),
        ("clipboard", &[ARTIFACT]),
        ("location", &[]),
        ("location-precise", &[PERMISSION]),
        ("nfc", &[PERMISSION]),
        ("processes", &[ARTIFACT]),
        ("webview", &[ARTIFACT]),
    ];
    let guide = include_str!("../../docs/guide/android-reference.md");
    let narrow: String = guide.lines().filter(|line| line.starts_with("<uses-permission")).collect();
    assert_eq!(narrow.matches("BLUETOOTH").count(), 3);
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
            ("src/main/AndroidManifest.xml", &app(&narrow)),
        ]);
        found_in(&everything, folder.path())
    };
    assert_eq!(found_without(""), [""; 0]);
    for (name, lost) in ARTIFACTS {
        assert_eq!(found_without(name), lost, "without {name}");
    }
}

/// The project's own Android app, as it is, with the policy that it opens its session with.
#[test]
fn the_sample_is_clean_until_a_line_is_broken() {
    let sample = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../android-sample");
    let read = |path: &str| fs::read_to_string(sample.join(path)).unwrap();
    let policy = Policy::from_json(&read("src/main/assets/scruple-precise.json")).unwrap();
    assert_eq!(found_in(&policy, &sample), [""; 0]);

    let (build, catalog) = (read("build.gradle.kts"), read("gradle/libs.versions.toml"));
    let manifest = read("src/main/AndroidManifest.xml");
    for (line, finding) in [
        ("implementation(libs.scruple.nfc)", "android-missing-permission"),
        ("implementation(libs.scruple.bluetooth)", "android-missing-artifact"),
        ("implementation(libs.scruple.processes)", "android-missing-artifact"),
    ] {
        assert!(build.contains(line), "{line}");
        let folder = project(&[
            ("settings.gradle.kts", ""),
            ("gradle/libs.versions.toml", &catalog),
            ("build.gradle.kts", &build.replace(line, "")),
            ("src/main/AndroidManifest.xml", &manifest),
        ]);
        let found = found_in(&policy, folder.path());
        assert!(found.iter().any(|own| own.contains(finding)), "{line}: {found:?}");
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
    let unneeded = lines(&report, &sample);
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
        let found = found_in(&policy, project(&texts).path());
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
        let narrow = written(name, "android/app/AndroidManifest.xml");
        let narrow: String = narrow.lines().filter(|line| line.contains("<uses-")).collect();
        let plain = app(&narrow);
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
        let base = [("app/build.gradle", build.as_str()), (MAIN, plain.as_str())];
        let base = base.into_iter().chain(builds.iter().map(|(file, text)| (file.as_str(), *text)));
        let files = ios.iter().map(|(file, text)| (*file, text.as_str()));
        let files =
            files.chain(android.iter().map(|(file, text)| (file.as_str(), text.as_str()))).chain(base);
        let folder = project(&files.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>());
        let paths = [folder.path().to_owned()];
        let found = |policy: &Policy| -> Vec<String> {
            let found = lines(&check(policy, &paths).unwrap(), folder.path());
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
    let folder = project(&[("app/build.gradle", APP), (MAIN, &app(""))]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("app/loop")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("app/Info.plist")).unwrap();
    assert_eq!(found_in(&fuzzy(&["device"]), folder.path()), [""; 0]);
    // But for the path itself, which somebody typed.
    let link = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(folder.path(), link.path().join("host")).unwrap();
    let report = check(&policy("fuzzy", &["nfc"]), &[link.path().join("host")]).unwrap();
    assert_eq!(report.status(), 1);
}
