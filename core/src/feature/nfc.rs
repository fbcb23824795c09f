//! Near-field communication: whether it is there. No tag is read, so there is no tag's identifier.

use crate::feature::SourceError;
use crate::gate::SystemPermission;
use crate::values::NfcInformation;

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
    fn read(&self, deadline_ms: u64) -> Result<NfcInformation, SourceError>;
}
