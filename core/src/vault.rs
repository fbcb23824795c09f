//! Where the values of one collection are from the moment they arrive until they are wiped.
//!
//! A vault knows of every item whether it is awaited, being read, there, or missing and why. An item only ever goes on in that
//! order: what was revoked, closed or is late cannot arrive any more, and is wiped where it is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::agreement::{Category, Item, ItemSet, Purpose};
use crate::clock;
use crate::error::Error;
use crate::gate::Permit;
use crate::item_map::ItemMap;
use crate::outcome::{Missing, Unavailable, Withheld};
use crate::sync::{Condvar, Mutex, MutexGuard, lock, thread, wait_until};
use crate::values::Values;

/// How long a revocation waits for threads that hold a value just then. They hold it for as long as it takes to look at it; one that
/// is waiting for the system has no value yet.
const PATIENCE: Duration = Duration::from_secs(1);

/// The values of one collection, and what became of its items.
#[derive(Debug)]
pub(crate) struct Vault {
    pub(crate) purpose: Purpose,
    retention_ms: u64,
    /// The items that were to be read when the collection began.
    wanted: ItemSet,
    inside: Mutex<Inside>,
    changed: Condvar,
}

/// What is behind a vault's lock.
#[derive(Debug)]
pub(crate) struct Inside {
    state: State,
    /// How many parts of the collection are at work.
    parts: usize,
    /// Whether one of them may hang: an item was given up while it was at work.
    hangs: bool,
    /// How many threads wait for a change.
    waiting: usize,
    /// Who holds values that are on their way here.
    hands: Vec<Hand>,
    /// The number of the next hand.
    next: u64,
    /// Hands below this number held values when something was last taken back.
    stale_below: u64,
}

#[derive(Debug)]
struct Hand {
    number: u64,
    thread: thread::ThreadId,
}

#[derive(Debug)]
enum State {
    Live(Box<Contents>),
    Ended(Ended),
}

/// Why a snapshot has no more values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Closed,
    Expired,
}

impl From<Ended> for Error {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Closed => Self::Closed,
            Ended::Expired => Self::Expired,
        }
    }
}

/// What becomes of an item that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every layer but the system permits it; it may arrive until then.
    Awaited(Instant),
    /// It is being read, and may arrive until then.
    Reading(Instant),
    /// Its value is here.
    Here,
    /// It has none.
    Missing(Missing),
}

/// What a live vault holds.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) collected_at_ms: u64,
    /// Every item that was asked for.
    pub(crate) outcomes: ItemMap<Outcome>,
    pub(crate) values: Box<Values>,
    /// Items that no export carries.
    pub(crate) on_device_only: ItemSet,
    /// Categories of which a change of consent wiped something.
    purged: Vec<Category>,
    /// When the first value has been here for the retention, in milliseconds since boot.
    due_ms: Option<u64>,
}

impl Contents {
    /// The items without a value, each with the reason.
    pub(crate) fn missing(&self) -> impl Iterator<Item = (Item, Missing)> + '_ {
        self.outcomes.iter().filter_map(|(item, outcome)| match outcome {
            Outcome::Missing(reason) => Some((item, *reason)),
            Outcome::Here | Outcome::Awaited(_) | Outcome::Reading(_) => None,
        })
    }

    /// How many milliseconds the values have yet, once the collection is over.
    pub(crate) fn left_ms(&self) -> u64 {
        self.due_ms.map_or(0, |due| due.saturating_sub(clock::since_boot_ms()))
    }

    /// The categories of which a change of consent wiped something.
    pub(crate) fn purged(&self) -> &[Category] {
        &self.purged
    }

    /// Whether a change of consent wiped something of the category.
    pub(crate) fn is_purged(&self, category: Category) -> bool {
        self.purged.contains(&category)
    }

    /// When the item may arrive at the latest, if it still may.
    fn until(&self, item: Item) -> Option<Instant> {
        match self.outcomes.get(item)? {
            Outcome::Awaited(until) | Outcome::Reading(until) => Some(*until),
            Outcome::Here | Outcome::Missing(_) => None,
        }
    }
}

