//! One collection under way: each of its parts reads its own items, one after the other, into the vault.
//!
//! A part is a source, the platform, or the host's records. For each item it does the same: begin by the gatekeeper's word, read,
//! deliver to the vault. Nobody holds a lock over a read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use zeroize::Zeroize;

use crate::agreement::{Item, ItemSet};
use crate::device::{ReadOne, Reader, Turns};
use crate::expiry::Expiry;
use crate::feature::Source;
use crate::feature::call::Call;
use crate::gate::Answer;
use crate::gatekeeper::Gatekeeper;
use crate::outcome::{Missing, Unavailable};
use crate::secret::scrub_stack;
use crate::values::Values;
use crate::vault::{Grip, Part, Vault};

/// What the parts share.
#[derive(Debug, Clone)]
pub(crate) struct Collection {
    gatekeeper: Arc<Gatekeeper>,
    vault: Arc<Vault>,
    expiry: &'static Expiry,
}

impl Collection {
    pub(crate) const fn new(gatekeeper: Arc<Gatekeeper>, vault: Arc<Vault>, expiry: &'static Expiry) -> Self {
        Self { gatekeeper, vault, expiry }
    }

    /// That one more part is at work, until it is dropped.
    pub(crate) fn part(&self) -> Part {
        Vault::part(&self.vault)
    }

    /// Says why items are not read, if their part could not begin.
    pub(crate) fn not_begun(&self, items: ItemSet, begun: Result<(), Unavailable>) {
        if let Err(reason) = begun {
            self.vault.miss(items, reason.into());
        }
    }

    /// Asks the system through the source, for those items that need its permission, and reads what it permits.
    pub(crate) fn read_source(&self, source: &Source, items: ItemSet) {
        let (needy, _) = items.partition(|item| source.needs_permission(item));
        let awaited = self.vault.awaited();
        let answer = match needy.iter().any(|item| awaited.contains(item)) {
            true => caught(|| source.permission().map(Answer::Said).map_err(Missing::from)),
            // None of them is to be read any more.
            false => Err(Unavailable::TimedOut.into()),
        };
        for item in items.iter() {
            match if needy.contains(item) { answer } else { Ok(Answer::NeedsNone) } {
                Ok(answer) => self.read_with(source, item, answer),
                Err(reason) => self.miss(item, reason),
            }
        }
    }

    fn read_with(&self, source: &Source, item: Item, answer: Answer) {
        if let Some(until) = self.gatekeeper.begin(&self.vault, item, answer) {
            // On the heap from the start, so that numbers are not moved about on the stack.
            let mut values = Box::<Values>::default();
            let call = Call::new(&self.vault, item, until);
            let read = caught(|| source.read(item, &call, &mut values));
            self.deliver(item, read, &mut values);
            scrub_stack();
        }
    }

    /// Reads items of the platform, in one pass as long as nothing is taken back.
    pub(crate) fn read_platform(&self, reader: &dyn Reader, items: ItemSet) {
        let mut left = items;
        while !left.is_empty() {
            let mut pass = Pass { collection: self, left, values: Box::default(), grip: None };
            reader.read(&mut pass);
            scrub_stack();
            // What the pass did not come to is next; a pass that came to nothing has ended.
            left = if pass.left == left { ItemSet::default() } else { pass.left };
        }
    }

    /// Gives items of the host's records.
    pub(crate) fn give_records(&self, items: ItemSet) {
        for item in items.iter() {
            self.watch(self.gatekeeper.give(&self.vault, item));
        }
    }

    /// Puts what was read into the vault. What the vault does not take is wiped.
    fn deliver(&self, item: Item, read: Result<(), Missing>, values: &mut Values) {
        let mut taken = false;
        match read {
            Ok(()) => self.watch(self.vault.deliver(item, |own| {
                own.absorb(values);
                taken = true;
            })),
            Err(reason) => self.miss(item, reason),
        }
        if !taken {
            values.zeroize();
        }
    }

    fn miss(&self, item: Item, reason: Missing) {
        self.vault.miss([item].into_iter().collect(), reason);
    }

    fn watch(&self, due_ms: Option<u64>) {
        if let Some(due_ms) = due_ms {
            self.expiry.watch(&self.vault, due_ms);
        }
    }
}

/// A pass over the platform. A reader remembers between two items what both need; once something is taken back the pass ends, so that
/// this is wiped too, and what is left is read in a new one.
struct Pass<'c> {
    collection: &'c Collection,
    left: ItemSet,
    values: Box<Values>,
    /// Held as long as anything is remembered.
    grip: Option<Grip<'c>>,
}

impl Turns for Pass<'_> {
    fn each(&mut self, read_one: &mut ReadOne<'_>) {
        let Collection { gatekeeper, vault, .. } = self.collection;
        for item in self.left.iter() {
            if self.grip.as_ref().is_some_and(Grip::is_stale) {
                return;
            }
            self.left.remove(item);
            // Before the read begins: from then on a revocation waits for what it gives.
            if self.grip.is_none() {
                self.grip = vault.grip(item);
            }
            if gatekeeper.begin(vault, item, Answer::NeedsNone).is_none() {
                continue;
            }
            let read = caught(|| read_one(item, &mut self.values).map_err(Missing::from));
            self.collection.deliver(item, read, &mut self.values);
        }
    }
}

/// A panic is a failed read. Its text, which may hold anything, is dropped.
fn caught<T>(read: impl FnOnce() -> Result<T, Missing>) -> Result<T, Missing> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Unavailable::ReadFailed.into()))
}
