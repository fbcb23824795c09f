//! Consent that changes between the decisions of one collection.

use std::sync::Arc;

use super::{AGENT, Facts, MODEL, Platformed, agent, agreed, explore, has_value, only, policy, revoked};
use crate::agreement::{Category, ItemSet, Platform, Purpose};
use crate::collection::Collection;
use crate::consent::{Age, ConsentUpdate};
use crate::device::Reader;
use crate::error::Error;
use crate::expiry::EXPIRY;
use crate::feature::Source;
use crate::gate::Answer;
use crate::gatekeeper::Gatekeeper;
use crate::interval::Intervals;
use crate::outcome::{Missing, Withheld};
use crate::policy::Policy;
use crate::sync::thread;
use crate::vault::Vault;

fn gatekeeper(policy: &Policy) -> Arc<Gatekeeper> {
    Arc::new(Gatekeeper::new(policy, Platform::Linux, Box::leak(Box::new(Intervals::new()))))
}

fn admit(gatekeeper: &Gatekeeper, items: ItemSet) -> Arc<Vault> {
    gatekeeper.admit(Purpose::Feature, items, |_| None).unwrap()
}

/// What reads, given who decides, where values go, and what the model knows.
type Read = fn(&Arc<Gatekeeper>, &Arc<Vault>, &Arc<Facts>);

fn pass(gatekeeper: &Arc<Gatekeeper>, vault: &Arc<Vault>, facts: &Arc<Facts>) {
    let collection = Collection::new(Arc::clone(gatekeeper), Arc::clone(vault), &EXPIRY);
    let reader: Arc<dyn Reader> = Arc::new(Platformed(Arc::clone(facts)));
    collection.read_platform(&*reader, only(MODEL));
}

fn source(gatekeeper: &Arc<Gatekeeper>, vault: &Arc<Vault>, facts: &Arc<Facts>) {
    let collection = Collection::new(Arc::clone(gatekeeper), Arc::clone(vault), &EXPIRY);
    collection.read_source(&agent(facts, 0), only(AGENT));
}

/// A collection of what is agreed to; it is taken back, and agreed to again.
fn taken_back_and_agreed_again(name: &'static str, bound: Option<usize>, read: Read) {
    explore(name, bound, move || {
        let (gatekeeper, facts) = (gatekeeper(&policy()), Facts::new());
        gatekeeper.update_consent(&agreed()).unwrap();
        let vault = admit(&gatekeeper, [MODEL, AGENT].into_iter().collect());
        let reading = thread::spawn({
            let (gatekeeper, vault, facts) =
                (Arc::clone(&gatekeeper), Arc::clone(&vault), Arc::clone(&facts));
            move || read(&gatekeeper, &vault, &facts)
        });
        gatekeeper.update_consent(&revoked()).unwrap();
        facts.taken_back();
        assert!(!has_value(&vault), "the vault has a value of what was taken back");
        assert!(!vault.is_held(), "somebody still holds a value");
        let reads = facts.known().reads;
        gatekeeper.update_consent(&agreed()).unwrap();
        reading.join().unwrap();
        assert!(!has_value(&vault), "what was taken back in between has arrived");
        assert_eq!(facts.known().reads, reads, "it was read by an older consent");
        let missing = vault.read(|contents| Ok(contents.missing().collect::<Vec<_>>())).unwrap();
        let revoked = Missing::Withheld(Withheld::Revoked);
        assert_eq!(missing, [(MODEL, revoked), (AGENT, revoked)]);
        facts.check();
    });
}

#[test]
fn what_is_taken_back_and_agreed_to_again_does_not_arrive() {
    taken_back_and_agreed_again("gatekeeper: a pass, revoked, granted again", None, pass);
}

/// A source may be in its own code when the revocation returns, so only what it gives is looked at.
#[test]
fn a_source_that_runs_on_delivers_nothing() {
    explore("gatekeeper: a source, revoked, granted again", None, || {
        let (gatekeeper, facts) = (gatekeeper(&policy()), Facts::new());
        gatekeeper.update_consent(&agreed()).unwrap();
        let vault = admit(&gatekeeper, only(AGENT));
        let reading = thread::spawn({
            let (gatekeeper, vault, facts) =
                (Arc::clone(&gatekeeper), Arc::clone(&vault), Arc::clone(&facts));
            move || source(&gatekeeper, &vault, &facts)
        });
        gatekeeper.update_consent(&revoked()).unwrap();
        assert!(!has_value(&vault) && !vault.is_held());
        gatekeeper.update_consent(&agreed()).unwrap();
        reading.join().unwrap();
        assert!(!has_value(&vault), "what was taken back in between has arrived");
        facts.check();
    });
}

