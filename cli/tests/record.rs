//! `collect --record`: what is written, that it is shown and agreed to before, and that it reads back the same.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Calls the command with an answer on stdin.
fn scruple(arguments: &[&str], folder: &Path, answer: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
    command.args(arguments).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who has already failed does not listen.
    let _ = child.stdin.take().unwrap().write_all(answer.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn items(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_scruple")).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["items"].take()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

const RECORD: [&str; 4] = ["collect", "--agree", "all", "--record"];

#[test]
fn a_recording_reads_back_the_same_but_for_names() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("recorded");
    let output = scruple(&["collect", "--agree", "all", "--yes", "--record"], &folder, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    for file in files(&folder) {
        let path = file.strip_prefix(&folder).unwrap().display();
        assert!(shown.contains(&format!("=== /{path}\n")), "{path} was not shown");
    }
    let recorded =
        items(&["collect", "--agree", "all", "--format", "json", "--sysroot", folder.to_str().unwrap()]);
    let live = items(&["collect", "--agree", "all", "--format", "json"]);
    for (id, outcome) in live.as_object().unwrap() {
        match id.as_str() {
            "device.name" => assert_eq!(recorded[id]["value"], "name"),
            "process_list.processes" => {
                let processes = recorded[id]["value"].as_array().unwrap();
                assert!(processes.iter().all(|process| process["name"] == "name"));
            }
            _ => assert_eq!(recorded[id], *outcome, "{id}"),
        }
    }
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    assert_eq!(fs::read_to_string(folder.join("proc/sys/kernel/hostname")).unwrap(), "name\n");
    assert!(name.trim().len() < 4 || !shown.contains(name.trim()), "the machine's name is among it");
}

#[test]
fn nothing_is_written_before_a_yes() {
    let parent = tempfile::tempdir().unwrap();
    for (answer, status, words) in
        [("n\n", 0, "Nothing was written"), ("\n", 0, "Nothing was written"), ("", 2, "--yes")]
    {
        let folder = parent.path().join("recorded");
        let output = scruple(&RECORD, &folder, answer);
        assert_eq!(output.status.code(), Some(status), "{answer:?}");
        assert!(text(&output.stdout).contains("=== /proc/cpuinfo\n"), "it is shown");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
        assert!(!folder.exists(), "{answer:?}");
    }
    // The control.
    let output = scruple(&RECORD, &parent.path().join("recorded"), "y\n");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(!files(&parent.path().join("recorded")).is_empty());
}

#[test]
fn only_what_was_asked_for_and_agreed_to_is_recorded() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("recorded");
    let version = ["collect", "--agree", "device", "--item", "device.system_version", "--yes", "--record"];
    assert_eq!(scruple(&version, &folder, "").status.code(), Some(0));
    let recorded = files(&folder);
    assert_eq!(recorded.len(), 1, "{recorded:?}");
    assert!(recorded[0].ends_with("os-release"), "{recorded:?}");

    let other = parent.path().join("other");
    for arguments in
        [&["collect", "--yes", "--record"][..], &["collect", "--agree", "location", "--yes", "--record"]]
    {
        let output = scruple(arguments, &other, "");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("nothing to record"), "{}", text(&output.stderr));
        assert!(!other.exists());
    }
}

#[test]
fn a_folder_in_use_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine"), "mine").unwrap();
    for in_use in [folder.path().to_owned(), folder.path().join("mine")] {
        let output = scruple(&["collect", "--agree", "all", "--yes", "--record"], &in_use, "");
        assert_eq!(output.status.code(), Some(2));
        let words = text(&output.stderr);
        assert!(words.contains(&*in_use.to_string_lossy()), "{words}");
        assert_eq!(text(&output.stdout), "", "nothing is read for it");
    }
    assert_eq!(files(folder.path()), [folder.path().join("mine")]);
}

#[test]
fn recording_is_not_mixed_with_reading() {
    let folder = tempfile::tempdir().unwrap();
    for option in [&["--sysroot", "/"][..], &["--format", "json"], &["--host", "records.json"]] {
        let arguments = [&["collect", "--agree", "all"][..], option, &["--record"]].concat();
        assert_eq!(scruple(&arguments, &folder.path().join("x"), "").status.code(), Some(2), "{option:?}");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_scruple")).args(["collect", "--yes"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--record"));
}
