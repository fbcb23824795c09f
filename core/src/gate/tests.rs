//! The gate over its whole input space, held against a specification written from the design and not from the gate.

use super::*;
use crate::outcome::Layer;

/// A request with the system's answer: what a whole decision depends on. `None` is an item for which the system has no permission.
#[derive(Debug, Clone, Copy)]
struct Case {
    item: Item,
    purpose: Purpose,
    rule: Rule,
    standing: Standing,
    age: Age,
    since_last_read_ms: Option<u64>,
    system: Option<SystemPermission>,
}

/// Some minimum interval; the times since the last read lie around it.
const MINIMUM: u64 = 30_000;

/// Every request with one field at each of its values, from the widest to the narrowest.
type Axis = fn(Case) -> Vec<Case>;

/// What a request is about: neither is wider than another.
const SUBJECT: [Axis; 2] = [
    |request| Item::ALL.iter().map(|item| Case { item: *item, ..request }).collect(),
    |request| Purpose::ALL.iter().map(|purpose| Case { purpose: *purpose, ..request }).collect(),
];

/// What narrows it, by the layer that looks at it.
const LAYERS: [(Layer, Axis); 9] = [
    (Layer::Policy, |request| {
        [true, false].map(|enabled| Case { rule: Rule { enabled, ..request.rule }, ..request }).into()
    }),
    (Layer::Policy, |request| {
        [true, false].map(|feature| Case { rule: Rule { feature, ..request.rule }, ..request }).into()
    }),
    (Layer::Policy, |request| {
        let with = |troubleshooting| Rule { troubleshooting, ..request.rule };
        [true, false].map(|on| Case { rule: with(on), ..request }).into()
    }),
    (Layer::Policy, |request| {
        let with = |accuracy| Rule { accuracy, ..request.rule };
        [LocationAccuracy::Precise, LocationAccuracy::Fuzzy]
            .map(|accuracy| Case { rule: with(accuracy), ..request })
            .into()
    }),
    (Layer::Consent, |request| {
        [Standing::Granted, Standing::NotGranted, Standing::Revoked]
            .map(|standing| Case { standing, ..request })
            .into()
    }),
    (Layer::Age, |request| {
        [Age::AtLeastMinimum, Age::Unknown, Age::BelowMinimum].map(|age| Case { age, ..request }).into()
    }),
    (Layer::Interval, |request| {
        let with = |minimum_interval_ms| Rule { minimum_interval_ms, ..request.rule };
        [0, MINIMUM].map(|minimum| Case { rule: with(minimum), ..request }).into()
    }),
    (Layer::Interval, |request| {
        [None, Some(MINIMUM + 1), Some(MINIMUM), Some(MINIMUM - 1), Some(0)]
            .map(|since_last_read_ms| Case { since_last_read_ms, ..request })
            .into()
    }),
    (Layer::System, |request| {
        [
            None,
            Some(SystemPermission::Granted),
            Some(SystemPermission::NotDetermined),
            Some(SystemPermission::Denied),
            Some(SystemPermission::Restricted),
        ]
        .map(|system| Case { system, ..request })
        .into()
    }),
];

/// How many values each axis has: subject, policy, consent, age, interval, system.
const CASES: usize = (Item::ALL.len() * 2) * (2 * 2 * 2 * 2) * 3 * 3 * (2 * 5) * 5;

/// Every combination of some axes' values.
fn product(axes: impl IntoIterator<Item = Axis>) -> Vec<Case> {
    let any = Case {
        item: Item::DeviceModel,
        purpose: Purpose::Feature,
        rule: Rule::OFF,
        standing: Standing::NotGranted,
        age: Age::Unknown,
        since_last_read_ms: None,
        system: None,
    };
    axes.into_iter().fold(vec![any], |cases, axis| cases.into_iter().flat_map(axis).collect())
}

