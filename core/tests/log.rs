//! What a host's logger gets: item ids and reasons, and nothing else.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;
use std::sync::Mutex;

use log::{LevelFilter, Log, Metadata, Record};
use scruple::{Age, Category, CategoryPolicy, ConsentUpdate, Item, Policy, Purpose, Session, Unavailable};

/// Keeps every line, whoever says it and however quietly.
struct Recorder(Mutex<Vec<String>>);

impl Log for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

static RECORDER: Recorder = Recorder(Mutex::new(Vec::new()));

#[test]
fn a_log_says_items_and_reasons_only() {
    log::set_logger(&RECORDER).unwrap();
    log::set_max_level(LevelFilter::Trace);

    let on = CategoryPolicy { enabled: true, ..CategoryPolicy::default() };
    let policy = Policy { categories: [(Category::Device, on)].into(), ..Policy::default() };
    let sysroot = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("tests/sysroots/laptop");
    let session = Session::open_recorded(policy, &sysroot).unwrap();
    let consent = ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::Device);
    session.update_consent(&consent).unwrap();
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    assert!(snapshot.device().unwrap().model.is_some(), "there are values that a log could say");

    let lines = std::mem::take(&mut *RECORDER.0.lock().unwrap());
    assert!(lines.contains(&"device.storage_capacity: unavailable: not_recorded".to_owned()), "{lines:?}");
    for line in lines {
        let (item, reason) = line.split_once(": unavailable: ").unwrap();
        assert!(Item::from_id(item).is_some() && Unavailable::from_id(reason).is_some(), "{line}");
    }
}
