//! One collection's values: a reader brings one, and somebody takes it back, closes it, or does not wait any longer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{DEADLINE_MS, Facts, MODEL, RETENTION_MS, explore, has_value, only, policy};
use crate::agreement::{ItemSet, Purpose};
use crate::clock;
use crate::consent::{Age, Standing};
use crate::error::Error;
use crate::gate::{self, Answer, Permit, Request};
use crate::outcome::Withheld;
use crate::sync::thread;
use crate::vault::{Ended, Outcome, Vault};

/// When the item may arrive at the latest. A model begins at the same time, always.
fn until() -> Instant {
    clock::start() + Duration::from_millis(DEADLINE_MS)
}

fn vault() -> Arc<Vault> {
    let outcomes = [(MODEL, Outcome::Awaited(until()))].into_iter().collect();
    Arc::new(Vault::new(Purpose::Feature, RETENTION_MS, outcomes, ItemSet::default()))
}

fn permit() -> Result<Permit, Withheld> {
    let request = Request {
        item: MODEL,
        purpose: Purpose::Feature,
        rule: policy().rule(MODEL),
        standing: Standing::Granted,
        age: Age::AtLeastMinimum,
        since_last_read_ms: None,
    };
    gate::decide(&request)?.answered(Answer::NeedsNone)
}

type Act = fn(&Vault, &Facts);

/// As a pass over the platform does it.
fn read(vault: &Vault, facts: &Facts) {
    let grip = vault.grip(MODEL);
    if vault.begin(MODEL, clock::now(), permit).is_some() {
        facts.read();
        facts.hold();
        vault.deliver(MODEL, |values| values.device.model = Some("model".to_owned()));
        facts.let_go();
    }
    drop(grip);
}

/// As a source is read: what it answers is held from then on.
fn ask(vault: &Vault, facts: &Facts) {
    if vault.begin(MODEL, clock::now(), permit).is_some()
        && let Some(_grip) = vault.grip(MODEL)
    {
        facts.hold();
        vault.deliver(MODEL, |values| values.device.model = Some("model".to_owned()));
        facts.let_go();
    }
}

fn revoke(vault: &Vault, facts: &Facts) {
    vault.withhold(|_| Some(Withheld::Revoked));
    vault.settle();
    facts.taken_back();
}

fn close(vault: &Vault, facts: &Facts) {
    vault.end(Ended::Closed);
    vault.settle();
    facts.taken_back();
    assert_eq!(vault.finish().err(), Some(Error::Closed));
}

/// One thread reads, one takes back: nothing is there when that has returned, nor at the end.
fn taken_back(name: &'static str, bound: Option<usize>, read: Act, take_back: Act) {
    explore(name, bound, move || {
        let (vault, facts) = (vault(), Facts::new());
        let reading = thread::spawn({
            let (vault, facts) = (Arc::clone(&vault), Arc::clone(&facts));
            move || read(&vault, &facts)
        });
        take_back(&vault, &facts);
        assert!(!has_value(&vault), "the vault has a value of what was taken back");
        reading.join().unwrap();
        assert!(!has_value(&vault), "a value of what was taken back has arrived");
        assert!(!vault.is_held());
        facts.check();
    });
}

#[test]
fn what_is_taken_back_is_gone_and_does_not_arrive() {
    taken_back("vault: a pass, revoked", None, read, revoke);
    taken_back("vault: a pass, closed", None, read, close);
    taken_back("vault: a source, revoked", None, ask, revoke);
    taken_back("vault: a source, closed", None, ask, close);
}

#[test]
#[should_panic(expected = "somebody still holds a value")]
fn control_a_revocation_that_waits_for_nobody() {
    let revoke: Act = |vault, facts| {
        vault.withhold(|_| Some(Withheld::Revoked));
        facts.taken_back();
    };
    taken_back("control", None, read, revoke);
}

#[test]
#[should_panic(expected = "somebody still holds a value")]
fn control_a_reader_that_takes_hold_after_it_has_read() {
    let read: Act = |vault, facts| {
        if vault.begin(MODEL, clock::now(), permit).is_some() {
            facts.hold();
            let _grip = vault.grip(MODEL);
            vault.deliver(MODEL, |values| values.device.model = Some("model".to_owned()));
            facts.let_go();
        }
    };
    taken_back("control", None, read, revoke);
}

#[test]
#[should_panic(expected = "a read began after it was taken back")]
fn control_a_reader_that_asked_before_and_not_again() {
    let read: Act = |vault, facts| {
        if vault.awaited().contains(MODEL) {
            facts.read();
        }
    };
    taken_back("control", None, read, revoke);
}

/// While one thread waits and another reads, time goes on past the deadline: what came late is not there, and the waiting ends.
fn late(name: &'static str, bound: Option<usize>, deliver: fn(&Vault) -> bool) {
    explore(name, bound, move || {
        let vault = vault();
        let reading = thread::spawn({
            let (vault, part) = (Arc::clone(&vault), Vault::part(&vault));
            move || {
                let mut came_late = false;
                if vault.begin(MODEL, clock::now(), permit).is_some() {
                    let is_late = clock::now() >= until();
                    came_late = deliver(&vault) && is_late;
                }
                drop(part);
                came_late
            }
        });
        let time = thread::spawn({
            let vault = Arc::clone(&vault);
            move || {
                clock::advance(DEADLINE_MS);
                vault.wake();
            }
        });
        vault.wait(only(MODEL), Some(until()));
        let had_value = has_value(&vault);
        assert!(!reading.join().unwrap(), "it came late and was taken");
        time.join().unwrap();
        assert_eq!(has_value(&vault), had_value, "it came when nobody waited any more");
        assert!(vault.finish().is_ok() && vault.awaited().is_empty());
    });
}

fn deliver(vault: &Vault) -> bool {
    let mut taken = false;
    vault.deliver(MODEL, |values| {
        values.device.model = Some("model".to_owned());
        taken = true;
    });
    taken
}

#[test]
fn what_is_late_does_not_arrive() {
    late("vault: a late source", Some(3), deliver);
}

/// As it was: whoever had begun handed over, whatever the time.
#[test]
#[should_panic(expected = "it came late and was taken")]
fn control_a_late_value_that_is_taken() {
    late("control", Some(3), |vault| {
        deliver(vault);
        true
    });
}

/// An item that is there has a part that still works: it is waited for, unless the time is over.
#[test]
fn a_collection_is_over_when_its_parts_are() {
    explore("vault: a collection waits for its parts", None, || {
        let (vault, facts) = (vault(), Facts::new());
        let reading = thread::spawn({
            let (vault, part, facts) = (Arc::clone(&vault), Vault::part(&vault), Arc::clone(&facts));
            move || {
                let _ = vault.begin(MODEL, clock::now(), permit);
                facts.hold();
                deliver(&vault);
                facts.let_go();
                // Nobody who waits goes on before this.
                drop(part);
            }
        });
        vault.wait(only(MODEL), Some(until()));
        assert!(has_value(&vault));
        assert_eq!(facts.known().held, 0, "it is over, and a part is at work");
        reading.join().unwrap();
    });
}
