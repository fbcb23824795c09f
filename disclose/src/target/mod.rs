//! The forms in which a host declares: one file a target.
