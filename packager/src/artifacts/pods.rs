//! CocoaPods' specs, a pod for each module: what hosts must not reach is kept from them by one package name for all of them.

use std::path::Path;
use std::process::Command;

use anstream::println;
use serde_json::{Value, json};

use super::archive::Archive;
use super::artifact::VERSION;
use super::xcframework::{MODULE, NAME};
use crate::apple::{OLDEST_IOS, Package};
use crate::file::{self, write};
use crate::process;
use crate::swift;
use crate::trouble::{Result, Trouble};

/// By this name the compiler knows what belongs together, whatever the modules are.
const FLAGS: &[&str] = &["-package-name", "scruple", "-swift-version", "6"];

/// The framework that some device of the oldest system has not: an iPod touch. iOS starts no app there that needs it.
const WEAK: (&str, &str) = ("ScrupleNFC", "CoreNFC");

/// Where a test compiles them.
const COMPILED: &str = "target/package/pods";

/// The pods, by their specs' names, each after those that it needs.
pub(super) fn specs(package: &Package, archive: &str, address: &str) -> Result<Vec<(String, Value)>> {
    let common = |name: &str, summary: String| {
        json!({
            "name": name,
            "version": VERSION,
            "summary": summary,
            "homepage": address,
            "license": { "type": "MIT OR Apache-2.0", "file": "LICENSE" },
            "authors": "The Scruple project",
            "platforms": { "ios": OLDEST_IOS },
            "swift_versions": ["6.0"],
            "static_framework": true,
            "source": { "http": format!("{address}/{archive}") },
        })
    };
    let mut library = common(NAME, "The library of Scruple, for its own pods alone.".to_owned());
    library["vendored_frameworks"] = json!(format!("{NAME}.xcframework"));
    let mut specs = vec![(NAME.to_owned(), library)];
    let mut targets = package.targets();
    // What a module needs comes before it.
    targets.sort_by_key(|target| needs(&target.name).len());
    for target in targets {
        let name = target.name;
        let mut spec = common(&name, format!("The module {name} of Scruple."));
        spec["source_files"] = json!(format!("Sources/{name}/**/*.swift"));
        spec["pod_target_xcconfig"] =
            json!({ "OTHER_SWIFT_FLAGS": format!("$(inherited) {}", FLAGS[..2].join(" ")) });
        spec["dependencies"] =
            needs(&name).into_iter().map(|need| (need.to_owned(), json!([format!("= {VERSION}")]))).collect();
        if !target.resources.is_empty() {
            let bundled: Vec<_> =
                target.resources.iter().map(|file| format!("Sources/{name}/{file}")).collect();
            spec["resource_bundles"] = json!({ name.clone(): bundled });
        }
        if name == WEAK.0 {
            spec["weak_frameworks"] = json!([WEAK.1]);
        }
        specs.push((name, spec));
    }
    Ok(specs)
}

/// The pods that a module needs, the nearest last.
fn needs(name: &str) -> Vec<&str> {
    match name {
        "ScrupleBindings" => vec![NAME],
        "Scruple" => vec![NAME, "ScrupleBindings"],
        "ScruplePreciseLocation" => vec![NAME, "ScrupleBindings", "Scruple", "ScrupleLocation"],
        _ => vec![NAME, "ScrupleBindings", "Scruple"],
    }
}

/// Fails if a spec names what is not in the archive, or leaves out a file of Swift that is in it.
pub(super) fn check(specs: &[(String, Value)], archive: &Archive) -> Result {
    for (name, spec) in specs {
        let wrong = |what: &str| Err(Trouble::failed(format!("{name}.podspec.json: {what}")));
        let has = |beginning: &str| archive.names().any(|file| file.starts_with(beginning));
        let sources = spec["source_files"].as_str().map(|glob| glob.trim_end_matches("**/*.swift"));
        if sources.is_some_and(|sources| !has(sources)) {
            return wrong("there are no sources");
        }
        let bundled = spec["resource_bundles"][name].as_array();
        if !bundled.into_iter().flatten().filter_map(Value::as_str).all(has) {
            return wrong("a file of its bundle is not there");
        }
        let is_needed = archive.files().any(|(file, bytes)| {
            sources.is_some_and(|sources| file.starts_with(sources))
                && String::from_utf8_lossy(bytes).contains(&format!("import {}", WEAK.1))
        });
        if is_needed && spec["weak_frameworks"] != json!([WEAK.1]) {
            return wrong(&format!("it does not link {} weakly", WEAK.1));
        }
        if spec["vendored_frameworks"].as_str().is_some_and(|framework| !has(framework)) || !has("LICENSE") {
            return wrong("the library or the licence is not there");
        }
        for need in spec["dependencies"].as_object().into_iter().flatten().map(|(need, _)| need) {
            if !specs.iter().take_while(|(other, _)| other != name).any(|(other, _)| other == need) {
                return wrong(&format!("there is no pod {need} before it"));
            }
        }
    }
    let module =
        |file: &str| file.strip_prefix("Sources/").and_then(|rest| Some(rest.split_once('/')?.0.to_owned()));
    match archive.names().filter_map(module).find(|module| specs.iter().all(|(name, _)| name != module)) {
        None => Ok(()),
        Some(module) => Err(Trouble::failed(format!("there is no pod for {module}"))),
    }
}

