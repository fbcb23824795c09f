//! Ends snapshots when their retention is over, with no further call by the host.

use std::collections::BinaryHeap;
use std::io;
use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::clock;
use crate::sync::{Condvar, Mutex, MutexGuard, lock, thread, wait, wait_until};
use crate::vault::{Ended, Vault};

/// One waiting thread a process, started with the first collection that reads anything.
#[derive(Debug)]
pub(crate) struct Expiry {
    queue: Mutex<Queue>,
    earlier: Condvar,
}

/// The process's own.
#[cfg(not(loom))]
pub(crate) static EXPIRY: Expiry = Expiry::new();

#[cfg(loom)]
loom::lazy_static! {
    /// The model's own, in each of its executions.
    pub(crate) static ref EXPIRY: &'static Expiry = Box::leak(Box::new(Expiry::new()));
}

/// The vaults with values, and whether anybody ends them.
#[derive(Debug)]
pub(crate) struct Queue {
    due: BinaryHeap<Due>,
    started: bool,
    /// When the thread looks here next, if nobody wakes it.
    looks_at_ms: u64,
}

impl Queue {
    const EMPTY: Self = Self { due: BinaryHeap::new(), started: false, looks_at_ms: u64::MAX };

    /// Puts a vault in its place, and says whether the thread would look too late for it.
    pub(crate) fn watch(&mut self, vault: &Arc<Vault>, at_ms: u64) -> bool {
        if self.due.len() == self.due.capacity() {
            // Closed snapshots leave before the heap grows for them.
            self.due.retain(|due| due.vault.strong_count() > 0);
        }
        self.due.push(Due { at_ms, vault: Arc::downgrade(vault) });
        let earlier = at_ms < self.looks_at_ms;
        self.looks_at_ms = self.looks_at_ms.min(at_ms);
        earlier
    }

    /// In a forked process there is no thread, and what was watched is another's.
    #[cfg(target_os = "linux")]
    pub(crate) fn forget_thread(&mut self) {
        *self = Self::EMPTY;
    }
}

/// A vault and when it is due, ordered so that the heap's top is due first.
#[derive(Debug)]
struct Due {
    at_ms: u64,
    vault: Weak<Vault>,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.at_ms.cmp(&self.at_ms)
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.at_ms == other.at_ms
    }
}

impl Eq for Due {}

impl Expiry {
    #[cfg(not(loom))]
    const fn new() -> Self {
        Self { queue: Mutex::new(Queue::EMPTY), earlier: Condvar::new() }
    }

    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        Self { queue: Mutex::new(Queue::EMPTY), earlier: Condvar::new() }
    }

    /// Starts the thread, if there is none yet.
    ///
    /// # Errors
    /// The system has no thread for it. Then nothing may be read, since nothing would end it.
    pub(crate) fn start(&'static self) -> io::Result<()> {
        let mut queue = self.queue();
        if !queue.started {
            thread::Builder::new().name("scruple-expiry".to_owned()).spawn(|| self.run())?;
            queue.started = true;
        }
        Ok(())
    }

    /// Ends the vault at that time.
    pub(crate) fn watch(&self, vault: &Arc<Vault>, at_ms: u64) {
        if self.queue().watch(vault, at_ms) {
            self.earlier.notify_one();
        }
    }

    pub(crate) fn queue(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }

    /// A model's time has gone on, or its thread is forgotten.
    #[cfg(loom)]
    pub(crate) fn wake(&self) {
        drop(self.queue());
        self.earlier.notify_all();
    }

    fn run(&self) {
        let mut queue = self.queue();
        while queue.started {
            let next_ms = queue.due.peek().map(|due| due.at_ms);
            queue.looks_at_ms = next_ms.unwrap_or(u64::MAX);
            queue = match next_ms.map(|at_ms| at_ms.saturating_sub(clock::since_boot_ms())) {
                Some(0) => {
                    let due = queue.due.pop();
                    drop(queue);
                    if let Some(vault) = due.and_then(|due| due.vault.upgrade()) {
                        vault.end(Ended::Expired);
                    }
                    self.queue()
                }
                // The wait does not count sleep; after it, the clock above does, and so does every read.
                Some(ms) => wait_until(&self.earlier, queue, clock::now() + Duration::from_millis(ms)),
                None => wait(&self.earlier, queue),
            };
        }
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::*;
    use crate::vault::tests;

    fn vault() -> Arc<Vault> {
        Arc::new(tests::vault(&[], 60_000))
    }

    /// Snapshots that a host closes one after the other: only the first is due before the thread looks.
    #[test]
    fn nobody_is_woken_for_what_is_due_later_or_with_it() {
        let woken = |times: &[u64]| {
            let mut queue = Queue::EMPTY;
            Vec::from_iter(times.iter().copied().filter(|at_ms| queue.watch(&vault(), *at_ms)))
        };
        assert_eq!(woken(&Vec::from_iter(1..100)), [1]);
        assert_eq!(woken(&[7, 7, 8, 6, 6, 9]), [7, 6]);
    }

    #[test]
    fn the_earliest_is_first() {
        let mut queue = Queue::EMPTY;
        let vault = vault();
        for at_ms in [5, 1, 9, 3, 7] {
            queue.watch(&vault, at_ms);
        }
        let order = std::iter::from_fn(|| queue.due.pop()).map(|due| due.at_ms);
        assert_eq!(Vec::from_iter(order), [1, 3, 5, 7, 9]);
    }

    /// Only then are they looked for: at each watch it would cost a walk through all.
    #[test]
    fn closed_snapshots_leave_before_the_heap_grows() {
        let mut queue = Queue::EMPTY;
        let live = vault();
        queue.watch(&live, 1);
        let room = queue.due.capacity();
        for _ in 1..room {
            queue.watch(&vault(), 2);
        }
        assert_eq!((queue.due.len(), queue.due.capacity()), (room, room));
        queue.watch(&vault(), 3);
        assert_eq!((queue.due.len(), queue.due.capacity()), (2, room));
        assert_eq!(
            queue.due.peek().and_then(|due| due.vault.upgrade()).map(|own| Arc::ptr_eq(&own, &live)),
            Some(true)
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_forked_process_watches_nothing() {
        let mut queue = Queue::EMPTY;
        queue.watch(&vault(), 1);
        queue.started = true;
        queue.forget_thread();
        assert!(queue.due.is_empty() && !queue.started);
        assert!(queue.watch(&vault(), 2), "nobody looks");
    }
}
