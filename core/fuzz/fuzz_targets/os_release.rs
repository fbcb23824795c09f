//! os-release: a value has nothing that its text has not, and what is quoted as systemd has it comes out as it was.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use scruple::fuzzing;

const NAMES: [&str; 5] = ["VERSION_ID", "PRETTY_NAME", "BUILD_ID", "IMAGE_VERSION", "VERSION"];

fuzz_target!(|text: &str| {
    let characters: HashSet<char> = text.chars().collect();
    for value in fuzzing::os_release(text, NAMES).into_iter().flatten() {
        assert!(!value.is_empty() && value.len() <= text.len(), "{} bytes", value.len());
        assert!(!value.contains(['\n', '\r']), "a value is in one line");
        assert!(value.chars().all(|c| characters.contains(&c)), "a value is of its text");
    }
    let (one_line, _) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    let mut quoted = String::from("VERSION=\"");
    for c in one_line.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    // Whatever stands before it and after it.
    let (before, after) = ("ID=x\nVERSION=other\n", "\"\nVARIANT=\"y\"\n");
    let [value] = fuzzing::os_release(&format!("{before}{quoted}{after}"), ["VERSION"]);
    assert_eq!(value.as_deref().unwrap_or_default(), one_line);
});
