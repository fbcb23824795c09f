//! The process list, where a source reads it: on Android, in an artifact of its own.

use zeroize::Zeroize;

use crate::feature::SourceError;
use crate::feature::call::Call;
use crate::outcome::{Missing, Unavailable};
use crate::text;
use crate::values::RunningProcess;

/// Reads the processes that the system shows to this process. It needs no permission.
#[uniffi::export(foreign)]
pub trait ProcessesSource: Send + Sync {
    /// The processes.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<Vec<RunningProcess>, SourceError>;
}

/// More than any app has of its own.
const MOST: usize = 256;

pub(super) fn read(source: &dyn ProcessesSource, call: &Call<'_>) -> Result<Vec<RunningProcess>, Missing> {
    let mut processes = call.ask(|deadline_ms| source.read(deadline_ms))?;
    let checked = check(&mut processes);
    if checked.is_err() {
        processes.zeroize();
    }
    checked?;
    Ok(processes)
}

/// Puts them into order, or says what is wrong with one.
fn check(processes: &mut [RunningProcess]) -> Result<(), Unavailable> {
    if processes.len() > MOST {
        return Err(Unavailable::TooLong);
    }
    for process in &mut *processes {
        let name = text::line(&process.name)?;
        process.name.zeroize();
        process.name = name;
    }
    processes.sort_unstable_by_key(|process| process.pid);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(pid: u32, name: &str) -> RunningProcess {
        RunningProcess { pid, name: name.to_owned() }
    }

    #[test]
    fn they_come_by_their_id_without_padding() {
        let mut processes = [process(4012, "com.example:mini "), process(4001, "com.example")];
        check(&mut processes).unwrap();
        assert_eq!(
            processes.map(|own| (own.pid, own.name)),
            [(4001, "com.example".to_owned()), (4012, "com.example:mini".to_owned())]
        );
    }

    #[test]
    fn nonsense_has_a_reason() {
        for (name, reason) in [
            ("", Unavailable::NotStated),
            (" \t", Unavailable::NotStated),
            (&"x".repeat(10_000), Unavailable::TooLong),
            ("a NUL \0 inside", Unavailable::Malformed),
            ("two\nlines", Unavailable::Malformed),
        ] {
            assert_eq!(check(&mut [process(1, "com.example"), process(2, name)]), Err(reason), "{name:?}");
        }
        let crowd: Vec<_> = (0..=256).map(|pid| process(pid, "com.example")).collect();
        assert_eq!(check(&mut crowd.clone()), Err(Unavailable::TooLong));
        assert_eq!(check(&mut crowd[1..].to_vec()), Ok(()), "the control");
    }
}
