//! What a process inherits that was forked from one with sessions: nothing.
//!
//! A child has the parent's memory and none of its threads, so nobody would end there what is alive here. Before a fork every lock of the
//! open sessions is taken, so that none is in a thread's hands that the child lacks; in the child all of them are closed, and their
//! values are wiped. The child can open sessions of its own. What a read holds in that very moment, on its way into a vault, is out of
//! reach.

#![allow(
    unsafe_code,
    reason = "the system is told what to call, and locks are held from one call of it to the next"
)]

use std::any::Any;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, Weak};

use crate::expiry::{EXPIRY, Queue};
use crate::gatekeeper::{self, Gatekeeper};
use crate::interval::INTERVALS;
use crate::item_map::ItemMap;
use crate::sync::lock;
use crate::vault;

/// How often this process's line was forked.
static GENERATION: AtomicU32 = AtomicU32::new(0);

/// The open sessions, and some that are gone.
static SESSIONS: Mutex<Vec<Weak<Gatekeeper>>> = Mutex::new(Vec::new());

/// Which of a line of forked processes this is. Threads of another do not exist here.
pub(crate) fn generation() -> u32 {
    GENERATION.load(Ordering::Relaxed)
}

/// Has a fork close the session in the child.
pub(crate) fn watch(session: &Arc<Gatekeeper>) {
    static HANDLED: OnceLock<()> = OnceLock::new();
    HANDLED.get_or_init(|| {
        // SAFETY: the functions are this library's, which is not unloaded while sessions are open; they do not panic.
        unsafe { libc::pthread_atfork(Some(before), Some(in_parent), Some(in_child)) };
    });
    let mut sessions = lock(&SESSIONS);
    sessions.retain(|session| session.strong_count() > 0);
    sessions.push(Arc::downgrade(session));
}

/// A lock and what it is in.
struct Hold<T: 'static> {
    guard: MutexGuard<'static, T>,
    /// Dropped after the guard.
    _owner: Arc<dyn Any + Send + Sync>,
}

impl<T> Hold<T> {
    fn new<O: Any + Send + Sync>(owner: &Arc<O>, of: impl Fn(&O) -> &Mutex<T>) -> Self {
        // SAFETY: the owner lives as long as the guard: it stands beside it, and fields are dropped in their order.
        let guard =
            unsafe { std::mem::transmute::<MutexGuard<'_, T>, MutexGuard<'static, T>>(lock(of(owner))) };
        Self { guard, _owner: Arc::clone(owner) as Arc<dyn Any + Send + Sync> }
    }
}

/// Every lock, in the order in which they are always taken.
struct Held {
    // Dropped in this order.
    queue: MutexGuard<'static, Queue>,
    _intervals: MutexGuard<'static, ItemMap<u64>>,
    vaults: Vec<Hold<vault::Inside>>,
    sessions: Vec<Hold<gatekeeper::State>>,
    _all: MutexGuard<'static, Vec<Weak<Gatekeeper>>>,
}

thread_local! {
    /// From before a fork until after it, on the thread that forks.
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

extern "C" fn before() {
    let all = lock(&SESSIONS);
    let sessions: Vec<_> =
        all.iter().filter_map(Weak::upgrade).map(|session| Hold::new(&session, Gatekeeper::state)).collect();
    let live = sessions.iter().flat_map(|session| session.guard.live());
    let vaults = live.map(|vault| Hold::new(&vault, vault::Vault::inside)).collect();
    let held = Held { queue: EXPIRY.queue(), _intervals: INTERVALS.lock(), vaults, sessions, _all: all };
    // A thread that is ending has no place for it any more; then the locks are let go of at once.
    let _ = HELD.try_with(|place| place.replace(Some(held)));
}

extern "C" fn in_parent() {
    drop(HELD.try_with(RefCell::take));
}

extern "C" fn in_child() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
    if let Ok(Some(mut held)) = HELD.try_with(RefCell::take) {
        held.vaults.iter_mut().for_each(|vault| vault.guard.end(vault::Ended::Closed));
        held.sessions.iter_mut().for_each(|session| session.guard.close());
        held.queue.forget_thread();
    }
}
