//! Open, collect, update consent, explain, audit, close.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

use crate::agreement::{Category, Item, ItemSet, Origin, Purpose};
use crate::application::HostRecords;
use crate::audit::{Audit, AuditEntry};
use crate::clock;
use crate::consent::{Consent, ConsentUpdate};
use crate::device::{self, Reader};
use crate::error::Error;
use crate::expiry::Expiry;
use crate::export;
use crate::feature::sources::{Permissions, Sources};
use crate::feature::{Minimised, Source};
use crate::gate::{self, Decision, Request, SystemPermission};
use crate::interval::{INTERVALS, Intervals};
use crate::policy::{Policy, Rule};
use crate::secret::{Secret, scrub_stack};
use crate::snapshot::{Ended, Missing, Snapshot, Unavailable, Values, Vault};

/// What a host opens with a policy, once a process: holds consent, the audit and the live snapshots.
///
/// Every method may be called from any thread. Only [`Session::collect`] reads the platform, and it holds no lock
/// while it does.
#[derive(Debug, uniffi::Object)]
pub struct Session {
    rules: Vec<Rule>,
    retention_ms: u64,
    reader: Box<dyn Reader>,
    sources: Sources,
    intervals: &'static Intervals,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    closed: bool,
    consent: Consent,
    /// What the host supplied, until the session ends or its subject takes consent back.
    records: Secret<HostRecords>,
    audit: Audit,
    /// Snapshots and collections in flight, those that hosts dropped included until the next collection.
    live: Vec<Weak<Vault>>,
}

#[uniffi::export]
impl Session {
    /// Opens a session on this machine, with the host's sources. Nothing is read, and nothing will be before
    /// consent is given.
    ///
    /// # Errors
    /// [`Error::Input`] if the policy, filled in by hand, is out of range somewhere, two sources read the same, one
    /// reads what the core reads on this platform, or, on Android, the application's context has not been handed over.
    #[uniffi::constructor]
    pub fn open(policy: Policy, sources: Vec<Source>) -> Result<Arc<Self>, Error> {
        Self::with_reader(&policy, device::reader()?, sources, &INTERVALS)
    }

    /// Reads what is permitted for the purpose: all items, or only those named.
    ///
    /// Blocks while the platform is read, at most until the longest deadline of a source that is asked. An item that is not permitted costs nothing: it is not read.
    ///
    /// # Errors
    /// [`Error::Closed`] if the session is or was meanwhile closed; [`Error::NoThread`] if the system has no
    /// thread to enforce the retention with.
    pub fn collect(&self, purpose: Purpose, items: Option<HashSet<Item>>) -> Result<Arc<Snapshot>, Error> {
        let asked: ItemSet = match items {
            Some(items) => items.into_iter().collect(),
            None => Item::ALL.iter().copied().collect(),
        };
        let started = Instant::now();
        let permissions = self.ask_system(purpose, asked, started)?;
        let vault = self.admit(purpose, asked, &permissions)?;
        let wanted = vault.wanted();
        if wanted.is_empty() {
            vault.fill(Box::default(), &[], self.deadline_ms())?;
        } else {
            let expiry = Expiry::started().map_err(|_| Error::NoThread)?;
            let (values, missing) = self.read(purpose, wanted, started);
            for (item, reason) in &missing {
                log::debug!("{item}: {reason}");
            }
            let deadline_ms = self.deadline_ms();
            vault.fill(values, &missing, deadline_ms)?;
            expiry.watch(Arc::downgrade(&vault), deadline_ms);
            scrub_stack();
        }
        Ok(Arc::new(Snapshot::new(vault)))
    }

    /// Takes over the host's records (parts A and B), in place of earlier ones. They are held until the session
    /// ends or consent to their category is taken back, and given out through the gate only.
    ///
    /// # Errors
    /// [`Error::Input`] with the field that is not as it ought to be; then nothing is taken over. [`Error::Closed`].
    pub fn supply(&self, records: HostRecords) -> Result<(), Error> {
        let records = Secret::new(records);
        records.expose().check()?;
        self.open_state()?.records = records;
        Ok(())
    }

