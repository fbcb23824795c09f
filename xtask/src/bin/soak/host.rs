//! What a host does at random, and what it must never see.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use scruple::{Age, Category, CategoryPolicy, ConsentUpdate, Item, Policy, Purpose, Session, Snapshot};

use crate::sources;

/// What is collected: of the platform and of the sources.
const CATEGORIES: [Category; 5] =
    [Category::Device, Category::WebView, Category::Nfc, Category::Location, Category::Identifier];

/// What was done and seen.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    collections: AtomicU64,
    values: AtomicU64,
    revocations: AtomicU64,
    wiped: AtomicU64,
    closed: AtomicU64,
    violations: AtomicU64,
}

impl Tally {
    pub(crate) fn violations(&self) -> u64 {
        self.violations.load(Ordering::Relaxed)
    }

    /// Whether there was anything to see.
    pub(crate) fn has_controls(&self) -> bool {
        self.values.load(Ordering::Relaxed) > 0 && self.wiped.load(Ordering::Relaxed) > 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { collections, values, revocations, wiped, closed, violations } = self;
        let [collections, values, revocations, wiped, closed, violations] =
            [collections, values, revocations, wiped, closed, violations]
                .map(|count| count.load(Ordering::Relaxed));
        write!(
            f,
            "{collections} collections  {values} values  {revocations} revocations ({wiped} wiped values)  \
             {closed} sessions closed  {violations} violations"
        )
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// A session that is closed and opened again, and what was agreed to in it.
pub(crate) struct Host(RwLock<Arc<Open>>);

struct Open {
    session: Arc<Session>,
    /// One change at a time, so that it is known what stands. For each category: odd when a revocation has returned and no grant has
    /// begun since.
    changing: Mutex<()>,
    taken_back: [AtomicU64; CATEGORIES.len()],
    /// Snapshots that any thread may still read.
    live: Mutex<VecDeque<Arc<Snapshot>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Open {
    fn new() -> Arc<Self> {
        let on = CategoryPolicy {
            enabled: true,
            minimum_interval_ms: Some(0),
            deadline_ms: Some(50),
            ..CategoryPolicy::default()
        };
        let policy = Policy {
            categories: CATEGORIES.iter().map(|category| (*category, on.clone())).collect(),
            retention_ms: 2_000,
            ..Policy::default()
        };
        let session = Session::open(policy, sources::all()).expect("the policy is in range");
        let agreed = CATEGORIES.iter().fold(ConsentUpdate::new(), |update, category| update.grant(*category));
        session.update_consent(&agreed.age(Age::AtLeastMinimum)).expect("it is open");
        Arc::new(Self {
            session,
            changing: Mutex::new(()),
            taken_back: Default::default(),
            live: Mutex::default(),
        })
    }

    /// Collects a few items, and keeps the snapshot for a while.
    fn collect(&self, random: &mut Random, tally: &Tally) {
        let items: &[&[Item]] = &[
            &[Item::DeviceModel, Item::DeviceCpu, Item::DevicePlatform],
            &[Item::WebViewUserAgent],
            &[Item::DevicePlatform, Item::NfcInformation],
            &[Item::LocationFuzzy, Item::WebViewUserAgent],
            &[Item::IdentifierIdfa],
            &[Item::DevicePlatform, Item::WebViewUserAgent, Item::NfcInformation, Item::LocationFuzzy],
        ];
        let items = items[random.below(items.len())].iter().copied().collect();
        count(&tally.collections);
        let Ok(snapshot) = self.session.collect(Purpose::Feature, Some(items)) else { return };
        self.check(&snapshot, tally);
        let mut live = lock(&self.live);
        live.push_back(snapshot);
        let oldest = if live.len() > 32 { live.pop_front() } else { None };
        drop(live);
        drop(oldest);
    }

    /// A snapshot that is there has no value of what was taken back before it is read.
    fn check(&self, snapshot: &Snapshot, tally: &Tally) {
        for (category, taken_back) in CATEGORIES.iter().zip(&self.taken_back) {
            let is_over = taken_back.load(Ordering::SeqCst) % 2 == 1;
            match (has_value(snapshot, *category), is_over) {
                (true, true) => count(&tally.violations),
                (true, false) => count(&tally.values),
                (false, _) => {}
            }
        }
    }

    /// Takes a category back, and looks at every snapshot that there was.
    fn revoke(&self, at: usize, tally: &Tally) {
        let category = CATEGORIES[at];
        let _one = lock(&self.changing);
        if self.taken_back[at].load(Ordering::SeqCst) % 2 == 1 {
            return;
        }
        let before: Vec<_> = lock(&self.live).iter().cloned().collect();
        let had = before.iter().filter(|snapshot| has_value(snapshot, category)).count();
        if self.session.update_consent(&ConsentUpdate::new().revoke(category)).is_err() {
            return;
        }
        self.taken_back[at].fetch_add(1, Ordering::SeqCst);
        count(&tally.revocations);
        tally.wiped.fetch_add(had as u64, Ordering::Relaxed);
        let still = before.iter().filter(|snapshot| has_value(snapshot, category)).count();
        tally.violations.fetch_add(still as u64, Ordering::Relaxed);
    }

    fn grant(&self, at: usize) {
        let _one = lock(&self.changing);
        if self.taken_back[at].load(Ordering::SeqCst) % 2 == 1 {
            self.taken_back[at].fetch_add(1, Ordering::SeqCst);
            let _ = self.session.update_consent(&ConsentUpdate::new().grant(CATEGORIES[at]));
        }
    }

    /// After a close no snapshot has anything.
    fn close(&self, tally: &Tally) {
        self.session.close();
        count(&tally.closed);
        let live = lock(&self.live);
        let of_snapshot = |snapshot: &Arc<Snapshot>| {
            CATEGORIES.iter().filter(|category| has_value(snapshot, **category)).count()
        };
        let still: usize = live.iter().map(of_snapshot).sum();
        tally.violations.fetch_add(still as u64, Ordering::Relaxed);
    }
}

impl Host {
    pub(crate) fn open() -> Self {
        Self(RwLock::new(Open::new()))
    }

    fn current(&self) -> Arc<Open> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn reopen(&self, tally: &Tally) {
        let open = Open::new();
        let old = std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), open);
        old.close(tally);
    }
}

fn has_value(snapshot: &Snapshot, category: Category) -> bool {
    if category == Category::Device {
        return snapshot.device().is_ok_and(|device| device.platform.is_some() || device.model.is_some());
    }
    snapshot.features().is_ok_and(|features| {
        (category == Category::WebView && features.user_agent.is_some())
            || (category == Category::Nfc && features.nfc.is_some())
            || (category == Category::Location && features.fuzzy_location.is_some())
            || (category == Category::Identifier && features.idfa.is_some())
    })
}

/// What one thread does, as long as it may.
pub(crate) fn work(hosts: &[Host], tally: &Tally, number: u64, may: impl Fn() -> bool) {
    let mut random = Random(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    while may() {
        let host = &hosts[random.below(hosts.len())];
        let open = host.current();
        open.collect(&mut random, tally);
        let at = random.below(CATEGORIES.len());
        match random.below(1_000) {
            0..50 => open.revoke(at, tally),
            50..150 => open.grant(at),
            150..200 => {
                let live: Vec<_> = lock(&open.live).iter().cloned().collect();
                live.iter().for_each(|snapshot| open.check(snapshot, tally));
            }
            200 => host.reopen(tally),
            _ => {}
        }
    }
}

/// Numbers that look random, the same in every run (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}
