//! Who asks the gate: with the consent, the intervals and the records as they stand, under one lock.
//!
//! A collection is admitted once, by every layer but the system. Each read of it begins here once more, with the system's answer: that
//! decision can only narrow the first, claims the interval and writes the audit. A change of consent takes the same lock, so a read
//! has either begun before it or does not begin.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crate::agreement::{Category, Item, ItemSet, Origin, Platform, Purpose};
use crate::audit::{Audit, AuditEntry};
use crate::clock;
use crate::consent::{Consent, ConsentUpdate};
use crate::error::Error;
use crate::gate::{self, Answer, Request};
use crate::interval::{Intervals, since_last_read};
use crate::item_map::ItemMap;
use crate::outcome::{Decision, Unavailable};
use crate::policy::{Policy, Rule};
use crate::records::HostRecords;
use crate::secret::Secret;
use crate::sync::{Mutex, MutexGuard, lock};
use crate::vault::{Ended, Outcome, Vault};

/// Longer than any source is waited for.
const RECORDS_DEADLINE: Duration = Duration::from_secs(86_400);

/// A session's policy, consent, records, audit and live snapshots.
#[derive(Debug)]
pub(crate) struct Gatekeeper {
    rules: ItemMap<Rule>,
    retention_ms: u64,
    platform: Platform,
    intervals: &'static Intervals,
    state: Mutex<State>,
}

/// What is behind the gatekeeper's lock.
#[derive(Debug)]
pub(crate) struct State {
    closed: bool,
    consent: Consent,
    /// What the host supplied, until the session ends or something is taken back.
    records: Secret<HostRecords>,
    audit: Audit,
    /// Snapshots and collections in flight, those that hosts dropped included until the next collection.
    live: Vec<Weak<Vault>>,
}

impl State {
    /// Snapshots and collections in flight.
    pub(crate) fn live(&self) -> impl Iterator<Item = Arc<Vault>> + '_ {
        self.live.iter().filter_map(Weak::upgrade)
    }

    /// Wipes the records. From now on nothing begins.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.records = Secret::new(HostRecords::default());
        self.live = Vec::new();
    }
}

impl Gatekeeper {
    pub(crate) fn new(policy: &Policy, platform: Platform, intervals: &'static Intervals) -> Self {
        let state = State {
            closed: false,
            consent: Consent::NONE,
            records: Secret::new(HostRecords::default()),
            audit: Audit::default(),
            live: Vec::new(),
        };
        Self {
            rules: Item::ALL.iter().map(|item| (*item, policy.rule(*item))).collect(),
            retention_ms: policy.retention_ms,
            platform,
            intervals,
            state: Mutex::new(state),
        }
    }

    /// Decides on each item by every layer but the system, and puts the collection where a revocation finds it. What can't be read,
    /// as `unreadable` says or because the host supplied none, is not read.
    pub(crate) fn admit(
        &self,
        purpose: Purpose,
        asked: ItemSet,
        unreadable: impl Fn(Item) -> Option<Unavailable>,
    ) -> Result<Arc<Vault>, Error> {
        // Where nothing is permitted nobody asks what time it is.
        let (started, now_ms) = (LazyCell::new(clock::now), LazyCell::new(clock::since_boot_ms));
        let mut state = self.open_state()?;
        let last = self.intervals.lock();
        let outcome = |item: Item| {
            let since = since_last_read(&last, item, || *now_ms);
            match gate::decide(&self.request(item, purpose, &state.consent, since)) {
                Err(reason) => Outcome::Missing(reason.into()),
                Ok(_)
                    if item.origin(self.platform) == Some(Origin::Host)
                        && !state.records.expose().has(item) =>
                {
                    Outcome::Missing(Unavailable::NotSupplied.into())
                }
                Ok(_) => match unreadable(item) {
                    Some(reason) => Outcome::Missing(reason.into()),
                    None => Outcome::Awaited(*started + self.deadline(item)),
                },
            }
        };
        let outcomes = asked.iter().map(|item| (item, outcome(item))).collect();
        drop(last);
        let on_device_only = asked.iter().filter(|item| item.is_on_device_only(self.platform)).collect();
        let vault = Arc::new(Vault::new(purpose, self.retention_ms, outcomes, on_device_only));
        state.live.retain(|vault| vault.strong_count() > 0);
        state.live.push(Arc::downgrade(&vault));
        Ok(vault)
    }

    /// Lets one read of an item begin, and says until when its value may arrive. `None`: it is not to be read, and the vault says why.
    pub(crate) fn begin(&self, vault: &Vault, item: Item, answer: Answer) -> Option<Instant> {
        let mut state = self.lock();
        self.begin_locked(&mut state, vault, item, answer)
    }

