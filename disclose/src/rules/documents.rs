//! The documents that the rules go by.

/// A document that asks a host to declare something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// Who publishes it.
    pub publisher: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Where it lies, or how it is numbered.
    pub reference: &'static str,
    /// The date of its version, or the day on which we read it.
    pub date: &'static str,
}
