//! Locks and threads: the standard library's, or loom's, under which a model runs through every interleaving.

use std::sync::PoisonError;
use std::time::Instant;

#[cfg(loom)]
pub(crate) use loom::{
    sync::{Condvar, Mutex, MutexGuard, atomic::AtomicBool},
    thread,
};
#[cfg(not(loom))]
pub(crate) use std::{
    sync::{Condvar, Mutex, MutexGuard, atomic::AtomicBool},
    thread,
};

#[cfg(not(loom))]
use crate::clock;

/// Takes a lock. One that was held by a panicking thread is taken all the same: every change under a lock is complete before
/// anything that can panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a change.
pub(crate) fn wait<'m, T>(changed: &Condvar, guard: MutexGuard<'m, T>) -> MutexGuard<'m, T> {
    changed.wait(guard).unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a change, at most until then.
#[cfg(not(loom))]
pub(crate) fn wait_until<'m, T>(
    changed: &Condvar,
    guard: MutexGuard<'m, T>,
    until: Instant,
) -> MutexGuard<'m, T> {
    let left = until.saturating_duration_since(clock::now());
    changed.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0
}

/// Waits for a change. A model's time is changed by a thread of the model, which then wakes who waits.
#[cfg(loom)]
pub(crate) fn wait_until<'m, T>(
    changed: &Condvar,
    guard: MutexGuard<'m, T>,
    _: Instant,
) -> MutexGuard<'m, T> {
    wait(changed, guard)
}
