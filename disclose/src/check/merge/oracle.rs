//! The merge against Google's own merger, which Maven fetches, over a table of projects.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::super::manifest::{self, ANDROID, Entry, Manifest, TOOLS};
use super::{Input, app, library};

/// A project by what its manifests ask for.
struct Project {
    what: &'static str,
    levels: (u32, u32),
    /// The app's manifests, the strongest first.
    own: Vec<&'static str>,
    libraries: Vec<Library>,
}

struct Library {
    package: &'static str,
    min_sdk: u32,
    own: Vec<&'static str>,
}

fn project(what: &'static str, own: &[&'static str], libraries: &[&'static str]) -> Project {
    let packages = ["lib.zero", "lib.one", "lib.two"];
    let libraries = libraries.iter().zip(packages);
    let libraries = libraries.map(|(body, package)| Library { package, min_sdk: 21, own: vec![body] });
    Project { what, levels: (23, 35), own: own.to_vec(), libraries: libraries.collect() }
}

const NFC: &str = "<uses-permission android:name='N'/>";
const CAPPED: &str = "<uses-permission android:name='N' android:maxSdkVersion='30'/>";
const CAPPED_LOWER: &str = "<uses-permission android:name='N' android:maxSdkVersion='28'/>";
const REMOVE: &str = "<uses-permission android:name='N' tools:node='remove'/>";
const REMOVE_ALL: &str = "<uses-permission tools:node='removeAll'/>";
const NEVER: &str = "<uses-permission android:name='N' android:usesPermissionFlags='neverForLocation'/>";
const FEATURE: &str = "<uses-feature android:name='F'/>";
const OPTIONAL: &str = "<uses-feature android:name='F' android:required='false'/>";
const REQUIRED: &str = "<uses-feature android:name='F' android:required='true'/>";
const FROM_23: &str = "<uses-permission-sdk-23 android:name='N'/>";

