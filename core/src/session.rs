//! Open, collect, update consent, explain, audit, close.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::agreement::{Item, ItemSet, Part, Purpose};
use crate::audit::{Audit, AuditEntry};
use crate::clock;
use crate::consent::{Consent, ConsentUpdate};
use crate::device::Reader;
use crate::error::{Error, InputKind};
use crate::expiry::Expiry;
use crate::export;
use crate::gate::{self, Decision, Request, SystemPermission};
use crate::interval::{INTERVALS, Intervals};
use crate::policy::{Policy, Rule};
use crate::snapshot::{Ended, Missing, Snapshot, Unavailable, Values, Vault};

/// What a host opens with a policy, once a process: holds consent, the audit and the live snapshots.
///
/// Every method may be called from any thread. Only [`Session::collect`] reads the platform, and it holds no lock
/// while it does.
#[derive(Debug)]
pub struct Session {
    rules: Vec<Rule>,
    retention_ms: u64,
    reader: Box<dyn Reader>,
    intervals: &'static Intervals,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    closed: bool,
    consent: Consent,
    audit: Audit,
    /// Snapshots and collections in flight, those that hosts dropped included until the next collection.
    live: Vec<Weak<Vault>>,
}

impl Session {
    /// Opens a session on this machine. Nothing is read, and nothing will be before consent is given.
    ///
    /// # Errors
    /// [`Error::Input`] if the policy, filled in by hand, is out of range somewhere.
    #[cfg(target_os = "linux")]
    pub fn open(policy: Policy) -> Result<Arc<Self>, Error> {
        Self::with_reader(&policy, Box::new(crate::device::linux::Linux::live()), &INTERVALS)
    }

    /// Opens a session on a recorded machine: the same files under another root, and nothing of this machine.
    ///
    /// # Errors
    /// [`Error::Input`] if the policy is out of range or the directory cannot be opened.
    #[cfg(target_os = "linux")]
    pub fn open_recorded(policy: Policy, sysroot: &std::path::Path) -> Result<Arc<Self>, Error> {
        let reader = crate::device::linux::Linux::recorded(sysroot).map_err(|error| {
            Error::input(
                InputKind::Unreadable,
                "sysroot",
                format!("a directory is needed ({})", error.kind()),
            )
        })?;
        Self::with_reader(&policy, Box::new(reader), &INTERVALS)
    }

    fn with_reader(
        policy: &Policy,
        reader: Box<dyn Reader>,
        intervals: &'static Intervals,
    ) -> Result<Arc<Self>, Error> {
        policy.check()?;
        let state =
            State { closed: false, consent: Consent::NONE, audit: Audit::default(), live: Vec::new() };
        Ok(Arc::new(Self {
            rules: Item::ALL.iter().map(|item| policy.rule(*item)).collect(),
            retention_ms: policy.retention_ms,
            reader,
            intervals,
            state: Mutex::new(state),
        }))
    }

    /// Reads what is permitted for the purpose: all items, or only those named.
    ///
    /// Blocks while the platform is read. An item that is not permitted costs nothing: it is not read.
    ///
    /// # Errors
    /// [`Error::Closed`] if the session is or was meanwhile closed; [`Error::NoThread`] if the system has no
    /// thread to enforce the retention with.
    pub fn collect(&self, purpose: Purpose, items: Option<HashSet<Item>>) -> Result<Arc<Snapshot>, Error> {
        let asked: ItemSet = match items {
            Some(items) => items.into_iter().collect(),
            None => Item::ALL.iter().copied().collect(),
        };
        let denied = self.ask_system(purpose, asked)?;
        let vault = self.admit(purpose, asked, denied)?;
        let wanted = vault.wanted();
        if wanted.is_empty() {
            vault.fill(Values::default(), &[], self.deadline_ms())?;
        } else {
            let expiry = Expiry::started().map_err(|_| Error::NoThread)?;
            let (values, unavailable) = self.read(purpose, wanted);
            let deadline_ms = self.deadline_ms();
            vault.fill(values, &unavailable, deadline_ms)?;
            expiry.watch(Arc::downgrade(&vault), deadline_ms);
        }
        Ok(Arc::new(Snapshot::new(vault)))
    }

