//! What is taken back while it is being read, and what a forked process inherits.

#![allow(unsafe_code, reason = "a process is forked")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use scruple::{Category, ConsentUpdate, Error, Item, Purpose, Session, Snapshot};

use crate::search::{found, machine};
use crate::{
    A_MINUTE, Canaries, NOTHING, agreed, agreed_to_everything, collect, device_and_process, everything,
    session,
};

/// Collects of a machine with so many processes that there is time before the last is read, does something meanwhile and looks at the
/// memory when that returns, until a collection was caught in flight.
fn caught(session: &Session, scenario: u8, take_back: impl Fn()) {
    let in_flight = (1..=20).any(|round| {
        // A closed session stays closed, and is caught the first time.
        let _ = session.update_consent(&agreed());
        thread::scope(|scope| {
            let collecting = scope.spawn(|| session.collect(Purpose::Feature, None));
            let begun =
                || session.audit().iter().filter(|read| read.item == Item::ProcessListProcesses).count();
            while begun() < round && !collecting.is_finished() {
                thread::yield_now();
            }
            let in_flight = !collecting.is_finished();
            take_back();
            assert_eq!(found(scenario), NOTHING, "there is a copy when the call has returned");
            let snapshot = collecting.join().unwrap();
            assert_eq!(found(scenario), NOTHING, "something arrived afterwards");
            in_flight && snapshot.as_deref().map_or(true, |snapshot| snapshot.device().is_err())
        })
    });
    assert!(in_flight, "every collection was over before");
}

pub(crate) fn revocation() {
    let root = machine(6, 4_000);
    let session = session(root.path(), A_MINUTE);
    let update = ConsentUpdate::new().revoke(Category::Device).revoke(Category::ProcessList);
    caught(&session, 6, || session.update_consent(&update).unwrap());
}

pub(crate) fn close() {
    let root = machine(11, 4_000);
    let session = session(root.path(), A_MINUTE);
    caught(&session, 11, || session.close());
}

/// The values that came first are gone before the last are read.
pub(crate) fn expiry() {
    let root = machine(12, 4_000);
    let session = session(root.path(), 1_000);
    let started = Instant::now();
    let snapshot = collect(&session);
    thread::sleep(Duration::from_millis(1_500).saturating_sub(started.elapsed()));
    assert_eq!(found(12), NOTHING);
    assert_eq!(snapshot.device().err(), Some(Error::Expired));
}

/// A source's own value is the source's; what it answers is wiped where it arrives.
pub(crate) fn revocation_while_a_source_runs() {
    const SCENARIO: u8 = 13;
    let (go, source) = Canaries::waiting(SCENARIO);
    let session = Session::open(everything(A_MINUTE), vec![source]).unwrap();
    session.update_consent(&agreed_to_everything()).unwrap();
    thread::scope(|scope| {
        let items = Some([Item::WebViewUserAgent].into());
        let collecting = scope.spawn(|| session.collect(Purpose::Feature, items).unwrap());
        while session.audit().is_empty() {
            thread::yield_now();
        }
        session.update_consent(&ConsentUpdate::new().revoke(Category::WebView)).unwrap();
        go.send(()).unwrap();
        collecting.join().unwrap();
    });
    session.close();
    drop(session);
    while found(SCENARIO) != NOTHING {
        // The source holds it a moment longer.
        thread::yield_now();
    }
}

/// A child has the parent's memory and none of its threads.
pub(crate) fn fork() {
    let root = machine(14, 2);
    let session = session(root.path(), A_MINUTE);
    let snapshot = collect(&session);
    assert_eq!(found(14), device_and_process());
    // SAFETY: the child calls only what Scruple promises to work there, and ends without the test's harness.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let child = AssertUnwindSafe(|| in_child(&session, &snapshot, root.path()));
        let status = i32::from(catch_unwind(child).is_err());
        // SAFETY: nothing of the parent's is to be run at its end.
        unsafe { libc::_exit(status) };
    }
    let mut status = -1;
    // SAFETY: the place is this function's own.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!(status, 0, "the child has failed; its words are above");
    assert_eq!(found(14), device_and_process(), "the parent's stay");
    drop(snapshot);
}

/// What was inherited is wiped already; the child reads on its own, and a thread of its own ends that.
fn in_child(inherited: &Session, snapshot: &Snapshot, root: &Path) {
    assert_eq!(found(14), NOTHING, "inherited");
    assert_eq!(snapshot.device().err(), Some(Error::Closed));
    assert_eq!(inherited.collect(Purpose::Feature, None).err(), Some(Error::Closed));
    let session = session(root, 2_000);
    let _snapshot = collect(&session);
    assert_eq!(found(14), device_and_process(), "the control: the child reads, too");
    let collected = Instant::now();
    while found(14) != NOTHING {
        assert!(collected.elapsed() < Duration::from_secs(60), "nobody ends what the child read");
        thread::sleep(Duration::from_millis(50));
    }
}