fn table() -> Vec<Project> {
    let mut table = vec![
        project("one manifest", &[NFC], &[]),
        project("a library brings it", &[""], &[NFC]),
        project("a library of a library brings it", &[""], &["", NFC]),
        project("a flavour brings it", &[NFC, ""], &[]),
        project("a library caps it", &[NFC], &[CAPPED]),
        project("the app caps it", &[CAPPED], &[NFC]),
        project("a flavour caps it", &[CAPPED, NFC], &[]),
        project("two libraries cap it alike", &[""], &[CAPPED, CAPPED]),
        project("two libraries cap it differently", &[""], &[CAPPED, CAPPED_LOWER]),
        project("app and library cap it differently", &[CAPPED], &[CAPPED_LOWER]),
        project("a flavour caps it differently", &[CAPPED, CAPPED_LOWER], &[]),
        project(
            "the app replaces the cap",
            &[
                "<uses-permission android:name='N' android:maxSdkVersion='30' tools:replace='android:maxSdkVersion'/>",
            ],
            &[CAPPED_LOWER],
        ),
        project(
            "the app replaces the cap, and writes no prefix",
            &["<uses-permission android:name='N' android:maxSdkVersion='30' tools:replace='maxSdkVersion'/>"],
            &[CAPPED_LOWER],
        ),
        project(
            "the app removes the cap",
            &["<uses-permission android:name='N' tools:remove='android:maxSdkVersion'/>"],
            &[CAPPED],
        ),
        project(
            "a library removes the next one's cap",
            &[""],
            &["<uses-permission android:name='N' tools:remove='android:maxSdkVersion'/>", CAPPED],
        ),
        project(
            "a removal beside the attribute",
            &[
                "<uses-permission android:name='N' android:maxSdkVersion='30' tools:remove='android:maxSdkVersion'/>",
            ],
            &[CAPPED],
        ),
        project(
            "a replacement without the attribute",
            &["<uses-permission android:name='N' tools:replace='android:maxSdkVersion'/>"],
            &[CAPPED],
        ),
        project("the app removes it", &[REMOVE], &[NFC]),
        project("the app removes what nobody brings", &[REMOVE], &[]),
        project("a flavour removes it", &[REMOVE, NFC], &[NFC]),
        project("the main manifest removes it, a flavour has it", &[NFC, REMOVE], &[NFC]),
        project("a library removes it, the next brings it", &[""], &[REMOVE, NFC]),
        project("a library removes it, the app has it", &[NFC], &[REMOVE]),
        project("a library removes it, the app has it, the next caps it", &[NFC], &[REMOVE, CAPPED]),
        project("a library brings it, the next removes it", &[""], &[NFC, REMOVE]),
        project("the app removes all", &[REMOVE_ALL], &[NFC]),
        project("a flavour removes all", &[REMOVE_ALL, NFC], &[NFC]),
        project(
            "the app removes all others",
            &["<uses-permission tools:node='removeAll'/><uses-permission android:name='M'/>"],
            &[NFC],
        ),
        project(
            "the app removes all, and not first",
            &["<uses-permission android:name='M'/><uses-permission tools:node='removeAll'/>"],
            &[NFC],
        ),
        project("the app removes all of one element", &[REMOVE_ALL], &[FROM_23]),
        project("a library removes all", &[NFC], &[REMOVE_ALL, "<uses-permission android:name='M'/>"]),
        project(
            "removeAll beside a name",
            &["<uses-permission android:name='N' tools:node='removeAll'/>"],
            &[NFC],
        ),
        project(
            "removed from one library",
            &["<uses-permission android:name='N' tools:node='remove' tools:selector='lib.zero'/>"],
            &[CAPPED, NFC],
        ),
        project(
            "removed from another library",
            &["<uses-permission android:name='N' tools:node='remove' tools:selector='lib.one'/>"],
            &[CAPPED, ""],
        ),
        project(
            "removed from an unknown library",
            &["<uses-permission android:name='N' tools:node='remove' tools:selector='x.y'/>"],
            &[NFC],
        ),
        project(
            "a selector with nothing to select",
            &["<uses-permission android:name='N' tools:selector='lib.zero'/>"],
            &[NFC],
        ),
        project(
            "the app replaces the whole",
            &["<uses-permission android:name='N' tools:node='replace'/>"],
            &[CAPPED],
        ),
        project("strict and alike", &["<uses-permission android:name='N' tools:node='strict'/>"], &[NFC]),
        project(
            "strict and different",
            &["<uses-permission android:name='N' tools:node='strict'/>"],
            &[CAPPED],
        ),
        project(
            "attributes only",
            &["<uses-permission android:name='N' tools:node='mergeOnlyAttributes'/>"],
            &[CAPPED],
        ),
        project("merge, said", &["<uses-permission android:name='N' tools:node='merge'/>"], &[CAPPED]),
        project(
            "an instruction that there is not",
            &["<uses-permission android:name='N' tools:node='delete'/>"],
            &[CAPPED],
        ),
        project(
            "an attribute that is no instruction",
            &["<uses-permission android:name='N' tools:no='x'/>"],
            &[],
        ),
        project(
            "what is said to lint",
            &["<uses-permission android:name='N' tools:ignore='x' tools:targetApi='33'/>"],
            &["<uses-permission android:name='N' tools:ignore='y'/>"],
        ),
        project(
            "twice and alike",
            &["<uses-permission android:name='N'/><uses-permission android:name='N'/>"],
            &[],
        ),
        project(
            "twice and different",
            &[
                "<uses-permission android:name='N'/><uses-permission android:name='N' android:maxSdkVersion='22'/>",
            ],
            &[],
        ),
        project(
            "twice and different in a library",
            &[""],
            &[
                "<uses-permission android:name='N'/><uses-permission android:name='N' android:maxSdkVersion='22'/>",
            ],
        ),
        project("one from 23 on, one from the first", &[NFC], &[FROM_23]),
        project("the flag comes from a library", &[NFC], &[NEVER]),
        project("the app has the flag", &[NEVER], &[NFC]),
        project(
            "the app refuses the flag",
            &["<uses-permission android:name='N' tools:remove='android:usesPermissionFlags'/>"],
            &[NEVER],
        ),
        project(
            "two flags that differ",
            &["<uses-permission android:name='N' android:usesPermissionFlags='0x10000'/>"],
            &[NEVER],
        ),
        project("cap and flag from two libraries", &[NFC], &[NEVER, CAPPED]),
        project("a feature that a library requires", &[OPTIONAL], &[REQUIRED]),
        project("a feature that a library requires by saying nothing", &[OPTIONAL], &[FEATURE]),
        project("a feature that a library does not require", &[FEATURE], &[OPTIONAL]),
        project("a feature that both do not require", &[OPTIONAL], &[OPTIONAL]),
        project(
            "a feature that one library requires, and the app does not know",
            &[""],
            &[OPTIONAL, FEATURE],
        ),
        project(
            "the app replaces required",
            &["<uses-feature android:name='F' android:required='false' tools:replace='android:required'/>"],
            &[REQUIRED, FEATURE],
        ),
        project(
            "the app removes a feature",
            &["<uses-feature android:name='F' tools:node='remove'/>"],
            &[REQUIRED],
        ),
        project("a flavour does not require", &[OPTIONAL, FEATURE], &[]),
        project(
            "required says something else",
            &["<uses-feature android:name='F' android:required='maybe'/>"],
            &[],
        ),
        project(
            "required by a resource",
            &[OPTIONAL],
            &["<uses-feature android:name='F' android:required='@bool/x'/>"],
        ),
        project(
            "flavour, build type and main",
            &[
                "<uses-permission android:name='A'/>",
                "<uses-permission android:name='B'/>",
                "<uses-permission android:name='C'/>",
            ],
            &["<uses-permission android:name='D'/>"],
        ),
        project(
            "instructions of two manifests add up",
            &[
                "<uses-permission android:name='N' android:maxSdkVersion='30' tools:replace='android:maxSdkVersion'/>",
                "<uses-permission android:name='N' android:usesPermissionFlags='neverForLocation' tools:replace='android:usesPermissionFlags'/>",
            ],
            &[
                "<uses-permission android:name='N' android:maxSdkVersion='28' android:usesPermissionFlags='0x10000'/>",
            ],
        ),
    ];
    let library = |min_sdk, own: &[&'static str]| Library { package: "lib.zero", min_sdk, own: own.to_vec() };
    let levels = |what, levels, own: &'static str, library| Project {
        what,
        levels,
        own: vec![own],
        libraries: vec![library],
    };
    let override_one = "<uses-sdk tools:overrideLibrary='a.b, lib.zero'/>";
    let override_many = "<uses-sdk tools:overrideLibrary='lib.*'/>";
    let contacts = "<uses-permission android:name='android.permission.READ_CONTACTS'/>";
    let storage = "<uses-permission android:name='android.permission.WRITE_EXTERNAL_STORAGE'/>";
    table.extend([
        levels("a library for newer systems", (21, 35), "", library(23, &[NFC])),
        levels("a library for newer systems, overridden", (21, 35), override_one, library(23, &[NFC])),
        levels("a library for newer systems, overridden by a pattern", (21, 35), override_many, library(23, &[NFC])),
        levels("a library for newer systems, another overridden", (21, 35), "<uses-sdk tools:overrideLibrary='a.b'/>", library(23, &[NFC])),
        levels("a library for the oldest systems", (21, 35), "", library(3, &[NFC])),
        levels("a library for old systems reads contacts", (21, 35), "", library(15, &[contacts])),
        levels("a library writes to the storage", (21, 35), "", library(21, &[storage])),
        levels("the app already removes what is implied", (21, 35), "<uses-permission android:name='android.permission.READ_PHONE_STATE' tools:node='remove'/>", library(3, &[NFC])),
        levels("a library's flavour removes it", (23, 35), "", library(21, &[REMOVE, NFC])),
        levels("a library's flavour caps it", (23, 35), NFC, library(21, &[CAPPED, NFC])),
        levels("a library's flavour replaces the cap", (23, 35), CAPPED, library(21, &["<uses-permission android:name='N' android:maxSdkVersion='28' tools:replace='android:maxSdkVersion'/>", CAPPED])),
    ]);
    table
}

