//! What a policy lets through.

use scruple::{Age, Category, ConsentUpdate, Decision, Error, Item, Policy, Purpose, Session};

/// The items that a policy lets through once everybody agreed to everything, each with its purposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// In the agreement's order; never without a purpose.
    items: Vec<(Item, Vec<Purpose>)>,
    /// The same items' shortest times between two reads, in milliseconds.
    intervals: Vec<u64>,
    retention_ms: u64,
}

impl Scope {
    /// Asks the gate itself, so that no second reading of a policy can differ from it.
    ///
    /// # Errors
    /// [`Error::Input`] if the policy is none that a session would open.
    pub fn of(policy: &Policy) -> Result<Self, Error> {
        let session = Session::open(policy.clone(), Vec::new())?;
        let agreed = Category::ALL
            .iter()
            .fold(ConsentUpdate::new().age(Age::AtLeastMinimum), |update, category| update.grant(*category));
        session.update_consent(&agreed)?;
        let mut items: Vec<_> = Item::ALL.iter().map(|item| (*item, Vec::new())).collect();
        for purpose in Purpose::ALL {
            let decisions = session.explain(*purpose)?;
            for (item, purposes) in &mut items {
                if decisions.get(item) == Some(&Decision::Permitted) {
                    purposes.push(*purpose);
                }
            }
        }
        items.retain(|(_, purposes)| !purposes.is_empty());
        let intervals = items.iter().map(|(item, _)| policy.minimum_interval_ms(*item)).collect();
        Ok(Self { items, intervals, retention_ms: policy.retention_ms })
    }

    /// The items, in the agreement's order.
    pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.items.iter().map(|(item, _)| *item)
    }

    /// What an item is let through for; empty if it is not.
    pub fn purposes(&self, item: Item) -> &[Purpose] {
        self.items.iter().find(|(own, _)| *own == item).map_or(&[], |(_, purposes)| purposes)
    }

    /// How long at least between two reads of an item that is let through, in milliseconds; none if it is not.
    pub fn interval_ms(&self, item: Item) -> Option<u64> {
        let index = self.items.iter().position(|(own, _)| *own == item)?;
        self.intervals.get(index).copied()
    }

    /// How long a value lives, in milliseconds.
    pub fn retention_ms(&self) -> u64 {
        self.retention_ms
    }

    /// Whether an item is let through at all.
    pub fn contains(&self, item: Item) -> bool {
        !self.purposes(item).is_empty()
    }
}
