//! Which threads a session has: one test, since it counts the whole process's.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use scruple::{
    Age, Category, CategoryPolicy, ConsentUpdate, Item, Missing, Policy, Purpose, Session, Source,
    SourceError, SystemPermission, Unavailable, WebViewSource,
};

/// Hangs until its sender is gone, if it has one.
struct Agent(Option<Mutex<Receiver<()>>>);

impl WebViewSource for Agent {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        if let Some(hung) = &self.0 {
            let _ = hung.lock().unwrap().recv();
        }
        Ok("Agent/1.0".to_owned())
    }
}

/// Threads of this process that call sources.
fn threads() -> usize {
    let names = fs::read_dir("/proc/self/task").unwrap().filter_map(|task| {
        // A thread may be gone by now.
        fs::read_to_string(task.unwrap().path().join("comm")).ok()
    });
    names.filter(|name| name.trim_end() == "scruple-source").count()
}

/// Opens a session, collects and closes it; the session is kept.
fn closed(hung: Option<Receiver<()>>) -> (Arc<Session>, Option<Missing>) {
    let on = CategoryPolicy {
        enabled: true,
        minimum_interval_ms: Some(0),
        deadline_ms: Some(if hung.is_some() { 50 } else { 60_000 }),
        ..CategoryPolicy::default()
    };
    let policy = Policy { categories: [(Category::WebView, on)].into(), ..Policy::default() };
    let source = Source::WebView(Arc::new(Agent(hung.map(Mutex::new))));
    let session = Session::open(policy, vec![source]).unwrap();
    session.update_consent(&ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::WebView)).unwrap();
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    let missing = snapshot.missing().unwrap().get(&Item::WebViewUserAgent).copied();
    assert!(threads() > 0, "the control: an open session that has read has one");
    session.close();
    (session, missing)
}

#[test]
fn a_closed_session_has_none_and_sources_that_hang_are_bounded() {
    let kept: Vec<_> = (0..20).map(|_| closed(None)).collect();
    assert!(kept.iter().all(|(_, missing)| missing.is_none()));
    assert_eq!(threads(), 0);

    let (hold, hung): (Vec<Sender<()>>, Vec<Receiver<()>>) = (0..100).map(|_| channel()).unzip();
    let hanging: Vec<_> = hung.into_iter().map(|hung| closed(Some(hung))).collect();
    assert_eq!(threads(), 64);
    // On a loaded machine a source's time may be over before it is called; then another one hangs in its place.
    let count = |reason| {
        let missing = Some(Missing::Unavailable(reason));
        hanging.iter().filter(|(_, other)| *other == missing).count()
    };
    assert!(count(Unavailable::TimedOut) >= 64 && count(Unavailable::Busy) >= 1);
    assert_eq!(count(Unavailable::TimedOut) + count(Unavailable::Busy), hanging.len());

    drop(hold);
    let let_go = Instant::now();
    while threads() > 0 {
        assert!(let_go.elapsed() < Duration::from_secs(30), "a source returned and its thread did not end");
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(closed(None).1, None, "and there is room again");
}
