//! Measures Scruple, under the allocator that shipped artifacts set.

mod samples;

use std::hint::black_box;
use std::sync::Arc;

use samples::Repeated;
use scruple::{
    Age, Category, CategoryPolicy, ConsentUpdate, Item, ItemPolicy, Policy, Purpose, Session, Snapshot,
};

#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() {
    samples::take(prepare);
}

/// What a host does before its first collection, and then what it does for each.
fn prepare(subject: &str) -> Repeated {
    match subject {
        "device" => collection(&[Category::Device]),
        "processes" => collection(&[Category::ProcessList]),
        "both" => collection(&[Category::Device, Category::ProcessList]),
        "denied" => collection(&[]),
        "decisions" => {
            let session = open(&[Category::Device, Category::ProcessList]);
            Box::new(move || _ = black_box(session.explain(Purpose::Feature)))
        }
        // Of what Kotlin and Swift hosts do, each part alone.
        "audit" => {
            let session = open(&[]);
            Box::new(move || _ = black_box(session.audit()))
        }
        "collect" => {
            let session = open(&[Category::Device]);
            Box::new(move || _ = black_box(collect(&session)))
        }
        "read" => {
            let session = open(&[Category::Device]);
            let held = collect(&session);
            Box::new(move || {
                black_box(held.device().expect("it is live"));
                // A session that is dropped closes its snapshots.
                black_box(&session);
            })
        }
        other => panic!("no such subject: {other}"),
    }
}

/// Everything that Linux can give is switched on, and the process list as often as one likes.
fn policy() -> Policy {
    let on = CategoryPolicy { enabled: true, minimum_interval_ms: Some(0), ..CategoryPolicy::default() };
    let name = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let device = CategoryPolicy { items: [(Item::DeviceName, name)].into(), ..on.clone() };
    let categories = [(Category::Device, device), (Category::ProcessList, on)].into();
    Policy { categories, ..Policy::default() }
}

/// A session whose user agreed to these categories.
fn open(agreed: &[Category]) -> Arc<Session> {
    let session = Session::open(policy(), Vec::new()).expect("it is in range");
    let consent = agreed.iter().fold(ConsentUpdate::new(), |consent, category| consent.grant(*category));
    session.update_consent(&consent.age(Age::AtLeastMinimum)).expect("it is open");
    session
}

/// Collects the device items and no others.
fn collect(session: &Session) -> Arc<Snapshot> {
    let device = Item::ALL.iter().copied().filter(|item| item.category() == Category::Device).collect();
    session.collect(Purpose::Feature, Some(device)).expect("it is open")
}

/// Collects, reads what was collected, and wipes it.
fn collection(agreed: &'static [Category]) -> Repeated {
    let session = open(agreed);
    Box::new(move || {
        let snapshot = session.collect(Purpose::Feature, None).expect("it is open");
        if agreed.contains(&Category::Device) {
            black_box(snapshot.device().expect("it is live"));
        }
        if agreed.contains(&Category::ProcessList) {
            black_box(snapshot.features().expect("it is live"));
        }
        snapshot.close();
    })
}
