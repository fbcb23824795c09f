//! The trait behind which each platform reads what it gives without the host.

#[cfg(any(target_os = "android", feature = "robolectric"))]
pub(crate) mod android;
#[cfg(any(target_vendor = "apple", feature = "recorded-apple"))]
pub(crate) mod apple;
#[cfg(any(target_os = "linux", target_os = "android"))]
mod arm_parts;
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) mod cpuinfo;
#[cfg(any(target_os = "linux", target_os = "android"))]
#[cfg_attr(
    target_os = "android",
    allow(dead_code, reason = "Android reads its processor by it, and nothing else")
)]
pub(crate) mod linux;
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) mod os_release;
#[cfg(target_os = "linux")]
pub(crate) mod recording;
#[cfg(any(target_os = "linux", target_os = "android"))]
mod scratch;

use std::sync::Arc;

use crate::agreement::{Item, Platform};
use crate::error::Error;
#[cfg(target_os = "android")]
use crate::error::InputKind;
use crate::outcome::Unavailable;
use crate::values::Values;

/// Reads what a platform gives without the host's help: its device items and its process list. A collection calls it after the
/// gate, and nobody else can.
pub(crate) trait Reader: std::fmt::Debug + Send + Sync {
    /// What it reads.
    fn platform(&self) -> Platform;

    /// Whether a read can hang, so that it has to happen on a thread of its own.
    fn may_hang(&self) -> bool;

    /// Reads in one pass: its items come in turn.
    fn read(&self, turns: &mut dyn Turns);
}

/// The items of one pass.
pub(crate) trait Turns {
    /// Calls `read_one` for one item after the other, as long as the gate permits.
    fn each(&mut self, read_one: &mut ReadOne<'_>);
}

/// Puts one item into the values, or says why not.
pub(crate) type ReadOne<'r> = dyn FnMut(Item, &mut Values) -> Result<(), Unavailable> + 'r;

/// This platform's reader.
#[cfg(target_os = "linux")]
pub(crate) fn reader() -> Result<Arc<dyn Reader>, Error> {
    // Robolectric's Android, in tests that have installed its context.
    #[cfg(feature = "robolectric")]
    if let Some(android) = android::installed() {
        return Ok(Arc::new(android));
    }
    Ok(Arc::new(linux::Linux::live()))
}

/// This platform's reader.
///
/// # Errors
/// [`Error::Input`] if the host has not handed its context over.
#[cfg(target_os = "android")]
pub(crate) fn reader() -> Result<Arc<dyn Reader>, Error> {
    match android::installed() {
        Some(android) => Ok(Arc::new(android)),
        None => {
            let hint = "open the session with the application's context";
            Err(Error::input(InputKind::Missing, "context", hint))
        }
    }
}

/// This platform's reader.
#[cfg(target_vendor = "apple")]
pub(crate) fn reader() -> Result<Arc<dyn Reader>, Error> {
    Ok(Arc::new(apple::Apple::live()))
}
