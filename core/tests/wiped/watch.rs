//! An allocator that looks into each block before it is freed.
//!
//! The allocator that shipped artifacts set wipes what is freed, so that under it a container that does not wipe looks like one that
//! does. Under this one nothing is wiped but by its owner.

use std::alloc::{GlobalAlloc, Layout, System};
use std::backtrace::Backtrace;
use std::cell::Cell;
use std::slice;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is searched for is kept masked, as in the memory search.
const MASK: u8 = 0xa5;

struct Watching;

#[global_allocator]
static ALLOCATOR: Watching = Watching;

/// Whether anybody looks.
static LOOKS: AtomicBool = AtomicBool::new(false);
static SEARCH: Mutex<Search> = Mutex::new(Search { needles: Vec::new(), found: Vec::new() });

struct Search {
    /// By name, masked.
    needles: Vec<(&'static str, Vec<u8>)>,
    found: Vec<Found>,
}

/// A value in a block that was freed.
pub(crate) struct Found {
    /// Whose value.
    pub(crate) name: &'static str,
    /// The functions of the core that were at work, the innermost first.
    pub(crate) by: String,
}

thread_local! {
    /// Looking allocates, too.
    static IS_LOOKING: Cell<bool> = const { Cell::new(false) };
}

// SAFETY: the system's allocator does the work; this one only looks. `realloc` is the trait's own, which frees the old block by
// `dealloc`, so that growing is seen.
unsafe impl GlobalAlloc for Watching {
    /// Zeroed: what is in a block is its owner's, and not an earlier one's.
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if LOOKS.load(Ordering::SeqCst) && !IS_LOOKING.replace(true) {
            // SAFETY: the block is the caller's until it is freed below, and every byte of it was written.
            look(unsafe { slice::from_raw_parts(block, layout.size()) });
            IS_LOOKING.set(false);
        }
        // SAFETY: the caller's.
        unsafe { System.dealloc(block, layout) }
    }
}

#[inline(never)]
fn look(block: &[u8]) {
    let mut search = search();
    let Search { needles, found } = &mut *search;
    for (name, needle) in needles {
        let is_here =
            |window: &[u8]| window.iter().zip(&*needle).all(|(byte, masked)| byte ^ MASK == *masked);
        if block.windows(needle.len()).any(is_here) {
            let stack = Backtrace::force_capture().to_string();
            let by = stack.lines().filter_map(|line| line.split_once(": ")).map(|(_, function)| function);
            let own = by.filter(|function| function.trim_start_matches('<').starts_with("scruple::"));
            found.push(Found { name, by: own.take(3).collect::<Vec<_>>().join(" < ") });
        }
    }
}

fn search() -> MutexGuard<'static, Search> {
    SEARCH.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was freed with one of the values in it, while this was done. The values come masked.
pub(crate) fn freed<T>(values: Vec<(&'static str, Vec<u8>)>, act: impl FnOnce() -> T) -> (Vec<Found>, T) {
    search().needles = values;
    LOOKS.store(true, Ordering::SeqCst);
    let result = act();
    LOOKS.store(false, Ordering::SeqCst);
    let mut search = search();
    search.needles.clear();
    (std::mem::take(&mut search.found), result)
}

/// A value masked, as it is searched for.
pub(crate) fn masked(value: &[u8]) -> Vec<u8> {
    value.iter().map(|byte| byte ^ MASK).collect()
}
