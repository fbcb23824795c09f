//! The variants of an Android app: which there are, and what libraries give each.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;
#[path = "common/project.rs"]
mod project;

use host::fuzzy;
use project::{APP, LIBRARY, MAIN, MISSING, NFC, app, found, manifest};

#[test]
fn each_variant_that_ships_is_judged() {
    let plain = app("");
    let nfc = manifest(NFC);
    let flavours = "android { flavorDimensions 'v', 'w'\n productFlavors { basic { dimension 'v' }\n full { dimension 'v' }\n east { dimension 'w' } }\n\
                    buildTypes { release { }\n beta { initWith release }\n staging { debuggable true } } }";
    let build = format!("{APP}{flavours}");
    let of = |set: &str| {
        let path = format!("app/src/{set}/AndroidManifest.xml");
        found(&fuzzy(&["nfc"]), &[("app/build.gradle", &build), (MAIN, &plain), (&path, &nfc)])
    };
    let lacks = |variants: &str| vec![MISSING.replace(')', &format!(", {variants})"))];
    for (set, expected) in [
        ("basic", lacks("fullEastRelease, fullEastBeta")),
        ("beta", lacks("basicEastRelease, fullEastRelease")),
        ("fullEast", lacks("basicEastRelease, basicEastBeta")),
        ("fullEastBeta", lacks("basicEastRelease, basicEastBeta, fullEastRelease")),
        ("east", Vec::new()),
        ("debug", vec![MISSING.to_owned()]),
        ("staging", vec![MISSING.to_owned()]),
        ("androidTest", vec![MISSING.to_owned()]),
        ("main/assets", vec![MISSING.to_owned()]),
    ] {
        assert_eq!(of(set), expected, "{set}");
    }
    // Flavours may be made elsewhere: in a script, in a plugin, or where only their manifests show them.
    let flavours = "android { productFlavors { full { }; basic { } } }";
    let full = ("app/src/full/AndroidManifest.xml", nfc.as_str());
    for (script, build) in [
        ("common.gradle", "apply plugin: 'com.android.application'\napply from: '../common.gradle'"),
        (
            "gradle/flavours.gradle",
            "apply plugin: 'com.android.application'\napply from: \"$rootDir/gradle/flavours.gradle\"",
        ),
        (
            "buildSrc/src/main/kotlin/own.app.gradle.kts",
            "plugins { id('com.android.application'); id('own.app') }",
        ),
    ] {
        let files =
            [("settings.gradle", ""), (script, flavours), ("app/build.gradle", build), (MAIN, &plain), full];
        assert_eq!(found(&fuzzy(&["nfc"]), &files), lacks("basicRelease"), "{script}");
    }
    let convention = "plugins { alias(libs.plugins.own.android.application) }";
    let files = [("app/build.gradle", convention), (MAIN, &plain), full];
    assert_eq!(found(&fuzzy(&["nfc"]), &files), lacks("release"));
    let class = "class OwnPlugin : Plugin<Project> { override fun apply(target: Project) { with(target) {\n\
                 apply(plugin = \"com.android.application\")\n\
                 extensions.configure<ApplicationExtension> { productFlavors { create(\"full\") { }\n create(\"basic\") } }\n\
                 dependencies { \"fullImplementation\"(project(\":tags\")) } } } }";
    let makes = "gradlePlugin { plugins { register(\"own\") { id = \"own.app\"\n implementationClass = \"x.OwnPlugin\" } } }";
    let files = [
        ("build-logic/build.gradle.kts", makes),
        ("build-logic/src/main/kotlin/x/OwnPlugin.kt", class),
        ("app/build.gradle", "plugins { alias(libs.plugins.own) }"),
        ("gradle/libs.versions.toml", "[plugins]\nown = { id = \"own.app\" }"),
        (MAIN, &plain),
        ("tags/build.gradle", LIBRARY),
        ("tags/src/main/AndroidManifest.xml", &nfc),
    ];
    assert_eq!(found(&fuzzy(&["nfc"]), &files), lacks("basicRelease"));
    // A script that is a plugin is no app by its name.
    let logic = "plugins { `kotlin-dsl` }\ngradlePlugin { plugins { register(\"androidApplication\") { id = \"x.android.application\" } } }";
    let files = [("app/build.gradle", APP), (MAIN, &plain), ("build-logic/build.gradle.kts", logic)];
    assert_eq!(found(&fuzzy(&["nfc"]), &files), [MISSING]);
    // A library's flavour is chosen by the app: by its own, or by what it says of others.
    let library = format!(
        "{LIBRARY}android {{ productFlavors {{ plain {{ dimension 'tags' }}\n nfc {{ dimension 'tags' }} }} }}"
    );
    for (strategy, expected) in [
        ("android { defaultConfig { missingDimensionStrategy 'tags', 'nfc' } }", vec![]),
        ("android { defaultConfig { missingDimensionStrategy('tags', 'plain') } }", vec![MISSING.to_owned()]),
        ("", vec![MISSING.to_owned()]),
        ("android.productFlavors.create('nfc') { dimension = 'tags' }", vec![]),
    ] {
        let build = format!("{APP}{strategy}\ndependencies {{ implementation project(':lib') }}");
        let files = [
            ("app/build.gradle", build.as_str()),
            (MAIN, &plain),
            ("lib/build.gradle", &library),
            ("lib/src/nfc/AndroidManifest.xml", &nfc),
            ("lib/src/main/AndroidManifest.xml", &manifest("")),
        ];
        assert_eq!(found(&fuzzy(&["nfc"]), &files), expected, "{strategy}");
    }
    // One fact in two apps is a finding of each.
    let two = [
        ("a/build.gradle", APP),
        ("a/src/main/AndroidManifest.xml", &plain),
        ("b/build.gradle", APP),
        ("b/src/main/AndroidManifest.xml", &plain),
    ];
    assert_eq!(
        found(&fuzzy(&["nfc"]), &two),
        [
            "android-missing-permission error a/src/main/AndroidManifest.xml (a)",
            "android-missing-permission error b/src/main/AndroidManifest.xml (b)",
        ]
    );
    // An app that its build leaves out is not built.
    let left_out = [two.as_slice(), &[("settings.gradle", "include ':a'")]].concat();
    assert_eq!(found(&fuzzy(&["nfc"]), &left_out).len(), 1);
    // A manifest may be where the build file says.
    let moved = format!("{APP}android {{ sourceSets {{ main.manifest.srcFile 'own/Manifest.xml' }} }}");
    let files = [("app/build.gradle", moved.as_str()), ("app/own/Manifest.xml", &app(NFC)), (MAIN, &plain)];
    assert_eq!(found(&fuzzy(&["nfc"]), &files), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_library_without_a_variant_of_that_name_gives_the_one_that_the_app_says() {
    let (plain, nfc) = (app(""), manifest(NFC));
    let of = |app_build: &str, library: &str, set: &str| {
        let build = format!("{APP}{app_build}\ndependencies {{ implementation project(':lib') }}");
        let (library, path) = (format!("{LIBRARY}{library}"), format!("lib/src/{set}/AndroidManifest.xml"));
        let files = [
            ("app/build.gradle", build.as_str()),
            (MAIN, &plain),
            ("lib/build.gradle", &library),
            (path.as_str(), &nfc),
        ];
        found(&fuzzy(&["nfc"]), &files)
    };
    let types =
        |fallbacks: &str| format!("android {{ buildTypes {{ staging {{ {fallbacks} }}\n release {{ }} }} }}");
    let both = "android { buildTypes { staging { }; beta { } } }";
    let lacks = |variant: &str| vec![MISSING.replace(')', &format!(", {variant})"))];
    assert_eq!(of(&types(""), both, "staging"), lacks("release"), "its own comes first");
    assert_eq!(of(&types("matchingFallbacks = ['none', 'release']"), "", "release"), [""; 0]);
    assert_eq!(of(&types("matchingFallbacks += listOf(\"beta\", \"release\")"), both, "beta"), [MISSING]);
    let beta = "android { buildTypes { beta { } } }";
    assert_eq!(of(&types("matchingFallbacks.add(\"beta\")"), beta, "beta"), lacks("release"));
    assert_eq!(of(&types(""), "", "release"), lacks("staging"), "the control");
    // What the library takes in by its own build type.
    let through = "dependencies { releaseImplementation 'dev.scruple:scruple-nfc:1' }";
    assert_eq!(of(&types("matchingFallbacks = ['release']"), through, "none"), [""; 0]);
    assert_eq!(of(&types(""), through, "none"), lacks("staging"));
    let flavours = |fallbacks: &str| {
        format!(
            "android {{ flavorDimensions 'a'\n productFlavors {{ paid {{ dimension 'a'\n {fallbacks} }} }} }}"
        )
    };
    let library = "android { flavorDimensions 'a'\n productFlavors { demo { dimension 'a' }\n full { dimension 'a' } } }";
    assert_eq!(of(&flavours("setMatchingFallbacks('full', 'demo')"), library, "full"), [""; 0]);
    assert_eq!(of(&flavours("matchingFallbacks = ['demo']"), library, "full"), [MISSING]);
}

#[test]
fn more_variants_than_are_looked_at_are_said() {
    let of = |dimensions: usize, flavours: usize| {
        let names: Vec<String> = (0..dimensions).map(|own| format!("'d{own}'")).collect();
        let all = (0..dimensions).flat_map(|own| (0..flavours).map(move |at| (own, at)));
        let all: Vec<String> = all.map(|(own, at)| format!("f{own}x{at} {{ dimension 'd{own}' }}")).collect();
        let build = format!(
            "{APP}android {{ flavorDimensions {}\n productFlavors {{ {} }} }}",
            names.join(", "),
            all.join("\n")
        );
        found(&fuzzy(&["device"]), &[("app/build.gradle", &build), (MAIN, &app(""))])
    };
    assert_eq!(of(9, 2), [""; 0]);
    for (dimensions, flavours) in [(10, 2), (2, 23), (1, 300)] {
        assert_eq!(of(dimensions, flavours), ["unseen error app/build.gradle"], "{dimensions} {flavours}");
    }
}
