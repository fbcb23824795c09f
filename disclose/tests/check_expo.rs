//! Expo's configurations, read as they are: what the plugins write counts, and a program is never fine.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "common/host.rs"]
mod host;

use host::{found, policy, report};

const PACKAGE: &str = "{\"dependencies\": {\"expo\": \"1\", \"react\": \"1\", \"react-native\": \"1\"}}";
const COLLECTED: &str = "{\"NSPrivacyCollectedDataTypes\": [{\"NSPrivacyCollectedDataType\": \"NSPrivacyCollectedDataTypeCoarseLocation\", \
    \"NSPrivacyCollectedDataTypeLinked\": true, \"NSPrivacyCollectedDataTypeTracking\": false, \
    \"NSPrivacyCollectedDataTypePurposes\": [\"NSPrivacyCollectedDataTypePurposeAppFunctionality\"]}]}";

/// `app.json` of an app for these platforms.
fn app(platforms: &str, ios: &str, android: &str, plugins: &str) -> String {
    format!(
        "{{\"expo\": {{\"platforms\": [{platforms}],\n\"ios\": {{{ios}}},\n\"android\": {{{android}}},\n\"plugins\": [{plugins}]}}}}"
    )
}

fn of(categories: &[&str], files: &[(&str, &str)]) -> Vec<String> {
    found(&policy("fuzzy", categories), &[&[("package.json", PACKAGE)], files].concat())
}

#[test]
fn what_ios_is_asked_for_is_in_info_plist_entitlements_and_privacy_manifests() {
    let ios = format!(
        "\"infoPlist\": {{\n\"NSLocationWhenInUseUsageDescription\": \"Near.\",\n\"NSLocationDefaultAccuracyReduced\": true}},\n\"privacyManifests\": {COLLECTED}"
    );
    let whole = app("\"ios\"", &ios, "", "");
    assert_eq!(of(&["location"], &[("app.json", &whole)]), [""; 0], "nothing to mend");
    let plain = whole.replacen("{\"expo\": ", "", 1).replacen("}}", "}", 1);
    assert_eq!(of(&["location"], &[("app.config.json", &plain)]).len(), 0, "{plain}");
    let without = |what: &str, with: &str| of(&["location"], &[("app.json", &whole.replace(what, with))]);
    assert_eq!(without("\"Near.\"", "\"\""), ["app.json:3 error apple-empty-usage-description"]);
    assert_eq!(without("Reduced\": true", "Reduced\": false"), ["app.json:4 error apple-precise-location"]);
    assert_eq!(without("CoarseLocation", "PreciseLocation"), ["app.json:5 error apple-omitted-data-type"]);
    assert_eq!(
        without("AppFunctionality", "Nothing"),
        ["app.json:5 warning apple-omitted-data-type", "app.json:5 error apple-privacy-manifest"]
    );
    assert_eq!(without("privacyManifests", "others"), ["app.json:1 error apple-omitted-data-type"]);
    assert_eq!(
        of(
            &["nfc"],
            &[(
                "app.json",
                &app(
                    "\"ios\"",
                    "\"infoPlist\": {\"NFCReaderUsageDescription\": \"x\"},\n\
            \"entitlements\": {\"com.apple.developer.nfc.readersession.formats\": [\"NDEF\"]}",
                    "",
                    ""
                )
            )]
        ),
        [
            "app.json:1 error apple-omitted-data-type",
            "app.json:1 error apple-omitted-data-type",
            "app.json:3 error apple-missing-entitlement"
        ]
    );
}

