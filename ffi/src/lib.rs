//! The library that Kotlin and Swift load: the core, behind UniFFI, under the zero-on-free allocator.

#[cfg(feature = "recorded")]
mod recorded;
#[cfg(all(target_os = "android", no_unwinder))]
mod unwind;

scruple::uniffi_reexport_scaffolding!();

#[cfg(feature = "recorded")]
uniffi::setup_scaffolding!();

/// UniFFI's buffers, growing vectors and serialisation leave copies that no container sees.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
