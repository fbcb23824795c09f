//! The IDFA, and no other identifier.

use zeroize::Zeroizing;

use crate::feature::SourceError;
use crate::feature::call::Call;
use crate::gate::SystemPermission;
use crate::outcome::{Missing, Unavailable};

/// Reads the IDFA on Apple's platforms. Android has nothing in its place.
#[uniffi::export(foreign)]
pub trait IdfaSource: Send + Sync {
    /// Whether the person authorised tracking. It never prompts the person.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// The identifier in the form 8-4-4-4-12.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<String, SourceError>;
}

/// An identifier of the IDFA's form; all zeros is what Apple gives instead of one.
pub(super) fn read(source: &dyn IdfaSource, call: &Call<'_>) -> Result<String, Missing> {
    let text = Zeroizing::new(call.ask(|deadline_ms| source.read(deadline_ms))?);
    let hyphens = [8, 13, 18, 23];
    let of_its_form = text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match hyphens.contains(&at) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        });
    if !of_its_form {
        return Err(Unavailable::Malformed.into());
    }
    if text.bytes().all(|byte| byte == b'0' || byte == b'-') {
        return Err(Unavailable::Placeholder.into());
    }
    Ok(text.to_ascii_uppercase())
}
