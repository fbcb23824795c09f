//! The five policies that everything is tried with.

use std::fs;
use std::path::{Path, PathBuf};

use scruple::Policy;
use scruple_disclose::Scope;
use scruple_disclose::target::{self, Disclosure, Given, Target, TrackingDomain, WriteError};

pub const POLICIES: [&str; 5] =
    ["nothing", "device-only", "fuzzy-location", "everything", "everything-with-troubleshooting"];

/// A path below `disclose/tests`.
pub fn tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

pub fn policy(name: &str) -> Policy {
    let text = fs::read_to_string(tests(&format!("policies/{name}.json"))).unwrap();
    Policy::from_json(&text).unwrap()
}

pub fn scope(name: &str) -> Scope {
    Scope::of(&policy(name)).unwrap()
}

/// Made by hand with the columns and ids that Play Console's export is known to have; not an export.
pub fn stand_in() -> Vec<u8> {
    fs::read(tests("data/data_safety_stand_in.csv")).unwrap()
}

pub fn written(target: Target, name: &str) -> Disclosure {
    form(target, name, &stand_in()).unwrap()
}

/// A target, written with a form and the domain that an advertising identifier goes to.
pub fn form(target: Target, name: &str, data_safety: &[u8]) -> Result<Disclosure, WriteError> {
    let domains = [TrackingDomain::parse("ads.example.com").unwrap()];
    let given = Given { data_safety: Some(data_safety), tracking_domains: &domains, ..Given::default() };
    target::write(target, &policy(name), &given)
}

/// One file of a target.
pub fn file(target: Target, name: &str, path: &str) -> Vec<u8> {
    written(target, name).files.into_iter().find(|file| file.path == path).unwrap().contents
}
