//! A vendor's text, such as a device tree's or DMI's, and names that people give.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::fuzzing::{JUDGES, given_name};

fuzz_target!(|text: &str| {
    let mut was_taken = true;
    for judge in JUDGES {
        let value = judge(text);
        if let Ok(value) = &value {
            assert!(was_taken, "a stricter judge takes more");
            assert!(!value.is_empty() && value.len() <= 512, "{} bytes", value.len());
            assert!(text.contains(value.as_str()) && !value.contains(char::is_control), "a line of the text");
            assert_eq!(value.trim(), value, "blanks around it");
            assert_eq!(judge(value).as_ref(), Ok(value), "a value is a value");
        }
        was_taken = value.is_ok();
        for same in [text.to_ascii_uppercase(), text.to_ascii_lowercase(), format!("\0 {text}\n\u{fffd}")] {
            assert_eq!(judge(&same).is_ok(), value.is_ok(), "case and padding are no part of a value");
        }
    }
    if let Ok(name) = given_name(text) {
        assert!(!name.is_empty() && name.len() <= 512, "{} bytes", name.len());
        assert!(!name.contains(char::is_control), "a control character");
        assert_eq!(given_name(name), Ok(name), "a name is a name");
    }
});