/// Projects of all these elements, by chance and always the same.
fn by_chance(count: usize) -> Vec<Project> {
    const ELEMENTS: [&str; 24] = [
        "",
        NFC,
        NFC,
        CAPPED,
        CAPPED_LOWER,
        REMOVE,
        REMOVE_ALL,
        NEVER,
        FROM_23,
        FEATURE,
        OPTIONAL,
        REQUIRED,
        "<uses-permission android:name='M'/>",
        "<uses-permission android:name='M' android:maxSdkVersion='22'/>",
        "<uses-permission android:name='N' tools:node='replace'/>",
        "<uses-permission android:name='N' tools:node='strict'/>",
        "<uses-permission android:name='N' tools:node='merge'/>",
        "<uses-permission android:name='N' tools:node='removeChildren'/>",
        "<uses-permission android:name='N' android:maxSdkVersion='29' tools:replace='maxSdkVersion'/>",
        "<uses-permission android:name='N' tools:remove='android:maxSdkVersion, usesPermissionFlags'/>",
        "<uses-permission android:name='N' tools:node='remove' tools:selector='lib.zero'/>",
        "<uses-permission android:name='N' tools:node='remove' tools:selector='lib.zero,lib.one'/>",
        "<uses-feature android:name='F' tools:node='remove'/>",
        "<uses-feature android:name='F' android:required='false' tools:replace='required'/>",
    ];
    let mut state = 1_u64;
    let mut next = move |below: usize| {
        // Knuth's numbers; the upper half of what they make is good enough here.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..count)
        .map(|_| {
            let (own, libraries) = (1 + next(3), next(4));
            let mut bodies = |count: usize| -> Vec<&'static str> {
                (0..count).map(|_| ELEMENTS[next(ELEMENTS.len())]).collect()
            };
            let (own, libraries) = (bodies(own), bodies(libraries));
            project("by chance", &own, &libraries)
        })
        .collect()
}

