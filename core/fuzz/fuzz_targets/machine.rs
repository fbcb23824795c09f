//! A recorded machine, any files of it: cpuinfo, os-release, device tree, DMI, modes, process names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::{Purpose, Session};
use scruple_fuzz::{hosts, machine, rules};

fuzz_target!(|text: &str| {
    let root = machine::folder();
    machine::lay_out(root.path(), text);
    let session = Session::open_recorded(hosts::policy(), root.path()).expect("it is a folder");
    session.update_consent(&hosts::agreed()).expect("the session is open");
    rules::snapshot(&session.collect(Purpose::Feature, None).expect("the session is open"));
});