/// Compiles the pods that need none of Apple's frameworks, and of one that does what needs none, as CocoaPods would: each as a module of
/// its own, with its spec's flags.
/// Without them the second does not compile, which is the control.
pub(super) fn compile(archive: &Archive) -> Result {
    let root = Path::new(COMPILED);
    file::remove(root)?;
    let pods = ["ScrupleBindings", "Scruple", "ScrupleStorage", "ScrupleTesting", "ScrupleConsentUI"];
    for pod in pods {
        process::run(&mut compiler(archive, pod, FLAGS)?)?;
    }
    let output = compiler(archive, "Scruple", &FLAGS[2..])?.output();
    let output = output.map_err(|error| file::trouble(root, &error))?;
    if output.status.success() {
        return Err(Trouble::failed("pods without a package name compile, and should not"));
    }
    println!("{} pods compile as modules of one package, and without its name they do not", pods.len());
    Ok(())
}

fn compiler(archive: &Archive, pod: &str, flags: &[&str]) -> Result<Command> {
    let root = Path::new(COMPILED);
    let mut command = swift::program("swiftc")?;
    command.args(["-emit-module", "-parse-as-library", "-module-name", pod, "-I"]).arg(root).args(flags);
    command.arg("-emit-module-path").arg(root.join(pod).with_extension("swiftmodule"));
    command.arg("-Xcc").arg(format!("-fmodule-map-file={MODULE}/module.modulemap"));
    for (name, bytes) in archive.files() {
        if name.starts_with(&format!("Sources/{pod}/")) && name.ends_with(".swift") {
            write(&root.join(name), bytes)?;
            command.arg(root.join(name));
        }
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(needs: &[&str]) -> Value {
        let needs: Value = needs.iter().map(|need| ((*need).to_owned(), json!([]))).collect();
        json!({ "source_files": "Sources/A/**/*.swift", "resource_bundles": { "A": ["Sources/A/P"] }, "dependencies": needs })
    }

    #[test]
    fn a_spec_names_what_is_there() {
        let archive =
            || Archive::default().with("Sources/A/a.swift", "").with("Sources/A/P", "").with("LICENSE", "");
        let why = |specs: &[(String, Value)], archive: Archive| match check(specs, &archive) {
            Ok(()) => String::new(),
            Err(trouble) => trouble.to_string(),
        };
        let named = |needs: &[&str]| vec![("A".to_owned(), spec(needs))];
        assert_eq!(why(&named(&[]), archive()), "");
        assert!(why(&named(&["B"]), archive()).contains("no pod B before it"));
        assert!(why(&named(&[]), Archive::default().with("LICENSE", "")).contains("no sources"));
        let bare = Archive::default().with("Sources/A/a.swift", "").with("LICENSE", "");
        assert!(why(&named(&[]), bare).contains("bundle is not there"));
        assert!(why(&named(&[]), archive().with("Sources/C/c.swift", "")).contains("no pod for C"));
        let weak = || archive().with("Sources/A/b.swift", "#if a\n    import CoreNFC\n");
        assert!(why(&named(&[]), weak()).contains("does not link CoreNFC weakly"));
        let mut linked = spec(&[]);
        linked["weak_frameworks"] = json!(["CoreNFC"]);
        assert_eq!(why(&[("A".to_owned(), linked)], weak()), "");
    }
}
