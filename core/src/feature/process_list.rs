//! The process list: ids and short names. No command lines, no users, no paths.

use serde::Serialize;
use zeroize::Zeroize;

use crate::secret::redacted;

/// A process.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Process {
    /// The process id.
    pub pid: u32,
    /// The short name: `/proc/PID/comm` on Linux, which is at most 15 bytes for programs; what is not printable is
    /// replaced.
    pub name: String,
}

redacted!(Process);
