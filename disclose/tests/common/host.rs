//! Small hosts in a folder of their own, and what the check finds in them, in short.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::Path;

use scruple::Policy;
use scruple_disclose::check::{Finding, Report, check};
use tempfile::TempDir;

/// A policy with these categories on.
pub(crate) fn policy(accuracy: &str, categories: &[&str]) -> Policy {
    let on: Vec<_> = categories.iter().map(|own| format!("\"{own}\": {{ \"enabled\": true }}")).collect();
    let text = format!(
        "{{ \"agreement\": \"{}\", \"location_accuracy\": \"{accuracy}\", \"categories\": {{ {} }} }}",
        scruple::AGREEMENT,
        on.join(", ")
    );
    Policy::from_json(&text).unwrap()
}

/// One that reads the fuzzy location, if any.
pub(crate) fn fuzzy(categories: &[&str]) -> Policy {
    policy("fuzzy", categories)
}

/// A folder with these files.
pub(crate) fn project<T: AsRef<[u8]>>(files: &[(&str, T)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// The report of such a folder, or of one path in it.
pub(crate) fn report(policy: &Policy, files: &[(&str, &str)], path: &str) -> (Report, String) {
    let folder = project(files);
    let root = folder.path().join(path);
    (check(policy, &[root]).unwrap(), format!("{}/", folder.path().display()))
}

/// What is found in such a folder: `file:line level rule`.
pub(crate) fn found(policy: &Policy, files: &[(&str, &str)]) -> Vec<String> {
    let (report, root) = report(policy, files, "");
    report.findings.iter().map(|own| short(own, &root)).collect()
}

/// The same of a folder that is there.
pub(crate) fn found_in(policy: &Policy, folder: &Path) -> Vec<String> {
    lines(&check(policy, &[folder.to_owned()]).unwrap(), folder)
}

/// Every finding of a report, from the project's folder on.
pub(crate) fn lines(report: &Report, folder: &Path) -> Vec<String> {
    report.findings.iter().map(|own| short(own, &format!("{}/", folder.display()))).collect()
}

pub(crate) fn short(own: &Finding, root: &str) -> String {
    let line = own.place.line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{}{line} {} {}", own.place.file.replace(root, ""), own.level.id(), own.rule)
}

/// A property list with one key a line, from line 3 on.
pub(crate) fn plist(body: &str) -> String {
    format!("<plist version=\"1.0\">\n<dict>\n{body}\n</dict></plist>")
}

/// One entry of collected data.
pub(crate) fn collected(name: &str) -> String {
    format!(
        "<dict><key>NSPrivacyCollectedDataType</key><string>NSPrivacyCollectedDataType{name}</string>\
         <key>NSPrivacyCollectedDataTypeLinked</key><true/><key>NSPrivacyCollectedDataTypeTracking</key><false/>\
         <key>NSPrivacyCollectedDataTypePurposes</key><array><string>NSPrivacyCollectedDataTypePurposeAppFunctionality</string></array></dict>"
    )
}

/// A privacy manifest with these kinds of data and these reasons.
pub(crate) fn privacy(types: &[&str], reasons: &[(&str, &str)]) -> String {
    let types: String = types.iter().map(|name| collected(name)).collect();
    let reasons: String = reasons.iter().map(|(category, reason)| accessed(category, &[reason])).collect();
    plist(&format!(
        "<key>NSPrivacyTracking</key><false/>\n<key>NSPrivacyCollectedDataTypes</key><array>{types}</array>\n\
         <key>NSPrivacyAccessedAPITypes</key><array>{reasons}</array>"
    ))
}

/// One entry of functions that need a reason.
pub(crate) fn accessed(category: &str, reasons: &[&str]) -> String {
    let reasons: String = reasons.iter().map(|reason| format!("<string>{reason}</string>")).collect();
    format!(
        "<dict><key>NSPrivacyAccessedAPIType</key><string>NSPrivacyAccessedAPICategory{category}</string>\
         <key>NSPrivacyAccessedAPITypeReasons</key><array>{reasons}</array></dict>"
    )
}

/// A project with one app for iOS. `release` are settings of its Release, `debug` of its Debug; `phases` and `more` are objects.
pub(crate) struct Project<'a> {
    pub(crate) release: &'a str,
    pub(crate) debug: &'a str,
    /// Members of the target.
    pub(crate) target: &'a str,
    /// Other objects.
    pub(crate) more: &'a str,
}

impl Project<'_> {
    pub(crate) const NONE: Project<'static> = Project { release: "", debug: "", target: "", more: "" };

    pub(crate) fn text(&self) -> String {
        let Self { release, debug, target, more } = self;
        format!(
            "// !$*UTF8*$!\n{{ objects = {{\n\
             P = {{isa = PBXProject; buildConfigurationList = PL; mainGroup = G; developmentRegion = en; targets = (T); }};\n\
             PL = {{isa = XCConfigurationList; buildConfigurations = (PD, PR); }};\n\
             PD = {{isa = XCBuildConfiguration; name = Debug; buildSettings = {{ SDKROOT = iphoneos; }}; }};\n\
             PR = {{isa = XCBuildConfiguration; name = Release; buildSettings = {{ SDKROOT = iphoneos; }}; }};\n\
             T = {{isa = PBXNativeTarget; name = App; productType = \"com.apple.product-type.application\"; buildConfigurationList = TL; {target} }};\n\
             TL = {{isa = XCConfigurationList; buildConfigurations = (TD, TR); }};\n\
             TD = {{isa = XCBuildConfiguration; name = Debug; buildSettings = {{ {debug} }}; }};\n\
             TR = {{isa = XCBuildConfiguration; name = Release; buildSettings = {{ {release} }}; }};\n\
             {more}\n}}; rootObject = P; }}"
        )
    }
}

/// Where the project of a test lies.
pub(crate) const PROJECT: &str = "A.xcodeproj/project.pbxproj";
