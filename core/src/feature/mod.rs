//! Feature data: one file a capability.

mod process_list;

use zeroize::Zeroize;

use crate::secret::redacted;

pub use process_list::Process;

/// The feature items of one snapshot. What is absent has its reason in the snapshot's missing items.
#[derive(Clone, Default, PartialEq, Eq, Zeroize)]
pub struct FeatureData {
    /// The processes that the system shows to this one, by ascending process id.
    pub processes: Option<Vec<Process>>,
}

redacted!(FeatureData);
