//! Policy and consent in any order: what may be read is what a second, plain account of the rules says, and what is taken back is gone
//! from every snapshot when the call returns.
#![no_main]

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use scruple::{
    Age, Category, CategoryPolicy, ConsentUpdate, Decision, Error, Grant, HostRecords, Item, ItemPolicy,
    LocationAccuracy, Platform, Policy, Purpose, Session, Snapshot, fuzzing,
};
use scruple_fuzz::{Result, Unstructured, hosts, rules};

fuzz_target!(|bytes: &[u8]| {
    let mut from = Unstructured::new(bytes);
    let _ = life(&mut from);
});

/// More would only make a run slower.
const STEPS: usize = 16;

/// What a person said so far.
struct Said {
    age: Age,
    granted: HashSet<Grant>,
}

impl Said {
    fn update(&mut self, update: &ConsentUpdate) {
        self.age = update.age.unwrap_or(self.age);
        self.granted.extend(&update.granted);
        self.granted.retain(|grant| !update.revoked.contains(grant));
    }

    fn agrees(&self, item: Item, purpose: Purpose) -> bool {
        let grant = Grant { category: item.category(), purpose };
        self.age == Age::AtLeastMinimum && self.granted.contains(&grant)
    }
}

fn life(from: &mut Unstructured<'_>) -> Result<()> {
    let policy = policy(from)?;
    let answers = from.bytes(from.len() / 3)?;
    let sources = hosts::sources(Platform::Apple, answers);
    let Ok(session) = fuzzing::session(Platform::Apple, &policy, sources) else { return Ok(()) };
    let mut said = Said { age: Age::Unknown, granted: HashSet::new() };
    let mut snapshots = Vec::<Arc<Snapshot>>::new();
    for _ in 0..STEPS {
        match from.int_in_range(0..=5)? {
            0..=2 => {
                let update = update(from)?;
                session.update_consent(&update).expect("the session is open");
                said.update(&update);
                snapshots.iter().for_each(|snapshot| taken_back(snapshot, &said));
            }
            3 => {
                let records =
                    HostRecords::from_json(include_str!("../../../docs/examples/host-records.json"));
                session.supply(records.expect("the example is right")).expect("it is taken");
            }
            4 if snapshots.len() < 8 => {
                let snapshot =
                    session.collect(*from.choose(Purpose::ALL)?, None).expect("the session is open");
                taken_back(&snapshot, &said);
                rules::snapshot(&snapshot);
                snapshots.push(snapshot);
            }
            _ => explained(&session, &policy, &said),
        }
    }
    session.close();
    assert!(
        snapshots.iter().all(|snapshot| snapshot.to_json() == Err(Error::Closed)),
        "a snapshot outlives its session"
    );
    Ok(())
}

/// Every decision is the one of the plain account.
fn explained(session: &Arc<Session>, policy: &Policy, said: &Said) {
    for purpose in Purpose::ALL {
        let decisions = session.explain(*purpose).expect("the session is open");
        for item in Item::ALL {
            let permitted = is_on(policy, *item, *purpose)
                && item.purposes().contains(purpose)
                && said.agrees(*item, *purpose);
            match decisions[item] {
                Decision::Permitted => assert!(permitted, "{item} is permitted"),
                Decision::Withheld(scruple::Withheld::TooSoon { .. }) => {
                    assert!(permitted, "{item} is too soon")
                }
                Decision::Withheld(reason) => assert!(!permitted, "{item} is withheld: {reason:?}"),
            }
        }
    }
}

fn is_on(policy: &Policy, item: Item, purpose: Purpose) -> bool {
    let Some(category) = policy.categories.get(&item.category()) else { return false };
    let own = category.items.get(&item);
    let by_accuracy = item != Item::LocationPrecise || policy.location_accuracy == LocationAccuracy::Precise;
    category.enabled
        && category.purposes.contains(&purpose)
        && by_accuracy
        && own.map_or(item != Item::DeviceName, |own| {
            own.enabled && own.purposes.as_ref().is_none_or(|purposes| purposes.contains(&purpose))
        })
}

/// No snapshot has a value that is not agreed to now.
fn taken_back(snapshot: &Snapshot, said: &Said) {
    let missing = snapshot.missing().expect("the session is open");
    for item in Item::ALL.iter().filter(|item| !said.agrees(**item, snapshot.purpose())) {
        assert!(missing.contains_key(item), "{item} outlived its consent");
    }
    let json: serde_json::Value =
        serde_json::from_str(&snapshot.to_json().expect("it lives")).expect("it is JSON");
    for item in Item::ALL.iter().filter(|item| missing.contains_key(item)) {
        assert!(json["items"][item.id()].get("value").is_none(), "{item} is missing and there");
    }
}

fn policy(from: &mut Unstructured<'_>) -> Result<Policy> {
    if from.ratio(1, 4)? {
        return Ok(hosts::policy());
    }
    let mut categories = HashMap::new();
    for category in Category::ALL {
        let mut items = HashMap::new();
        for item in Item::ALL.iter().filter(|item| item.category() == *category) {
            if from.ratio(1, 4)? {
                let purposes = if from.arbitrary()? { Some(purposes(from)?) } else { None };
                items.insert(
                    *item,
                    ItemPolicy { enabled: from.arbitrary()?, purposes, minimum_interval_ms: None },
                );
            }
        }
        let own = CategoryPolicy {
            enabled: from.ratio(3, 4)?,
            purposes: purposes(from)?,
            minimum_interval_ms: Some(0),
            deadline_ms: Some(60_000),
            items,
        };
        categories.insert(*category, own);
    }
    let location_accuracy = *from.choose(LocationAccuracy::ALL)?;
    Ok(Policy { location_accuracy, categories, ..Policy::default() })
}

fn purposes(from: &mut Unstructured<'_>) -> Result<HashSet<Purpose>> {
    let bits = from.int_in_range(0..=7_u8)?.max(3) & 3;
    Ok(Purpose::ALL.iter().copied().filter(|purpose| bits & (1 << *purpose as u8) != 0).collect())
}

fn update(from: &mut Unstructured<'_>) -> Result<ConsentUpdate> {
    let age = match from.int_in_range(0..=7_u8)? {
        0 => Some(Age::Unknown),
        1 => Some(Age::BelowMinimum),
        2..=5 => Some(Age::AtLeastMinimum),
        _ => None,
    };
    let (granted, revoked) =
        (grants(from.arbitrary()?), grants(from.arbitrary::<u32>()? & from.arbitrary::<u32>()?));
    Ok(ConsentUpdate { age, granted, revoked })
}

/// A bit for each category and purpose.
fn grants(bits: u32) -> HashSet<Grant> {
    let all = Category::ALL.iter().flat_map(|category| {
        Purpose::ALL.iter().map(|purpose| Grant { category: *category, purpose: *purpose })
    });
    all.enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, grant)| grant).collect()
}
