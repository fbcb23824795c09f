//! Near-field communication: whether it is there. No tag is read, so there is no tag's identifier.

use crate::feature::SourceError;
use crate::gate::SystemPermission;
use crate::values::NfcInformation;

/// Reads the state of near-field communication.
#[uniffi::export(foreign)]
pub trait NfcSource: Send + Sync {
    /// Whether the app may ask the adapter. It never prompts the person.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// The state of near-field communication.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<NfcInformation, SourceError>;
}
