//! Sessions on recorded machines, for the vectors that every language's tests run.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use scruple::{Error, Policy, Session, Source};

/// [`Session::open_recorded`].
#[uniffi::export]
fn open_recorded(policy: Policy, sysroot: &str) -> Result<Arc<Session>, Error> {
    Session::open_recorded(policy, Path::new(sysroot))
}

/// [`Session::open_recorded_apple`].
#[uniffi::export]
fn open_recorded_apple(
    policy: Policy,
    kernel: HashMap<String, Vec<u8>>,
    sources: Vec<Source>,
) -> Result<Arc<Session>, Error> {
    Session::open_recorded_apple(policy, kernel, sources)
}
