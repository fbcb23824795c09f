//! What was read, when and for which purpose: never a value.

use std::collections::VecDeque;

use crate::agreement::{Item, Purpose};

/// One read of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct AuditEntry {
    /// When the read began, in milliseconds since 1970.
    pub at_ms: u64,
    /// The item.
    pub item: Item,
    /// The purpose.
    pub purpose: Purpose,
}

/// The latest reads of a session, in memory only.
#[derive(Debug, Default)]
pub(crate) struct Audit(VecDeque<AuditEntry>);

impl Audit {
    /// Enough for an hour of one full collection a minute.
    const CAPACITY: usize = 60 * Item::ALL.len();

    pub(crate) fn record(&mut self, entry: AuditEntry) {
        if self.0.len() == Self::CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    pub(crate) fn entries(&self) -> Vec<AuditEntry> {
        self.0.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_entry_makes_room() {
        let mut audit = Audit::default();
        for at_ms in 0..=Audit::CAPACITY as u64 {
            audit.record(AuditEntry { at_ms, item: Item::DeviceModel, purpose: Purpose::Feature });
        }
        let entries = audit.entries();
        assert_eq!(entries.len(), Audit::CAPACITY);
        assert_eq!(entries.first().map(|entry| entry.at_ms), Some(1));
        assert_eq!(entries.last().map(|entry| entry.at_ms), Some(Audit::CAPACITY as u64));
    }
}
