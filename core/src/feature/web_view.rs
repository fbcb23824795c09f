//! The web view's user agent.

use zeroize::Zeroizing;

use crate::feature::SourceError;
use crate::feature::call::Call;
use crate::gate::SystemPermission;
use crate::outcome::{Missing, Unavailable};

/// Reads the web view's user agent.
#[uniffi::export(foreign)]
pub trait WebViewSource: Send + Sync {
    /// Whether the app may ask a web view.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// The user agent.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<String, SourceError>;
}

/// Longest user agent, in bytes: several times the longest in use.
const LONGEST: usize = 1024;

pub(super) fn read(source: &dyn WebViewSource, call: &Call<'_>) -> Result<String, Missing> {
    let text = Zeroizing::new(call.ask(|deadline_ms| source.read(deadline_ms))?);
    let user_agent = text.trim();
    if user_agent.is_empty() {
        Err(Unavailable::NotStated.into())
    } else if user_agent.len() > LONGEST {
        Err(Unavailable::TooLong.into())
    } else if user_agent.contains(char::is_control) {
        // It would end a header line.
        Err(Unavailable::Malformed.into())
    } else {
        Ok(user_agent.to_owned())
    }
}
