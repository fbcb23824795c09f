//! What becomes of an item: permitted or withheld, read or unavailable, and why.

use std::fmt;

use crate::named::named;

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
#[cfg_attr(not(feature = "development"), non_exhaustive)]
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
    /// Why a permitted item has no value.
    #[derive(uniffi::Enum)]
    Unavailable {
        /// This platform has no such thing.
        PlatformHasNone = "platform_has_none",
        /// The host supplied none.
        NotSupplied = "not_supplied",
        /// The platform can give it, and the host handed over no source for it.
        NoSource = "no_source",
        /// The source did not answer in time. What it answers later is wiped.
        TimedOut = "timed_out",
        /// The source has not returned from an earlier call.
        Busy = "busy",
        /// It is there and switched off.
        Disabled = "disabled",
        /// There is nothing to give yet, or the app may not ask just now.
        NotReady = "not_ready",
        /// The machine has no telephony.
        NoTelephony = "no_telephony",
        /// The machine has no display.
        Headless = "headless",
        /// The machine does not describe itself: no DMI, and no device tree where that would say it.
        NoDmi = "no_dmi",
        /// The vendor left a placeholder where the value should be.
        Placeholder = "placeholder",
        /// The platform's source is there, or should be, and does not say it.
        NotStated = "not_stated",
        /// The operating system's kernel refused the read.
        NotPermitted = "not_permitted",
        /// A recorded machine, and this was not recorded.
        NotRecorded = "not_recorded",
        /// What the platform gave is longer than the item may be.
        TooLong = "too_long",
        /// What the platform gave is not of the item's form.
        Malformed = "malformed",
        /// Reading failed.
        ReadFailed = "read_failed",
    }
}

/// Why a snapshot has no value for an item that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Missing {
    /// A layer said no.
    Withheld(Withheld),
    /// Every layer permitted it, and the platform gave nothing.
    Unavailable(Unavailable),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withheld(reason) => write!(f, "withheld by {}: {}", reason.layer(), reason.id()),
            Self::Unavailable(reason) => write!(f, "unavailable: {reason}"),
        }
    }
}

impl From<Unavailable> for Missing {
    fn from(reason: Unavailable) -> Self {
        Self::Unavailable(reason)
    }
}

impl From<Withheld> for Missing {
    fn from(reason: Withheld) -> Self {
        Self::Withheld(reason)
    }
}
