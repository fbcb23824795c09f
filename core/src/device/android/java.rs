//! Java as one thread calls it: without an exception left pending, and without copies of text that nobody wipes.

use jni::errors::{self, Error};
use jni::objects::JString;
use jni::vm::{AttachConfig, AttachmentExceptionPolicy};
use jni::{Env, JavaVM};
use zeroize::Zeroizing;

use super::framework::SecurityException;
use crate::outcome::Unavailable;
use crate::text;

/// References that a pass needs at once; the frame grows if it must.
const REFERENCES: usize = 64;

/// References that one entry of a list needs.
const REFERENCES_OF_AN_ENTRY: usize = 8;

/// Runs a pass on the thread that calls, which is attached meanwhile if it is none of Java's.
pub(super) fn run(pass: impl FnOnce(&mut Env<'_>)) -> Result<(), Unavailable> {
    // Of an exception that is left `jni` would keep the words.
    let config = || AttachConfig::new().scoped(true).exceptions_policy(AttachmentExceptionPolicy::Ignore);
    let ran = JavaVM::singleton().and_then(|machine| {
        machine.attach_current_thread_with_config(config, Some(REFERENCES), |env| {
            if env.exception_check() {
                return Err(Error::JavaException);
            }
            pass(env);
            Ok(())
        })
    });
    ran.map_err(|_| Unavailable::ReadFailed)
}

/// What Java answered.
pub(super) trait Answer<T> {
    /// The answer, or the reason that there is none; no exception is pending then.
    fn or_reason(self, env: &mut Env<'_>) -> Result<T, Unavailable>;
}

impl<T> Answer<T> for errors::Result<T> {
    fn or_reason(self, env: &mut Env<'_>) -> Result<T, Unavailable> {
        self.map_err(|error| reason(env, error))
    }
}

/// Takes a pending exception away. Of what it says nothing is kept: it could hold a value.
#[allow(clippy::wildcard_enum_match_arm, reason = "`jni` may name more errors")]
fn reason(env: &mut Env<'_>, error: Error) -> Unavailable {
    if let Some(thrown) = env.exception_occurred() {
        env.exception_clear();
        return match env.as_cast::<SecurityException>(&thrown) {
            Ok(_) => Unavailable::NotPermitted,
            Err(_) => Unavailable::ReadFailed,
        };
    }
    match error {
        Error::NullPtr(_) => Unavailable::NotStated,
        Error::WrongObjectType => Unavailable::Malformed,
        Error::NoClassDefFound { .. } | Error::MethodNotFound { .. } | Error::FieldNotFound { .. } => {
            Unavailable::PlatformHasNone
        }
        _ => Unavailable::ReadFailed,
    }
}

/// Reads each entry of a list in a frame of its own: a list can be longer than one frame holds references.
pub(super) fn entries(
    env: &mut Env<'_>,
    count: usize,
    most: usize,
    read: &mut dyn FnMut(&mut Env<'_>, usize) -> Result<(), Unavailable>,
) -> Result<(), Unavailable> {
    if count > most {
        return Err(Unavailable::TooLong);
    }
    for at in 0..count {
        env.with_local_frame(REFERENCES_OF_AN_ENTRY, |env| Ok(read(env, at))).or_reason(env)??;
    }
    Ok(())
}

/// A `String`'s text, copied into memory of ours only: JNI's functions for UTF-8 leave a copy in the virtual machine's
/// heap.
pub(super) fn text(env: &mut Env<'_>, string: &JString<'_>) -> Result<Zeroizing<String>, Unavailable> {
    let units = units(env, string)?;
    // Large enough never to move: a unit becomes three bytes at most.
    let mut text = Zeroizing::new(String::with_capacity(3 * units.len()));
    for character in char::decode_utf16(units.iter().copied()) {
        text.push(character.map_err(|_| Unavailable::Malformed)?);
    }
    Ok(text)
}

/// A `String`'s UTF-16.
#[allow(unsafe_code, reason = "`jni` has no function that copies UTF-16 to where its caller says")]
fn units(env: &mut Env<'_>, string: &JString<'_>) -> Result<Zeroizing<Vec<u16>>, Unavailable> {
    if string.is_null() {
        return Err(Unavailable::NotStated);
    }
    let (raw, string) = (env.get_raw(), string.as_raw());
    // SAFETY: the environment is this thread's, no exception is pending, the reference is a live one to a `String`, which
    // never changes, and the units are as many as are copied.
    unsafe {
        let length = ((**raw).v1_1.GetStringLength)(raw, string);
        let size = usize::try_from(length).map_err(|_| Unavailable::Malformed)?;
        if size > text::LONGEST {
            return Err(Unavailable::TooLong);
        }
        let mut units = Zeroizing::new(vec![0; size]);
        ((**raw).v1_2.GetStringRegion)(raw, string, 0, length, units.as_mut_ptr());
        Ok(units)
    }
}
