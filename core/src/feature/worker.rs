//! Calls a source on a thread of its own, so that one that hangs, throws or is late harms nobody.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use crate::feature::Source;
use crate::feature::slot::Slot;
use crate::secret::scrub_stack;
use crate::snapshot::Unavailable;

/// A source and its thread, which starts with the first call and ends with the session, or when the source returns.
#[derive(Debug)]
pub(crate) struct Worker {
    source: Source,
    busy: Arc<AtomicBool>,
    /// Where its thread waits for the next call; there is no thread before the first.
    calls: Mutex<Option<Arc<Slot<Call>>>>,
}

type Call = Box<dyn FnOnce() + Send>;

/// An answer on its way. Whoever stops waiting drops it, and the late answer is dropped, and wiped, where it arises.
pub(crate) struct Answer<T>(Arc<Slot<thread::Result<T>>>);

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Worker {
    pub(crate) fn new(source: Source) -> Self {
        Self { source, busy: Arc::default(), calls: Mutex::new(None) }
    }

    pub(crate) const fn source(&self) -> &Source {
        &self.source
    }

    /// Begins a call.
    ///
    /// # Errors
    /// [`Unavailable::Busy`] while the source has not returned from an earlier one.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Source) -> T + Send + 'static,
    ) -> Result<Answer<T>, Unavailable> {
        if self.busy.swap(true, Ordering::AcqRel) {
            return Err(Unavailable::Busy);
        }
        let answered = Arc::<Slot<_>>::default();
        let answer = Arc::clone(&answered);
        let (source, busy) = (self.source.clone(), Arc::clone(&self.busy));
        let call = Box::new(move || {
            let result = catch_unwind(AssertUnwindSafe(|| call(&source)));
            // Before anybody has the answer, so that nothing of it is left behind by then.
            scrub_stack();
            busy.store(false, Ordering::Release);
            answer.put(result);
        });
        if self.send(call).is_none() {
            self.busy.store(false, Ordering::Release);
            return Err(Unavailable::ReadFailed);
        }
        Ok(Answer(answered))
    }

    fn send(&self, call: Call) -> Option<()> {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.is_none() {
            let slot = Arc::<Slot<Call>>::default();
            let own = Arc::clone(&slot);
            let run = move || std::iter::from_fn(|| own.take(None)).for_each(|call| call());
            thread::Builder::new().name("scruple-source".to_owned()).spawn(run).ok()?;
            *calls = Some(slot);
        }
        calls.as_ref()?.put(call);
        Some(())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let calls = self.calls.get_mut().unwrap_or_else(PoisonError::into_inner);
        calls.iter().for_each(|calls| calls.close());
    }
}

impl<T> Answer<T> {
    /// Waits for it until then.
    ///
    /// # Errors
    /// [`Unavailable::TimedOut`], or [`Unavailable::ReadFailed`] if the source panicked.
    pub(crate) fn wait(self, until: Instant) -> Result<T, Unavailable> {
        match self.0.take(Some(until)) {
            Some(result) => result.map_err(|_| Unavailable::ReadFailed),
            None => Err(Unavailable::TimedOut),
        }
    }
}
