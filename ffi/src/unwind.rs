//! Android's libraries export no unwinder, and this one has none: whoever asks for a backtrace gets an empty one.
//!
//! anyhow, which UniFFI uses, asks for one where `RUST_BACKTRACE` is set.
#![allow(unsafe_code, reason = "the names are C's; no block is unsafe, and nothing is read or called")]

use std::ffi::{c_int, c_void};

/// What the interface of unwinders calls the last frame.
const END_OF_STACK: c_int = 5;

/// What 32-bit ARM's calls a register that cannot be read.
#[cfg(target_arch = "arm")]
const NOT_IMPLEMENTED: c_int = 1;

/// Calls `callback` for no frame, so nobody ever has a frame's context to ask the functions below for.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Backtrace(_callback: *const c_void, _argument: *mut c_void) -> c_int {
    END_OF_STACK
}

/// No register: by it 32-bit ARM asks for addresses.
#[cfg(target_arch = "arm")]
#[unsafe(no_mangle)]
extern "C" fn _Unwind_VRS_Get(
    _context: *mut c_void,
    _class: c_int,
    _register: u32,
    _representation: c_int,
    _value: *mut c_void,
) -> c_int {
    NOT_IMPLEMENTED
}

/// No address.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetIP(_context: *mut c_void) -> usize {
    0
}

/// No address.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetCFA(_context: *mut c_void) -> usize {
    0
}

/// No function.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_FindEnclosingFunction(_address: *mut c_void) -> *mut c_void {
    std::ptr::null_mut()
}
