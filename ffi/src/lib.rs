//! The library that Kotlin and Swift load: the core, behind UniFFI, under the zero-on-free allocator.

#[cfg(feature = "recorded")]
mod recorded;

// Named so that it is linked: std's panics call its functions.
#[cfg(target_os = "android")]
extern crate unwinding as _;

scruple::uniffi_reexport_scaffolding!();

#[cfg(feature = "recorded")]
uniffi::setup_scaffolding!();

/// UniFFI's buffers, growing vectors and serialisation leave copies that no container sees.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