    /// Gives one item of the host's records, as they are now.
    pub(crate) fn give(&self, vault: &Vault, item: Item) -> Option<u64> {
        let mut state = self.lock();
        if !state.records.expose().has(item) {
            // Since the collection was admitted the host supplied others, or they were purged.
            vault.miss([item].into_iter().collect(), Unavailable::NotSupplied.into());
            return None;
        }
        self.begin_locked(&mut state, vault, item, Answer::NeedsNone)?;
        vault.deliver(item, |values| {
            state.records.expose().give(item, &mut values.records);
        })
    }

    fn begin_locked(&self, state: &mut State, vault: &Vault, item: Item, answer: Answer) -> Option<Instant> {
        let now_ms = clock::since_boot_ms();
        let request = |since| self.request(item, vault.purpose, &state.consent, since);
        let decide = |since| gate::decide(&request(since))?.answered(answer);
        let until = vault.begin(item, clock::now(), || self.intervals.claim(item, now_ms, decide))?;
        state.audit.record(AuditEntry { at_ms: clock::since_epoch_ms(), item, purpose: vault.purpose });
        Some(until)
    }

    /// Takes over the host's records, in place of earlier ones.
    pub(crate) fn supply(&self, records: Secret<HostRecords>) -> Result<(), Error> {
        self.open_state()?.records = records;
        Ok(())
    }

    /// Changes what is agreed to. What is taken back is wiped before this returns, wherever it is on its way.
    pub(crate) fn update_consent(&self, update: &ConsentUpdate) -> Result<(), Error> {
        let mut state = self.open_state()?;
        state.consent.update(update);
        let consent = state.consent;
        if update.takes_back() {
            for category in Category::ALL.iter().filter(|category| !consent.permits_any(**category)) {
                state.records.expose_mut().purge(*category);
            }
        }
        let mut narrowed: Vec<Arc<Vault>> = state.live().collect();
        narrowed.retain(|vault| vault.withhold(|category| consent.refusal(category, vault.purpose)));
        drop(state);
        // Not under the lock: those that are waited for may need it.
        narrowed.iter().for_each(|vault| vault.settle());
        Ok(())
    }

    /// What may be read now, by every layer but the system.
    pub(crate) fn explain(&self, purpose: Purpose) -> Result<HashMap<Item, Decision>, Error> {
        let consent = self.open_state()?.consent;
        let (last, now_ms) = (self.intervals.lock(), clock::since_boot_ms());
        let decision = |item| {
            let since = since_last_read(&last, item, || now_ms);
            match gate::decide(&self.request(item, purpose, &consent, since)) {
                Ok(_) => Decision::Permitted,
                Err(reason) => Decision::Withheld(reason),
            }
        };
        Ok(Item::ALL.iter().map(|item| (*item, decision(*item))).collect())
    }

    pub(crate) fn audit(&self) -> Vec<AuditEntry> {
        self.lock().audit.entries()
    }

    /// Wipes everything, on its way too. From now on nothing begins.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        let live: Vec<Arc<Vault>> = state.live().collect();
        state.close();
        live.iter().for_each(|vault| vault.end(Ended::Closed));
        drop(state);
        live.iter().for_each(|vault| vault.settle());
    }

    /// Longest wait for an item.
    fn deadline(&self, item: Item) -> Duration {
        match item.origin(self.platform) {
            // Or the values that came first would be gone when the last one comes.
            Some(Origin::Source) => self.rule(item).deadline().min(Duration::from_millis(self.retention_ms)),
            Some(Origin::Platform) => self.rule(item).deadline(),
            // They are here already, and are given last.
            Some(Origin::Host) | None => RECORDS_DEADLINE,
        }
    }

    fn rule(&self, item: Item) -> Rule {
        self.rules.get(item).copied().unwrap_or(Rule::OFF)
    }

    fn request(
        &self,
        item: Item,
        purpose: Purpose,
        consent: &Consent,
        since_last_read_ms: Option<u64>,
    ) -> Request {
        Request {
            item,
            purpose,
            rule: self.rule(item),
            standing: consent.standing(item.category(), purpose),
            age: consent.age,
            since_last_read_ms,
        }
    }

    fn open_state(&self) -> Result<MutexGuard<'_, State>, Error> {
        let state = self.lock();
        if state.closed { Err(Error::Closed) } else { Ok(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// What is behind the lock.
    #[cfg(all(target_os = "linux", not(loom)))]
    pub(crate) const fn state(&self) -> &Mutex<State> {
        &self.state
    }

    #[cfg(all(test, loom))]
    pub(crate) fn has_records(&self) -> bool {
        Item::ALL.iter().any(|item| self.lock().records.expose().has(*item))
    }

    #[cfg(test)]
    pub(crate) fn watched(&self) -> usize {
        self.lock().live.len()
    }

    #[cfg(test)]
    pub(crate) fn first_live(&self) -> Option<Arc<Vault>> {
        self.lock().live().next()
    }
}
