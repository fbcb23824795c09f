//! A model's time, in milliseconds: it goes on when a thread of the model says so.
//!
//! loom's condition variables never time out, so whoever lets time go on also wakes who may wait for it ([`Vault::wake`](
//! crate::vault::Vault::wake), [`Expiry::wake`](crate::expiry::Expiry::wake)).

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::sync::{Mutex, lock};

/// When a model begins.
const START_MS: u64 = 1_000;

thread_local! {
    // All threads of a model are one of the system's. The lock makes a look at the time a step, so that it is tried before and after
    // the time has gone on.
    static NOW_MS: Cell<Option<&'static Mutex<u64>>> = const { Cell::new(None) };
}

/// Begins an execution.
#[cfg(test)]
pub(crate) fn restart() {
    NOW_MS.set(Some(Box::leak(Box::new(Mutex::new(START_MS)))));
}

/// Lets time go on.
#[cfg(test)]
pub(crate) fn advance(ms: u64) {
    if let Some(now_ms) = NOW_MS.get() {
        *lock(now_ms) += ms;
    }
}

/// When every execution begins.
pub(crate) fn start() -> Instant {
    static START: OnceLock<Instant> = OnceLock::new();
    *START.get_or_init(Instant::now)
}

pub(crate) fn now() -> Instant {
    start() + Duration::from_millis(since_boot_ms() - START_MS)
}

pub(crate) fn since_boot_ms() -> u64 {
    NOW_MS.get().map_or(START_MS, |now_ms| *lock(now_ms))
}

pub(crate) fn since_epoch_ms() -> u64 {
    since_boot_ms()
}
