#![no_main]

use std::sync::LazyLock;

use scruple::{Category, CategoryPolicy, Policy};
use scruple_disclose::target::{Given, Target, write};

/// Everything on, so that every answer is written.
static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let on = CategoryPolicy { enabled: true, ..CategoryPolicy::default() };
    let categories = Category::ALL.iter().map(|category| (*category, on.clone())).collect();
    Policy { categories, ..Policy::default() }
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = write(Target::Play, &POLICY, &Given { data_safety: Some(bytes), ..Given::default() });
});
