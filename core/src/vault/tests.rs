//! Whom a revocation waits for. Every order of it is in `core/src/models/vault.rs`.

use std::mem;
use std::thread;

use super::*;

#[test]
fn a_revocation_waits_for_hands_of_before_and_for_no_others() {
    let until = clock::now() + Duration::from_secs(3_600);
    let items = [Item::DeviceModel, Item::WebViewUserAgent];
    let outcomes = items.into_iter().map(|item| (item, Outcome::Awaited(until))).collect();
    let vault = Vault::new(Purpose::Feature, 60_000, outcomes, ItemSet::default());

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
