//! Unwinds, which the library beside it never does.

/// 1 if a panic was caught here.
#[unsafe(no_mangle)]
pub extern "C" fn other_panics_and_recovers() -> i32 {
    i32::from(std::panic::catch_unwind(|| panic!("expected")).is_err())
}
