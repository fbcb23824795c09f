//! Who waits for whom. Every order of it is in `core/src/models/vault.rs`.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::*;

const AN_HOUR: Duration = Duration::from_secs(3_600);

/// One in which each of the items is awaited.
pub(crate) fn vault(items: &[Item], retention_ms: u64) -> Vault {
    let until = clock::now() + AN_HOUR;
    let outcomes = items.iter().map(|item| (*item, Outcome::Awaited(until))).collect();
    Vault::new(Purpose::Feature, retention_ms, outcomes, ItemSet::default())
}

fn model() -> ItemSet {
    [Item::DeviceModel].into_iter().collect()
}

/// Waits for the model on another thread while this one does something. Says whether that thread had come back before.
fn waited(vault: &Vault, meanwhile: impl FnOnce()) -> bool {
    let came_back = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            vault.wait(model(), vault.latest(model()).or(Some(clock::now() + AN_HOUR)));
            came_back.store(true, Ordering::Release);
        });
        for _ in 0..50 {
            thread::sleep(Duration::from_millis(1));
            if came_back.load(Ordering::Acquire) {
                break;
            }
        }
        let before = came_back.load(Ordering::Acquire);
        meanwhile();
        before
    })
}

#[test]
fn whoever_waits_for_an_item_is_woken_and_counted_off() {
    let vault = vault(&[Item::DeviceModel], 60_000);
    assert!(vault.latest(model()).unwrap() > clock::now() + AN_HOUR / 2);
    assert!(!waited(&vault, || _ = vault.deliver(Item::DeviceModel, |_| ())));
    assert_eq!(vault.lock().waiting, 0, "or every later change would be a system call");
    assert_eq!(vault.latest(model()), None, "nothing is awaited any more");
}

#[test]
fn a_part_that_is_at_work_is_waited_for() {
    let vault = Arc::new(vault(&[Item::DeviceModel], 60_000));
    let (first, second) = (Vault::part(&vault), Vault::part(&vault));
    vault.deliver(Item::DeviceModel, |_| ());
    drop(first);
    assert!(!waited(&vault, || drop(second)), "the value is here, and one part is not done");
}

#[test]
fn a_part_whose_item_was_taken_back_is_not_waited_for() {
    let vault = Arc::new(vault(&[Item::DeviceModel], 60_000));
    let part = Vault::part(&vault);
    vault.withhold(|_| Some(Withheld::Revoked));
    assert!(waited(&vault, || ()), "it may hang");
    drop(part);
}

#[test]
fn a_part_whose_value_was_taken_back_is_waited_for() {
    let vault = Arc::new(vault(&[Item::DeviceModel], 60_000));
    let part = Vault::part(&vault);
    vault.deliver(Item::DeviceModel, |_| ());
    vault.withhold(|_| Some(Withheld::Revoked));
    assert!(!waited(&vault, || drop(part)), "it had its value, so it does not hang");
}

/// A process that slept has a thread that did not.
#[test]
fn what_is_due_ends_when_it_is_read() {
    let vault = vault(&[], 1);
    vault.finish().unwrap();
    thread::sleep(Duration::from_millis(5));
    assert_eq!(vault.read(|_| Ok(())), Err(Error::Expired));
    assert!(vault.has_ended());
}

#[test]
fn a_revocation_waits_for_hands_of_before_and_for_no_others() {
    let vault = vault(&[Item::DeviceModel, Item::WebViewUserAgent], 60_000);

    assert!(vault.withhold(|category| (category == Category::Device).then_some(Withheld::Revoked)));
    assert!(vault.grip(Item::DeviceModel).is_none(), "there is nothing to bring any more");
    // Another thread's, which never lets go.
    thread::scope(|scope| scope.spawn(|| mem::forget(vault.grip(Item::WebViewUserAgent))).join().unwrap());
    let before = clock::now();
    vault.settle();
    assert!(before.elapsed() < PATIENCE, "it waited for a hand that came afterwards");

    // The control: now that hand is one of before, and it is waited for as long as there is patience.
    assert!(vault.withhold(|_| Some(Withheld::Revoked)));
    let before = clock::now();
    vault.settle();
    assert!((PATIENCE..PATIENCE * 20).contains(&before.elapsed()));
    assert!(vault.is_held());
}

/// A source that gives up when its time is over is as late as one that hangs.
#[test]
fn what_fails_too_late_was_late() {
    for (until, expected) in
        [(clock::now(), Unavailable::TimedOut), (clock::now() + AN_HOUR, Unavailable::NotReady)]
    {
        let outcomes = [(Item::DeviceModel, Outcome::Reading(until))].into_iter().collect();
        let vault = Vault::new(Purpose::Feature, 1_000, outcomes, ItemSet::default());
        vault.miss(model(), Unavailable::NotReady.into());
        let missing = vault.read(|contents| Ok(contents.missing().collect::<Vec<_>>()));
        assert_eq!(missing, Ok(vec![(Item::DeviceModel, expected.into())]));
    }
}
