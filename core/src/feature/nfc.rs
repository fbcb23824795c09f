//! Near-field communication: whether it is there. No tag is read, so there is no tag's identifier.

use serde::Serialize;
use zeroize::Zeroize;

use crate::feature::SourceError;
use crate::gate::SystemPermission;
use crate::secret::redacted;

/// Reads the state of near-field communication.
#[uniffi::export(foreign)]
pub trait NfcSource: Send + Sync {
    /// Whether the adapter may be asked. Never prompts.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// Its state.
    ///
    /// # Errors
    /// Why there is none.
    fn read(&self, deadline_ms: u64) -> Result<Nfc, SourceError>;
}

/// The state of near-field communication. Three facts, so there is nothing to minimise.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Nfc {
    /// Whether the device has it.
    pub present: bool,
    /// Whether it is on, if the system says so.
    pub enabled: Option<bool>,
    /// Whether the device can act as a card, if the system says so.
    pub host_card_emulation: Option<bool>,
}

redacted!(Nfc);
