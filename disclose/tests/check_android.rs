//! What Gradle merges into each variant, and what is packed: small projects, each with one thing to find.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;
#[path = "common/project.rs"]
mod project;

use host::{fuzzy, policy, project};
use project::{APP, LIBRARY, MAIN, MISSING, NFC, app, found, manifest, report, short};
use scruple::Policy;

/// A project of an app and a library that has NFC.
fn with_library(settings: &str, app_build: &str, library_build: &str, more: &[(&str, &str)]) -> Vec<String> {
    let (plain, nfc) = (app(""), manifest(NFC));
    let build = format!("{APP}{app_build}");
    let mut files = vec![
        ("settings.gradle", settings),
        ("app/build.gradle", build.as_str()),
        (MAIN, plain.as_str()),
        ("core/tags/build.gradle", library_build),
        ("core/tags/src/main/AndroidManifest.xml", nfc.as_str()),
    ];
    files.extend(more);
    found(&fuzzy(&["nfc"]), &files)
}

#[test]
fn a_library_counts_where_the_app_takes_it_in() {
    let settings = "include ':app', ':core:tags', ':other'";
    let depends = |build: &str| with_library(settings, build, LIBRARY, &[]);
    assert_eq!(depends(""), [MISSING], "the control");
    for build in [
        "dependencies { implementation project(':core:tags') }",
        "dependencies {\n api(project(path: ':core:tags', configuration: 'default')) { exclude group: 'a' } }",
        "dependencies { runtimeOnly(projects.core.tags) }",
        "dependencies { releaseImplementation project(':core:tags') }",
        "dependencies { implementation(project(mapOf(\"path\" to \":core:tags\"))) }",
        "dependencies { implementation(rootProject.project(\":core:tags\")) }",
        "dependencies { \"implementation\"(project(\":core:tags\")) }",
        "dependencies { add(\"implementation\", project(\":core:tags\")) }",
        "kotlin { sourceSets { androidMain.dependencies { implementation(project(\":core:tags\")) } } }",
        "android { dynamicFeatures = [':core:tags'] }",
        // By names that only Gradle knows.
        "rootProject.subprojects.each { other -> dependencies { implementation project(other.path) } }",
    ] {
        assert_eq!(depends(build), [""; 0], "{build}");
    }
    for build in [
        "dependencies { debugImplementation project(':core:tags') }",
        "dependencies { testImplementation project(':core:tags'); androidTestImplementation project(':core:tags') }",
        "dependencies { compileOnly project(':core:tags') }",
        "// dependencies { implementation project(':core:tags') }",
        "dependencies { constraints { implementation project(':core:tags') } }",
        "kotlin { sourceSets { iosMain.dependencies { implementation(project(\":core:tags\")) } } }",
    ] {
        assert_eq!(depends(build), [MISSING], "{build}");
    }
    // Through another library, and where the settings say it is.
    let through = [(
        "other/build.gradle",
        "plugins { id 'com.android.library' }\ndependencies { implementation project(':core:tags') }",
    )];
    let build = "dependencies { implementation project(':other') }";
    assert_eq!(with_library(settings, build, LIBRARY, &through), [""; 0]);
    let moved = "include ':app', ':tags'\nproject(':tags').projectDir = new File(settingsDir, 'core/tags')";
    assert_eq!(
        with_library(moved, "dependencies { implementation project(':tags') }", LIBRARY, &[]),
        [""; 0]
    );
    let computed = "def part(name) { include name }\npart(':core-tags')\ninclude ':app'\ninclude it";
    assert_eq!(
        with_library(computed, "dependencies { implementation project(':core-tags') }", LIBRARY, &[]),
        [""; 0]
    );
    // A module that tests is merged into nothing.
    let test = "plugins { id 'com.android.test' }";
    let build = "dependencies { implementation project(':core:tags') }";
    assert_eq!(with_library(settings, build, test, &[]), [MISSING]);
}

