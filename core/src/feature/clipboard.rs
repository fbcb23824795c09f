//! The clipboard: its text, guarded, and what is wrong with it, without its text.

use zeroize::{Zeroize, Zeroizing};

use crate::feature::call::Call;
use crate::feature::{SourceError, sensitive};
use crate::gate::SystemPermission;
use crate::outcome::{Missing, Unavailable, Withheld};
use crate::secret::redacted;
use crate::values::ClipboardDiagnosis;

/// Reads the clipboard.
#[uniffi::export(foreign)]
pub trait ClipboardSource: Send + Sync {
    /// Whether the app may read the content. It never prompts the person.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// The content. The system may show the person a notice or a prompt, so the core calls it for `clipboard.content`
    /// only.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<ClipboardText, SourceError>;

    /// What the system says about the clipboard, without the content.
    ///
    /// # Errors
    /// Why there is no value.
    fn diagnose(&self, deadline_ms: u64) -> Result<ClipboardDiagnosis, SourceError>;
}

/// A clipboard source's answer. The core keeps only the text, and only if it is not sensitive.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, uniffi::Record)]
pub struct ClipboardText {
    /// The text, if the content is text.
    pub text: Option<String>,
    /// Whether the system, or the app that put it there, marked it as sensitive.
    pub sensitive: bool,
}

redacted!(ClipboardText);

/// Longest text, in bytes: a page or two; whoever copies more does not mean it for a mini-program.
const LONGEST: usize = 64 * 1024;
const MOST_TYPES: usize = 16;
const LONGEST_TYPE: usize = 255;

pub(super) fn read(source: &dyn ClipboardSource, call: &Call<'_>) -> Result<String, Missing> {
    let mut content = call.ask(|deadline_ms| source.read(deadline_ms))?;
    let text = Zeroizing::new(content.text.take().unwrap_or_default());
    if content.sensitive {
        return Err(Missing::Withheld(Withheld::Sensitive));
    }
    if text.is_empty() {
        return Err(Unavailable::NotStated.into());
    }
    if text.len() > LONGEST {
        return Err(Unavailable::TooLong.into());
    }
    if sensitive::is_sensitive(&text) {
        return Err(Missing::Withheld(Withheld::Sensitive));
    }
    Ok(text.to_string())
}

pub(super) fn diagnose(source: &dyn ClipboardSource, call: &Call<'_>) -> Result<ClipboardDiagnosis, Missing> {
    let mut diagnosis = call.ask(|deadline_ms| source.diagnose(deadline_ms))?;
    // A type is a short name; anything else could be content in disguise.
    let is_name = |name: &String| {
        name.len() <= LONGEST_TYPE
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-_*;= ".contains(&byte))
    };
    for name in diagnosis.types.iter_mut().filter(|name| !is_name(name)) {
        name.zeroize();
    }
    diagnosis.types.retain(|name| !name.is_empty());
    if let Some(surplus) = diagnosis.types.get_mut(MOST_TYPES..) {
        surplus.iter_mut().for_each(Zeroize::zeroize);
    }
    diagnosis.types.truncate(MOST_TYPES);
    Ok(diagnosis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::ClipboardObstacle;

    #[test]
    fn an_obstacle_is_wiped_to_the_first() {
        let mut obstacle = ClipboardObstacle::NotText;
        obstacle.zeroize();
        assert_eq!(obstacle, ClipboardObstacle::NotFocused);
    }
}
