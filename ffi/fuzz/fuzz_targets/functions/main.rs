//! What a host does, through the C functions that Kotlin and Swift call, in an order of the fuzzer's: sources that throw, answer
//! nonsense and call back, values that are cut short or changed on the way. No panic may be reachable: it would end the host.
#![no_main]

mod buffer;
mod functions;
mod sources;
mod tape;

use libfuzzer_sys::fuzz_target;
use scruple::{AGREEMENT, Category, Item, Purpose};

use crate::buffer::{Argument, text, value};
use crate::functions::{Session, Snapshot};
use crate::tape::Tape;

/// More would only make a run slower.
const STEPS: usize = 12;

fuzz_target!(|bytes: &[u8]| {
    sources::install();
    tape::wind(bytes);
    let policy = value(policy);
    let sources = after(&policy, sources::list);
    if let Some(session) = Session::open(policy, sources) {
        sources::call_back(Some(&session));
        for _ in 0..STEPS {
            step(&session);
        }
        sources::call_back(None);
    }
    functions::parse(text());
});

/// One thing that a host may do at any time, in a source too.
fn step(session: &Session) {
    match Tape.below(10) {
        0..=3 => collect(session),
        4..=5 => session.update_consent(value(update)),
        6 => session.supply(
            functions::records(records()).unwrap_or(Argument { is_spoiled: true, ..Argument::default() }),
        ),
        7 => session.explain(value(purpose)),
        8 => session.audit(),
        _ => session.end(),
    }
}

/// A second argument. Nothing behind a first one that is spoiled, since UniFFI frees no argument after one that it cannot read.
fn after(first: &Argument, second: impl FnOnce() -> Argument) -> Argument {
    if first.is_spoiled { Argument::default() } else { second() }
}

fn collect(session: &Session) {
    let purpose = value(purpose);
    let items = after(&purpose, || {
        value(|to| to.option(|to| to.list(Tape.below(5), |to| to.variant(Item::ALL.len()))))
    });
    if let Some(snapshot) = session.collect(purpose, items) {
        read(&snapshot);
        if Tape.flag() {
            snapshot.end();
            read(&snapshot);
        }
    }
}

fn read(snapshot: &Snapshot) {
    for function in functions::READS {
        snapshot.read(*function);
    }
    for function in functions::TIMES {
        snapshot.time(*function);
    }
}

fn purpose(to: &mut Argument) {
    to.variant(Purpose::ALL.len());
}

fn category(to: &mut Argument) {
    to.variant(Category::ALL.len());
}

/// Mostly everything is on, with a wait that is short, since some sources here never answer in time.
fn policy(to: &mut Argument) {
    to.words(AGREEMENT);
    to.variant(2);
    to.large(u64::from(Tape.byte()));
    let mut at = 0;
    to.list(u8::try_from(Category::ALL.len()).unwrap(), |to| {
        at += 1;
        to.number(at);
        to.flag(Tape.mostly());
        to.list(2, purpose);
        to.option(|to| to.large(u64::from(Tape.below(3))));
        // Said, or it would be seconds.
        to.flag(true);
        to.large(1 + u64::from(Tape.below(20)));
        to.list(Tape.below(2), |to| {
            to.variant(Item::ALL.len());
            to.flag(Tape.mostly());
            to.option(|to| to.list(Tape.below(3), purpose));
            to.option(|to| to.large(u64::from(Tape.below(3))));
        });
    });
}

/// Mostly everything is agreed to.
fn update(to: &mut Argument) {
    to.flag(true);
    to.number(if Tape.mostly() { 3 } else { 1 + i32::from(Tape.below(3)) });
    let mut at = 0;
    to.list(2 * u8::try_from(Category::ALL.len()).unwrap(), |to| {
        to.number(1 + at / 2);
        to.number(1 + at % 2);
        at += 1;
    });
    to.list(Tape.below(4).saturating_sub(1), |to| {
        category(to);
        purpose(to);
    });
}

fn records() -> Argument {
    let known = [
        r#"{"application": {"name": "n", "version": "1"}, "mini_programs": [{"id": "i", "name": "m"}]}"#,
        r#"{"mini_programs": [{"id": "i", "introduction": "two\nlines"}, {"id": "i"}]}"#,
        r#"{"network": {"domains": {"request": ["https://a.example"]}}}"#,
    ];
    match Tape.below(4) {
        0 => text(),
        one => Argument { bytes: known[usize::from(one) - 1].into(), is_spoiled: false },
    }
}