#[test]
fn no_build_file_leads_out_of_the_folder() {
    let outside = project(&[("Manifest.xml", &app(NFC))]);
    let path = outside.path().join("Manifest.xml").display().to_string();
    let plain = app("");
    for named in [path.as_str(), "link.xml", "linked/Manifest.xml", "../../outside.xml"] {
        let build = format!("{APP}android {{ sourceSets {{ main {{ manifest.srcFile '{named}' }} }} }}");
        let folder = project(&[("app/build.gradle", &build), (MAIN, &plain)]);
        std::os::unix::fs::symlink(&path, folder.path().join("app/link.xml")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("app/linked")).unwrap();
        let found = short(&report(&fuzzy(&["nfc"]), folder.path()), folder.path());
        assert!(found.iter().any(|own| own.starts_with("android-missing-permission")), "{named}: {found:?}");
    }
}

/// An app with one library, by what they ask for.
fn merged(policy: &Policy, build: &str, own: &str, library: &str) -> Vec<String> {
    let build = format!("{APP}{build}\ndependencies {{ implementation project(':lib') }}");
    found(
        policy,
        &[
            ("app/build.gradle", &build),
            (MAIN, &app(own)),
            ("lib/build.gradle", LIBRARY),
            ("lib/src/main/AndroidManifest.xml", &manifest(library)),
        ],
    )
}

#[test]
fn what_the_merge_makes_of_it_is_said() {
    let nfc = fuzzy(&["nfc"]);
    let cap = |level: u32| NFC.replace("/>", &format!(" android:maxSdkVersion=\"{level}\"/>"));
    let with = |attributes: &str| NFC.replace("/>", &format!(" {attributes}/>"));
    let (main, lib) = ("app/src/main/AndroidManifest.xml (app)", "lib/src/main/AndroidManifest.xml (app)");
    for (what, own, library, expected) in [
        (
            "the library's cap",
            NFC.to_owned(),
            cap(30),
            vec![format!("android-capped-permission error {lib}")],
        ),
        ("the app's cap", cap(30), NFC.to_owned(), vec![format!("android-capped-permission error {main}")]),
        ("the cap refused", with("tools:remove=\"android:maxSdkVersion\""), cap(30), vec![]),
        (
            "caps that differ",
            cap(30),
            cap(28),
            vec![
                format!("android-capped-permission error {main}"),
                format!("android-merge-conflict error {main}"),
            ],
        ),
        (
            "removed",
            with("tools:node=\"remove\""),
            NFC.to_owned(),
            vec![format!("android-missing-permission error {main}")],
        ),
        (
            "all removed",
            "<uses-permission tools:node=\"removeAll\"/>".to_owned(),
            NFC.to_owned(),
            vec![format!("android-missing-permission error {main}")],
        ),
        (
            "removed by a library",
            String::new(),
            with("tools:node=\"remove\""),
            vec![format!("android-missing-permission error {lib}")],
        ),
        (
            "an instruction that there is not",
            with("tools:node=\"delete\""),
            String::new(),
            vec![format!("android-merge-conflict error {main}")],
        ),
        (
            "a library requires the feature",
            format!("{NFC}<uses-feature android:name=\"android.hardware.nfc\" android:required=\"false\"/>"),
            "<uses-feature android:name=\"android.hardware.nfc\"/>".to_owned(),
            vec![format!("android-required-feature warning {lib}")],
        ),
    ] {
        assert_eq!(merged(&nfc, "", &own, &library), expected, "{what}");
    }
    let newer = merged(
        &nfc,
        "android { defaultConfig { minSdk 21 } }",
        NFC,
        "<uses-sdk android:minSdkVersion=\"24\"/>",
    );
    assert_eq!(newer, [format!("android-merge-conflict error {lib}")]);

    // What a placeholder stands for.
    for (build, more, expected) in [
        (
            "android { defaultConfig { manifestPlaceholders = [which: 'android.permission.NFC'] } }",
            "",
            vec![],
        ),
        (
            "android { defaultConfig { manifestPlaceholders += mapOf(\"which\" to \"android.permission.NFC\") } }",
            "",
            vec![],
        ),
        (
            "android { defaultConfig { manifestPlaceholders[\"which\"] = \"android.permission.NFC\"\n manifestPlaceholders[\"last\"] = 30 } }",
            "android:maxSdkVersion=\"${last}\"",
            vec![format!("android-capped-permission error {main}")],
        ),
        (
            "android { buildTypes { debug { manifestPlaceholders = [which: 'android.permission.NFC'] } } }",
            "",
            vec![format!("android-missing-permission error {main}")],
        ),
    ] {
        let named = &format!("<uses-permission android:name=\"${{which}}\" {more}/>");
        assert_eq!(merged(&nfc, build, named, ""), expected, "{build}");
        if !expected.iter().any(|own| own.contains("missing")) {
            let library = merged(&nfc, build, "", named);
            assert_eq!(library.len(), expected.len(), "in a library: {build}: {library:?}");
        }
    }

    // Levels by whatever name they have.
    let accounts =
        "<uses-permission android:name=\"android.permission.GET_ACCOUNTS\" android:maxSdkVersion=\"22\"/>";
    let identifier = vec![format!("android-identifier warning {main}")];
    for (build, expected) in [
        ("android { defaultConfig { minSdk = 23 } }", vec![]),
        ("android { defaultConfig { minSdkVersion 23 } }", vec![]),
        ("android { compileSdk 35\n defaultConfig { minSdk { version = release(23) } } }", vec![]),
        ("ext.oldest = 23\nandroid { defaultConfig { minSdkVersion ext.oldest } }", vec![]),
        (
            "extra[\"oldest\"] = 23\nandroid { defaultConfig { minSdkVersion extra[\"oldest\"] } }",
            identifier.clone(),
        ),
        ("ext { oldest = 23 }\nandroid { defaultConfig { minSdk rootProject.ext.oldest } }", vec![]),
        ("val oldest = 23\nandroid { defaultConfig { minSdk = oldest } }", vec![]),
        // Another's number of the same name.
        (
            "android { defaultConfig { minSdk = config.minSdk }\n productFlavors { a { }; b { minSdk = 26 } } }",
            vec![format!("android-identifier warning {}", main.replace(')', ", aRelease)"))],
        ),
        ("android { defaultConfig { minSdk = 22 } }", identifier.clone()),
        ("android { defaultConfig { minSdk = unknown() } }", identifier.clone()),
        ("", identifier),
    ] {
        assert_eq!(merged(&fuzzy(&["device"]), build, accounts, ""), expected, "{build}");
    }
}

