//! What a host's text takes of memory: little beside itself, whatever is in it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use scruple::{Error, HostRecords, InputKind};

const MIB: usize = 1024 * 1024;

/// Many small parts take no memory of their own: only as many are read as are taken, and one more.
#[test]
fn many_parts_take_little_memory() {
    let peak = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() / 1024
    };
    let kind = |text: &str| match HostRecords::from_json(text).err() {
        Some(Error::Input { kind, .. }) => kind,
        other => panic!("{other:?}"),
    };
    let fill = |start: &str, part: &str| format!("{start}{}", part.repeat(2 * MIB / part.len()));
    for (start, part, expected) in [
        ("{\"mini_programs\":[{}", ",{}", InputKind::TooLong),
        ("{\"mini_programs\":[0", ",0", InputKind::TooLong),
        ("{\"network\":{\"domains\":{\"request\":[\"\"", ",\"\"", InputKind::TooLong),
        ("{\"network\":{\"permissions\":{\"a\":0", ",\"a\":0", InputKind::WrongType),
        ("{\"a\":0", ",\"b\":0", InputKind::UnknownName),
        ("{\"application\":{\"id\":\"a\"", ",\"id\":0", InputKind::Duplicate),
        ("{\"application\":{\"name\":\"", "x", InputKind::Syntax),
    ] {
        let text = fill(start, part);
        let before = peak();
        assert_eq!(kind(&text), expected, "{start}");
        let more = peak() - before;
        assert!(more < 6, "{start}: {more} MiB more");
    }
    // The control: the measure sees what is taken.
    let before = peak();
    assert_eq!(std::hint::black_box(vec![1_u8; 64 * MIB]).len(), 64 * MIB);
    assert!(peak() - before > 32);
}
