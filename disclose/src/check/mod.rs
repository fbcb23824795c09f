//! The host check: a host's real files against what its policy makes it declare.
//!
//! Each parser of a host's file has a file here, and so has each rule of the check. What a policy needs comes from
//! [`crate::Scope`] and [`crate::rules`]; what a finding looks like in text, JSON and SARIF is here too.
