//! The allocator that shipped artifacts set, and at the switch of a test the system's as it is, which many a Rust host has.

#![allow(unsafe_code, reason = "an allocator has no other form")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

use zeroizing_alloc::ZeroAlloc;

static IS_PLAIN: AtomicBool = AtomicBool::new(false);

/// One of the two.
pub(crate) struct Switched;

/// Runs something with the system's allocator as it is.
pub(crate) fn plain<T>(run: impl FnOnce() -> T) -> T {
    IS_PLAIN.store(true, Ordering::SeqCst);
    let result = run();
    IS_PLAIN.store(false, Ordering::SeqCst);
    result
}

// SAFETY: both get their memory from the system's allocator and give it back there, with the same layout.
unsafe impl GlobalAlloc for Switched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        if IS_PLAIN.load(Ordering::SeqCst) {
            // SAFETY: as the caller promises.
            unsafe { System.dealloc(place, layout) }
        } else {
            // SAFETY: as the caller promises.
            unsafe { ZeroAlloc(System).dealloc(place, layout) }
        }
    }
}