/// What a framework's plugin takes in is named nowhere in the build files.
#[test]
fn a_library_may_bring_it_where_a_framework_takes_them_in() {
    let says = |build: &str| {
        let folder = project(&[("app/build.gradle", format!("{APP}{build}")), (MAIN, app(""))]);
        let report = report(&fuzzy(&["nfc"]), folder.path());
        assert_eq!(report.findings.len(), 1, "{}", report.to_text());
        report.findings[0].why.contains("a library may bring it")
    };
    assert!(!says(""), "the control");
    for build in [
        "plugins { id 'dev.flutter.flutter-gradle-plugin' }",
        "apply from: \"$flutterRoot/packages/flutter_tools/gradle/flutter.gradle\"",
        "apply plugin: 'com.facebook.react'",
        "apply from: 'capacitor.build.gradle'",
    ] {
        assert!(says(build), "{build}");
    }
}

#[test]
fn one_fact_is_one_finding_with_all_its_places() {
    let build = format!("{APP}dependencies {{ implementation project(':lib') }}");
    let phone = "<uses-permission android:name=\"android.permission.READ_PHONE_STATE\"/>";
    let folder = project(&[
        ("app/build.gradle", build.as_str()),
        (MAIN, &app(phone)),
        ("lib/build.gradle", LIBRARY),
        ("lib/src/main/AndroidManifest.xml", &manifest(phone)),
    ]);
    let report = report(&fuzzy(&["device"]), folder.path());
    assert_eq!(report.findings.len(), 1, "{}", report.to_text());
    let also: Vec<_> = report.findings[0].also.iter().map(|own| own.file.as_str()).collect();
    assert!(also.len() == 1 && also[0].ends_with("lib/src/main/AndroidManifest.xml"), "{also:?}");
}

