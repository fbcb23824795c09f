//! The control: a fault that only a fuzzer finds which sees the way that its bytes take. `cargo xtask fuzz` fails if it does not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::MccMnc;

fuzz_target!(|code: &str| {
    assert!(MccMnc::from_operator_code(code).is_err(), "a code, as this target claims that there is none");
});
