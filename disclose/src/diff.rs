//! What changes in declarations when a policy changes.