fn every_case() -> Vec<Case> {
    let cases = product(SUBJECT.into_iter().chain(LAYERS.map(|(_, axis)| axis)));
    assert_eq!(cases.len(), CASES, "the enumeration has changed its size");
    cases
}

/// The specification: a row a reason, in the order of asking; the first that applies is reported.
fn specified(request: &Case) -> Option<(Layer, &'static str, Withheld)> {
    let Case { item, purpose, rule, standing, age, since_last_read_ms, system } = *request;
    let out_of_purpose = item.id().ends_with(".troubleshooting") && purpose == Purpose::Feature;
    let precise = item.id() == "location.precise";
    let fuzzy_chosen = rule.accuracy == LocationAccuracy::Fuzzy;
    let on_for_purpose = match purpose {
        Purpose::Feature => rule.feature,
        Purpose::Troubleshooting => rule.troubleshooting,
    };
    let remaining_ms = match since_last_read_ms {
        Some(since) if since < rule.minimum_interval_ms => rule.minimum_interval_ms - since,
        _ => 0,
    };
    let rows = [
        (Layer::Agreement, "not_for_this_purpose", Withheld::NotForThisPurpose, out_of_purpose),
        (Layer::Policy, "switched_off", Withheld::SwitchedOff, !rule.enabled),
        (Layer::Policy, "purpose_off", Withheld::PurposeOff, !on_for_purpose),
        (Layer::Policy, "precise_while_fuzzy", Withheld::PreciseWhileFuzzy, precise && fuzzy_chosen),
        (Layer::Consent, "not_granted", Withheld::NotGranted, standing == Standing::NotGranted),
        (Layer::Consent, "revoked", Withheld::Revoked, standing == Standing::Revoked),
        (Layer::Age, "unknown", Withheld::AgeUnknown, age == Age::Unknown),
        (Layer::Age, "below_minimum", Withheld::AgeBelowMinimum, age == Age::BelowMinimum),
        (Layer::Interval, "too_soon", Withheld::TooSoon { remaining_ms }, remaining_ms > 0),
        (Layer::System, "denied", Withheld::Denied, system == Some(SystemPermission::Denied)),
        (Layer::System, "restricted", Withheld::Restricted, system == Some(SystemPermission::Restricted)),
        (
            Layer::System,
            "not_determined",
            Withheld::NotDetermined,
            system == Some(SystemPermission::NotDetermined),
        ),
    ];
    rows.into_iter().find(|row| row.3).map(|(layer, id, reason, _)| (layer, id, reason))
}

/// Both halves of the gate, one after the other.
fn withheld(case: &Case) -> Option<Withheld> {
    let Case { item, purpose, rule, standing, age, since_last_read_ms, system } = *case;
    let unasked = match decide(&Request { item, purpose, rule, standing, age, since_last_read_ms }) {
        Ok(unasked) => unasked,
        Err(reason) => {
            assert_ne!(reason.layer(), Layer::System, "the system was not asked");
            return Some(reason);
        }
    };
    let permit = unasked.answered(system.map_or(Answer::NeedsNone, Answer::Said));
    assert!(
        permit.as_ref().is_ok_and(|permit| permit.item() == item) || permit.is_err(),
        "another item's permit"
    );
    permit.err()
}

fn permitted(request: &Case) -> bool {
    withheld(request).is_none()
}

#[test]
fn every_case_is_decided_as_specified() {
    for request in every_case() {
        let decided = withheld(&request).map(|reason| (reason.layer(), reason.id(), reason));
        assert_eq!(decided, specified(&request), "{request:?}");
    }
}

/// The specification is itself held to a number counted by hand, lest it and the gate refuse everything alike.
#[test]
fn as_many_cases_are_permitted_as_the_layers_leave() {
    // For each purpose the item is for: the policy's other purpose is free, and so is its accuracy.
    let any_accuracy = (37 * 2 + 2) * 2 * 2;
    let precise_chosen = 2 * 2;
    // No minimum with any of the five times, or a minimum with the three that are not below it; granted or needless.
    let times_and_system = (5 + 3) * 2;
    let permitted = every_case().iter().filter(|request| permitted(request)).count();
    assert_eq!(permitted, (any_accuracy + precise_chosen) * times_and_system);
}

