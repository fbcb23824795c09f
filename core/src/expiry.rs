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
pub(crate) static EXPIRY: Expiry =
    Expiry { queue: Mutex::new(Queue { due: BinaryHeap::new(), started: false }), earlier: Condvar::new() };

/// The vaults with values, and whether anybody ends them.
#[derive(Debug)]
pub(crate) struct Queue {
    due: BinaryHeap<Due>,
    started: bool,
}

impl Queue {
    /// In a forked process there is no thread, and what was watched is another's.
    pub(crate) fn forget_thread(&mut self) {
        self.due.clear();
        self.started = false;
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
        let mut queue = self.queue();
        if queue.due.len() == queue.due.capacity() {
            // Closed snapshots leave before the heap grows for them.
            queue.due.retain(|due| due.vault.strong_count() > 0);
        }
        let earlier = queue.due.peek().is_none_or(|due| at_ms < due.at_ms);
        queue.due.push(Due { at_ms, vault: Arc::downgrade(vault) });
        drop(queue);
        if earlier {
            self.earlier.notify_one();
        }
    }

    pub(crate) fn queue(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }

    fn run(&self) {
        let mut queue = self.queue();
        loop {
            let left = queue.due.peek().map(|due| due.at_ms.saturating_sub(clock::since_boot_ms()));
            queue = match left {
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
