//! The values of one collection: in memory only, wiped on close, on expiry, on revocation, on drop.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::{Zeroize, Zeroizing};

use crate::agreement::{Category, Item, ItemSet, Part, Purpose};
use crate::application::{Application, HostRecords, MiniProgram, NetworkConfiguration};
use crate::clock;
use crate::device::DeviceInformation;
use crate::error::Error;
use crate::export;
use crate::feature::{FeatureData, one};
use crate::gate::Withheld;
use crate::mini_program::SystemInfo;
use crate::named::named;
use crate::secret::redacted;

named! {
    /// Why a permitted item has no value.
    #[derive(uniffi::Enum)]
    Unavailable {
        /// This platform has no such thing.
        PlatformHasNone = "platform_has_none",
        /// The host supplied none.
        NotSupplied = "not_supplied",
        /// The platform can give it, and the host handed over no source for it.
        NoSource = "no_source",
        /// The source did not answer in time. What it answers later is wiped.
        TimedOut = "timed_out",
        /// The source has not returned from an earlier call.
        Busy = "busy",
        /// It is there and switched off.
        Disabled = "disabled",
        /// There is nothing to give yet, or the app may not ask just now.
        NotReady = "not_ready",
        /// The machine has no telephony.
        NoTelephony = "no_telephony",
        /// The machine has no display.
        Headless = "headless",
        /// The machine does not describe itself: no DMI, and no device tree where that would say it.
        NoDmi = "no_dmi",
        /// The vendor left a placeholder where the value should be.
        Placeholder = "placeholder",
        /// The platform's source is there, or should be, and does not say it.
        NotStated = "not_stated",
        /// The operating system's kernel refused the read.
        NotPermitted = "not_permitted",
        /// A recorded machine, and this was not recorded.
        NotRecorded = "not_recorded",
        /// What the platform gave is longer than the item may be.
        TooLong = "too_long",
        /// What the platform gave is not of the item's form.
        Malformed = "malformed",
        /// Reading failed.
        ReadFailed = "read_failed",
    }
}

/// Why a snapshot has no value for an item that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Missing {
    /// A layer said no.
    Withheld(Withheld),
    /// Every layer permitted it, and the platform gave nothing.
    Unavailable(Unavailable),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withheld(reason) => write!(f, "withheld by {}: {}", reason.layer(), reason.id()),
            Self::Unavailable(reason) => write!(f, "unavailable: {reason}"),
        }
    }
}

/// The values of one collection. They stay here: reading gives copies, which are the host's own.
#[derive(Debug, uniffi::Object)]
pub struct Snapshot(Arc<Vault>);

#[uniffi::export]
impl Snapshot {
    /// What the collection was for.
    pub fn purpose(&self) -> Purpose {
        self.0.purpose
    }

    /// The application, as far as the host supplied it.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if it was wiped by a change of consent.
    pub fn application(&self) -> Result<Application, Error> {
        self.group(Category::Application, |values| values.records.application.clone().unwrap_or_default())
    }

    /// The mini-programs, in the order in which the host supplied them.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if they were wiped by a change of consent.
    pub fn mini_programs(&self) -> Result<Vec<MiniProgram>, Error> {
        self.group(Category::Application, |values| values.records.mini_programs.clone())
    }

    /// The network configuration, as far as the host supplied it.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if it was wiped by a change of consent.
    pub fn network(&self) -> Result<NetworkConfiguration, Error> {
        let network = |values: &Values| values.records.network.clone().unwrap_or_default();
        self.group(Category::NetworkConfiguration, network)
    }

    /// The device items.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if they were wiped by a change of consent.
    pub fn device(&self) -> Result<DeviceInformation, Error> {
        self.group(Category::Device, |values| values.device.clone())
    }

    /// The feature items.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if all of them were wiped by a change of consent.
    pub fn features(&self) -> Result<FeatureData, Error> {
        self.0.read(|contents| {
            let features = &contents.values.features;
            let purged = contents.purged.iter().any(|category| category.part() == Part::Feature);
            match purged && *features == FeatureData::default() {
                true => Err(Error::Revoked),
                false => Ok(features.clone()),
            }
        })
    }

