//! How the host hands its context over: once, explicitly, before it opens a session.

use std::sync::{Arc, Mutex, PoisonError};

use jni::errors::{Error, Result};
use jni::objects::{Global, JClass, JClassLoader};
use jni::sys::jboolean;
use jni::{Env, EnvUnowned, Outcome};

use super::framework::Context;

/// The host's context, and the class loader that it is of.
#[derive(Debug)]
pub(super) struct Host {
    pub(super) context: Global<Context<'static>>,
    pub(super) loader: Global<JClassLoader<'static>>,
}

static HOST: Mutex<Option<Arc<Host>>> = Mutex::new(None);

/// The host, once it has installed itself.
pub(super) fn host() -> Option<Arc<Host>> {
    HOST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// `dev.scruple.android.NativeContext.install(Context)`: true if sessions can be opened now. Calling it again changes
/// nothing, or takes the other context over; it throws nothing.
#[allow(unsafe_code, reason = "the function's name is an exported symbol")]
#[unsafe(no_mangle)]
#[allow(non_snake_case, reason = "JNI finds it by this name")]
pub(super) extern "system" fn Java_dev_scruple_android_NativeContext_install<'l>(
    mut env: EnvUnowned<'l>,
    _class: JClass<'l>,
    context: Context<'l>,
) -> jboolean {
    let installed = env.with_env(|env| {
        let installed = install(env, &context);
        env.exception_clear();
        installed
    });
    let installed = matches!(installed.into_outcome(), Outcome::Ok(()));
    if !installed {
        log::error!("the context could not be installed");
    }
    installed
}

fn install(env: &mut Env<'_>, context: &Context<'_>) -> Result<()> {
    if context.is_null() {
        return Err(Error::NullPtr("context"));
    }
    if let Some(host) = host() {
        if env.is_same_object(&host.context, context)? {
            return Ok(());
        }
    }
    let loader = env.get_object_class(context)?.get_class_loader(env)?;
    let host = Host { context: env.new_global_ref(context)?, loader: env.new_global_ref(loader)? };
    let replaced = HOST.lock().unwrap_or_else(PoisonError::into_inner).replace(Arc::new(host));
    // Not under the lock: giving the old context back is a call.
    drop(replaced);
    Ok(())
}

/// `dev.scruple.android.NativeContext.logToLogcat()`: from now on item ids and reasons go to logcat under one tag, and
/// what other crates log does not. Until then nothing does.
#[allow(unsafe_code, reason = "the function's name is an exported symbol")]
#[unsafe(no_mangle)]
#[allow(non_snake_case, reason = "JNI finds it by this name")]
pub(super) extern "system" fn Java_dev_scruple_android_NativeContext_logToLogcat(
    _env: EnvUnowned<'_>,
    _class: JClass<'_>,
) {
    log_to_logcat();
}

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
