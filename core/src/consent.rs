//! What the data subjects agreed to. The host obtains it; Scruple only obeys it and never stores it.

use std::collections::HashSet;

use crate::agreement::{Category, Purpose};
use crate::named::named;
use crate::outcome::Withheld;

named! {
    /// The host's statement about the end user's age. The agreement allows the platform only from the minimum age at
    /// which a person can consent. That age differs from place to place.
    #[derive(uniffi::Enum)]
    Age {
        /// The age is not known. Scruple reads nothing.
        Unknown = "unknown",
        /// The end user is below the minimum age. Scruple reads nothing.
        BelowMinimum = "below_minimum",
        /// The end user has at least the minimum age.
        AtLeastMinimum = "at_least_minimum",
    }
}

/// A category for one purpose. A person agrees to it or revokes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Record)]
pub struct Grant {
    /// The category.
    pub category: Category,
    /// The purpose.
    pub purpose: Purpose,
}

/// A change of consent, applied as a whole. Whatever it does not name stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct ConsentUpdate {
    /// The age statement, if it changes.
    pub age: Option<Age>,
    /// The grants that the person agrees to.
    pub granted: HashSet<Grant>,
    /// The grants that the person revokes. A grant in both sets counts as revoked.
    pub revoked: HashSet<Grant>,
}

impl ConsentUpdate {
    /// An update that changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// States the end user's age.
    pub fn age(mut self, age: Age) -> Self {
        self.age = Some(age);
        self
    }

    /// Agrees to a category for both purposes.
    pub fn grant(mut self, category: Category) -> Self {
        self.granted.extend(both(category));
        self
    }

    /// Agrees to a category for one purpose.
    pub fn grant_for(mut self, category: Category, purpose: Purpose) -> Self {
        self.granted.insert(Grant { category, purpose });
        self
    }

    /// Revokes a category for both purposes.
    pub fn revoke(mut self, category: Category) -> Self {
        self.revoked.extend(both(category));
        self
    }

    /// Revokes a category for one purpose.
    pub fn revoke_for(mut self, category: Category, purpose: Purpose) -> Self {
        self.revoked.insert(Grant { category, purpose });
        self
    }
}

impl ConsentUpdate {
    /// Whether it takes anything back: a category, or the statement that the end user is of age.
    pub(crate) fn takes_back(&self) -> bool {
        !self.revoked.is_empty() || matches!(self.age, Some(Age::Unknown | Age::BelowMinimum))
    }
}

fn both(category: Category) -> impl Iterator<Item = Grant> {
    Purpose::ALL.iter().map(move |purpose| Grant { category, purpose: *purpose })
}

/// What is agreed to now, a bit for each category and purpose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Consent {
    pub(crate) age: Age,
    granted: u32,
    /// Whatever was ever taken back; what is granted again is granted.
    revoked: u32,
}

const _: () = assert!(Category::ALL.len() * Purpose::ALL.len() <= u32::BITS as usize);

/// Where consent to a category for a purpose stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    NotGranted,
    Granted,
    Revoked,
}

impl Grant {
    const fn bit(self) -> u32 {
        1 << (self.category as usize * Purpose::ALL.len() + self.purpose as usize)
    }
}

impl Consent {
    /// Nobody agreed to anything.
    pub(crate) const NONE: Self = Self { age: Age::Unknown, granted: 0, revoked: 0 };

    pub(crate) fn update(&mut self, update: &ConsentUpdate) {
        if let Some(age) = update.age {
            self.age = age;
        }
        for grant in &update.granted {
            self.granted |= grant.bit();
        }
        for grant in &update.revoked {
            self.granted &= !grant.bit();
            self.revoked |= grant.bit();
        }
    }

    /// Why nothing of the category may be given out for the purpose.
    pub(crate) fn refusal(&self, category: Category, purpose: Purpose) -> Option<Withheld> {
        not_agreed(self.standing(category, purpose), self.age)
    }

    /// Whether anything of the category may be given out for any purpose.
    pub(crate) fn permits_any(&self, category: Category) -> bool {
        Purpose::ALL.iter().any(|purpose| self.refusal(category, *purpose).is_none())
    }

    pub(crate) const fn standing(&self, category: Category, purpose: Purpose) -> Standing {
        let bit = Grant { category, purpose }.bit();
        if self.granted & bit != 0 {
            Standing::Granted
        } else if self.revoked & bit != 0 {
            Standing::Revoked
        } else {
            Standing::NotGranted
        }
    }
}

/// The layers that a person can change while values live: what a live snapshot is held against.
pub(crate) fn not_agreed(standing: Standing, age: Age) -> Option<Withheld> {
    match standing {
        Standing::NotGranted => return Some(Withheld::NotGranted),
        Standing::Revoked => return Some(Withheld::Revoked),
        Standing::Granted => {}
    }
    match age {
        Age::Unknown => Some(Withheld::AgeUnknown),
        Age::BelowMinimum => Some(Withheld::AgeBelowMinimum),
        Age::AtLeastMinimum => None,
    }
}

#[cfg(test)]
mod tests;
