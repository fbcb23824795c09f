//! Calls a source on a thread of its own, so that one that hangs, throws or is late harms nobody.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use crate::feature::Source;
use crate::secret::scrub_stack;
use crate::snapshot::Unavailable;

/// A source and its thread, which starts with the first call and ends with the session, or when the source returns.
#[derive(Debug)]
pub(crate) struct Worker {
    source: Source,
    busy: Arc<AtomicBool>,
    calls: Mutex<Option<Sender<Call>>>,
}

type Call = Box<dyn FnOnce() + Send>;

/// An answer on its way. Whoever stops waiting drops it, and the late answer is dropped, and wiped, where it arises.
pub(crate) struct Answer<T>(Receiver<thread::Result<T>>);

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
        let (answer, answered) = sync_channel(1);
        let (source, busy) = (self.source.clone(), Arc::clone(&self.busy));
        let call = Box::new(move || {
            let result = catch_unwind(AssertUnwindSafe(|| call(&source)));
            // Before anybody has the answer, so that nothing of it is left behind by then.
            scrub_stack();
            busy.store(false, Ordering::Release);
            // Nobody waits any more: the result comes back with the error and is wiped here.
            drop(answer.send(result));
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
            let (sender, receiver) = channel::<Call>();
            let run = move || receiver.into_iter().for_each(|call| call());
            thread::Builder::new().name("scruple-source".to_owned()).spawn(run).ok()?;
            *calls = Some(sender);
        }
        calls.as_ref()?.send(call).ok()
    }
}

impl<T> Answer<T> {
    /// Waits for it until then.
    ///
    /// # Errors
    /// [`Unavailable::TimedOut`], or [`Unavailable::ReadFailed`] if the source panicked.
    pub(crate) fn wait(self, until: Instant) -> Result<T, Unavailable> {
        match self.0.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(result) => result.map_err(|_| Unavailable::ReadFailed),
            Err(_) => Err(Unavailable::TimedOut),
        }
    }
}
