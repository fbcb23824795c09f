//! What hosts call: open, collect, supply, update consent, explain, audit, close.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::agreement::{Item, ItemSet, Origin, Platform, Purpose};
use crate::audit::AuditEntry;
use crate::collection::Collection;
use crate::consent::ConsentUpdate;
use crate::device::{self, Reader};
use crate::error::{Error, InputKind};
use crate::expiry::EXPIRY;
use crate::export;
use crate::feature::Source;
use crate::fork;
use crate::gatekeeper::Gatekeeper;
use crate::interval::{INTERVALS, Intervals};
use crate::outcome::{Decision, Unavailable};
use crate::policy::Policy;
use crate::records::HostRecords;
use crate::secret::Secret;
use crate::snapshot::Snapshot;
use crate::worker::Worker;

/// A host opens one session in each process, with a policy. It holds consent, the audit and the live snapshots.
///
/// A host may call every method from any thread. Only [`Session::collect`] reads items, and it holds no lock while it
/// reads.
#[derive(Debug, uniffi::Object)]
pub struct Session {
    gatekeeper: Arc<Gatekeeper>,
    sources: Vec<(Source, Worker)>,
    reader: Arc<dyn Reader>,
    /// For a platform whose reads can hang: as many collections read it at once.
    platform: [Worker; 8],
}

#[uniffi::export]
impl Session {
    /// Opens a session on this machine, with the host's sources. Scruple reads nothing until consent is given.
    ///
    /// # Errors
    /// [`Error::Input`] if a field of a policy that was filled in by hand is out of range, if two sources read the same
    /// item, if a source reads an item that the core reads on this platform, or, on Android, if the host has not handed
    /// over the application's context.
    #[uniffi::constructor]
    pub fn open(policy: Policy, sources: Vec<Source>) -> Result<Arc<Self>, Error> {
        Self::with_reader(&policy, device::reader()?, sources, &INTERVALS)
    }

    /// Reads the permitted items for the purpose: all of them, or only those named.
    ///
    /// Blocks while it reads, for each item until its category's deadline at most. An item that is not permitted costs
    /// nothing: Scruple does not read it.
    ///
    /// # Errors
    /// [`Error::Closed`] if the session is closed, or was closed meanwhile. [`Error::NoThread`] if the system cannot
    /// start the thread that enforces the retention.
    pub fn collect(&self, purpose: Purpose, items: Option<HashSet<Item>>) -> Result<Arc<Snapshot>, Error> {
        let asked: ItemSet = match items {
            Some(items) => items.into_iter().collect(),
            None => Item::ALL.iter().copied().collect(),
        };
        let vault = self.gatekeeper.admit(purpose, asked, |item| self.unreadable(item))?;
        let items = vault.awaited();
        if !items.is_empty() {
            EXPIRY.start().map_err(|_| Error::NoThread)?;
            let collection = Collection::new(Arc::clone(&self.gatekeeper), Arc::clone(&vault), &EXPIRY);
            let from = |origin| items.partition(|item| item.origin(self.reader.platform()) == Some(origin)).0;
            let records = from(Origin::Host);
            let (read, _) = items.partition(|item| !records.contains(item));
            // Before they begin: one that has arrived by then may have a part that is still at work.
            let latest = vault.latest(read);
            self.begin_sources(&collection, from(Origin::Source));
            self.begin_platform(&collection, from(Origin::Platform));
            vault.wait(read, latest);
            collection.give_records(records);
        }
        vault.finish()?;
        Ok(Arc::new(Snapshot::new(vault)))
    }

    /// Takes over the host's records (parts A and B), in place of earlier ones. The session holds them until it ends or
    /// consent to their category is revoked. It gives them out through the gate only.
    ///
    /// # Errors
    /// [`Error::Input`] names a field that is wrong, and the session takes nothing over. [`Error::Closed`] if the
    /// session is closed.
    pub fn supply(&self, records: HostRecords) -> Result<(), Error> {
        let records = Secret::new(records);
        records.expose().check()?;
        self.gatekeeper.supply(records)
    }

    /// Changes consent. Before this returns, Scruple wipes from every live snapshot and every collection in flight the
    /// values that are no longer agreed to. It also wipes the host's records of each category that no purpose permits
    /// any more. It begins no further read of these items.
    ///
    /// Scruple does not wait for a source that is running, since a source is the host's code: the source still holds
    /// the value that it read. Scruple wipes its answer on arrival. The same holds for a call of the operating system
    /// that takes longer than a second.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn update_consent(&self, update: &ConsentUpdate) -> Result<(), Error> {
        self.gatekeeper.update_consent(update)
    }

    /// Says for every item of the agreement whether it may be read now for the purpose. Scruple asks every layer except
    /// the operating system.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn explain(&self, purpose: Purpose) -> Result<HashMap<Item, Decision>, Error> {
        self.gatekeeper.explain(purpose)
    }

    /// The same as JSON (`docs/json.md`).
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn explain_json(&self, purpose: Purpose) -> Result<String, Error> {
        Ok(export::explanation_json(purpose, &self.explain(purpose)?))
    }

    /// The latest reads: which item, when and for which purpose, never a value. A read is listed from its beginning.
    pub fn audit(&self) -> Vec<AuditEntry> {
        self.gatekeeper.audit()
    }

    /// Wipes every live snapshot, every collection in flight and the host's records, as [`Session::update_consent`]
    /// does. It ends the session's threads: a thread whose source is running ends when the source returns. Collections
    /// in flight and every later call except [`Session::audit`] give [`Error::Closed`].
    #[uniffi::method(name = "end")]
    pub fn close(&self) {
        self.gatekeeper.close();
        self.sources.iter().map(|(_, worker)| worker).chain(&self.platform).for_each(Worker::close);
    }
}

