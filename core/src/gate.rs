//! The one rule: agreement ∩ policy ∩ consent ∩ age ∩ interval ∩ system permission.
//!
//! Pure functions, no clock, no I/O. The layers are asked in that order and the first refusal is the answer. The last
//! layer is asked by a call of the system, so the rule has two halves: [`decide`] gives an [`Unasked`], and only an
//! [`Answer`] makes a [`Permit`] of it. What reads takes a permit, so that what nobody asked for cannot be read.

use crate::agreement::{Item, Purpose};
use crate::consent::{Age, Standing, not_agreed};
use crate::named::named;
use crate::outcome::Withheld;
use crate::policy::{LocationAccuracy, Rule};

named! {
    /// The operating system's answer for an item.
    #[derive(uniffi::Enum)]
    SystemPermission {
        /// The system permits the item, or knows no permission for it.
        Granted = "granted",
        /// The person refused.
        Denied = "denied",
        /// The device's owner or a parent does not let the person decide.
        Restricted = "restricted",
        /// Nobody has asked the person yet.
        NotDetermined = "not_determined",
    }
}

impl zeroize::Zeroize for SystemPermission {
    fn zeroize(&mut self) {
        *self = Self::Granted;
    }
}

/// Everything that a decision depends on but the system's answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    pub(crate) item: Item,
    pub(crate) purpose: Purpose,
    pub(crate) rule: Rule,
    pub(crate) standing: Standing,
    pub(crate) age: Age,
    /// Milliseconds since the item's last read in this process.
    pub(crate) since_last_read_ms: Option<u64>,
}

/// What the last layer says of an item. That it was not asked is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The system has no permission for the item.
    NeedsNone,
    /// The system was asked, and said this.
    Said(SystemPermission),
}

/// An item that every layer permits but the system, which has not been asked.
#[derive(Debug)]
#[must_use]
pub(crate) struct Unasked(Item);

/// An item that every layer permits: one read of it.
#[derive(Debug)]
#[must_use]
pub(crate) struct Permit(Item);

/// Decides on one item, by every layer but the system.
pub(crate) fn decide(request: &Request) -> Result<Unasked, Withheld> {
    match withheld(request) {
        None => Ok(Unasked(request.item)),
        Some(reason) => Err(reason),
    }
}

impl Unasked {
    /// The same decision with the last layer's answer, which can only narrow it.
    pub(crate) const fn answered(self, answer: Answer) -> Result<Permit, Withheld> {
        match answer {
            Answer::NeedsNone | Answer::Said(SystemPermission::Granted) => Ok(Permit(self.0)),
            Answer::Said(SystemPermission::Denied) => Err(Withheld::Denied),
            Answer::Said(SystemPermission::Restricted) => Err(Withheld::Restricted),
            Answer::Said(SystemPermission::NotDetermined) => Err(Withheld::NotDetermined),
        }
    }
}

impl Permit {
    /// What may be read, once.
    pub(crate) const fn item(&self) -> Item {
        self.0
    }
}

fn withheld(request: &Request) -> Option<Withheld> {
    let rule = &request.rule;
    if !request.item.purposes().contains(&request.purpose) {
        return Some(Withheld::NotForThisPurpose);
    }
    if !rule.enabled {
        return Some(Withheld::SwitchedOff);
    }
    if !rule.on_for(request.purpose) {
        return Some(Withheld::PurposeOff);
    }
    if request.item == Item::LocationPrecise && rule.accuracy == LocationAccuracy::Fuzzy {
        return Some(Withheld::PreciseWhileFuzzy);
    }
    if let Some(reason) = not_agreed(request.standing, request.age) {
        return Some(reason);
    }
    let remaining_ms =
        request.since_last_read_ms.map_or(0, |since| rule.minimum_interval_ms.saturating_sub(since));
    (remaining_ms > 0).then_some(Withheld::TooSoon { remaining_ms })
}

#[cfg(test)]
mod tests;
