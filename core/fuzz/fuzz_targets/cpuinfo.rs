//! `/proc/cpuinfo` and masks of sysfs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::fuzzing;
use scruple_fuzz::rules;

fuzz_target!(|text: &str| {
    if let Some(cpu) = fuzzing::cpuinfo(text) {
        rules::processor(&cpu);
        assert!(cpu.cores > 0, "a processor has a core");
        // The same text with another end of its lines says the same.
        if !text.contains('\r') {
            let other = fuzzing::cpuinfo(&text.replace('\n', "\r\n")).expect("it says something");
            assert!(other == cpu, "a carriage return is no part of a line");
        }
    }
    if let Some(count) = fuzzing::processors(text) {
        assert!((1..=16 * 1024).contains(&count), "{count} processors");
    }
});
