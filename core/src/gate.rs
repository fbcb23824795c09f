//! The one rule: agreement ∩ policy ∩ consent ∩ age ∩ interval ∩ system permission.
//!
//! A pure function, no clock, no I/O. The layers are asked in that order and the first refusal is the answer.

use crate::agreement::{Item, Purpose};
use crate::consent::{Age, Standing};
use crate::named::named;
use crate::policy::{LocationAccuracy, Rule};

named! {
    /// What may withhold an item, in the order of asking.
    #[derive(uniffi::Enum)]
    Layer {
        /// The platform's data agreement.
        Agreement = "agreement",
        /// The host's policy.
        Policy = "policy",
        /// The data subject's consent.
        Consent = "consent",
        /// The end user's age.
        Age = "age",
        /// The minimum interval between two reads.
        Interval = "interval",
        /// The operating system.
        System = "system",
    }
}

/// Whether an item may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Decision {
    /// Every layer permits it.
    Permitted,
    /// A layer said no.
    Withheld(Withheld),
}

/// Why an item is withheld. Each reason belongs to one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Withheld {
    /// The agreement lists the item for another purpose only.
    NotForThisPurpose,
    /// It looks like sensitive data, which the agreement (section 6) keeps off the platform. Known only after the
    /// read: the gate never gives this reason.
    Sensitive,
    /// The policy leaves the category or the item off.
    SwitchedOff,
    /// The policy has the item on, but not for this purpose.
    PurposeOff,
    /// The policy opts for fuzzy location.
    PreciseWhileFuzzy,
    /// Nobody agreed to it.
    NotGranted,
    /// Somebody agreed to it and took it back.
    Revoked,
    /// Nobody stated the end user's age.
    AgeUnknown,
    /// The end user is below the minimum age.
    AgeBelowMinimum,
    /// It was read a moment ago.
    TooSoon {
        /// Milliseconds until it may be read again.
        remaining_ms: u64,
    },
    /// The operating system refuses it.
    Denied,
    /// The operating system refuses it, and the person cannot change that.
    Restricted,
    /// Nobody has asked the person for the operating system's permission yet.
    NotDetermined,
}

impl Withheld {
    /// The layer that withholds.
    pub const fn layer(self) -> Layer {
        match self {
            Self::NotForThisPurpose | Self::Sensitive => Layer::Agreement,
            Self::SwitchedOff | Self::PurposeOff | Self::PreciseWhileFuzzy => Layer::Policy,
            Self::NotGranted | Self::Revoked => Layer::Consent,
            Self::AgeUnknown | Self::AgeBelowMinimum => Layer::Age,
            Self::TooSoon { .. } => Layer::Interval,
            Self::Denied | Self::Restricted | Self::NotDetermined => Layer::System,
        }
    }

    /// The reason's stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotForThisPurpose => "not_for_this_purpose",
            Self::Sensitive => "sensitive",
            Self::SwitchedOff => "switched_off",
            Self::PurposeOff => "purpose_off",
            Self::PreciseWhileFuzzy => "precise_while_fuzzy",
            Self::NotGranted => "not_granted",
            Self::Revoked => "revoked",
            Self::AgeUnknown => "unknown",
            Self::AgeBelowMinimum => "below_minimum",
            Self::TooSoon { .. } => "too_soon",
            Self::Denied => "denied",
            Self::Restricted => "restricted",
            Self::NotDetermined => "not_determined",
        }
    }
}

named! {
    /// What the operating system says of an item.
    #[derive(uniffi::Enum)]
    SystemPermission {
        /// It permits, or has no permission for this item.
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

/// Everything that a decision depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    pub(crate) item: Item,
    pub(crate) purpose: Purpose,
    pub(crate) rule: Rule,
    pub(crate) standing: Standing,
    pub(crate) age: Age,
    /// Milliseconds since the item's last read in this process.
    pub(crate) since_last_read_ms: Option<u64>,
    /// `None` where it was not asked: asking is a call.
    pub(crate) system: Option<SystemPermission>,
}

/// Decides on one item.
pub(crate) fn decide(request: &Request) -> Decision {
    match withheld(request) {
        None => Decision::Permitted,
        Some(reason) => Decision::Withheld(reason),
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
    if remaining_ms > 0 {
        return Some(Withheld::TooSoon { remaining_ms });
    }
    match request.system {
        Some(SystemPermission::Denied) => Some(Withheld::Denied),
        Some(SystemPermission::Restricted) => Some(Withheld::Restricted),
        Some(SystemPermission::NotDetermined) => Some(Withheld::NotDetermined),
        Some(SystemPermission::Granted) | None => None,
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
