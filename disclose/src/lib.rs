//! What a host of Scruple must declare to stores and people, and whether it does.
//!
//! From a host's policy follows a [`Scope`]: the items that the gate lets through once everybody agreed to everything.
//! The [`rules`] say what each item makes a host declare, and where that is written; the
//! [`declarations`] of a policy are what they add up to. The [`target`]s write them down in each store's own form, [`diff`] compares two policies by it, and [`check`] compares it with a host's real files.

mod scope;
mod unopened;

pub mod check;
pub mod declarations;
pub mod diff;
pub mod rules;
pub mod target;

pub use scope::Scope;
pub use unopened::unopened;
