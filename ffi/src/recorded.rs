//! Sessions on recorded machines, for the vectors that every language's tests run.

use std::path::Path;
use std::sync::Arc;

use scruple::{Error, Policy, Session};

/// [`Session::open_recorded`].
#[uniffi::export]
fn open_recorded(policy: Policy, sysroot: &str) -> Result<Arc<Session>, Error> {
    Session::open_recorded(policy, Path::new(sysroot))
}
