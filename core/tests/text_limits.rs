//! How long and how deep a text may be, and that nothing is made of one that is more.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use scruple::{AGREEMENT, Error, HostRecords, InputKind, Policy, Position};

const MIB: usize = 1024 * 1024;

fn policy(filling: &str) -> String {
    format!("{{ \"agreement\": \"{AGREEMENT}\" }}\n//{filling}")
}

fn refused<T>(read: Result<T, Error>) -> (InputKind, String, String, Position) {
    match read.err() {
        Some(Error::Input { kind, field, hint, position: Some(position) }) => (kind, field, hint, position),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_has_its_longest_and_one_more_is_too_long() {
    assert_eq!((Policy::TEXT_LIMIT, HostRecords::TEXT_LIMIT), (MIB, 16 * MIB));
    let fill = |length: usize| policy(&"é".repeat((length - policy("").len()) / 2));
    let longest = fill(MIB - 1);
    let longest = format!("{longest}{}", " ".repeat(MIB - longest.len()));
    assert_eq!(longest.len(), MIB);
    assert_eq!(Policy::from_json(&longest), Ok(Policy::default()));
    // A byte-order mark is no part of it.
    assert_eq!(Policy::from_json(&format!("\u{feff}{longest}")), Ok(Policy::default()));
    for longer in [format!("{longest} "), format!("{longest}é"), "[".repeat(2 * MIB), "\0".repeat(2 * MIB)] {
        let (kind, field, hint, position) = refused(Policy::from_json(&longer));
        assert_eq!(
            (kind, field.as_str(), hint.as_str()),
            (InputKind::TooLong, "", "expected at most 1048576 bytes")
        );
        let column = longer.lines().last().unwrap().chars().count();
        assert!(position.column as usize <= column && position.line <= 2, "{position:?}");
    }
    let records = format!("{{}}{}", " ".repeat(16 * MIB - 2));
    assert!(HostRecords::from_json(&records).is_ok());
    let (kind, _, hint, position) = refused(HostRecords::from_json(&format!("{records} ")));
    assert_eq!((kind, hint.as_str()), (InputKind::TooLong, "expected at most 16777216 bytes"));
    assert_eq!(position, Position { line: 1, column: 16 * 1024 * 1024 + 1 });
}

#[test]
fn what_is_too_deep_is_refused_at_the_first_part_that_is() {
    let deep = |open: &str, depth| open.repeat(depth);
    for (text, position) in [
        (deep("[", 100_000), Position { line: 1, column: 33 }),
        (deep("{\"a\":", 100_000), Position { line: 1, column: 32 * 5 + 1 }),
        (deep("[\n", 33), Position { line: 33, column: 1 }),
        (format!("{{\"categories\": {}{}}}", deep("[", 32), deep("]", 32)), Position { line: 1, column: 47 }),
    ] {
        let (kind, _, hint, at) = refused(Policy::from_json(&text));
        assert_eq!((kind, at), (InputKind::TooLong, position), "{hint}");
        assert!(hint.contains("at most 32"), "{hint}");
        assert_eq!(refused(HostRecords::from_json(&text)).0, InputKind::TooLong);
    }
    // The control: what is as deep as is taken is looked into.
    let as_deep = format!("{{\"categories\": {}{}}}", deep("[", 31), deep("]", 31));
    assert_eq!(refused(Policy::from_json(&as_deep)).0, InputKind::Missing);
}
