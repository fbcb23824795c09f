//! Sensitive text: beside whatever text a card's number is found, in whatever case and digits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::fuzzing::is_sensitive;

const CARD: &str = "4111 1111 1111 1111";

fuzz_target!(|text: &str| {
    let sensitive = is_sensitive(text);
    assert_eq!(is_sensitive(&text.to_ascii_uppercase()), sensitive, "case is no part of it");
    let wide = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_u32('０' as u32 + digit).unwrap(),
        None => c,
    };
    assert_eq!(is_sensitive(&text.chars().map(wide).collect::<String>()), sensitive, "nor the digits' form");
    assert!(is_sensitive(&format!("{text}\n{CARD}")), "a card after it");
    assert!(is_sensitive(&format!("{CARD}\n{text}")), "a card before it");
});
