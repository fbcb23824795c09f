//! The one error type that hosts see. It names a field and says what would be right, never a value.

use std::fmt;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Error)]
// Kotlin and Swift have an `Exception` or `Error` of their own.
#[uniffi(name = "ScrupleError")]
#[cfg_attr(not(feature = "development"), non_exhaustive)]
pub enum Error {
    /// Scruple refused the host's input as a whole, and took nothing of it over.
    Input {
        /// The kind of mistake.
        kind: InputKind,
        /// Path of the field, such as `categories.device.purposes[0]`.
        field: String,
        /// What would be right.
        hint: String,
        /// Where the mistake is, if the input was text.
        position: Option<Position>,
    },
    /// The system cannot start the thread that enforces the retention, so Scruple read nothing.
    NoThread,
    /// The session or snapshot was closed.
    Closed,
    /// The snapshot's retention is over. Scruple has wiped its values.
    Expired,
    /// Consent to the values was revoked after the collection. Scruple has wiped them.
    Revoked,
}

/// The kind of mistake in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
#[cfg_attr(not(feature = "development"), non_exhaustive)]
pub enum InputKind {
    /// Not JSON.
    Syntax,
    /// A name that Scruple does not know, or does not know in this place.
    UnknownName,
    /// An agreement that this version does not implement.
    UnknownAgreement,
    /// A value of the wrong type.
    WrongType,
    /// A number outside its range.
    OutOfRange,
    /// Longer than the limit.
    TooLong,
    /// A value of the right type in a wrong format.
    Malformed,
    /// A required field that is missing.
    Missing,
    /// A field given twice.
    Duplicate,
    /// A file or directory that cannot be opened.
    Unreadable,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

impl InputKind {
    const fn words(self) -> &'static str {
        match self {
            Self::Syntax => "not valid JSON",
            Self::UnknownName => "unknown name",
            Self::UnknownAgreement => "unknown agreement version",
            Self::WrongType => "wrong type",
            Self::OutOfRange => "out of range",
            Self::TooLong => "too long",
            Self::Malformed => "wrong format",
            Self::Missing => "missing",
            Self::Duplicate => "given twice",
            Self::Unreadable => "cannot be opened",
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { kind, field, hint, position } => {
                if let Some(position) = position {
                    write!(f, "{position}: ")?;
                }
                if !field.is_empty() {
                    write!(f, "{field}: ")?;
                }
                write!(f, "{}; {hint}", kind.words())
            }
            Self::NoThread => {
                f.write_str("no thread: the system cannot start the thread that ends snapshots")
            }
            Self::Closed => f.write_str("closed"),
            Self::Expired => f.write_str("expired: the policy's retention is over"),
            Self::Revoked => f.write_str("revoked: consent was withdrawn"),
        }
    }
}

impl std::error::Error for Error {}

/// The `Display` form for the bindings, whose generator cannot export it for a renamed type.
#[uniffi::export]
fn error_message(error: Error) -> String {
    error.to_string()
}

impl Error {
    pub(crate) fn input(kind: InputKind, field: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Input { kind, field: field.into(), hint: hint.into(), position: None }
    }
}
