//! Whole numbers in a host's files: each way to get one wrong is told apart.

#![cfg(feature = "development")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use scruple::{AGREEMENT, Error, HostRecords, InputKind, Policy, Position};

const DIGEST: &str = "7e340c0f4b62b5a479d725a664ffcf0802e0733046ae0b92359ae4b482fe124b";

#[test]
fn each_says_what_is_wrong_and_what_would_be_right() {
    use InputKind::{OutOfRange, WrongType};
    let policy =
        |number: &str| format!("{{\n \"agreement\": \"{AGREEMENT}\",\n \"retention_ms\": {number}\n}}");
    let size = |number: &str| {
        format!(
            "{{ \"mini_programs\": [\n {{ \"id\": \"a\", \"code_package\": {{ \"sha256\": \"{DIGEST}\", \"size\": {number} }} }} ] }}"
        )
    };
    for (number, kind, words) in [
        ("0", OutOfRange, "from 1 to"),
        ("99999999999", OutOfRange, "from 1 to"),
        ("18446744073709551615", OutOfRange, "from 1 to"),
        ("18446744073709551616", OutOfRange, "from 1 to"),
        ("184467440737095516160000000000000000", OutOfRange, "from 1 to"),
        (&"9".repeat(5000), OutOfRange, "from 1 to"),
        ("-1", WrongType, "in digits alone, found a negative one"),
        ("-0", WrongType, "in digits alone, found a negative one"),
        ("-99999999999999999999999", WrongType, "in digits alone, found a negative one"),
        ("60000.0", WrongType, "in digits alone, found one with a decimal point"),
        ("1.5", WrongType, "in digits alone, found one with a decimal point"),
        ("-1.5", WrongType, "in digits alone, found one with a decimal point"),
        ("0.0000001", WrongType, "in digits alone, found one with a decimal point"),
        ("1e4", WrongType, "in digits alone, found one with an exponent"),
        ("1E4", WrongType, "in digits alone, found one with an exponent"),
        ("1e+4", WrongType, "in digits alone, found one with an exponent"),
        ("1e-4", WrongType, "in digits alone, found one with an exponent"),
        ("-1e999999", WrongType, "in digits alone, found one with an exponent"),
        ("\"60000\"", WrongType, "found a string"),
        ("true", WrongType, "found a boolean"),
        ("null", WrongType, "found null"),
        ("[60000]", WrongType, "found an array"),
        ("{}", WrongType, "found an object"),
    ] {
        for (error, place, range) in [
            (Policy::from_json(&policy(number)).err(), (3, 18), "from 1 to 3600000 milliseconds"),
            (HostRecords::from_json(&size(number)).err(), (2, 119), "from 1 to 1073741824 bytes"),
        ] {
            let Some(Error::Input { kind: k, hint, position, .. }) = &error else {
                panic!("{number}: {error:?}")
            };
            assert_eq!(
                (*k, *position),
                (kind, Some(Position { line: place.0, column: place.1 })),
                "{number}"
            );
            assert!(hint.contains(words) && hint.contains(range), "{number}: {hint}");
            if number.len() > 2 && number.contains(char::is_numeric) {
                assert!(!hint.contains(number), "{hint}");
            }
        }
    }
    for right in ["1", "3600000"] {
        assert!(Policy::from_json(&policy(right)).is_ok() && HostRecords::from_json(&size(right)).is_ok());
    }
}