/// Single steps are enough: any narrowing of one layer is a chain of them, and so is any of several layers.
#[test]
fn narrowing_any_one_layer_never_permits_more() {
    let mut steps = 0;
    let mut check = |layer, wider: &Case, narrower: &Case| {
        steps += 1;
        assert!(!permitted(narrower) || permitted(wider), "{layer}: {wider:?} against {narrower:?}");
    };
    for (index, (layer, axis)) in LAYERS.into_iter().enumerate() {
        let others = LAYERS.into_iter().enumerate().filter(|(other, _)| *other != index);
        for request in product(SUBJECT.into_iter().chain(others.map(|(_, (_, axis))| axis))) {
            for pair in axis(request).windows(2) {
                check(layer, &pair[0], &pair[1]);
            }
        }
    }
    // The agreement narrows by giving an item of the same category for one purpose only.
    let by_agreement: [Axis; 2] = [
        |request| {
            [Item::ClipboardContent, Item::ClipboardTroubleshooting]
                .map(|item| Case { item, ..request })
                .into()
        },
        |request| {
            [Item::BluetoothInformation, Item::BluetoothTroubleshooting]
                .map(|item| Case { item, ..request })
                .into()
        },
    ];
    let [_, purposes] = SUBJECT;
    for request in product([purposes].into_iter().chain(LAYERS.map(|(_, axis)| axis))) {
        for axis in by_agreement {
            let [wider, narrower] = axis(request).try_into().unwrap();
            check(Layer::Agreement, &wider, &narrower);
        }
    }
    // An axis of n values has n - 1 steps for each combination of the others.
    let halves = 5 * CASES / 2;
    let thirds = 2 * CASES * 2 / 3;
    let fifths = 2 * CASES * 4 / 5;
    assert_eq!(steps, halves + thirds + fifths + 2 * CASES / Item::ALL.len());
}

/// Needs no specification: the layers are independent of one another, and asked in the design's order.
#[test]
fn the_first_layer_that_refuses_on_its_own_is_the_one_reported() {
    let order = ["agreement", "policy", "consent", "age", "interval", "system"];
    assert_eq!(Layer::ALL.iter().map(|layer| layer.id()).collect::<Vec<_>>(), order);
    for request in every_case() {
        // All other layers are as wide as they can be; the agreement reads the subject, which always stays.
        let alone = |layer: &Layer| {
            let others = LAYERS.iter().filter(|(other, _)| other != layer);
            others.fold(request, |request, (_, axis)| axis(request)[0])
        };
        let first = Layer::ALL.iter().find_map(|layer| withheld(&alone(layer)));
        assert_eq!(withheld(&request), first, "{request:?}");
    }
}

/// What values already read are held against: the two layers that a person can change, and no other.
#[test]
fn agreed_means_that_consent_and_age_permit() {
    let axes = LAYERS.into_iter().filter(|(layer, _)| matches!(layer, Layer::Consent | Layer::Age));
    let cases = product(axes.map(|(_, axis)| axis));
    assert_eq!(cases.len(), 9);
    for request in cases {
        let widened = Case { rule: Rule { enabled: true, feature: true, ..request.rule }, ..request };
        let expected = specified(&widened).map(|(_, _, reason)| reason);
        assert_eq!(not_agreed(request.standing, request.age), expected, "{request:?}");
    }
}

#[test]
fn a_permission_is_wiped_to_the_one_that_says_nothing() {
    let mut permission = SystemPermission::Denied;
    zeroize::Zeroize::zeroize(&mut permission);
    assert_eq!(permission, SystemPermission::Granted);
}