    /// The items that were asked for and have no value, each with the reason.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn missing(&self) -> Result<HashMap<Item, Missing>, Error> {
        self.0.read(|contents| {
            let missing = contents.outcomes.iter();
            Ok(missing.filter_map(|(item, outcome)| Some((*item, (*outcome)?))).collect())
        })
    }

    /// The items with a value that may be shown to the person and may not leave the device; the JSON says so in place of the
    /// value. Apple's required reasons have it so.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn on_device_only(&self) -> Result<HashSet<Item>, Error> {
        self.0.read(|contents| {
            let values = contents.outcomes.iter().filter(|(_, outcome)| outcome.is_none());
            let only = values.filter(|(item, _)| contents.on_device_only.contains(*item));
            Ok(only.map(|(item, _)| *item).collect())
        })
    }

    /// The snapshot as JSON (`docs/json.md`): every item that was asked for, with its value or the reason.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn to_json(&self) -> Result<String, Error> {
        self.0.read(|contents| Ok(export::json(self.0.purpose, contents)))
    }

    /// The values under the mini-program platform's names, for those that have one.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if they were wiped by a change of consent.
    pub fn for_mini_program(&self) -> Result<SystemInfo, Error> {
        self.group(Category::Device, |values| SystemInfo::of(&values.device))
    }

    /// The same as JSON.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if they were wiped by a change of consent.
    pub fn to_mini_program_json(&self) -> Result<String, Error> {
        let info = Zeroizing::new(self.for_mini_program()?);
        Ok(export::text(&*info))
    }

    /// Wipes the values. Every later read gives [`Error::Closed`].
    #[uniffi::method(name = "end")]
    pub fn close(&self) {
        self.0.end(Ended::Closed);
    }
}

impl Snapshot {
    pub(crate) fn new(vault: Arc<Vault>) -> Self {
        Self(vault)
    }

    fn group<T>(&self, category: Category, read: impl FnOnce(&Values) -> T) -> Result<T, Error> {
        self.0.read(|contents| match contents.purged.contains(&category) {
            true => Err(Error::Revoked),
            false => Ok(read(&contents.values)),
        })
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        self.close();
    }
}

/// The values of one collection, grouped as hosts read them.
#[derive(Default, Zeroize)]
pub(crate) struct Values {
    pub(crate) records: HostRecords,
    pub(crate) device: DeviceInformation,
    pub(crate) features: FeatureData,
}

redacted!(Values);

impl Drop for Values {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl Values {
    /// Takes over what a source read.
    pub(crate) fn absorb(&mut self, read: &mut Self) {
        one(&mut self.device.storage_capacity, &mut read.device.storage_capacity);
        one(&mut self.device.resolution, &mut read.device.resolution);
        one(&mut self.device.name, &mut read.device.name);
        self.features.absorb(&mut read.features);
    }

    fn purge(&mut self, category: Category) {
        match category {
            Category::Device => self.device.zeroize(),
            Category::Identifier
            | Category::Clipboard
            | Category::Location
            | Category::Bluetooth
            | Category::Nfc
            | Category::ProcessList
            | Category::WebView => self.features.purge(category),
            Category::Application | Category::NetworkConfiguration => self.records.purge(category),
        }
    }
}

/// What became of the items of one collection.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) collected_at_ms: u64,
    /// Every item that was asked for, in the agreement's order; `None` is a value.
    pub(crate) outcomes: Vec<(Item, Option<Missing>)>,
    pub(crate) values: Box<Values>,
    /// Items that no export carries.
    pub(crate) on_device_only: ItemSet,
    /// Categories whose values a change of consent wiped.
    purged: Vec<Category>,
}

#[derive(Debug)]
enum State {
    /// Being collected, or live until the deadline in milliseconds since boot.
    Live {
        contents: Box<Contents>,
        deadline_ms: u64,
    },
    Ended(Ended),
}

