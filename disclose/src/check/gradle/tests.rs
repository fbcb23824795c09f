//! Build files in every notation.

use super::*;

#[test]
fn dependencies_in_every_notation() {
    let text = "
        implementation(\"dev.scruple:scruple-nfc:0.1.0\")
        implementation 'dev.scruple:scruple-location' // dev.scruple:no
        implementation group: 'dev.scruple', name: 'scruple-bluetooth', version: '1'
        // implementation 'dev.scruple:commented'
        /* implementation 'dev.scruple:commented'
        */ maven { url 'https://example.com' }; implementation 'dev.scruple:after'
        testImplementation 'dev.scruple:scruple-testing'
        fullReleaseImplementation(libs.scruple.location.precise); api(libs.scruple_x.get())
        implementation 'other:scruple-nfc:1'
        \"fullApi\"(project(':core:data')) { because('x') }
        debugImplementation project(path: ':debug', configuration: 'default')
        implementation(projects.core.ui); compileOnly project(':no'); kapt project(':no')
        sourceSets { androidMain.dependencies { implementation(project(\":kmp\")) }; iosMain.dependencies { implementation(project(\":no\")) } }
        implementation files('libs/a.aar')";
    let build = build(text.as_bytes(), "b").unwrap();
    let dependencies: Vec<_> = build
        .dependencies
        .iter()
        .map(|own| {
            let what = match &own.what {
                Needed::Project(name) => format!("project {name}"),
                Needed::Artifact(name) => format!("artifact {name}"),
                Needed::Accessor(name) => format!("accessor {name}"),
                Needed::Archive(name) => format!("archive {name}"),
                Needed::External => "external".to_owned(),
            };
            format!("{}:{} {what}", own.line, own.variant)
        })
        .collect();
    assert_eq!(
        dependencies,
        [
            "2: artifact scruple-nfc",
            "3: artifact scruple-location",
            "4: artifact scruple-bluetooth",
            "7: artifact after",
            "9:fullRelease accessor libs.scruple.location.precise",
            "9: accessor libs.scruple.x",
            "10: external",
            "11:full project :core:data",
            "12:debug project :debug",
            "13: project projects.core.ui",
            "14: project :kmp",
            "15: archive libs/a.aar",
        ]
    );
    assert!(!build.has_unread);
    assert!(
        super::build(b"rootProject.subprojects.each { implementation project(it.path) }", "b")
            .unwrap()
            .has_unread
    );
}

#[test]
fn a_module_by_every_plugin_notation() {
    for (text, expected) in [
        ("plugins { id 'com.android.application' }", Some(Module::App)),
        ("apply plugin: \"com.android.library\"", Some(Module::Library)),
        ("plugins { `com.android.library` }", Some(Module::Library)),
        ("alias(libs.plugins.android.application)", Some(Module::App)),
        ("alias(libs.plugins.androidApplication) apply false", None),
        ("id(\"nowinandroid.android.library\")", Some(Module::Library)),
        ("plugins {\n id(\"com.android.test\")\n}", Some(Module::Test)),
        ("plugins { id 'com.android.dynamic-feature' }", Some(Module::Feature)),
        ("plugins { id 'com.android.kotlin.multiplatform.library' }", Some(Module::Library)),
        ("// id 'com.android.application'", None),
        ("buildscript { dependencies { classpath 'com.android.application:x' } }", None),
        ("plugins.withId('com.android.application') { }", None),
        (
            "gradlePlugin { plugins { register('androidApplication') { id = 'x.android.application' } } }",
            None,
        ),
        ("subprojects { apply plugin: 'com.android.library' }", None),
    ] {
        assert_eq!(build(text.as_bytes(), "b").unwrap().kind, expected, "{text}");
    }
}

#[test]
fn variants_levels_and_manifests() {
    let text = "android {
        namespace = \"a.b\"
        defaultConfig { minSdk = libs.versions.minSdk.get().toInt(); targetSdkVersion rootProject.ext.target }
        flavorDimensions += listOf(\"tier\", \"shop\")
        productFlavors { create(\"full\") { dimension = \"tier\"; minSdk = 26 }; basic { dimension 'tier' }
          play { dimension 'shop' } }
        buildTypes { release { }; create(\"staging\") { initWith(getByName(\"debug\")) }; beta { debuggable false } }
        sourceSets { main { manifest.srcFile 'AndroidManifest.xml' }
          named(\"full\") { manifest { srcFile(\"full.xml\") } } }
        sourceSets[\"basic\"].manifest.srcFile(\"b.xml\")
        dynamicFeatures += setOf(\":feature\")
    }";
    let build = build(text.as_bytes(), "b").unwrap();
    assert_eq!(build.namespace.as_deref(), Some("a.b"));
    assert_eq!(build.dimensions, ["tier", "shop"]);
    let flavours: Vec<_> =
        build.flavours.iter().map(|own| (own.name.as_str(), own.dimension.as_deref())).collect();
    assert_eq!(flavours, [("full", Some("tier")), ("basic", Some("tier")), ("play", Some("shop"))]);
    assert_eq!(build.flavours[0].min_sdk, Some(Level::Number(26)));
    let types: Vec<_> = build.build_types.iter().map(|own| (own.name.as_str(), own.is_debuggable)).collect();
    assert_eq!(types, [("release", false), ("staging", true), ("beta", false)]);
    let manifests: Vec<_> = build.manifests.iter().map(|(set, file)| format!("{set}={file}")).collect();
    assert_eq!(manifests, ["basic=b.xml", "full=full.xml", "main=AndroidManifest.xml"]);
    assert_eq!(build.features, [":feature"]);

    let catalog = catalog(b"[versions]\nminSdk = \"24\"", "libs").unwrap();
    let root = super::build(b"buildscript { ext {\n target = 35\n} }", "b").unwrap();
    let resolve = |level: &Option<Level>| level.as_ref()?.resolve(&[&root.numbers], &[&catalog]);
    assert_eq!((resolve(&build.min_sdk), resolve(&build.target_sdk)), (Some(24), Some(35)));
    assert_eq!(Level::Name("flutter.minSdkVersion".to_owned()).resolve(&[&root.numbers], &[&catalog]), None);
}
