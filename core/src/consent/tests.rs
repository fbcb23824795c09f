//! Consent by category and purpose: each pair stands alone, and what was taken back stays so until it is agreed to
//! again.

use super::*;
use Standing::{Granted, NotGranted, Revoked};

/// Every category for every purpose.
fn pairs() -> Vec<Grant> {
    Category::ALL.iter().flat_map(|category| both(*category)).collect()
}

fn standings(consent: &Consent) -> Vec<Standing> {
    pairs().iter().map(|pair| consent.standing(pair.category, pair.purpose)).collect()
}

/// A consent where every pair stands alike.
fn all(standing: Standing) -> Consent {
    let pairs: HashSet<_> = pairs().into_iter().collect();
    match standing {
        NotGranted => Consent::NONE,
        Granted => after(Consent::NONE, &ConsentUpdate { granted: pairs, ..ConsentUpdate::new() }),
        Revoked => after(Consent::NONE, &ConsentUpdate { revoked: pairs, ..ConsentUpdate::new() }),
    }
}

fn after(mut consent: Consent, update: &ConsentUpdate) -> Consent {
    consent.update(update);
    consent
}

/// Each update, with how the pairs that it is about stand afterwards, whatever they stood at before.
fn for_one_purpose(Grant { category, purpose }: Grant) -> [(ConsentUpdate, Standing); 4] {
    let new = ConsentUpdate::new;
    [
        (new().grant_for(category, purpose), Granted),
        (new().revoke_for(category, purpose), Revoked),
        // Taking back wins, in whichever order they are stated.
        (new().grant_for(category, purpose).revoke_for(category, purpose), Revoked),
        (new().revoke_for(category, purpose).grant_for(category, purpose), Revoked),
    ]
}

fn for_both_purposes(category: Category) -> [(ConsentUpdate, Standing); 4] {
    let new = ConsentUpdate::new;
    [
        (new().grant(category), Granted),
        (new().revoke(category), Revoked),
        (new().grant(category).revoke(category), Revoked),
        (new().revoke(category).grant(category), Revoked),
    ]
}

/// From each standing of all pairs, `update` moves those that are `about` to `expected` and leaves the others.
fn moves_only(update: &ConsentUpdate, expected: Standing, about: impl Fn(Grant) -> bool) {
    for before in [NotGranted, Granted, Revoked] {
        let expected: Vec<_> =
            pairs().into_iter().map(|pair| if about(pair) { expected } else { before }).collect();
        assert_eq!(standings(&after(all(before), update)), expected, "{update:?} on {before:?}");
    }
}

#[test]
fn at_first_nothing_is_granted_and_the_age_is_unknown() {
    assert_eq!(standings(&Consent::NONE), vec![NotGranted; 10 * 2]);
    assert_eq!(Consent::NONE.age, Age::Unknown);
}

#[test]
fn every_pair_stands_alone() {
    for pair in pairs() {
        for (update, expected) in for_one_purpose(pair) {
            moves_only(&update, expected, |other| other == pair);
        }
    }
}

#[test]
fn a_category_without_a_purpose_means_both() {
    for category in Category::ALL {
        for (update, expected) in for_both_purposes(*category) {
            moves_only(&update, expected, |other| other.category == *category);
        }
    }
}

#[test]
fn one_update_grants_some_and_takes_back_others() {
    let update = ConsentUpdate::new()
        .grant(Category::Device)
        .revoke_for(Category::Device, Purpose::Troubleshooting)
        .revoke(Category::Clipboard);
    let consent = after(all(NotGranted), &update);
    for Grant { category, purpose } in pairs() {
        let expected = match (category.id(), purpose) {
            ("device", Purpose::Feature) => Granted,
            ("device", Purpose::Troubleshooting) | ("clipboard", _) => Revoked,
            _ => NotGranted,
        };
        assert_eq!(consent.standing(category, purpose), expected, "{category} for {purpose}");
    }
}

#[test]
fn what_was_taken_back_can_be_agreed_to_again() {
    let grant = ConsentUpdate::new().grant(Category::Location);
    let revoke = ConsentUpdate::new().revoke(Category::Location);
    let mut consent = Consent::NONE;
    for (update, expected) in [(&grant, Granted), (&revoke, Revoked), (&grant, Granted), (&revoke, Revoked)] {
        consent.update(update);
        for purpose in Purpose::ALL {
            assert_eq!(consent.standing(Category::Location, *purpose), expected);
        }
    }
}

#[test]
fn the_age_changes_only_if_stated_and_nothing_else_with_it() {
    for standing in [NotGranted, Granted, Revoked] {
        for before in Age::ALL {
            let consent = after(all(standing), &ConsentUpdate::new().age(*before));
            for stated in Age::ALL {
                let update = ConsentUpdate::new().age(*stated);
                assert_eq!(after(consent, &update).age, *stated);
                assert_eq!(standings(&after(consent, &update)), standings(&consent));
            }
            for pair in pairs() {
                for (update, _) in for_one_purpose(pair) {
                    assert_eq!(after(consent, &update).age, *before);
                }
            }
            assert_eq!(after(consent, &ConsentUpdate::new()).age, *before);
            assert_eq!(standings(&after(consent, &ConsentUpdate::new())), standings(&consent));
        }
    }
}

#[test]
fn a_category_is_permitted_while_one_purpose_is() {
    let (category, of_age) = (Category::Device, ConsentUpdate::new().age(Age::AtLeastMinimum));
    let permits = |update: &ConsentUpdate| after(Consent::NONE, update).permits_any(category);
    assert!(!permits(&of_age));
    assert!(permits(&of_age.clone().grant_for(category, Purpose::Troubleshooting)));
    assert!(permits(&of_age.clone().grant(category).revoke_for(category, Purpose::Feature)));
    assert!(!permits(&of_age.grant(category).revoke(category)));
    assert!(!permits(&ConsentUpdate::new().grant(category)), "of no age");
}
