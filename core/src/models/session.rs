//! A whole session: a collection, its worker, the end of retention, and a host that takes back or closes meanwhile.

use std::sync::Arc;

use super::{
    AGENT, DEADLINE_MS, Facts, MODEL, Platformed, RETENTION_MS, agent, agreed, explore, policy, revoked,
};
use crate::agreement::{Item, Purpose};
use crate::clock;
use crate::error::Error;
use crate::expiry::EXPIRY;
use crate::interval::INTERVALS;
use crate::outcome::{Missing, Unavailable, Withheld};
use crate::session::Session;
use crate::snapshot::Snapshot;
use crate::sync::thread;
use crate::worker::threads;

/// A session over the platform and one source, which takes so long.
fn session(facts: &Arc<Facts>, takes_ms: u64) -> Arc<Session> {
    let reader = Arc::new(Platformed(Arc::clone(facts)));
    let sources = vec![agent(facts, takes_ms)];
    let session = Session::with_reader(&policy(), reader, sources, &INTERVALS).unwrap();
    session.update_consent(&agreed()).unwrap();
    session
}

fn collect(session: &Session, items: &[Item]) -> Result<Arc<Snapshot>, Error> {
    session.collect(Purpose::Feature, Some(items.iter().copied().collect()))
}

/// Ends the model's threads.
fn end(session: &Session) {
    session.close();
    EXPIRY.queue().forget_thread();
    EXPIRY.wake();
}

fn is_empty(snapshot: &Snapshot) -> bool {
    let device = snapshot.device().map(|device| device.model.is_none());
    let features = snapshot.features().map(|features| features.user_agent.is_none());
    device.unwrap_or(true) && features.unwrap_or(true)
}

fn missing(snapshot: &Snapshot, item: Item) -> Option<Missing> {
    snapshot.missing().unwrap().get(&item).copied()
}

#[test]
fn a_collection_ends_and_leaves_no_thread() {
    explore("session: a collection of a source", 2, || {
        let facts = Facts::new();
        let session = session(&facts, 0);
        let snapshot = collect(&session, &[AGENT]).unwrap();
        assert_eq!(missing(&snapshot, AGENT), None);
        assert!(snapshot.features().unwrap().user_agent.is_some());
        // What was collected is over, so the source is not busy.
        let again = collect(&session, &[AGENT]).unwrap();
        assert_eq!(missing(&again, AGENT), None);
        end(&session);
        assert_eq!(threads(), 0, "closed and idle, and there is a thread");
        assert!(is_empty(&snapshot) && is_empty(&again));
        facts.check();
    });
}

fn revoked_meanwhile(name: &'static str, bound: usize, items: &'static [Item]) {
    explore(name, bound, move || {
        let facts = Facts::new();
        let session = session(&facts, 0);
        let revoking = thread::spawn({
            let session = Arc::clone(&session);
            move || session.update_consent(&revoked()).unwrap()
        });
        let snapshot = collect(&session, items).unwrap();
        revoking.join().unwrap();
        assert!(is_empty(&snapshot), "a value of what was taken back");
        for item in items {
            let reason = missing(&snapshot, *item);
            assert_eq!(reason, Some(Missing::Withheld(Withheld::Revoked)));
        }
        // Agreed to again, it is not there either; and the next collection is a new one.
        session.update_consent(&agreed()).unwrap();
        assert!(is_empty(&snapshot));
        end(&session);
        facts.check();
    });
}

#[test]
fn a_revocation_at_any_time_leaves_nothing() {
    revoked_meanwhile("session: the platform, revoked meanwhile", 3, &[MODEL]);
    revoked_meanwhile("session: a source, revoked meanwhile", 2, &[AGENT]);
    revoked_meanwhile("session: both, revoked meanwhile", 2, &[MODEL, AGENT]);
}

#[test]
fn a_close_at_any_time_leaves_nothing_and_no_thread() {
    explore("session: a source, closed meanwhile", 2, || {
        let facts = Facts::new();
        let session = session(&facts, 0);
        let closing = thread::spawn({
            let session = Arc::clone(&session);
            move || session.close()
        });
        match collect(&session, &[AGENT]) {
            Ok(snapshot) => {
                closing.join().unwrap();
                assert!(is_empty(&snapshot), "a value in a closed session");
                assert_eq!(snapshot.missing().err(), Some(Error::Closed));
            }
            Err(error) => {
                closing.join().unwrap();
                assert_eq!(error, Error::Closed);
            }
        }
        end(&session);
        facts.check();
    });
}

#[test]
fn a_late_source_delivers_nothing_and_is_not_busy_for_ever() {
    explore("session: a late source", 2, || {
        let facts = Facts::new();
        let session = session(&facts, DEADLINE_MS);
        let snapshot = collect(&session, &[AGENT]).unwrap();
        assert_eq!(missing(&snapshot, AGENT), Some(Missing::Unavailable(Unavailable::TimedOut)));
        assert!(is_empty(&snapshot), "it came late");
        end(&session);
        facts.check();
    });
}

#[test]
fn retention_ends_what_nobody_closes() {
    explore("session: retention ends while a collection goes on", 2, || {
        let facts = Facts::new();
        let session = session(&facts, 0);
        let time = thread::spawn(|| {
            clock::advance(RETENTION_MS);
            EXPIRY.wake();
        });
        let collected = collect(&session, &[MODEL]);
        time.join().unwrap();
        let snapshot = collected.unwrap();
        clock::advance(RETENTION_MS);
        assert!(is_empty(&snapshot), "it is due, and it was read");
        end(&session);
        facts.check();
    });
}
