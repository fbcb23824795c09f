//! A place where one thread leaves a thing and another waits for it: a channel for one, at a tenth of its code size.

use std::fmt;

use crate::sync::{Condvar, Mutex, MutexGuard, lock, wait};

/// Holds one thing at most.
pub(crate) struct Slot<T> {
    content: Mutex<Content<T>>,
    changed: Condvar,
}

enum Content<T> {
    Empty,
    Full(T),
    /// Nobody takes or leaves anything any more.
    Closed,
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot")
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { content: Mutex::new(Content::Empty), changed: Condvar::new() }
    }
}

impl<T> Slot<T> {
    /// Leaves a thing for whoever takes it next. In a closed slot it is dropped, and wiped, here.
    pub(crate) fn put(&self, thing: T) {
        let mut content = self.lock();
        if !matches!(*content, Content::Closed) {
            *content = Content::Full(thing);
            self.changed.notify_one();
        }
    }

    /// Waits for a thing; `None` if the slot is closed.
    pub(crate) fn take(&self) -> Option<T> {
        let mut content = self.lock();
        loop {
            match std::mem::replace(&mut *content, Content::Empty) {
                Content::Full(thing) => return Some(thing),
                Content::Closed => {
                    *content = Content::Closed;
                    return None;
                }
                Content::Empty => content = wait(&self.changed, content),
            }
        }
    }

    /// Ends the waiting, and drops what lies in it.
    pub(crate) fn close(&self) {
        let content = std::mem::replace(&mut *self.lock(), Content::Closed);
        self.changed.notify_all();
        drop(content);
    }

    fn lock(&self) -> MutexGuard<'_, Content<T>> {
        lock(&self.content)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;

    #[test]
    fn waiting_ends_with_a_thing_or_with_the_slot() {
        let slot = Arc::new(Slot::default());
        let waiting = |slot: &Arc<Slot<u8>>| {
            let slot = Arc::clone(slot);
            thread::spawn(move || slot.take())
        };
        let waiter = waiting(&slot);
        slot.put(7);
        assert_eq!(waiter.join().unwrap(), Some(7));

        let waiter = waiting(&slot);
        slot.close();
        assert_eq!(waiter.join().unwrap(), None);
    }

    #[test]
    fn a_closed_slot_keeps_nothing() {
        let (slot, thing) = (Slot::default(), Arc::new(()));
        slot.put(Arc::clone(&thing));
        slot.close();
        assert_eq!(Arc::strong_count(&thing), 1);
        slot.put(Arc::clone(&thing));
        assert_eq!(Arc::strong_count(&thing), 1);
        assert_eq!(slot.take(), None);
    }
}
