//! The end of the retention: watched from several threads while time goes on.

use std::sync::Arc;

use super::{AGENT, MODEL, RETENTION_MS, explore, has_value, only};
use crate::agreement::{ItemSet, Purpose};
use crate::clock;
use crate::expiry::{EXPIRY, Expiry};
use crate::sync::thread;
use crate::vault::{Outcome, Vault};

/// A vault with a value, in which something else is awaited for ever.
fn vault(retention_ms: u64) -> (Arc<Vault>, u64) {
    let far = clock::now() + std::time::Duration::from_secs(3_600);
    let outcomes = [MODEL, AGENT].into_iter().map(|item| (item, Outcome::Awaited(far))).collect();
    let vault = Arc::new(Vault::new(Purpose::Feature, retention_ms, outcomes, ItemSet::default()));
    let due = vault.deliver(MODEL, |values| values.device.model = Some("model".to_owned())).unwrap();
    (vault, due)
}

/// Lets time go on, and says so to the thread that waits for it.
fn pass(ms: u64) {
    clock::advance(ms);
    EXPIRY.wake();
}

/// Ends the model's thread.
fn end() {
    EXPIRY.queue().forget_thread();
    EXPIRY.wake();
}

type Watch = fn(&Expiry, &Arc<Vault>, u64);

/// A value that is due ends in every order of watching and time; the wait for it is the model's, so one for ever is a deadlock.
fn ended(name: &'static str, bound: Option<usize>, watch: Watch) {
    explore(name, bound, move || {
        let (vault, due) = vault(RETENTION_MS);
        EXPIRY.start().unwrap();
        let time = thread::spawn(|| pass(RETENTION_MS));
        watch(&EXPIRY, &vault, due);
        vault.wait(only(AGENT), None);
        assert!(vault.has_ended() && !has_value(&vault));
        assert!(clock::since_boot_ms() >= due, "it ended too early");
        time.join().unwrap();
        end();
    });
}

#[test]
fn what_is_due_ends_in_every_order() {
    ended("expiry: watched while time goes on", Some(3), |expiry, vault, due| expiry.watch(vault, due));
}

/// A thread that goes to sleep for a later one is not told of the earlier one.
#[test]
#[should_panic(expected = "deadlock")]
fn control_a_watch_that_wakes_nobody() {
    ended("control", Some(3), |expiry, vault, due| _ = expiry.queue().watch(vault, due));
}

#[test]
fn a_shorter_retention_is_not_held_up_by_a_longer_one() {
    explore("expiry: a longer and a shorter one", 2, || {
        let ((longer, later), (shorter, sooner)) = (vault(RETENTION_MS), vault(RETENTION_MS / 2));
        EXPIRY.start().unwrap();
        let other = thread::spawn({
            let longer = Arc::clone(&longer);
            move || EXPIRY.watch(&longer, later)
        });
        EXPIRY.watch(&shorter, sooner);
        pass(RETENTION_MS / 2);
        shorter.wait(only(AGENT), None);
        assert!(shorter.has_ended());
        assert!(!longer.has_ended(), "it ended too early");
        other.join().unwrap();
        pass(RETENTION_MS / 2);
        longer.wait(only(AGENT), None);
        end();
    });
}

/// A value that arrives when others have been here for a while is read before their end or not at all.
#[test]
fn what_is_due_is_not_read_however_late_the_thread_is() {
    explore("expiry: a read when it is due", 3, || {
        let (vault, due) = vault(RETENTION_MS);
        EXPIRY.start().unwrap();
        EXPIRY.watch(&vault, due);
        let reading = thread::spawn({
            let vault = Arc::clone(&vault);
            move || {
                let before = clock::since_boot_ms();
                assert!(before < due || !has_value(&vault), "it is due, and it was read");
            }
        });
        pass(RETENTION_MS);
        vault.wait(only(AGENT), None);
        reading.join().unwrap();
        end();
    });
}

/// A vault that is gone is no reason to wait, nor to be held.
#[test]
fn a_dropped_vault_is_not_kept() {
    explore("expiry: a vault that is dropped", 3, || {
        let (vault, due) = vault(RETENTION_MS);
        EXPIRY.start().unwrap();
        EXPIRY.watch(&vault, due);
        let weak = Arc::downgrade(&vault);
        let time = thread::spawn(|| pass(RETENTION_MS));
        drop(vault);
        time.join().unwrap();
        end();
        // The thread may hold it for the moment in which it ends it.
        while weak.strong_count() > 0 {
            thread::yield_now();
        }
    });
}
