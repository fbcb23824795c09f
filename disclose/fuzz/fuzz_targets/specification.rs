#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scruple_disclose::check::parsers::specification(bytes));