#[test]
fn artifacts_of_scruple_take_part_in_the_merge() {
    let with = |artifact: &str, policy: &Policy, own: &str| {
        let build = format!("{APP}dependencies {{ implementation 'dev.scruple:{artifact}:0.1.0' }}");
        found(policy, &[("app/build.gradle", &build), (MAIN, &app(own))])
    };
    let coarse = "<uses-permission android:name=\"android.permission.ACCESS_COARSE_LOCATION\"";
    let scan = "<uses-permission android:name=\"android.permission.BLUETOOTH_SCAN\"";
    let main = "app/src/main/AndroidManifest.xml (app)";
    let location = fuzzy(&["location"]);
    assert_eq!(with("scruple-location", &location, ""), [""; 0]);
    let capped = format!("{coarse} android:maxSdkVersion=\"30\"/>");
    assert_eq!(
        with("scruple-location", &location, &capped),
        [format!("android-capped-permission error {main}")]
    );
    // It brings what the app may own as wide as that may be: how far it goes, the app says.
    let bluetooth = fuzzy(&["bluetooth"]);
    let old = |cap: &str| {
        let of = |name: &str| format!("<uses-permission android:name=\"android.permission.{name}\" {cap}/>");
        format!("{}{}", of("BLUETOOTH"), of("BLUETOOTH_ADMIN"))
    };
    let (until_30, never) =
        (old("android:maxSdkVersion=\"30\""), "android:usesPermissionFlags=\"neverForLocation\"");
    let build = "app/build.gradle (app)";
    assert_eq!(
        with("scruple-bluetooth", &bluetooth, ""),
        [
            format!("android-missing-max-sdk warning {build}"),
            format!("android-missing-max-sdk warning {build}"),
            format!("android-scan-location warning {build}")
        ]
    );
    assert_eq!(with("scruple-bluetooth", &bluetooth, &format!("{until_30}{scan} {never}/>")), [""; 0]);
    // The app's own scan stays as it is, and so does a cap of its own: neither is changed, neither is in conflict.
    assert_eq!(
        with("scruple-bluetooth", &bluetooth, &format!("{until_30}{scan}/>")),
        [format!("android-scan-location warning {main}")]
    );
    assert_eq!(
        with(
            "scruple-bluetooth",
            &bluetooth,
            &format!("{}{scan} {never}/>", old("android:maxSdkVersion=\"28\""))
        ),
        [
            format!("android-capped-permission error {main}"),
            format!("android-capped-permission error {main}")
        ]
    );
    // What has no permission is known by what it reads.
    let processes = fuzzy(&["process_list"]);
    assert_eq!(with("scruple-processes", &processes, ""), [""; 0]);
    assert_eq!(
        with("scruple-processes", &fuzzy(&["device"]), ""),
        [format!("android-unneeded-artifact note {build}")]
    );
    assert_eq!(with("scruple", &processes, ""), [format!("android-missing-artifact note {build}")]);
    assert_eq!(with("scruple", &fuzzy(&["device"]), ""), [""; 0]);
    assert_eq!(with("scruple", &fuzzy(&["clipboard", "web_view"]), "").len(), 2);
    // What precise location takes in with it is not one artifact more.
    assert_eq!(
        with("scruple-location-precise", &location, ""),
        ["android-precise-location warning app/build.gradle (app)"]
    );
}

#[test]
fn a_library_that_changes_the_apps_own_scans_is_said() {
    let scan =
        |more: &str| format!("<uses-permission android:name=\"android.permission.BLUETOOTH_SCAN\" {more}/>");
    let never = "android:usesPermissionFlags=\"neverForLocation\"";
    let of = |own: &str, library: &str| {
        let build = format!("{APP}dependencies {{ implementation project(':lib') }}");
        let files = [
            ("app/build.gradle", build.as_str()),
            (MAIN, &app(own)),
            ("lib/build.gradle", LIBRARY),
            ("lib/src/main/AndroidManifest.xml", &manifest(library)),
        ];
        let found = found(&fuzzy(&["device"]), &files);
        found.iter().any(|own| own == "android-scan-changed warning app/src/main/AndroidManifest.xml (app)")
    };
    assert!(of(&scan(""), &scan(never)));
    assert!(!of(&scan(never), &scan(never)), "the app says so itself");
    assert!(!of(&scan("tools:remove=\"android:usesPermissionFlags\""), &scan(never)), "the app refuses it");
    assert!(!of("", &scan(never)), "the app has no scan of its own");
    assert!(!of(&scan(""), &scan("")), "nothing is changed");
}

