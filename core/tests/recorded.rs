//! Recorded machines: what comes out of each, and that nothing of this machine or of an identifier does.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test may fail"
)]

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use scruple::{
    Age, Category, CategoryPolicy, ConsentUpdate, Error, InputKind, Item, ItemPolicy, Policy, Purpose,
    Session,
};
use serde_json::{Value, json};

fn here(path: &str) -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo")).join("tests").join(path)
}

/// A session on the recording whose user agreed to what a machine has, and the items of that.
fn open(sysroot: &Path) -> (Arc<Session>, HashSet<Item>) {
    let name = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let on = CategoryPolicy { enabled: true, minimum_interval_ms: Some(0), ..CategoryPolicy::default() };
    let device = CategoryPolicy { items: [(Item::DeviceName, name)].into(), ..on.clone() };
    let categories = [(Category::Device, device), (Category::ProcessList, on)].into();
    let session = Session::open_recorded(Policy { categories, ..Policy::default() }, sysroot).unwrap();
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    session.update_consent(&update.grant(Category::Device).grant(Category::ProcessList)).unwrap();
    let items = Item::ALL.iter().copied();
    let read = |item: &Item| [Category::Device, Category::ProcessList].contains(&item.category());
    (session, items.filter(read).collect())
}

/// Everything that a snapshot of the recording gives out, and its items.
fn collect(sysroot: &Path) -> (String, Value) {
    let (session, asked) = open(sysroot);
    let snapshot = session.collect(Purpose::Feature, Some(asked)).unwrap();
    let json = snapshot.to_json().unwrap();
    let outputs = format!(
        "{json}{}{:?}{snapshot:?}{:?}",
        snapshot.to_mini_program_json().unwrap(),
        snapshot.missing().unwrap(),
        session.audit()
    );
    let items = serde_json::from_str::<Value>(&json).unwrap()["items"].take();
    (outputs, items)
}

/// Under `tests/sysroots/NAME` lies a machine, in `NAME.json` what ought to come out of it.
#[test]
fn each_machine_gives_what_its_files_say() {
    for name in ["laptop", "board", "vm", "placeholders", "broken"] {
        let expected = fs::read_to_string(here(&format!("sysroots/{name}.json"))).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let (outputs, items) = collect(&here(&format!("sysroots/{name}")));
        assert_eq!(items, expected, "{name}: {items:#}");
        assert!(!outputs.to_lowercase().contains("forbidden"), "{name}: an identifier leaked: {outputs}");
    }
}

