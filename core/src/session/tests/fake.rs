//! A platform's reader that tests make.

use std::fmt;

use crate::agreement::{Item, Platform};
use crate::device::{Reader, Turns};
use crate::outcome::Unavailable;
use crate::values::Values;

type Read = dyn Fn(Item, &mut Values) -> Result<(), Unavailable> + Send + Sync;

/// A platform that does what a test says, item by item.
pub(super) struct Fake {
    pub(super) platform: Platform,
    pub(super) read: Box<Read>,
    pub(super) may_hang: bool,
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fake")
    }
}

impl Reader for Fake {
    fn platform(&self) -> Platform {
        self.platform
    }

    fn may_hang(&self) -> bool {
        self.may_hang
    }

    fn read(&self, turns: &mut dyn Turns) {
        turns.each(&mut |item, values| (self.read)(item, values));
    }
}

impl Fake {
    /// On the caller's thread, as a kernel that answers at once.
    pub(super) fn new(
        read: impl Fn(Item, &mut Values) -> Result<(), Unavailable> + Send + Sync + 'static,
    ) -> Self {
        Self { platform: Platform::Linux, read: Box::new(read), may_hang: false }
    }

    /// On a thread of its own.
    pub(super) fn that_may_hang(self) -> Self {
        Self { may_hang: true, ..self }
    }
}