fn text(package: Option<&str>, min_sdk: Option<u32>, body: &str) -> String {
    let package = package.map(|package| format!(" package='{package}'")).unwrap_or_default();
    let sdk = min_sdk.map(|min| format!("<uses-sdk android:minSdkVersion='{min}'/>")).unwrap_or_default();
    format!("<manifest xmlns:android='{ANDROID}' xmlns:tools='{TOOLS}'{package}>{sdk}{body}</manifest>")
}

/// Every manifest of a project as text: the app's, and each library's.
fn texts(project: &Project) -> (Vec<String>, Vec<Vec<String>>) {
    let main = project.own.len() - 1;
    let own = project.own.iter().enumerate();
    let own = own.map(|(at, body)| text((at == main).then_some("the.app"), None, body)).collect();
    let libraries = project.libraries.iter().map(|library| {
        let main = library.own.len() - 1;
        let own = library.own.iter().enumerate();
        let is_main = |at: usize| (at == main).then_some(());
        own.map(|(at, body)| {
            text(is_main(at).map(|()| library.package), is_main(at).map(|()| library.min_sdk), body)
        })
        .collect()
    });
    (own, libraries.collect())
}

fn ours(project: &Project) -> Result<Vec<String>, String> {
    let (own, libraries) = texts(project);
    let read = |texts: &[String]| -> Vec<Manifest> {
        texts
            .iter()
            .enumerate()
            .map(|(at, text)| manifest::parse(text.as_bytes(), &at.to_string()).unwrap())
            .collect()
    };
    let libraries = libraries.iter().map(|texts| library(&read(texts), None, None).unwrap()).collect();
    let (min_sdk, target_sdk) = (Some(project.levels.0), Some(project.levels.1));
    let merged = app(&Input { own: read(&own), libraries, min_sdk, target_sdk, ..Input::default() });
    match merged.conflicts.first() {
        Some(conflict) => Err(conflict.why.clone()),
        None => Ok(described(&merged.entries)),
    }
}

fn described(entries: &[Entry]) -> Vec<String> {
    let mut described: Vec<String> = entries
        .iter()
        .map(|entry| {
            let own = entry.attributes.iter().filter(|own| !own.is_tools);
            let mut own: Vec<_> = own.map(|own| format!("{}={}", own.name, own.value)).collect();
            own.sort();
            format!("{:?} {}", entry.tag, own.join(" "))
        })
        .collect();
    described.sort();
    described
}

fn written(folder: &Path, texts: &[String]) {
    fs::create_dir_all(folder).unwrap();
    for (at, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("{at}.xml")), text).unwrap();
    }
}

/// The merger and everything that it needs, as Maven finds it.
fn class_path() -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--quiet", "--file", "tests/merger/pom.xml", "dependency:build-classpath"]);
    maven.arg(format!("-Dmdep.outputFile={}", file.path().display()));
    let done = maven.output().expect("Maven, which fetches the merger, is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    fs::read_to_string(file.path()).unwrap().trim().to_owned()
}

#[test]
fn googles_merger_says_the_same_of_every_project() {
    let table: Vec<Project> = table().into_iter().chain(by_chance(250)).collect();
    let folder = tempfile::tempdir().unwrap();
    let of = |at: usize| folder.path().join(format!("{at:03}"));
    for (at, project) in table.iter().enumerate() {
        let (own, libraries) = texts(project);
        written(&of(at).join("app"), &own);
        for (number, library) in libraries.iter().enumerate() {
            written(&of(at).join(format!("library-{number}")), library);
        }
        fs::write(of(at).join("sdk"), format!("{} {}", project.levels.0, project.levels.1)).unwrap();
    }
    let mut java = Command::new("java");
    java.arg("-cp").arg(class_path()).arg("tests/merger/Merger.java").arg(folder.path());
    let done = java.output().expect("Java, which runs the merger, is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let (mut wrong, mut merged, mut failed) = (Vec::new(), 0, 0);
    for (at, project) in table.iter().enumerate() {
        let theirs = match fs::read(of(at).join("merged.xml")) {
            Ok(bytes) => Ok(described(&manifest::parse(&bytes, "merged").unwrap().entries)),
            Err(_) => Err(fs::read_to_string(of(at).join("failed")).unwrap()),
        };
        let ours = ours(project);
        match &theirs {
            Ok(_) => merged += 1,
            Err(_) => failed += 1,
        }
        let same = match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => ours == theirs,
            (Err(_), Err(_)) => true,
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
        };
        if !same {
            let theirs = theirs.map_err(|why| why.lines().take(3).collect::<String>());
            let libraries: Vec<_> = project.libraries.iter().map(|own| &own.own).collect();
            wrong.push(format!(
                "{}: {:?} {libraries:?}\n  ours   {ours:?}\n  theirs {theirs:?}",
                project.what, project.own
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
    // Both ends are seen, so that the comparison is one.
    assert!(merged >= 40 && failed >= 10, "{merged} merged, {failed} failed");
}
