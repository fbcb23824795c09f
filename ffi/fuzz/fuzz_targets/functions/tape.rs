//! The fuzzer's bytes, in the order in which anybody asks for one: sources answer on threads of their own.

use std::sync::Mutex;

static BYTES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Puts in a run's bytes.
pub(crate) fn wind(bytes: &[u8]) {
    *BYTES.lock().unwrap() = bytes.iter().rev().copied().collect();
}

/// What reads them; zeros once they are used up.
#[derive(Clone, Copy)]
pub(crate) struct Tape;

impl Tape {
    pub(crate) fn byte(self) -> u8 {
        BYTES.lock().unwrap().pop().unwrap_or_default()
    }

    pub(crate) fn below(self, end: u8) -> u8 {
        self.byte() % end
    }

    pub(crate) fn flag(self) -> bool {
        self.byte() % 2 == 1
    }

    /// True seven times of eight, and at the end.
    pub(crate) fn mostly(self) -> bool {
        self.byte() % 8 != 7
    }

    /// So many bytes as the next one says.
    pub(crate) fn bytes(self) -> Vec<u8> {
        (0..self.byte()).map(|_| self.byte()).collect()
    }
}
