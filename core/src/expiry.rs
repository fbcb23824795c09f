//! Ends snapshots when their retention is over, with no further call by the host.

use std::collections::BinaryHeap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use crate::clock;
use crate::vault::{Ended, Vault};

/// One waiting thread a process, started with the first collection that reads anything.
#[derive(Debug)]
pub(crate) struct Expiry {
    queue: Mutex<BinaryHeap<Due>>,
    earlier: Condvar,
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
    /// The process's own.
    ///
    /// # Errors
    /// The system has no thread for it. Then nothing may be read, since nothing would end it.
    pub(crate) fn started() -> io::Result<&'static Self> {
        static EXPIRY: Expiry = Expiry { queue: Mutex::new(BinaryHeap::new()), earlier: Condvar::new() };
        static STARTED: OnceLock<()> = OnceLock::new();
        static STARTING: Mutex<()> = Mutex::new(());
        if STARTED.get().is_none() {
            let _one = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
            if STARTED.get().is_none() {
                thread::Builder::new().name("scruple-expiry".to_owned()).spawn(|| EXPIRY.run())?;
                let _ = STARTED.set(());
            }
        }
        Ok(&EXPIRY)
    }

    /// Ends the vault at that time.
    pub(crate) fn watch(&self, vault: Weak<Vault>, at_ms: u64) {
        let mut queue = self.lock();
        if queue.len() == queue.capacity() {
            // Closed snapshots leave before the heap grows for them.
            queue.retain(|due| due.vault.strong_count() > 0);
        }
        let earlier = queue.peek().is_none_or(|due| at_ms < due.at_ms);
        queue.push(Due { at_ms, vault });
        drop(queue);
        if earlier {
            self.earlier.notify_one();
        }
    }

    fn run(&self) {
        let mut queue = self.lock();
        loop {
            let wait = queue.peek().map(|due| due.at_ms.saturating_sub(clock::since_boot_ms()));
            queue = match wait {
                Some(0) => {
                    let due = queue.pop();
                    drop(queue);
                    if let Some(vault) = due.and_then(|due| due.vault.upgrade()) {
                        vault.end(Ended::Expired);
                    }
                    self.lock()
                }
                // The wait does not count sleep; after it, the clock above does, and so does every read.
                Some(ms) => {
                    let waited = self.earlier.wait_timeout(queue, Duration::from_millis(ms));
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.earlier.wait(queue).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn lock(&self) -> MutexGuard<'_, BinaryHeap<Due>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
