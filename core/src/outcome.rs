//! What becomes of an item: permitted or withheld, read or unavailable, and why.

use std::fmt;

use crate::named::named;

named! {
    /// The layers that may withhold an item, in the order in which the gate asks them.
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
    /// A layer withholds it.
    Withheld(Withheld),
}

/// Why an item is withheld. Each reason belongs to one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
#[cfg_attr(not(feature = "development"), non_exhaustive)]
pub enum Withheld {
    /// The agreement lists the item for another purpose only.
    NotForThisPurpose,
    /// The value looks like sensitive data, which the agreement (section 6) keeps off the platform. Scruple knows this
    /// only after the read, so the gate never gives this reason.
    Sensitive,
    /// The policy leaves the category or the item off.
    SwitchedOff,
    /// The policy has the item on, but not for this purpose.
    PurposeOff,
    /// The policy chooses fuzzy location.
    PreciseWhileFuzzy,
    /// Nobody agreed to it.
    NotGranted,
    /// Somebody agreed to it, then revoked it.
    Revoked,
    /// Nobody stated the end user's age.
    AgeUnknown,
    /// The end user is below the minimum age.
    AgeBelowMinimum,
    /// The minimum interval since its last read is not over.
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
        /// This platform does not have the item.
        PlatformHasNone = "platform_has_none",
        /// The host supplied no value.
        NotSupplied = "not_supplied",
        /// The platform can give it, but the host handed over no source for it.
        NoSource = "no_source",
        /// The source did not answer in time. Scruple wipes a later answer.
        TimedOut = "timed_out",
        /// The source has not returned from an earlier call.
        Busy = "busy",
        /// It is there, but switched off.
        Disabled = "disabled",
        /// There is no value yet, or the app may not ask just now.
        NotReady = "not_ready",
        /// The machine has no telephony.
        NoTelephony = "no_telephony",
        /// The machine has no display.
        Headless = "headless",
        /// The machine does not describe itself: it has no DMI, and no device tree that could state the item.
        NoDmi = "no_dmi",
        /// The vendor left a placeholder where the value should be.
        Placeholder = "placeholder",
        /// The platform does not state the value where it should.
        NotStated = "not_stated",
        /// The operating system refused the read itself.
        NotPermitted = "not_permitted",
        /// The machine is a recorded one, and its recording lacks the item.
        NotRecorded = "not_recorded",
        /// The platform's value is longer than the limit.
        TooLong = "too_long",
        /// The platform's value has the wrong format.
        Malformed = "malformed",
        /// The read failed.
        ReadFailed = "read_failed",
    }
}

/// Why a snapshot has no value for an item that the host asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Missing {
    /// A layer withholds it.
    Withheld(Withheld),
    /// Every layer permitted it, but the platform gave no value.
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
