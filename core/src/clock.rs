//! Time, in milliseconds.

use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

/// For deadlines, which are short: it may stand still while a phone sleeps.
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Since the machine started, sleep included: retention and intervals go on while a phone sleeps.
pub(crate) fn since_boot_ms() -> u64 {
    #[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
    let clock = ClockId::Boottime;
    // Apple's monotonic clock counts sleep.
    #[cfg(any(not(any(target_os = "linux", target_os = "android")), miri))]
    let clock = ClockId::Monotonic;
    milliseconds(clock)
}

/// Since 1970, for what people read.
pub(crate) fn since_epoch_ms() -> u64 {
    #[cfg(not(miri))]
    let clock = ClockId::Realtime;
    // The only one that Miri makes go by its own steps.
    #[cfg(miri)]
    let clock = ClockId::Monotonic;
    milliseconds(clock)
}

fn milliseconds(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    let part = |value: i64| u64::try_from(value).unwrap_or_default();
    part(time.tv_sec).saturating_mul(1000).saturating_add(part(time.tv_nsec) / 1_000_000)
}