    /// Changes what is agreed to. Values of a category that is no longer agreed to are wiped from every live
    /// snapshot before this returns, and a collection in flight delivers none of them.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn update_consent(&self, update: &ConsentUpdate) -> Result<(), Error> {
        let mut state = self.open_state()?;
        state.consent.update(update);
        let consent = state.consent;
        for vault in state.live.iter().filter_map(Weak::upgrade) {
            vault.withhold(|category| {
                gate::not_agreed(consent.standing(category, vault.purpose), consent.age)
            });
        }
        Ok(())
    }

    /// What may be read now for the purpose, by every layer but the operating system, which is not asked.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn explain(&self, purpose: Purpose) -> Result<HashMap<Item, Decision>, Error> {
        let consent = self.open_state()?.consent;
        let now_ms = clock::since_boot_ms();
        Ok(Item::ALL
            .iter()
            .map(|item| {
                let since = self.intervals.since_last_read(*item, now_ms);
                let request = self.request(*item, purpose, &consent, since, SystemPermission::NotAsked);
                (*item, gate::decide(&request))
            })
            .collect())
    }

    /// The same as JSON (`docs/json.md`).
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn explain_json(&self, purpose: Purpose) -> Result<String, Error> {
        Ok(export::explanation_json(purpose, &self.explain(purpose)?))
    }

    /// What was read, when and for which purpose: the latest reads, never a value.
    pub fn audit(&self) -> Vec<AuditEntry> {
        self.lock().audit.entries()
    }

    /// Wipes every live snapshot. Collections in flight deliver nothing, and every later call but
    /// [`Session::audit`] gives [`Error::Closed`].
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        for vault in state.live.drain(..).filter_map(|vault| vault.upgrade()) {
            vault.end(Ended::Closed);
        }
    }

    /// The denied ones among the items that every other layer permits. No lock is held: asking is a call.
    fn ask_system(&self, purpose: Purpose, asked: ItemSet) -> Result<ItemSet, Error> {
        let consent = self.open_state()?.consent;
        let now_ms = clock::since_boot_ms();
        let (denied, _) = asked.partition(|item| {
            let since = self.intervals.since_last_read(item, now_ms);
            let request = self.request(item, purpose, &consent, since, SystemPermission::NotAsked);
            gate::decide(&request) == Decision::Permitted
                && self.reader.permission(item) == SystemPermission::Denied
        });
        Ok(denied)
    }

    /// Decides on every item, and puts the collection where a revocation finds it.
    fn admit(&self, purpose: Purpose, asked: ItemSet, denied: ItemSet) -> Result<Arc<Vault>, Error> {
        let mut state = self.open_state()?;
        let now_ms = clock::since_boot_ms();
        let outcomes = asked.iter().map(|item| {
            let system = match denied.contains(item) {
                true => SystemPermission::Denied,
                false => SystemPermission::Granted,
            };
            let decision = self.intervals.claim(item, now_ms, |since| {
                gate::decide(&self.request(item, purpose, &state.consent, since, system))
            });
            match decision {
                Decision::Permitted => (item, None),
                Decision::Withheld(reason) => (item, Some(Missing::Withheld(reason))),
            }
        });
        let vault = Arc::new(Vault::new(purpose, outcomes.collect()));
        state.live.retain(|vault| vault.strong_count() > 0);
        state.live.push(Arc::downgrade(&vault));
        Ok(vault)
    }

    fn read(&self, purpose: Purpose, wanted: ItemSet) -> (Values, Vec<(Item, Unavailable)>) {
        let mut values = Values::default();
        let (supplied, read) = wanted.partition(|item| match item.category().part() {
            Part::Application | Part::NetworkConfiguration => true,
            Part::Device | Part::Feature => false,
        });
        let mut unavailable: Vec<_> = supplied.iter().map(|item| (item, Unavailable::NotSupplied)).collect();
        if !read.is_empty() {
            unavailable.extend(self.reader.read(read, &mut values));
            let at_ms = clock::since_epoch_ms();
            let mut state = self.lock();
            read.iter().for_each(|item| state.audit.record(AuditEntry { at_ms, item, purpose }));
        }
        (values, unavailable)
    }

    fn request(
        &self,
        item: Item,
        purpose: Purpose,
        consent: &Consent,
        since_last_read_ms: Option<u64>,
        system: SystemPermission,
    ) -> Request {
        Request {
            item,
            purpose,
            rule: self.rules.get(item as usize).copied().unwrap_or(Rule::OFF),
            standing: consent.standing(item.category(), purpose),
            age: consent.age,
            since_last_read_ms,
            system,
        }
    }

    fn deadline_ms(&self) -> u64 {
        clock::since_boot_ms().saturating_add(self.retention_ms)
    }

    fn open_state(&self) -> Result<MutexGuard<'_, State>, Error> {
        let state = self.lock();
        if state.closed { Err(Error::Closed) } else { Ok(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
mod tests;
