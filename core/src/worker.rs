//! Calls what may hang on a thread of its own, so that it harms nobody when it does.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::fork;
use crate::outcome::Unavailable;
use crate::slot::Slot;
use crate::sync::{AtomicBool, Mutex, lock, thread};

/// Threads that one process has for sources at most. A source that never returns keeps its own, so without an end to them a host that
/// opens sessions over and over would run out of threads.
const MOST_THREADS: usize = 64;

/// How many there are.
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// A thread that starts with the first job, and ends with the session or, if it is at a job then, when that returns.
#[derive(Debug, Default)]
pub(crate) struct Worker {
    busy: Arc<AtomicBool>,
    thread: Mutex<Thread>,
}

#[derive(Debug, Default)]
enum Thread {
    /// Nothing was ever to do.
    #[default]
    None,
    /// It waits for the next job, or is at one.
    Running { jobs: Arc<Slot<Job>>, handle: thread::JoinHandle<()>, generation: u32 },
    /// The session is closed.
    Closed,
}

type Job = Box<dyn FnOnce() + Send>;

/// A place in [`THREADS`].
struct Place;

impl Place {
    fn take() -> Option<Self> {
        let more = |threads| (threads < MOST_THREADS).then_some(threads + 1);
        THREADS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        THREADS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How many threads there are.
#[cfg(all(test, loom))]
pub(crate) fn threads() -> usize {
    THREADS.load(Ordering::Relaxed)
}

/// That a thread is at a job.
struct Busy(Arc<AtomicBool>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Worker {
    /// Begins a job. What is held until its end is dropped when the next one can begin.
    ///
    /// # Errors
    /// [`Unavailable::Busy`] while it is at an earlier one, and while the process has [`MOST_THREADS`] threads for sources;
    /// [`Unavailable::ReadFailed`] if the system has no thread, or the session is closed.
    pub(crate) fn start(
        &self,
        held: impl Send + 'static,
        job: impl FnOnce() + Send + 'static,
    ) -> Result<(), Unavailable> {
        if self.busy.swap(true, Ordering::AcqRel) {
            return Err(Unavailable::Busy);
        }
        let busy = Busy(Arc::clone(&self.busy));
        self.send(Box::new(move || {
            // A job catches what it calls; this is for the thread to stay.
            let _ = catch_unwind(AssertUnwindSafe(job));
            drop(busy);
            drop(held);
        }))
    }

    fn send(&self, job: Job) -> Result<(), Unavailable> {
        let mut thread = lock(&self.thread);
        if matches!(*thread, Thread::None) {
            let place = Place::take().ok_or(Unavailable::Busy)?;
            *thread = Thread::start(place).map_err(|_| Unavailable::ReadFailed)?;
        }
        match &*thread {
            Thread::Running { jobs, .. } => {
                jobs.put(job);
                Ok(())
            }
            Thread::None | Thread::Closed => Err(Unavailable::ReadFailed),
        }
    }

    /// Ends the thread. It is gone when this returns, unless it is at a job.
    pub(crate) fn close(&self) {
        let thread = std::mem::replace(&mut *lock(&self.thread), Thread::Closed);
        let Thread::Running { jobs, handle, generation } = thread else { return };
        // In a forked process it does not exist.
        if generation == fork::generation() {
            jobs.close();
            // A busy one may hang, and this may be the thread itself.
            let own = handle.thread().id() == thread::current().id();
            if !own && !self.busy.load(Ordering::Acquire) {
                let _ = handle.join();
            }
        }
    }
}

impl Thread {
    fn start(place: Place) -> io::Result<Self> {
        let jobs = Arc::<Slot<Job>>::default();
        let own = Arc::clone(&jobs);
        let run = move || {
            let _place = place;
            std::iter::from_fn(|| own.take()).for_each(|job| job());
        };
        let handle = thread::Builder::new().name("scruple-source".to_owned()).spawn(run)?;
        Ok(Self::Running { jobs, handle, generation: fork::generation() })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.close();
    }
}
