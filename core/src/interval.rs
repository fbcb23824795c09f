//! When each item was last read in this process, whichever session read it.

use crate::agreement::Item;
use crate::item_map::ItemMap;
use crate::sync::{Mutex, MutexGuard, lock};

/// The last reads, in milliseconds since boot.
#[derive(Debug)]
pub(crate) struct Intervals(Mutex<ItemMap<u64>>);

/// The process's own.
#[cfg(not(loom))]
pub(crate) static INTERVALS: Intervals = Intervals::new();

#[cfg(loom)]
loom::lazy_static! {
    /// The model's own, in each of its executions.
    pub(crate) static ref INTERVALS: &'static Intervals = Box::leak(Box::new(Intervals::new()));
}

impl Intervals {
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(ItemMap::EMPTY))
    }

    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        Self(Mutex::new(ItemMap::EMPTY))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, ItemMap<u64>> {
        lock(&self.0)
    }

    /// Runs `decide` on the time since the last read and, if that permits, counts this as a read: of two sessions
    /// that ask at once, one is too soon.
    pub(crate) fn claim<P, R>(
        &self,
        item: Item,
        now_ms: u64,
        decide: impl FnOnce(Option<u64>) -> Result<P, R>,
    ) -> Result<P, R> {
        let mut last = self.lock();
        let permit = decide(since_last_read(&last, item, || now_ms))?;
        last.insert(item, now_ms);
        Ok(permit)
    }
}

/// Milliseconds since the item's last read, by a clock that nobody asks if there was none.
pub(crate) fn since_last_read(last: &ItemMap<u64>, item: Item, now_ms: impl FnOnce() -> u64) -> Option<u64> {
    let last = last.get(item)?;
    Some(now_ms().saturating_sub(*last))
}
