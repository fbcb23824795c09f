//! When each item was last read in this process, whichever session read it.

use std::sync::{Mutex, PoisonError};

use crate::agreement::Item;
use crate::gate::Decision;

/// The last reads, in milliseconds since boot.
#[derive(Debug)]
pub(crate) struct Intervals(Mutex<[Option<u64>; Item::ALL.len()]>);

/// The process's own.
pub(crate) static INTERVALS: Intervals = Intervals::new();

impl Intervals {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new([None; Item::ALL.len()]))
    }

    /// Milliseconds since the item's last read.
    pub(crate) fn since_last_read(&self, item: Item, now_ms: u64) -> Option<u64> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.get(item as usize).copied().flatten().map(|last| now_ms.saturating_sub(last))
    }

    /// Runs `decide` on the time since the last read and, if that permits, counts this as a read: of two sessions
    /// that ask at once, one is too soon.
    pub(crate) fn claim(
        &self,
        item: Item,
        now_ms: u64,
        decide: impl FnOnce(Option<u64>) -> Decision,
    ) -> Decision {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut last = last.get_mut(item as usize);
        let since = last.as_deref().copied().flatten().map(|last| now_ms.saturating_sub(last));
        let decision = decide(since);
        if let (Decision::Permitted, Some(last)) = (decision, &mut last) {
            **last = Some(now_ms);
        }
        decision
    }
}
