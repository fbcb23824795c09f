//! What the targets share: what the fuzzer makes of its bytes, and what has to hold of whatever comes out.

pub mod errors;
pub mod hosts;
pub mod machine;
pub mod rules;
pub mod values;

pub use libfuzzer_sys::arbitrary::{Result, Unstructured};
