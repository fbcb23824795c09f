//! The device items that Apple's frameworks give and its kernel does not.

use zeroize::Zeroizing;

use crate::feature::SourceError;
use crate::feature::call::Call;
use crate::outcome::{Missing, Unavailable};
use crate::text;
use crate::values::Resolution;

/// Reads the device items of UIKit, which answers on the main thread only. It needs no permission.
#[uniffi::export(foreign)]
pub trait DeviceSource: Send + Sync {
    /// The main display's resolution, with the device held upright.
    ///
    /// # Errors
    /// Why there is no value.
    fn resolution(&self, deadline_ms: u64) -> Result<Resolution, SourceError>;

    /// The name that its owner gave the device.
    ///
    /// # Errors
    /// Why there is no value.
    fn name(&self, deadline_ms: u64) -> Result<String, SourceError>;
}

/// Reads the storage's capacity, for which Apple requires a reason. It needs no permission.
#[uniffi::export(foreign)]
pub trait StorageSource: Send + Sync {
    /// Total capacity in bytes of the volume that holds user data.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<u64, SourceError>;
}

pub(super) fn resolution(source: &dyn DeviceSource, call: &Call<'_>) -> Result<Resolution, Missing> {
    let resolution = call.ask(|deadline_ms| source.resolution(deadline_ms))?;
    let scales = [Some(resolution.scale), resolution.native_scale];
    let of_its_form = resolution.width > 0
        && resolution.height > 0
        && scales.into_iter().flatten().all(|scale| scale.is_finite() && scale > 0.0);
    if of_its_form { Ok(resolution) } else { Err(Unavailable::Malformed.into()) }
}

pub(super) fn name(source: &dyn DeviceSource, call: &Call<'_>) -> Result<String, Missing> {
    let name = Zeroizing::new(call.ask(|deadline_ms| source.name(deadline_ms))?);
    Ok(text::given_name(&name)?.to_owned())
}

pub(super) fn storage_capacity(source: &dyn StorageSource, call: &Call<'_>) -> Result<u64, Missing> {
    match call.ask(|deadline_ms| source.read(deadline_ms))? {
        0 => Err(Unavailable::NotStated.into()),
        bytes => Ok(bytes),
    }
}