/// As it was: before the value was handed over, it was asked whether that is permitted *now*.
#[test]
#[should_panic(expected = "what was taken back in between has arrived")]
fn control_a_second_decision_that_is_not_held_against_the_first() {
    taken_back_and_agreed_again("control", None, |gatekeeper, vault, facts| {
        if vault.awaited().contains(MODEL) {
            // A decision of its own. Only a lucky order gets here after everybody agreed again.
            let own = admit(gatekeeper, only(MODEL));
            if gatekeeper.begin(&own, MODEL, Answer::NeedsNone).is_some() {
                let again = vault.read(|contents| Ok(contents.missing().count() > 0)).unwrap();
                assert!(!again, "what was taken back in between has arrived");
            }
        }
        let _ = facts;
    });
}

/// Two items, of which the second is agreed to while the system is asked for the first: it is not read, or was asked for itself.
fn agreed_to_in_between(name: &'static str, read: Read) {
    explore(name, None, move || {
        let (gatekeeper, facts) = (gatekeeper(&policy()), Facts::new());
        let first = ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::Device);
        gatekeeper.update_consent(&first).unwrap();
        let vault = admit(&gatekeeper, [MODEL, AGENT].into_iter().collect());
        let agreeing = thread::spawn({
            let gatekeeper = Arc::clone(&gatekeeper);
            move || gatekeeper.update_consent(&ConsentUpdate::new().grant(Category::WebView)).unwrap()
        });
        read(&gatekeeper, &vault, &facts);
        agreeing.join().unwrap();
        let known = facts.known();
        assert!(known.reads <= 1 || known.asked, "it was read and the system was not asked");
        let missing = vault.read(|contents| Ok(contents.missing().collect::<Vec<_>>())).unwrap();
        assert_eq!(missing, [(AGENT, Missing::Withheld(Withheld::NotGranted))]);
    });
}

#[test]
fn what_the_system_was_not_asked_for_is_not_read() {
    agreed_to_in_between("gatekeeper: agreed to between two decisions", |gatekeeper, vault, facts| {
        pass(gatekeeper, vault, facts);
        source(gatekeeper, vault, facts);
    });
}

/// As it was: the system is asked for what the first decision permits; the second decides anew, and not asked counts as granted.
#[test]
#[should_panic(expected = "it was read and the system was not asked")]
fn control_not_asked_counts_as_granted() {
    agreed_to_in_between("control", |gatekeeper, vault, facts| {
        let source: Source = agent(facts, 0);
        if vault.awaited().contains(AGENT) {
            let _ = source.permission();
        }
        pass(gatekeeper, vault, facts);
        let second = admit(gatekeeper, only(AGENT));
        if let Some(until) = gatekeeper.begin(&second, AGENT, Answer::NeedsNone) {
            let call = crate::feature::call::Call::new(&second, AGENT, until);
            let _ = source.read(AGENT, &call, &mut Box::default());
        }
    });
}

/// Two sessions and one interval: whatever the order is, one of them reads.
#[test]
fn one_of_two_reads_within_an_interval() {
    explore("gatekeeper: two sessions, one interval", None, || {
        let mut policy = policy();
        policy.categories.values_mut().for_each(|category| category.minimum_interval_ms = Some(60_000));
        let intervals: &Intervals = Box::leak(Box::new(Intervals::new()));
        let facts = Facts::new();
        let session = || {
            let gatekeeper = Gatekeeper::new(&policy, Platform::Linux, intervals);
            gatekeeper.update_consent(&agreed()).unwrap();
            let facts = Arc::clone(&facts);
            move || {
                let vault = admit(&gatekeeper, only(MODEL));
                if gatekeeper.begin(&vault, MODEL, Answer::NeedsNone).is_some() {
                    facts.read();
                }
            }
        };
        let (one, two) = (session(), session());
        let other = thread::spawn(one);
        two();
        other.join().unwrap();
        assert_eq!(facts.known().reads, 1);
    });
}

/// A collection that is admitted while the session is closed: refused, or found by the close.
#[test]
fn nothing_begins_in_a_closed_session() {
    explore("gatekeeper: a close while a collection is admitted", None, || {
        let (gatekeeper, facts) = (gatekeeper(&policy()), Facts::new());
        gatekeeper.update_consent(&agreed()).unwrap();
        let collecting = thread::spawn({
            let (gatekeeper, facts) = (Arc::clone(&gatekeeper), Arc::clone(&facts));
            move || match gatekeeper.admit(Purpose::Feature, only(MODEL), |_| None) {
                Ok(vault) => {
                    pass(&gatekeeper, &vault, &facts);
                    let ended = vault.finish();
                    (has_value(&vault), ended.err())
                }
                Err(closed) => (false, Some(closed)),
            }
        });
        gatekeeper.close();
        facts.taken_back();
        let (has_value, error) = collecting.join().unwrap();
        assert!(!has_value || error.is_none(), "a closed collection has a value");
        assert!(matches!(error, None | Some(Error::Closed)));
        facts.check();
    });
}
