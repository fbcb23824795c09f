//! One call of a source, for one item.

use std::cell::OnceCell;
use std::time::Instant;

use zeroize::Zeroize;

use crate::agreement::Item;
use crate::clock;
use crate::feature::SourceError;
use crate::outcome::{Missing, Unavailable};
use crate::vault::{Grip, Vault};

/// How long a source has, and whether anybody still wants what it answers.
pub(crate) struct Call<'v> {
    vault: &'v Vault,
    item: Item,
    until: Instant,
    /// Held from the answer's arrival on.
    grip: OnceCell<Grip<'v>>,
}

impl<'v> Call<'v> {
    pub(crate) const fn new(vault: &'v Vault, item: Item, until: Instant) -> Self {
        Self { vault, item, until, grip: OnceCell::new() }
    }

    /// Asks the source. An answer that nobody wants any more is wiped here, before anything is done with it.
    pub(super) fn ask<T: Zeroize>(
        &self,
        source: impl FnOnce(u64) -> Result<T, SourceError>,
    ) -> Result<T, Missing> {
        // What one item took is not there for the next; once nothing is left nobody waits for it.
        let left = self.until.saturating_duration_since(clock::now());
        if left.is_zero() {
            return Err(Unavailable::TimedOut.into());
        }
        // Rounded up, so that one which gives up when its time is over is late, as one that hangs is.
        let begun = u64::from(left.subsec_nanos() % 1_000_000 > 0);
        let deadline_ms = u64::try_from(left.as_millis()).unwrap_or(u64::MAX).saturating_add(begun);
        let mut answer = source(deadline_ms)?;
        match self.vault.grip(self.item) {
            Some(grip) => {
                let _ = self.grip.set(grip);
                Ok(answer)
            }
            None => {
                answer.zeroize();
                Err(Unavailable::TimedOut.into())
            }
        }
    }
}
