//! How the host hands its context over: once, explicitly, before it opens a session.

#![allow(unsafe_code, reason = "the function's name is an exported symbol")]

use std::fmt;
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jni_sys::{JNIEnv, jboolean, jclass, jobject};

use super::framework::Framework;
use super::java::{Global, Machine, Object};

/// The host's context, and the framework that it is of.
pub(super) struct Host {
    pub(super) machine: Machine,
    pub(super) framework: &'static Framework,
    pub(super) context: Global,
}

impl Drop for Host {
    fn drop(&mut self) {
        self.context.delete(self.machine);
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

static FRAMEWORK: OnceLock<Framework> = OnceLock::new();
static HOST: Mutex<Option<Arc<Host>>> = Mutex::new(None);

/// The host, once it has installed itself.
pub(super) fn host() -> Option<Arc<Host>> {
    HOST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// `dev.scruple.android.NativeContext.install(Context)`: true if sessions can be opened now. Calling it again changes
/// nothing, or takes the other context over; it throws nothing.
///
/// # Safety
/// For the virtual machine, which hands over the calling thread's environment and live references.
#[unsafe(no_mangle)]
#[allow(non_snake_case, reason = "JNI finds it by this name")]
pub(super) unsafe extern "system" fn Java_dev_scruple_android_NativeContext_install(
    env: *mut JNIEnv,
    _class: jclass,
    context: jobject,
) -> jboolean {
    log_to_logcat();
    // SAFETY: the reference lives until this function returns.
    let context = unsafe { Object::from_raw(context) };
    let installed = catch_unwind(|| install(env, context)).ok().flatten().is_some();
    if !installed {
        log::error!("the context could not be installed");
    }
    installed
}

fn install(env: *mut JNIEnv, context: Object<'_>) -> Option<()> {
    if context.is_null() {
        return None;
    }
    let installed = host();
    if installed.is_some_and(|host| host.context.is(env, context)) {
        return Some(());
    }
    if FRAMEWORK.get().is_none() {
        // If somebody else was quicker, theirs is the same.
        let _ = FRAMEWORK.set(Framework::resolve(env)?);
    }
    let host =
        Host { machine: Machine::of(env)?, framework: FRAMEWORK.get()?, context: Global::new(env, context)? };
    let replaced = HOST.lock().unwrap_or_else(PoisonError::into_inner).replace(Arc::new(host));
    // Not under the lock: giving the old context back is a call.
    drop(replaced);
    Some(())
}

/// Item ids and reasons go to logcat under one tag; what other crates log does not.
#[cfg(target_os = "android")]
fn log_to_logcat() {
    use android_logger::{Config, FilterBuilder, init_once};
    let filter = FilterBuilder::new().filter_module("scruple", log::LevelFilter::Debug).build();
    init_once(
        Config::default().with_tag("Scruple").with_max_level(log::LevelFilter::Debug).with_filter(filter),
    );
}

/// Elsewhere a host sets its own logger.
#[cfg(not(target_os = "android"))]
fn log_to_logcat() {}