/// Why a snapshot has no more values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Closed,
    Expired,
}

impl From<Ended> for Error {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Closed => Self::Closed,
            Ended::Expired => Self::Expired,
        }
    }
}

/// Holds a snapshot's values from before they are read until they are wiped, so that a revocation reaches a
/// collection in flight the same way as a live snapshot.
#[derive(Debug)]
pub(crate) struct Vault {
    pub(crate) purpose: Purpose,
    state: Mutex<State>,
}

impl Vault {
    /// A vault for a collection that is about to read every item without a reason not to.
    pub(crate) fn new(
        purpose: Purpose,
        outcomes: Vec<(Item, Option<Missing>)>,
        on_device_only: ItemSet,
    ) -> Self {
        let contents = Contents {
            collected_at_ms: 0,
            outcomes,
            values: Box::default(),
            on_device_only,
            purged: Vec::new(),
        };
        Self {
            purpose,
            state: Mutex::new(State::Live { contents: Box::new(contents), deadline_ms: u64::MAX }),
        }
    }

    /// The items still to be read.
    pub(crate) fn wanted(&self) -> ItemSet {
        match &*self.lock() {
            State::Live { contents, .. } => {
                let wanted = contents.outcomes.iter().filter(|(_, outcome)| outcome.is_none());
                wanted.map(|(item, _)| *item).collect()
            }
            State::Ended(_) => ItemSet::default(),
        }
    }

    /// Takes the values over, without those withheld since; they live until the deadline.
    pub(crate) fn fill(
        &self,
        mut values: Box<Values>,
        missing: &[(Item, Missing)],
        deadline_ms: u64,
    ) -> Result<(), Error> {
        match &mut *self.lock() {
            State::Ended(ended) => Err((*ended).into()),
            State::Live { contents, deadline_ms: deadline } => {
                contents.purged.iter().for_each(|category| values.purge(*category));
                for (item, outcome) in &mut contents.outcomes {
                    if outcome.is_none() {
                        let reason = missing.iter().find(|(other, _)| other == item);
                        *outcome = reason.map(|(_, reason)| *reason);
                    }
                }
                contents.values = values;
                contents.collected_at_ms = clock::since_epoch_ms();
                *deadline = deadline_ms;
                Ok(())
            }
        }
    }

    /// Wipes each category that is no longer agreed to.
    pub(crate) fn withhold(&self, reason: impl Fn(Category) -> Option<Withheld>) {
        if let State::Live { contents, .. } = &mut *self.lock() {
            let Contents { outcomes, values, purged, .. } = &mut **contents;
            for (item, outcome) in outcomes {
                let lost = match outcome {
                    None => reason(item.category()),
                    Some(Missing::Withheld(_) | Missing::Unavailable(_)) => None,
                };
                if let Some(lost) = lost {
                    *outcome = Some(Missing::Withheld(lost));
                    values.purge(item.category());
                    if !purged.contains(&item.category()) {
                        purged.push(item.category());
                    }
                }
            }
        }
    }

    /// Wipes everything. Whoever closes what has expired has closed it.
    pub(crate) fn end(&self, ended: Ended) {
        let mut state = self.lock();
        if matches!(*state, State::Live { .. }) || ended == Ended::Closed {
            *state = State::Ended(ended);
        }
    }

    #[cfg(test)]
    pub(crate) fn has_ended(&self) -> bool {
        matches!(*self.lock(), State::Ended(_))
    }

    fn read<T>(&self, read: impl FnOnce(&Contents) -> Result<T, Error>) -> Result<T, Error> {
        let mut state = self.lock();
        match &*state {
            // A process that slept past the deadline wipes before anything is read.
            State::Live { deadline_ms, .. } if *deadline_ms <= clock::since_boot_ms() => {
                *state = State::Ended(Ended::Expired);
                Err(Error::Expired)
            }
            State::Live { contents, .. } => read(contents),
            State::Ended(ended) => Err((*ended).into()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