impl Inside {
    /// Wipes everything. Whoever closes what has expired has closed it.
    pub(crate) fn end(&mut self, ended: Ended) {
        self.stale_below = self.next;
        if matches!(self.state, State::Live(_)) || ended == Ended::Closed {
            self.state = State::Ended(ended);
        }
    }
}

/// Values in somebody's hands, on their way into a vault: until this is dropped, a revocation waits.
#[derive(Debug)]
pub(crate) struct Grip<'v> {
    vault: &'v Vault,
    number: u64,
}

impl Drop for Grip<'_> {
    fn drop(&mut self) {
        let mut inside = self.vault.lock();
        inside.hands.retain(|hand| hand.number != self.number);
        self.vault.tell(inside);
    }
}

impl Grip<'_> {
    /// Whether something was taken back since: whoever remembers values lets go of them.
    pub(crate) fn is_stale(&self) -> bool {
        self.number < self.vault.lock().stale_below
    }
}

/// One part of a collection at work, until it is dropped.
#[derive(Debug)]
pub(crate) struct Part(Arc<Vault>);

impl Drop for Part {
    fn drop(&mut self) {
        let mut inside = self.0.lock();
        inside.parts -= 1;
        self.0.tell(inside);
    }
}

impl Vault {
    pub(crate) fn new(
        purpose: Purpose,
        retention_ms: u64,
        outcomes: ItemMap<Outcome>,
        on_device_only: ItemSet,
    ) -> Self {
        let is_awaited = |(_, outcome): &(Item, &Outcome)| matches!(outcome, Outcome::Awaited(_));
        let wanted = outcomes.iter().filter(is_awaited).map(|(item, _)| item).collect();
        let contents = Contents {
            collected_at_ms: 0,
            outcomes,
            values: Box::default(),
            on_device_only,
            purged: Vec::new(),
            due_ms: None,
        };
        let state = State::Live(Box::new(contents));
        let inside =
            Inside { state, parts: 0, hangs: false, waiting: 0, hands: Vec::new(), next: 0, stale_below: 0 };
        Self { purpose, retention_ms, wanted, inside: Mutex::new(inside), changed: Condvar::new() }
    }

    /// One more part is at work.
    pub(crate) fn part(vault: &Arc<Self>) -> Part {
        vault.lock().parts += 1;
        Part(Arc::clone(vault))
    }

    /// The items that nobody has begun to read.
    pub(crate) fn awaited(&self) -> ItemSet {
        match &self.lock().state {
            State::Live(contents) => {
                let awaited = contents.outcomes.iter();
                awaited
                    .filter(|(_, outcome)| matches!(outcome, Outcome::Awaited(_)))
                    .map(|(item, _)| item)
                    .collect()
            }
            State::Ended(_) => ItemSet::default(),
        }
    }

    /// Lets one read of an awaited item begin, if `decide` permits it, and says until when. Otherwise it is missing from now on.
    pub(crate) fn begin(
        &self,
        item: Item,
        now: Instant,
        decide: impl FnOnce() -> Result<Permit, Withheld>,
    ) -> Option<Instant> {
        let mut inside = self.lock();
        let State::Live(contents) = &mut inside.state else { return None };
        let Some(Outcome::Awaited(until)) = contents.outcomes.get(item).copied() else { return None };
        let outcome = match decide_in_time(until, now, decide) {
            Ok(permit) => {
                contents.outcomes.insert(permit.item(), Outcome::Reading(until));
                return Some(until);
            }
            Err(reason) => Outcome::Missing(reason),
        };
        contents.outcomes.insert(item, outcome);
        self.tell(inside);
        None
    }

