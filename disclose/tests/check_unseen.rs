//! What cannot be seen as it is, which is never fine: projects of frameworks, and trees without an app.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;
#[path = "common/project.rs"]
mod project;

use host::{fuzzy, project};
use project::{APP, LIBRARY, NFC, app, found, manifest, report};

#[test]
fn what_is_not_there_yet_is_never_fine() {
    let nothing = fuzzy(&["device"]);
    let main = |body: &str| ("lib/main.dart", body.to_owned());
    let flutter = "name: x\ndependencies:\n  flutter:\n    sdk: flutter\n";
    let csproj = "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFrameworks>net9.0-android;net9.0-ios</TargetFrameworks><OutputType>Exe</OutputType></PropertyGroup></Project>";
    let cases: Vec<(&str, Vec<(&str, String)>)> = vec![
        ("npx expo prebuild", vec![("app.json", "{\"expo\":{\"name\":\"x\"}}".to_owned())]),
        (
            "npx expo prebuild",
            vec![("package.json", "{\"dependencies\":{\"expo\":\"1\",\"react-native\":\"1\"}}".to_owned())],
        ),
        ("npx expo prebuild", vec![("app.config.ts", "import { ExpoConfig } from 'expo/config'".to_owned())]),
        (
            "@react-native-community/cli",
            vec![("package.json", "{\"dependencies\":{\"react-native\":\"1\"}}".to_owned())],
        ),
        (
            "cordova prepare",
            vec![("config.xml", "<widget xmlns='http://www.w3.org/ns/widgets'/>".to_owned())],
        ),
        ("npx cap", vec![("capacitor.config.ts", "export default {}".to_owned())]),
        ("npx cap", vec![("package.json", "{\"dependencies\":{\"@capacitor/core\":\"1\"}}".to_owned())]),
        ("ns prepare", vec![("nativescript.config.ts", String::new())]),
        ("flutter create", vec![("pubspec.yaml", flutter.to_owned()), main("void main() {}")]),
        ("tuist generate", vec![("Project.swift", "import ProjectDescription".to_owned())]),
        ("xcodegen generate", vec![("project.yml", "name: x\ntargets:\n  x: {}\n".to_owned())]),
        ("dotnet", vec![("App/App.csproj", csproj.to_owned())]),
        ("Unity", vec![("ProjectSettings/ProjectVersion.txt", "m_EditorVersion: 6".to_owned())]),
        ("godot", vec![("export_presets.cfg", "platform=\"Android\"".to_owned())]),
        ("buildozer", vec![("buildozer.spec", String::new())]),
        ("ti build", vec![("tiapp.xml", String::new())]),
        ("tauri", vec![("src-tauri/tauri.conf.json", String::new())]),
        ("amper", vec![("module.yaml", "product: android/app".to_owned())]),
        (
            "androiddeployqt",
            vec![
                (
                    "CMakeLists.txt",
                    "set_property(TARGET a PROPERTY QT_ANDROID_PACKAGE_SOURCE_DIR android)".to_owned(),
                ),
                ("android/AndroidManifest.xml", app("")),
            ],
        ),
        ("bazel", vec![("MODULE.bazel", String::new())]),
    ];
    for (command, files) in cases {
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        // A native module's manifest is not the app's.
        let native = manifest("");
        for native in [vec![], vec![("modules/player/android/src/main/AndroidManifest.xml", native.as_str())]]
        {
            let folder = project(&[files.clone(), native].concat());
            let report = report(&nothing, folder.path());
            assert_eq!(report.status(), 2, "{command}: {}", report.to_text());
            let finding = report.findings.iter().find(|own| own.rule.id() == "unseen");
            assert!(finding.is_some_and(|own| own.mend.contains(command)), "{command}: {}", report.to_text());
        }
    }
    // What is there is seen, and packages for others are no apps.
    let plain = app("");
    let android = [
        ("android/settings.gradle", "include ':app'"),
        ("android/app/build.gradle", APP),
        ("android/app/src/main/AndroidManifest.xml", plain.as_str()),
    ];
    for files in [
        [("package.json", "{\"dependencies\":{\"react-native\":\"1\"}}")].as_slice(),
        &[("pubspec.yaml", flutter), ("lib/main.dart", "")],
        &[("capacitor.config.json", "{}")],
        &[("packages/a/pubspec.yaml", flutter), ("packages/a/lib/a.dart", "")],
        &[("web/pubspec.yaml", flutter), ("web/lib/main.dart", ""), ("web/web/index.html", "")],
        &[(
            "packages/b/package.json",
            "{\"devDependencies\":{\"react-native\":\"1\"},\"peerDependencies\":{\"react-native\":\"*\"}}",
        )],
        &[("app.json", "{\"expo\":{\"platforms\":[\"android\"]}}")],
    ] {
        let folder = project(&[files, &android].concat());
        let report = report(&nothing, folder.path());
        assert_eq!(report.status(), 0, "{files:?}: {}", report.to_text());
    }
    // A library's Xcode project is not what XcodeGen makes.
    let folder = project(&[
        ("project.yml", "name: x\ntargets: {}\n"),
        ("Vendor/L.xcodeproj/project.pbxproj", "{ objects = { }; }"),
    ]);
    assert_eq!(report(&nothing, folder.path()).status(), 2);
    // A workspace is one project.
    let tuist = "import ProjectDescription";
    let folder =
        project(&[("Workspace.swift", tuist), ("a/Project.swift", tuist), ("b/Project.swift", tuist)]);
    assert_eq!(report(&nothing, folder.path()).findings.len(), 1);
    // An Expo app for both has one of them to make yet.
    let folder = project(&[[("app.json", "{\"expo\":{}}")].as_slice(), &android].concat());
    assert_eq!(report(&nothing, folder.path()).status(), 2);
}

