//! How long a snapshot lives.

use super::*;

#[test]
fn a_snapshot_says_when_it_was_collected_and_until_when_it_lives() {
    let policy = Policy { retention_ms: 3_600_000, ..everything() };
    let session = session_with(&policy, Fake::new(answer));
    let before = clock::since_epoch_ms();
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    let after = clock::since_epoch_ms();
    assert!((before..=after).contains(&snapshot.collected_at_ms().unwrap()));
    // Each of the two clocks is rounded down by itself.
    assert!((before + 3_599_999..=after + 3_600_001).contains(&snapshot.lives_until_ms().unwrap()));
    let empty = session.collect(Purpose::Feature, Some(HashSet::new())).unwrap();
    assert!(empty.lives_until_ms().unwrap() > after + 3_500_000, "also without a value");
}

#[test]
fn retention_ends_a_snapshot_without_a_call() {
    let policy = Policy { retention_ms: 40, ..everything() };
    let session = session_with(&policy, Fake::new(answer));
    let brief = session.collect(Purpose::Feature, None).unwrap();
    let vault = session.gatekeeper.first_live().unwrap();
    assert!(brief.device().unwrap().model.is_some());
    for _ in 0..1000 {
        if vault.has_ended() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert!(vault.has_ended(), "nobody ended it");
    assert_eq!(brief.device().err(), Some(Error::Expired));
    assert_eq!(brief.to_json().err(), Some(Error::Expired));
    assert_eq!(brief.lives_until_ms(), Err(Error::Expired));
    brief.close();
    assert_eq!(brief.collected_at_ms(), Err(Error::Closed));
    assert_eq!(brief.device().err(), Some(Error::Closed));
}

#[test]
fn a_shorter_retention_is_not_held_up_by_a_longer_one() {
    let long = session(Fake::new(answer));
    let _long = long.collect(Purpose::Feature, None).unwrap();
    retention_ends_a_snapshot_without_a_call();
}