    /// Takes hold of a value of the item that has arrived, unless nobody wants it any more.
    pub(crate) fn grip(&self, item: Item) -> Option<Grip<'_>> {
        let mut inside = self.lock();
        let State::Live(contents) = &inside.state else { return None };
        contents.until(item)?;
        let number = inside.next;
        inside.next += 1;
        inside.hands.push(Hand { number, thread: thread::current().id() });
        Some(Grip { vault: self, number })
    }

    /// Takes a value over, unless the item was revoked, closed or is late; then nothing of it is here. When the first value has come,
    /// it says when that is due.
    pub(crate) fn deliver(&self, item: Item, put: impl FnOnce(&mut Values)) -> Option<u64> {
        let mut inside = self.lock();
        let State::Live(contents) = &mut inside.state else { return None };
        let until = contents.until(item)?;
        let mut due = None;
        let outcome = if clock::now() < until {
            put(&mut contents.values);
            if contents.due_ms.is_none() {
                due = Some(self.due_ms());
                contents.due_ms = due;
            }
            Outcome::Here
        } else {
            Outcome::Missing(Unavailable::TimedOut.into())
        };
        contents.outcomes.insert(item, outcome);
        self.tell(inside);
        due
    }

    /// Says why items that could still arrive do not.
    pub(crate) fn miss(&self, items: ItemSet, reason: Missing) {
        let mut inside = self.lock();
        if let State::Live(contents) = &mut inside.state {
            for item in items.iter() {
                if let Some(until) = contents.until(item) {
                    let reason = if clock::now() < until { reason } else { Unavailable::TimedOut.into() };
                    contents.outcomes.insert(item, Outcome::Missing(reason));
                }
            }
        }
        self.tell(inside);
    }

    /// When the last of the items that may still arrive does so at the latest.
    pub(crate) fn latest(&self, items: ItemSet) -> Option<Instant> {
        match &self.lock().state {
            State::Live(contents) => items.iter().filter_map(|item| contents.until(item)).max(),
            State::Ended(_) => None,
        }
    }

    /// Waits until each of the items has arrived or is missing, and until the parts that read them are done, at most until `latest`.
    /// One whose time is over is missing; then, as after a revocation, parts are not waited for: one of them hangs.
    pub(crate) fn wait(&self, items: ItemSet, latest: Option<Instant>) {
        let mut inside = self.lock();
        loop {
            let now = clock::now();
            let Inside { state, parts, hangs, .. } = &mut *inside;
            let State::Live(contents) = state else { return };
            let mut next = None::<Instant>;
            for item in items.iter() {
                let Some(until) = contents.until(item) else { continue };
                if until <= now {
                    *hangs = true;
                    contents.outcomes.insert(item, Outcome::Missing(Unavailable::TimedOut.into()));
                } else {
                    next = Some(next.map_or(until, |next| next.min(until)));
                }
            }
            let until = match (next, latest) {
                (Some(next), _) => next,
                (None, Some(latest)) if *parts > 0 && !*hangs && now < latest => latest,
                (None, _) => return,
            };
            inside = self.wait_for_change(inside, until);
        }
    }

    /// The collection is over: no item is awaited any more.
    ///
    /// # Errors
    /// [`Error::Closed`] if it was closed meanwhile.
    pub(crate) fn finish(&self) -> Result<(), Error> {
        let missing: Vec<_> = match &mut self.lock().state {
            State::Live(contents) => {
                contents.collected_at_ms = clock::since_epoch_ms();
                contents.due_ms.get_or_insert_with(|| self.due_ms());
                contents.missing().filter(|(item, _)| self.wanted.contains(*item)).collect()
            }
            // Reading it says so.
            State::Ended(Ended::Expired) => Vec::new(),
            State::Ended(Ended::Closed) => return Err(Error::Closed),
        };
        // Not under the lock: a host's logger may call anything.
        for (item, reason) in missing {
            if let Missing::Unavailable(_) = reason {
                log::debug!("{item}: {reason}");
            }
        }
        Ok(())
    }

    /// Wipes each category that is no longer agreed to; what of it is on its way will not arrive. Says whether there was anything.
    pub(crate) fn withhold(&self, reason: impl Fn(Category) -> Option<Withheld>) -> bool {
        let mut any = false;
        let mut guard = self.lock();
        let inside = &mut *guard;
        if let State::Live(contents) = &mut inside.state {
            let Contents { outcomes, values, purged, .. } = &mut **contents;
            for (item, outcome) in outcomes.iter_mut() {
                let lost = match outcome {
                    Outcome::Missing(_) => None,
                    Outcome::Awaited(_) | Outcome::Reading(_) | Outcome::Here => reason(item.category()),
                };
                if let Some(lost) = lost {
                    inside.hangs |= *outcome != Outcome::Here;
                    *outcome = Outcome::Missing(lost.into());
                    if !purged.contains(&item.category()) {
                        values.purge(item.category());
                        purged.push(item.category());
                    }
                    any = true;
                }
            }
        }
        if any {
            inside.stale_below = inside.next;
        }
        self.tell(guard);
        any
    }

    /// Wipes everything.
    pub(crate) fn end(&self, ended: Ended) {
        let mut inside = self.lock();
        inside.end(ended);
        self.tell(inside);
    }

    /// Waits until nobody else holds a value of what was taken back. Whoever calls this while reading holds its own, and lets go of
    /// it when it delivers.
    pub(crate) fn settle(&self) {
        let until = clock::now() + PATIENCE;
        let own = thread::current().id();
        let mut inside = self.lock();
        let stale_below = inside.stale_below;
        while inside.hands.iter().any(|hand| hand.number < stale_below && hand.thread != own) {
            if clock::now() >= until {
                return;
            }
            inside = self.wait_for_change(inside, until);
        }
    }

    pub(crate) fn read<T>(&self, read: impl FnOnce(&Contents) -> Result<T, Error>) -> Result<T, Error> {
        let mut inside = self.lock();
        match &inside.state {
            // A process that slept past the deadline wipes before anything is read.
            State::Live(contents) if contents.due_ms.is_some_and(|due| due <= clock::since_boot_ms()) => {
                inside.state = State::Ended(Ended::Expired);
                Err(Error::Expired)
            }
            State::Live(contents) => read(contents),
            State::Ended(ended) => Err((*ended).into()),
        }
    }

    /// Lets go of the lock, and wakes whoever waits for a change. Waking nobody would be a system call, too.
    fn tell(&self, inside: MutexGuard<'_, Inside>) {
        let anybody = inside.waiting > 0;
        drop(inside);
        if anybody {
            self.changed.notify_all();
        }
    }

    fn wait_for_change<'v>(
        &'v self,
        mut inside: MutexGuard<'v, Inside>,
        until: Instant,
    ) -> MutexGuard<'v, Inside> {
        inside.waiting += 1;
        let mut inside = wait_until(&self.changed, inside, until);
        inside.waiting -= 1;
        inside
    }

    /// When what arrives now is due.
    fn due_ms(&self) -> u64 {
        clock::since_boot_ms().saturating_add(self.retention_ms)
    }

    /// A model's time has gone on.
    #[cfg(loom)]
    pub(crate) fn wake(&self) {
        drop(self.lock());
        self.changed.notify_all();
    }

    #[cfg(test)]
    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.lock().state, State::Ended(_))
    }

    /// What is behind the lock.
    #[cfg(all(target_os = "linux", not(loom)))]
    pub(crate) const fn inside(&self) -> &Mutex<Inside> {
        &self.inside
    }

    /// Whether somebody holds a value of what was taken back.
    #[cfg(test)]
    pub(crate) fn is_held(&self) -> bool {
        let inside = self.lock();
        inside.hands.iter().any(|hand| hand.number < inside.stale_below)
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        lock(&self.inside)
    }
}

/// The gate's decision, unless nobody would wait for the value: what is not going to be read does not count as read.
fn decide_in_time(
    until: Instant,
    now: Instant,
    decide: impl FnOnce() -> Result<Permit, Withheld>,
) -> Result<Permit, Missing> {
    if now < until { Ok(decide()?) } else { Err(Unavailable::TimedOut.into()) }
}

#[cfg(test)]
#[cfg(not(loom))]
pub(crate) mod tests;
