//! A worker: jobs begin, are over, panic, and the session is closed meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::explore;
use crate::outcome::Unavailable;
use crate::slot::Slot;
use crate::sync::{AtomicBool, thread};
use crate::worker::{Worker, threads};

/// Counts jobs at work, and tells when what they held is dropped.
#[derive(Debug, Default)]
struct Work {
    now: AtomicUsize,
    most: AtomicUsize,
    begun: AtomicUsize,
    over: Slot<()>,
}

impl Work {
    fn job(self: &Arc<Self>) -> impl FnOnce() + Send + use<> {
        let work = Arc::clone(self);
        move || {
            work.begun.fetch_add(1, Ordering::Relaxed);
            let now = work.now.fetch_add(1, Ordering::Relaxed) + 1;
            work.most.fetch_max(now, Ordering::Relaxed);
            thread::yield_now();
            work.now.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn held(self: &Arc<Self>) -> Held {
        Held(Arc::clone(self))
    }
}

/// As the part of a collection.
struct Held(Arc<Work>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.over.put(());
    }
}

#[test]
fn a_job_that_is_over_makes_room_and_a_closed_worker_has_no_thread() {
    for panics in [false, true] {
        explore("worker: one job after the other, and a close", None, move || {
            let (worker, work) = (Worker::default(), Arc::new(Work::default()));
            let job = work.job();
            let job = move || {
                job();
                if panics {
                    // Without the message of a panic, execution by execution.
                    std::panic::resume_unwind(Box::new(()));
                }
            };
            assert_eq!(worker.start(work.held(), job), Ok(()));
            work.over.take();
            assert_eq!(worker.start(work.held(), work.job()), Ok(()), "its end was told, and it is busy");
            work.over.take();
            worker.close();
            assert_eq!(threads(), 0, "closed and idle, and there is a thread");
            assert_eq!(worker.start((), || ()), Err(Unavailable::ReadFailed));
            assert_eq!(worker.start((), || ()), Err(Unavailable::ReadFailed), "busy was not cleared");
        });
    }
}

#[test]
fn jobs_of_two_threads_are_never_at_work_at_once() {
    explore("worker: two collections at once", None, || {
        let (worker, work) = (Arc::new(Worker::default()), Arc::new(Work::default()));
        let other = thread::spawn({
            let (worker, work) = (Arc::clone(&worker), Arc::clone(&work));
            move || worker.start((), work.job()).is_ok()
        });
        let started = worker.start((), work.job()).is_ok();
        let started = usize::from(started) + usize::from(other.join().unwrap());
        assert!(started > 0, "each was told that the other is at work");
        worker.close();
        drop(worker);
        assert!(work.most.load(Ordering::Relaxed) <= 1);
        assert!(work.begun.load(Ordering::Relaxed) <= started);
    });
}

/// Whatever the order is, the thread ends (or loom says that it waits for ever), and what was held is dropped.
#[test]
fn a_close_at_any_time_ends_the_thread() {
    explore("worker: a close while a job begins", None, || {
        let (worker, work) = (Arc::new(Worker::default()), Arc::new(Work::default()));
        let closing = thread::spawn({
            let worker = Arc::clone(&worker);
            move || worker.close()
        });
        let started = worker.start(work.held(), work.job());
        assert_ne!(started, Err(Unavailable::Busy));
        // Begun, dropped in the slot, or refused: it is told.
        work.over.take();
        closing.join().unwrap();
        assert_eq!(worker.start((), || ()), Err(Unavailable::ReadFailed), "busy was not cleared");
    });
}

/// As it was: busy until the job comes back.
#[test]
#[should_panic(expected = "a panic left it busy")]
fn control_busy_that_is_cleared_by_hand() {
    explore("control", None, || {
        let busy = Arc::new(AtomicBool::new(true));
        let worker = thread::spawn({
            let busy = Arc::clone(&busy);
            move || {
                let job = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new(())));
                if job.is_ok() {
                    busy.store(false, Ordering::Release);
                }
            }
        });
        worker.join().unwrap();
        assert!(!busy.load(Ordering::Acquire), "a panic left it busy");
    });
}

/// The other order at a job's end: who was told of it finds the worker busy.
#[test]
#[should_panic(expected = "its end was told, and it is busy")]
fn control_an_end_that_is_told_too_early() {
    explore("control", None, || {
        let (busy, over) = (Arc::new(AtomicBool::new(true)), Arc::new(Slot::default()));
        let worker = thread::spawn({
            let (busy, over) = (Arc::clone(&busy), Arc::clone(&over));
            move || {
                over.put(());
                busy.store(false, Ordering::Release);
            }
        });
        over.take();
        assert!(!busy.load(Ordering::Acquire), "its end was told, and it is busy");
        worker.join().unwrap();
    });
}

/// A thread that nobody tells of the end.
#[test]
#[should_panic(expected = "deadlock")]
fn control_a_close_that_forgets_the_thread() {
    explore("control", None, || {
        let jobs = Arc::new(Slot::<()>::default());
        let worker = thread::spawn({
            let jobs = Arc::clone(&jobs);
            move || while jobs.take().is_some() {}
        });
        jobs.put(());
        worker.join().unwrap();
    });
}