#[test]
fn location_and_features_that_nobody_wrote() {
    let main = "app/src/main/AndroidManifest.xml (app)";
    let of = |policy: &Policy, names: &[&str], more: &str| {
        let body: String = names
            .iter()
            .map(|name| format!("<uses-permission android:name=\"android.permission.{name}\"/>"))
            .collect();
        found(policy, &[("app/build.gradle", APP), (MAIN, &app(&format!("{body}{more}")))])
    };
    let optional = "<uses-feature android:name=\"android.hardware.location\" android:required=\"false\"/>";
    let location = fuzzy(&["location"]);
    let coarse = "ACCESS_COARSE_LOCATION";
    assert_eq!(of(&location, &[coarse], optional), [""; 0]);
    assert_eq!(of(&location, &[coarse], ""), [format!("android-required-feature warning {main}")]);
    assert_eq!(
        of(&fuzzy(&["device"]), &["BLUETOOTH_ADMIN"], ""),
        [format!("android-required-feature note {main}"), format!("android-unneeded-permission note {main}")]
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
    let background = of(&location, &[coarse, "ACCESS_BACKGROUND_LOCATION"], optional);
    assert_eq!(background, [format!("android-background-location warning {main}")]);
    let precise = policy("precise", &["location"]);
    assert_eq!(
        of(&precise, &["ACCESS_FINE_LOCATION"], optional),
        [format!("android-missing-permission error {main}")]
    );
    let alone = of(&fuzzy(&["device"]), &["ACCESS_FINE_LOCATION"], optional);
    assert!(alone.contains(&format!("android-fine-without-coarse warning {main}")), "{alone:?}");
    let together = of(&fuzzy(&["device"]), &["ACCESS_FINE_LOCATION", coarse], optional);
    assert!(!together.iter().any(|own| own.starts_with("android-fine-without-coarse")), "{together:?}");
}

#[test]
fn what_no_source_has_a_library_may_bring() {
    let of = |build: &str| {
        let folder = project(&[("app/build.gradle", &format!("{APP}{build}")), (MAIN, &app(""))]);
        report(&fuzzy(&["nfc"]), folder.path()).findings[0].why.clone()
    };
    assert!(!of("").contains("check the APK"));
    for build in [
        "dependencies { implementation 'a:b:1' }",
        "dependencies { implementation(libs.some.thing) }",
        "dependencies { implementation project(':not:here') }",
    ] {
        assert!(of(build).contains("check the APK"), "{build}");
    }
    // The last build knows.
    let build = format!("{APP}dependencies {{ implementation 'a:b:1' }}");
    for path in [
        "app/build/intermediates/merged_manifest/release/processReleaseMainManifest/AndroidManifest.xml",
        "app/build/intermediates/merged_manifests/release/AndroidManifest.xml",
        "build/app/intermediates/merged_manifest/release/AndroidManifest.xml",
    ] {
        let of = |path: &str, own: &str| {
            found(&fuzzy(&["nfc"]), &[("app/build.gradle", &build), (MAIN, &app(own)), (path, &app(NFC))])
        };
        assert_eq!(of(path, ""), [""; 0], "{path}");
        assert_eq!(of(&path.replace("release", "debug"), ""), [MISSING], "{path}");
        assert_eq!(of(path, &NFC.replace("/>", " tools:node=\"remove\"/>")), [MISSING], "{path}");
    }
    assert_eq!(
        found(
            &fuzzy(&["nfc"]),
            &[
                ("app/build.gradle", &build),
                (MAIN, &app("")),
                ("app/build/other/AndroidManifest.xml", &app(NFC))
            ]
        ),
        [MISSING]
    );
}

/// A plugin of the build's own that nobody can name says neither; what another module takes in is no app.
#[test]
fn what_another_module_takes_in_is_no_app() {
    let unknown = "plugins { id(Plugins.compose) }\n";
    let files = |build: &str| {
        let folder = project(&[
            ("settings.gradle", "include ':app', ':common'"),
            ("app/build.gradle", build),
            (MAIN, &manifest("")),
            ("common/build.gradle", unknown),
            ("common/src/main/AndroidManifest.xml", &app(NFC)),
        ]);
        let report = report(&fuzzy(&["nfc"]), folder.path());
        (report.apps.len(), short(&report, folder.path()))
    };
    assert_eq!(files(&format!("{APP}dependencies {{ implementation(project(':common')) }}")), (1, vec![]));
    assert_eq!(files(APP), (2, vec![MISSING.to_owned()]), "the control");
}