#[test]
fn plugins_write_texts_and_permissions() {
    let location = "\n[\"expo-location\", {\"locationWhenInUsePermission\": \"Near.\", \"locationAlwaysPermission\": false,\n\
        \"locationAlwaysAndWhenInUsePermission\": false}]";
    let ios = format!(
        "\"infoPlist\": {{\"NSLocationDefaultAccuracyReduced\": true}}, \"privacyManifests\": {COLLECTED}"
    );
    assert_eq!(of(&["location"], &[("app.json", &app("\"ios\"", &ios, "", location))]), [""; 0]);
    // What no option says it says by itself, at any time too.
    assert_eq!(
        of(&["location"], &[("app.json", &app("\"ios\"", &ios, "", "\n\"expo-location\""))]),
        ["app.json:5 warning apple-background", "app.json:5 warning apple-background"]
    );
    let background =
        location.replace("]", ", \"isIosBackgroundLocationEnabled\": true}]").replace("}, ", ", ");
    assert_eq!(
        of(&["location"], &[("app.json", &app("\"ios\"", &ios, "", &background))]),
        ["app.json:6 warning apple-background"]
    );
    let tracking = "\n[\"expo-tracking-transparency\", {\"userTrackingPermission\": \"\"}]";
    assert_eq!(
        of(&["device"], &[("app.json", &app("\"android\"", "", "", tracking))]),
        ["app.json:5 warning android-identifier"]
    );
    assert_eq!(
        of(
            &["device"],
            &[(
                "app.json",
                &app(
                    "\"android\"",
                    "",
                    "\"blockedPermissions\": [\"com.google.android.gms.permission.AD_ID\"]",
                    tracking
                )
            )]
        ),
        [""; 0]
    );
    let precise = of(&["location"], &[("app.json", &app("\"android\"", "", "", location))]);
    assert_eq!(
        precise,
        ["app.json:5 warning android-precise-location", "app.json:5 warning android-required-feature"]
    );
    assert_eq!(
        of(
            &["device"],
            &[("app.json", &app("\"android\"", "", "\"permissions\": [\"READ_PHONE_STATE\"]", ""))]
        ),
        ["app.json:3 warning android-identifier"]
    );
    // The first plugin has the last word, and each has the last word over those that nobody names.
    let order = |plugins: &str| of(&[], &[("app.json", &app("\"ios\"", "", "", plugins))]);
    let (empty, own) = (
        "\n[\"expo-camera\", {\"microphonePermission\": \" \"}]",
        "\n[\"expo-audio\", {\"microphonePermission\": \"Own.\"}]",
    );
    assert_eq!(order(&format!("{own},{empty}")), [""; 0]);
    assert_eq!(order(&format!("{empty},{own}")), ["app.json:5 error apple-empty-usage-description"]);
    // Some are applied as soon as they are there.
    let package = PACKAGE.replace("\"react\"", "\"expo-cellular\": \"1\", \"react\"");
    let text = app("\"android\"", "", "", "");
    assert_eq!(
        found(&policy("fuzzy", &["device"]), &[("package.json", &package), ("app.json", &text)]),
        ["app.json:1 warning android-identifier"]
    );
}

#[test]
fn what_cannot_be_read_is_unseen() {
    let plain = app("\"android\"", "", "", "\"expo-router\"");
    let nothing = policy("fuzzy", &["device"]);
    let status = |files: &[(&str, &str)]| report(&nothing, files, "").0.status();
    assert_eq!(status(&[("app.json", &plain), ("package.json", PACKAGE)]), 0, "the control");
    // It may have a word for Expo, too.
    let other = PACKAGE
        .replacen('{', "{\"expo\": {},", 1)
        .replace("\"react\"", "\"react-native-ble-plx\": \"1\", \"react\"");
    let named = app("\"android\"", "", "", "\n\"./plugins/own\"");
    let manifest = "<manifest xmlns:android='http://schemas.android.com/apk/res/android'/>";
    let unread: [(&[(&str, &str)], &str); 5] = [
        (&[("app.json", &plain)], "package.json"),
        (
            &[("app.json", &plain), ("package.json", PACKAGE), ("app.config.js", "module.exports = {}")],
            "app.config.js",
        ),
        (&[("app.json", &named), ("package.json", PACKAGE)], "app.json"),
        (&[("app.json", &plain), ("package.json", &other)], "package.json"),
        (
            &[
                ("app.json", &plain),
                ("package.json", PACKAGE),
                ("modules/a/android/src/main/AndroidManifest.xml", manifest),
            ],
            "modules/a/android/src/main/AndroidManifest.xml",
        ),
    ];
    for (files, place) in unread {
        let (report, root) = report(&nothing, files, "");
        assert_eq!(report.status(), 2, "{files:?}: {}", report.to_text());
        let unseen = report.findings.iter().find(|own| own.rule.id() == "unseen").unwrap();
        assert!(unseen.mend.contains("npx expo prebuild"), "{}", unseen.mend);
        let places: Vec<_> = unseen.also.iter().map(|own| own.file.replace(&root, "")).collect();
        assert_eq!(places, [place]);
    }
    // A package that is there, and has nothing native in it, is none to ask about.
    let module = ("node_modules/react-native-ble-plx/index.js", "");
    assert_eq!(status(&[("app.json", &plain), ("package.json", &other), module]), 0);
    let native = ("node_modules/react-native-ble-plx/android/build.gradle", "");
    assert_eq!(status(&[("app.json", &plain), ("package.json", &other), module, native]), 2);
    // What the plugins of one that is not read whole write is there all the same, and nothing is missing.
    let (report, _) = report(
        &policy("fuzzy", &["location", "nfc"]),
        &[("app.json", &app("", "", "", "\n\"expo-location\", \"own\"").replace("\"platforms\": [],", ""))],
        "",
    );
    let rules: std::collections::BTreeSet<&str> = report.findings.iter().map(|own| own.rule.id()).collect();
    assert_eq!(Vec::from_iter(rules), ["android-precise-location", "apple-background", "unseen"]);
}
