//! The thread that ends snapshots costs nothing until then.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use scruple::{Age, Category, CategoryPolicy, ConsentUpdate, Policy, Purpose, Session};

/// It, once it has told the system its name.
fn expiry() -> PathBuf {
    let started = Instant::now();
    loop {
        let tasks = fs::read_dir("/proc/self/task").unwrap().map(|task| task.unwrap().path());
        let is_expiry = |task: &PathBuf| {
            fs::read_to_string(task.join("comm")).is_ok_and(|name| name.trim_end() == "scruple-expiry")
        };
        if let Some(expiry) = tasks.into_iter().find(is_expiry) {
            return expiry;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "nobody ends snapshots");
        thread::yield_now();
    }
}

/// How long it has run.
fn ran(expiry: &Path) -> Duration {
    let schedstat = fs::read_to_string(expiry.join("schedstat")).unwrap();
    Duration::from_nanos(schedstat.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn the_thread_that_ends_snapshots_sleeps_until_then() {
    let on = CategoryPolicy { enabled: true, ..CategoryPolicy::default() };
    let policy = Policy { categories: [(Category::Device, on)].into(), ..Policy::default() };
    let session = Session::open(policy, Vec::new()).unwrap();
    session.update_consent(&ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::Device)).unwrap();
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    assert!(snapshot.device().unwrap().platform.is_some(), "the control: a value is due");

    let expiry = expiry();
    let before = ran(&expiry);
    thread::sleep(Duration::from_millis(500));
    let during = ran(&expiry) - before;
    assert!(during < Duration::from_millis(20), "it ran for {during:?} of 500 ms");
}
