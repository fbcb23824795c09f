//! What a policy lets through.

use scruple::{Age, Category, ConsentUpdate, Decision, Error, Item, Policy, Purpose, Session};

/// The items that a policy lets through once everybody agreed to everything, each with its purposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// In the agreement's order; never without a purpose.
    items: Vec<(Item, Vec<Purpose>)>,
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
        Ok(Self { items })
    }

    /// The items, in the agreement's order.
    pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.items.iter().map(|(item, _)| *item)
    }

    /// What an item is let through for; empty if it is not.
    pub fn purposes(&self, item: Item) -> &[Purpose] {
        self.items.iter().find(|(own, _)| *own == item).map_or(&[], |(_, purposes)| purposes)
    }

    /// Whether an item is let through at all.
    pub fn contains(&self, item: Item) -> bool {
        !self.purposes(item).is_empty()
    }
}