impl Session {
    /// Opens a session on a recorded machine. It reads the recorded files under `sysroot`, and nothing of this machine.
    ///
    /// # Errors
    /// [`Error::Input`] if a field of the policy is out of range, or the directory cannot be opened.
    #[cfg(target_os = "linux")]
    pub fn open_recorded(policy: Policy, sysroot: &std::path::Path) -> Result<Arc<Self>, Error> {
        let reader = crate::device::linux::Linux::recorded(sysroot).map_err(|error| {
            Error::input(
                crate::error::InputKind::Unreadable,
                "sysroot",
                format!("expected a directory ({})", error.kind()),
            )
        })?;
        Self::with_reader(&policy, Arc::new(reader), Vec::new(), &INTERVALS)
    }

    /// Opens a session on a recorded Apple device: its kernel's answers as bytes, by the names of sysctl, and the
    /// program's name, by `getprogname`. The host hands over its sources as usual.
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
        Self::with_reader(&policy, Arc::new(reader), sources, &INTERVALS)
    }

    pub(crate) fn with_reader(
        policy: &Policy,
        reader: Arc<dyn Reader>,
        sources: Vec<Source>,
        intervals: &'static Intervals,
    ) -> Result<Arc<Self>, Error> {
        policy.check()?;
        check(&sources, &*reader)?;
        let gatekeeper = Arc::new(Gatekeeper::new(policy, reader.platform(), intervals));
        fork::watch(&gatekeeper);
        Ok(Arc::new(Self {
            gatekeeper,
            sources: sources.into_iter().map(|source| (source, Worker::default())).collect(),
            reader,
            platform: Default::default(),
        }))
    }

    /// Why an item cannot be read, where there is nothing to read it from.
    fn unreadable(&self, item: Item) -> Option<Unavailable> {
        let platform = self.reader.platform();
        match item.origin(platform) {
            Some(Origin::Platform | Origin::Host) => None,
            Some(Origin::Source) if self.sources.iter().any(|(source, _)| source.items().contains(item)) => {
                None
            }
            Some(Origin::Source) if item.platforms().contains(&platform) => Some(Unavailable::NoSource),
            Some(Origin::Source) => Some(Unavailable::PlatformHasNone),
            // What only Android's core reads is telephony.
            None if platform == Platform::Linux => Some(Unavailable::NoTelephony),
            None => Some(Unavailable::PlatformHasNone),
        }
    }

    /// Begins to read the sources, each on its own thread.
    fn begin_sources(&self, collection: &Collection, of_sources: ItemSet) {
        for (source, worker) in &self.sources {
            let (items, _) = of_sources.partition(|item| source.items().contains(item));
            if !items.is_empty() {
                let (own, source) = (collection.clone(), source.clone());
                let begun = worker.start(collection.part(), move || own.read_source(&source, items));
                collection.not_begun(items, begun);
            }
        }
    }

    /// Begins to read the platform, on a thread that is free if it may hang. A kernel that answers at once has answered.
    fn begin_platform(&self, collection: &Collection, items: ItemSet) {
        if !self.reader.may_hang() || items.is_empty() {
            collection.read_platform(&*self.reader, items);
            return;
        }
        let mut begun = Err(Unavailable::Busy);
        for worker in &self.platform {
            let (own, reader) = (collection.clone(), Arc::clone(&self.reader));
            begun = worker.start(collection.part(), move || own.read_platform(&*reader, items));
            if begun != Err(Unavailable::Busy) {
                break;
            }
        }
        collection.not_begun(items, begun);
    }
}

/// # Errors
/// [`Error::Input`] if two sources read the same item, or one reads what the platform's reader does.
fn check(sources: &[Source], reader: &dyn Reader) -> Result<(), Error> {
    let mut covered = ItemSet::default();
    for (at, source) in sources.iter().enumerate() {
        for item in source.items().iter() {
            if covered.contains(item) || item.origin(reader.platform()) == Some(Origin::Platform) {
                let hint = format!("{item} is already read without this source");
                return Err(Error::input(InputKind::Duplicate, format!("sources[{at}]"), hint));
            }
            covered.insert(item);
        }
    }
    Ok(())
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests;
