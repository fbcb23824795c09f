//! A file that cannot be read for what it ought to be.

use std::io;

use crate::unopened;

/// Why, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Counted from 1; binary files have none.
    pub(crate) line: Option<u32>,
    /// In words.
    pub(crate) why: String,
}

impl Broken {
    pub(crate) fn at(line: u32, why: impl Into<String>) -> Self {
        Self { line: Some(line), why: why.into() }
    }

    pub(crate) fn whole(why: impl Into<String>) -> Self {
        Self { line: None, why: why.into() }
    }

    pub(crate) fn unopened(error: &io::Error) -> Self {
        Self::whole(unopened(error))
    }
}

pub(crate) type Result<T> = std::result::Result<T, Broken>;