/// A machine of `tests/sysroots/NAME.machine`, which holds all its files, laid out under a root of its own, and what ought
/// to come out of it. The folder's README describes the form.
fn laid_out(text: &str) -> (tempfile::TempDir, Vec<(String, Value)>) {
    let root = tempfile::tempdir().unwrap();
    let (files, expected) = text.split_once("\n=== expected\n").unwrap();
    for file in files.split("\n=== ").skip(1) {
        let (path, content) = file.split_once('\n').unwrap();
        let content = format!("{content}\n").replace("\\\n", "").replace("\\0", "\0");
        let path = root.path().join(path.strip_prefix('/').unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let expected = expected.lines().map(|line| {
        let (id, outcome) = line.split_once(' ').unwrap();
        (id.to_owned(), serde_json::from_str(outcome).unwrap())
    });
    (root, expected.collect())
}

/// The recorded machines that are one file each: name and text.
fn machines() -> Vec<(String, String)> {
    let files = fs::read_dir(here("sysroots")).unwrap().map(|entry| entry.unwrap().path());
    let machines = files.filter(|path| path.extension().is_some_and(|extension| extension == "machine"));
    let mut machines: Vec<_> = machines
        .map(|path| {
            (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    machines.sort();
    machines
}

/// An architecture and a kind each.
#[test]
fn each_kind_of_machine_gives_what_it_ought_to() {
    let machines = machines();
    assert!(machines.len() >= 60, "{} machines", machines.len());
    let mut wrong = Vec::new();
    for (name, text) in machines {
        let (root, expected) = laid_out(&text);
        assert!(!expected.is_empty(), "{name}");
        let (outputs, items) = collect(root.path());
        assert!(!outputs.to_lowercase().contains("forbidden"), "{name}: an identifier leaked: {outputs}");
        for (id, outcome) in expected {
            if items[&id] != outcome {
                wrong.push(format!("{name}: {id}: {} and not {outcome}", items[&id]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A mini-program is told a name or nothing.
#[test]
fn no_mini_program_is_told_a_cores_numbers() {
    for (name, cpu_type) in [
        ("arm-kirin9000s", Some("Cortex-A510")),
        ("arm-unknown-part-generic", None),
        ("arm-phytium-named", Some("Phytium,FT-2000/4")),
        ("arm-generic-dt", Some("Cortex-A53")),
        ("arm-kirin980", Some("Kirin980")),
        ("loongarch", Some("Loongson-3A6000")),
        ("arm-frequency-by-policy", None),
    ] {
        let text = fs::read_to_string(here(&format!("sysroots/{name}.machine"))).unwrap();
        let (root, _) = laid_out(&text);
        let (session, items) = open(root.path());
        let snapshot = session.collect(Purpose::Feature, Some(items)).unwrap();
        assert_eq!(snapshot.for_mini_program().unwrap().cpu_type.as_deref(), cpu_type, "{name}");
    }
}

#[test]
fn the_laptop_gives_ten_of_the_thirteen_device_items() {
    let (_, items) = collect(&here("sysroots/laptop"));
    let device = items.as_object().unwrap().iter().filter(|(id, _)| id.starts_with("device."));
    let (values, missing): (Vec<_>, Vec<_>) = device.partition(|(_, outcome)| outcome.get("value").is_some());
    assert_eq!((values.len(), missing.len()), (10, 3), "{missing:?}");
}

#[test]
fn an_empty_root_gives_nothing_of_this_machine() {
    let root = tempfile::tempdir().unwrap();
    let (_, items) = collect(root.path());
    for (id, outcome) in items.as_object().unwrap() {
        match id.as_str() {
            "device.platform" => assert_eq!(*outcome, json!({ "value": "linux" })),
            "device.storage_capacity" | "process_list.processes" => {
                assert_eq!(*outcome, json!({ "unavailable": "not_recorded" }), "{id}");
            }
            _ => assert!(outcome.get("unavailable").is_some(), "{id}: {outcome}"),
        }
    }
}

/// Links that would lead out of the recording end inside it.
#[test]
fn links_do_not_leave_the_recording() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret"), "OUTSIDE\n").unwrap();
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    };
    let up = "../".repeat(20);
    let secret = outside.path().join("secret");
    symlink(&secret, at("etc/hostname")).unwrap();
    symlink(format!("{up}{}", secret.display()), at("sys/class/dmi/id/product_name")).unwrap();
    symlink(format!("{up}proc/cpuinfo"), at("proc/cpuinfo-link")).unwrap();
    symlink("/proc/cpuinfo-link", at("proc/cpuinfo")).unwrap();
    symlink("/etc/os-release", at("etc/os-release")).unwrap();
    symlink("/proc/self", at("proc/4242")).unwrap();
    let (outputs, items) = collect(root.path());
    assert!(!outputs.contains("OUTSIDE"), "{outputs}");
    for id in ["device.name", "device.model", "device.cpu", "device.system_version", "process_list.processes"]
    {
        assert!(items[id].get("unavailable").is_some(), "{id}: {}", items[id]);
    }

    // The control: the same link, to a file inside, is followed.
    fs::create_dir_all(root.path().join(outside.path().strip_prefix("/").unwrap())).unwrap();
    let inside = root.path().join(secret.strip_prefix("/").unwrap());
    fs::write(inside, "INSIDE\n").unwrap();
    let (_, items) = collect(root.path());
    assert_eq!(items["device.name"], json!({ "value": "INSIDE" }));
    assert_eq!(items["device.model"], json!({ "value": "INSIDE" }));
}

#[test]
fn pipes_devices_directories_and_floods_do_no_harm() {
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    };
    assert!(Command::new("mkfifo").arg(at("etc/hostname")).status().unwrap().success());
    fs::create_dir_all(at("etc/os-release")).unwrap();
    fs::write(at("proc/cpuinfo"), "model name : x\n".repeat(1_000_000)).unwrap();
    fs::write(at("sys/class/dmi/id/product_name"), [0xff; 100]).unwrap();
    fs::write(at("proc/1/comm"), "\u{1b}[2Jevil\n").unwrap();
    fs::write(at("proc/2/comm"), b"cut \xe4\xb8\n").unwrap();
    fs::write(at("proc/99999999999999/comm"), "no process id\n").unwrap();
    let (_, items) = collect(root.path());
    assert_eq!(items["device.name"], json!({ "unavailable": "not_stated" }));
    for id in ["device.system_version", "device.cpu", "device.model"] {
        assert_eq!(items[id], json!({ "unavailable": "malformed" }), "{id}");
    }
    let processes = json!([{ "pid": 1, "name": "\u{fffd}[2Jevil" }, { "pid": 2, "name": "cut \u{fffd}" }]);
    assert_eq!(items["process_list.processes"], json!({ "value": processes }));
}

/// The serial number that a phone prints among its processor's facts.
#[test]
fn no_phones_serial_number_comes_out() {
    let mut serials = 0;
    for phone in fs::read_dir(here("phones")).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(cpuinfo) = fs::read_to_string(phone.join("cpuinfo")) else { continue };
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("proc")).unwrap();
        fs::write(root.path().join("proc/cpuinfo"), &cpuinfo).unwrap();
        let (outputs, items) = collect(root.path());
        assert!(items["device.cpu"]["value"]["cores"].as_u64() > Some(0), "{}", phone.display());
        let serial = cpuinfo.lines().find(|line| line.starts_with("Serial"));
        if let Some((_, serial)) = serial.and_then(|line| line.split_once(':')) {
            serials += 1;
            assert!(!outputs.contains(serial.trim()), "{}: its serial leaked", phone.display());
            // The control: digits that do come out are found by the same search.

            fs::create_dir_all(root.path().join("etc")).unwrap();
            fs::write(root.path().join("etc/hostname"), serial).unwrap();
            assert!(collect(root.path()).0.contains(serial.trim()));
        }
    }
    assert_eq!(serials, 5, "phones with a serial number");
}

#[test]
fn a_root_that_is_not_there_is_an_error_that_names_it() {
    for path in ["/nonexistent/sysroot", "/proc/version"] {
        let error = Session::open_recorded(Policy::default(), Path::new(path)).err();
        let Some(Error::Input { kind, field, .. }) = error else { panic!("{error:?}") };
        assert_eq!((kind, field.as_str()), (InputKind::Unreadable, "sysroot"));
    }
}
