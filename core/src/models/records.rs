//! The host's records: supplied, given out and purged at once.

use std::sync::Arc;

use super::{agreed, explore, has_value, only, policy};
use crate::agreement::{Category, Item, Platform, Purpose};
use crate::collection::Collection;
use crate::consent::ConsentUpdate;
use crate::expiry::EXPIRY;
use crate::gatekeeper::Gatekeeper;
use crate::interval::Intervals;
use crate::records::{ApplicationInformation, HostRecords};
use crate::secret::Secret;
use crate::sync::{Mutex, lock, thread};
use crate::vault::Vault;

const NAME: Item = Item::ApplicationName;

fn records() -> Secret<HostRecords> {
    let application =
        ApplicationInformation { name: Some("Shop".to_owned()), ..ApplicationInformation::default() };
    Secret::new(HostRecords { application: Some(application), ..HostRecords::default() })
}

fn revoked() -> ConsentUpdate {
    ConsentUpdate::new().revoke(Category::Application)
}

fn session() -> Arc<Gatekeeper> {
    let gatekeeper = Gatekeeper::new(&policy(), Platform::Linux, Box::leak(Box::new(Intervals::new())));
    gatekeeper.update_consent(&agreed()).unwrap();
    gatekeeper.supply(records()).unwrap();
    Arc::new(gatekeeper)
}

fn collected(gatekeeper: &Arc<Gatekeeper>) -> Arc<Vault> {
    let vault = gatekeeper.admit(Purpose::Feature, only(NAME), |_| None).unwrap();
    Collection::new(Arc::clone(gatekeeper), Arc::clone(&vault), &EXPIRY).give_records(only(NAME));
    vault
}

#[test]
fn what_is_taken_back_is_in_no_vault_and_never_given_again() {
    explore("records: given, revoked, granted again", None, || {
        let gatekeeper = session();
        let giving = thread::spawn({
            let gatekeeper = Arc::clone(&gatekeeper);
            move || collected(&gatekeeper)
        });
        gatekeeper.update_consent(&revoked()).unwrap();
        let live = gatekeeper.first_live();
        assert!(!live.is_some_and(|vault| has_value(&vault)), "the vault has what was taken back");
        gatekeeper.update_consent(&agreed()).unwrap();
        assert!(!has_value(&giving.join().unwrap()), "given after it was taken back");
        assert!(!has_value(&collected(&gatekeeper)), "the records outlived the revocation");
    });
}

/// What is supplied while consent is taken back is there afterwards or not, but in no collection of before.
#[test]
fn what_is_supplied_meanwhile_reaches_no_older_collection() {
    explore("records: supplied while revoked", None, || {
        let gatekeeper = session();
        let older = gatekeeper.admit(Purpose::Feature, only(NAME), |_| None).unwrap();
        let supplying = thread::spawn({
            let gatekeeper = Arc::clone(&gatekeeper);
            move || gatekeeper.supply(records())
        });
        gatekeeper.update_consent(&revoked()).unwrap();
        assert_eq!(gatekeeper.give(&older, NAME), None);
        supplying.join().unwrap().unwrap();
        assert_eq!(gatekeeper.give(&older, NAME), None);
        assert!(!has_value(&older));
    });
}

#[test]
fn a_closed_session_keeps_none() {
    explore("records: supplied while closed", None, || {
        let gatekeeper = session();
        let giving = thread::spawn({
            let gatekeeper = Arc::clone(&gatekeeper);
            move || drop(gatekeeper.supply(records()))
        });
        gatekeeper.close();
        assert!(gatekeeper.admit(Purpose::Feature, only(NAME), |_| None).is_err());
        giving.join().unwrap();
        assert!(!gatekeeper.has_records(), "supplied to a closed session");
    });
}

/// As it was: only what somebody had agreed to was purged, so records of before any consent stayed.
#[test]
#[should_panic(expected = "the records outlived the revocation")]
fn control_a_revocation_that_purges_only_what_was_agreed_to() {
    explore("control", None, || {
        let held = Arc::new(Mutex::new((false, Some("Shop"))));
        let agreeing = thread::spawn({
            let held = Arc::clone(&held);
            move || lock(&held).0 = true
        });
        let mut now = lock(&held);
        if now.0 {
            *now = (false, None);
        }
        drop(now);
        agreeing.join().unwrap();
        assert_eq!(lock(&held).1, None, "the records outlived the revocation");
    });
}
