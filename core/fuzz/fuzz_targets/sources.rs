//! Every source of a host's, whose answers are what the fuzzer likes: a snapshot has only what the rules allow.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::{Platform, Purpose, fuzzing};
use scruple_fuzz::{hosts, rules};

fuzz_target!(|bytes: &[u8]| {
    let [choice, bytes @ ..] = bytes else { return };
    let platform = Platform::ALL[usize::from(*choice >> 1) % Platform::ALL.len()];
    let purpose = Purpose::ALL[usize::from(*choice & 1)];
    let sources = hosts::sources(platform, bytes);
    let session = fuzzing::session(platform, &hosts::policy(), sources).expect("each item has one source");
    session.update_consent(&hosts::agreed()).expect("the session is open");
    let snapshot = session.collect(purpose, None).expect("the session is open");
    rules::snapshot(&snapshot);
});
