//! What hosts read of a collection.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::agreement::{Category, Item, Part, Purpose};
use crate::clock;
use crate::error::Error;
use crate::export;
use crate::outcome::Missing;
use crate::records::{ApplicationInformation, MiniProgram, NetworkConfiguration};
use crate::system_info::SystemInfo;
use crate::values::{DeviceInformation, FeatureData, Values};
use crate::vault::{Ended, Outcome, Vault};

/// The values of one collection. They stay in the snapshot: each read gives the host a copy of its own.
#[derive(Debug, uniffi::Object)]
pub struct Snapshot(Arc<Vault>);

#[uniffi::export]
impl Snapshot {
    /// The purpose of the collection.
    pub fn purpose(&self) -> Purpose {
        self.0.purpose
    }

    /// When the collection ended, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn collected_at_ms(&self) -> Result<u64, Error> {
        self.0.read(|contents| Ok(contents.collected_at_ms))
    }

    /// When the values expire, in milliseconds since 1970 by the clock as it is set now. They expire when the policy's
    /// retention has passed since the first of them arrived.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn lives_until_ms(&self) -> Result<u64, Error> {
        self.0.read(|contents| Ok(clock::since_epoch_ms().saturating_add(contents.left_ms())))
    }

    /// The application, as far as the host supplied it.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped it.
    pub fn application(&self) -> Result<ApplicationInformation, Error> {
        self.group(Category::Application, |values| values.records.application.clone().unwrap_or_default())
    }

    /// The mini-programs, in the order in which the host supplied them.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped them.
    pub fn mini_programs(&self) -> Result<Vec<MiniProgram>, Error> {
        self.group(Category::Application, |values| values.records.mini_programs.clone())
    }

    /// The network configuration, as far as the host supplied it.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped it.
    pub fn network(&self) -> Result<NetworkConfiguration, Error> {
        let network = |values: &Values| values.records.network.clone().unwrap_or_default();
        self.group(Category::NetworkConfiguration, network)
    }

    /// The device items.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped them.
    pub fn device(&self) -> Result<DeviceInformation, Error> {
        self.group(Category::Device, |values| values.device.clone())
    }

    /// The feature items.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped all of them.
    pub fn features(&self) -> Result<FeatureData, Error> {
        self.0.read(|contents| {
            let features = &contents.values.features;
            let mut categories = Category::ALL.iter().filter(|category| category.part() == Part::Feature);
            let purged = categories.any(|category| contents.is_purged(*category));
            match purged && *features == FeatureData::default() {
                true => Err(Error::Revoked),
                false => Ok(features.clone()),
            }
        })
    }

    /// The items that the host asked for and that have no value, each with the reason.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn missing(&self) -> Result<HashMap<Item, Missing>, Error> {
        self.0.read(|contents| Ok(contents.missing().collect()))
    }

    /// The categories of which Scruple wiped something, because consent or the age statement was revoked after the
    /// collection began.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn revoked(&self) -> Result<HashSet<Category>, Error> {
        self.0.read(|contents| Ok(contents.purged().iter().copied().collect()))
    }

    /// The items whose value the app may show to the person and may not send off the device. The JSON says so in place
    /// of the value. Apple's required reasons demand it.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn on_device_only(&self) -> Result<HashSet<Item>, Error> {
        self.0.read(|contents| {
            let here = contents.outcomes.iter().filter(|(_, outcome)| **outcome == Outcome::Here);
            Ok(here.map(|(item, _)| item).filter(|item| contents.on_device_only.contains(*item)).collect())
        })
    }

    /// The snapshot as JSON (`docs/json.md`): every item that the host asked for, with its value or the reason why it
    /// has none.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Expired`].
    pub fn to_json(&self) -> Result<String, Error> {
        self.0.read(|contents| Ok(export::json(self.0.purpose, contents)))
    }

    /// The device items that the mini-program platform has a name for, under those names.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped them.
    pub fn for_mini_program(&self) -> Result<SystemInfo, Error> {
        self.group(Category::Device, |values| SystemInfo::of(&values.device))
    }

    /// The same as JSON.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::Expired`], or [`Error::Revoked`] if a change of consent wiped them.
    pub fn to_mini_program_json(&self) -> Result<String, Error> {
        let info = Zeroizing::new(self.for_mini_program()?);
        Ok(export::text(&*info))
    }

    /// Wipes the values. Every later read gives [`Error::Closed`].
    #[uniffi::method(name = "end")]
    pub fn close(&self) {
        self.0.end(Ended::Closed);
        self.0.settle();
    }
}

impl Snapshot {
    pub(crate) fn new(vault: Arc<Vault>) -> Self {
        Self(vault)
    }

    fn group<T>(&self, category: Category, read: impl FnOnce(&Values) -> T) -> Result<T, Error> {
        self.0.read(|contents| match contents.is_purged(category) {
            true => Err(Error::Revoked),
            false => Ok(read(&contents.values)),
        })
    }
}

impl Drop for Snapshot {
    /// A reader that hangs holds the vault, too: letting go of it would not be enough.
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests;