#[test]
fn a_tree_without_an_app_is_not_fine() {
    let nothing = fuzzy(&["device"]);
    let (library, watch) =
        (manifest(""), app("<uses-feature android:name=\"android.hardware.type.watch\"/>"));
    for files in [
        [("lib/build.gradle", LIBRARY), ("lib/src/main/AndroidManifest.xml", library.as_str())],
        [("README", ""), ("a/AndroidManifest.xml", library.as_str())],
        [("wear/build.gradle", APP), ("wear/src/main/AndroidManifest.xml", watch.as_str())],
    ] {
        let folder = project(&files);
        let report = report(&nothing, folder.path());
        assert_eq!(report.status(), 2, "{files:?}: {}", report.to_text());
        assert_eq!(report.findings[0].rule.id(), "unseen");
    }
}

#[test]
fn what_a_framework_says_before_is_read() {
    let policy = fuzzy(&["nfc"]);
    let rules = |files: &[(&str, &str)]| -> Vec<String> {
        found(&policy, files).iter().map(|own| own.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect()
    };
    let expo = "{\"expo\": {\"android\": {\"permissions\": [\"READ_PHONE_STATE\", \"com.google.android.gms.permission.AD_ID\"],\n\
                \"blockedPermissions\": [\"com.google.android.gms.permission.AD_ID\"]}}}";
    assert_eq!(
        rules(&[("app.json", expo)]),
        ["unseen error app.json", "android-identifier warning app.json"]
    );
    let cordova = "<widget xmlns='http://www.w3.org/ns/widgets' xmlns:android='http://schemas.android.com/apk/res/android'>\n<platform name='android'>\
                   <config-file target='AndroidManifest.xml' parent='/*'>\n<uses-permission android:name='android.permission.READ_PHONE_STATE'/></config-file></platform></widget>";
    assert_eq!(
        rules(&[("config.xml", cordova)]),
        ["unseen error config.xml", "android-identifier warning config.xml"]
    );
    let csproj = "<Project Sdk='Microsoft.NET.Sdk'><PropertyGroup><TargetFramework>net9.0-android</TargetFramework><AndroidManifest>Own\\Manifest.xml</AndroidManifest></PropertyGroup></Project>";
    let sample = app("");
    let files = [
        ("App/App.csproj", csproj),
        ("App/Own/Manifest.xml", &app(NFC)),
        ("samples/a/src/main/AndroidManifest.xml", &sample),
    ];
    assert_eq!(rules(&files), [""; 0]);
    let sources = (
        "App/Properties/AssemblyInfo.cs",
        "[assembly: UsesPermission(Android.Manifest.Permission.ReadPhoneState)]",
    );
    let files = [files.as_slice(), &[sources]].concat();
    assert_eq!(rules(&files), ["android-identifier warning App/Properties/AssemblyInfo.cs"]);
}