    /// Changes what is agreed to. Values of a category that is no longer agreed to are wiped from every live
    /// snapshot before this returns, and a collection in flight delivers none of them.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn update_consent(&self, update: &ConsentUpdate) -> Result<(), Error> {
        let mut state = self.open_state()?;
        let before = state.consent;
        state.consent.update(update);
        let consent = state.consent;
        for category in Category::ALL.iter().copied() {
            if before.permits_any(category) && !consent.permits_any(category) {
                state.records.expose_mut().purge(category);
            }
        }
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
                (*item, gate::decide(&self.request(*item, purpose, &consent, since, None)))
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
    #[uniffi::method(name = "end")]
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.records = Secret::new(HostRecords::default());
        for vault in state.live.drain(..).filter_map(|vault| vault.upgrade()) {
            vault.end(Ended::Closed);
        }
    }
}

impl Session {
    /// Opens a session on a recorded machine: the same files under another root, and nothing of this machine.
    ///
    /// # Errors
    /// [`Error::Input`] if the policy is out of range or the directory cannot be opened.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub fn open_recorded(policy: Policy, sysroot: &std::path::Path) -> Result<Arc<Self>, Error> {
        let reader = crate::device::linux::Linux::recorded(sysroot).map_err(|error| {
            Error::input(
                crate::error::InputKind::Unreadable,
                "sysroot",
                format!("a directory is needed ({})", error.kind()),
            )
        })?;
        Self::with_reader(&policy, Box::new(reader), Vec::new(), &INTERVALS)
    }

    /// Opens a session on a recorded Apple device: what its kernel answers to the names of sysctl, as bytes, and under
    /// `getprogname` the program's name. The sources are the host's as ever.
    ///
    /// # Errors
    /// As [`Session::open`].
    #[cfg(feature = "recorded-apple")]
    pub fn open_recorded_apple(
        policy: Policy,
        kernel: HashMap<String, Vec<u8>>,
        sources: Vec<Source>,
    ) -> Result<Arc<Self>, Error> {
        let reader = crate::device::apple::Apple::recorded(kernel);
        Self::with_reader(&policy, Box::new(reader), sources, &INTERVALS)
    }

    fn with_reader(
        policy: &Policy,
        reader: Box<dyn Reader>,
        sources: Vec<Source>,
        intervals: &'static Intervals,
    ) -> Result<Arc<Self>, Error> {
        policy.check()?;
        let state = State {
            closed: false,
            consent: Consent::NONE,
            records: Secret::new(HostRecords::default()),
            audit: Audit::default(),
            live: Vec::new(),
        };
        Ok(Arc::new(Self {
            rules: Item::ALL.iter().map(|item| policy.rule(*item)).collect(),
            retention_ms: policy.retention_ms,
            sources: Sources::new(sources, reader.platform())?,
            reader,
            intervals,
            state: Mutex::new(state),
        }))
    }

    /// Asks the operating system for what every other layer permits. No lock is held: asking is a call.
    fn ask_system(&self, purpose: Purpose, asked: ItemSet, started: Instant) -> Result<Permissions, Error> {
        let consent = self.open_state()?.consent;
        let now_ms = clock::since_boot_ms();
        let (permitted, _) = asked.partition(|item| {
            let since = self.intervals.since_last_read(item, now_ms);
            gate::decide(&self.request(item, purpose, &consent, since, None)) == Decision::Permitted
        });
        Ok(self.sources.ask(permitted, |item| started + self.rule(item).deadline()))
    }

    /// Decides on every item, and puts the collection where a revocation finds it.
    fn admit(
        &self,
        purpose: Purpose,
        asked: ItemSet,
        permissions: &[(Item, Result<SystemPermission, Unavailable>)],
    ) -> Result<Arc<Vault>, Error> {
        let mut state = self.open_state()?;
        let now_ms = clock::since_boot_ms();
        let outcome = |item| {
            let decide =
                |since, system| gate::decide(&self.request(item, purpose, &state.consent, since, system));
            let permission = permissions.iter().find(|(asked, _)| *asked == item);
            let permission = permission.map(|(_, answer)| *answer).transpose();
            let decision = match (permission, self.unreadable(item, &state)) {
                (Ok(system), None) => self.intervals.claim(item, now_ms, |since| decide(since, system)),
                // What is not going to be read does not count as read.
                (permission, _) => {
                    decide(self.intervals.since_last_read(item, now_ms), permission.ok().flatten())
                }
            };
            match decision {
                Decision::Withheld(reason) => Some(Missing::Withheld(reason)),
                Decision::Permitted => {
                    permission.err().or(self.unreadable(item, &state)).map(Missing::Unavailable)
                }
            }
        };
        let outcomes = asked.iter().map(|item| (item, outcome(item))).collect();
        let platform = self.reader.platform();
        let on_device_only = asked.iter().filter(|item| item.is_on_device_only(platform)).collect();
        let vault = Arc::new(Vault::new(purpose, outcomes, on_device_only));
        state.live.retain(|vault| vault.strong_count() > 0);
        state.live.push(Arc::downgrade(&vault));
        Ok(vault)
    }

    /// Why an item cannot be read, where there is nothing to read it from.
    fn unreadable(&self, item: Item, state: &State) -> Option<Unavailable> {
        match item.origin(self.reader.platform()) {
            Origin::Platform => None,
            Origin::Host => (!state.records.expose().has(item)).then_some(Unavailable::NotSupplied),
            Origin::Source if self.sources.cover(item) => None,
            Origin::Source if item.platforms().contains(&self.reader.platform()) => {
                Some(Unavailable::NoSource)
            }
            Origin::Source => Some(Unavailable::PlatformHasNone),
        }
    }

    /// Reads what is wanted: the sources side by side, and meanwhile the platform. No lock is held over a read.
    fn read(&self, purpose: Purpose, wanted: ItemSet, started: Instant) -> Minimised {
        let reading = self.sources.begin(wanted, |item| started + self.rule(item).deadline());
        let begun = reading.begun();
        let mut values = Box::<Values>::default();
        let mut missing = Vec::new();
        let (own, _) = wanted.partition(|item| item.origin(self.reader.platform()) == Origin::Platform);
        if !own.is_empty() {
            let unavailable = self.reader.read(own, &mut values);
            missing.extend(unavailable.into_iter().map(|(item, reason)| (item, reason.into())));
        }
        missing.extend(reading.finish(&mut values));
        let at_ms = clock::since_epoch_ms();
        let mut state = self.lock();
        for item in wanted.iter() {
            let read = match item.origin(self.reader.platform()) {
                Origin::Platform => true,
                Origin::Source => begun.contains(item),
                Origin::Host => {
                    let given = state.records.expose().give(item, &mut values.records);
                    if !given {
                        // Since it was admitted, the host supplied other records, or they were purged.
                        missing.push((item, Missing::Unavailable(Unavailable::NotSupplied)));
                    }
                    given
                }
            };
            if read {
                state.audit.record(AuditEntry { at_ms, item, purpose });
            }
        }
        (values, missing)
    }

    fn rule(&self, item: Item) -> Rule {
        self.rules.get(item as usize).copied().unwrap_or(Rule::OFF)
    }

    fn request(
        &self,
        item: Item,
        purpose: Purpose,
        consent: &Consent,
        since_last_read_ms: Option<u64>,
        system: Option<SystemPermission>,
    ) -> Request {
        Request {
            item,
            purpose,
            rule: self.rule(item),
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
