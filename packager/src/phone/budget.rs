//! What every app that embeds Scruple pays at most for the core, in bytes: by processor and by slice.

use anstream::println;

use crate::trouble::{Result, Trouble};

/// Android's, by its processors: the stripped file. Apple's, by Rust's targets: the sections that an app's linker takes.
const BUDGETS: &[(&str, u64)] = &[
    ("arm64-v8a", 408_000),
    ("armeabi-v7a", 330_000),
    ("x86_64", 510_000),
    ("aarch64-apple-ios", 300_000),
    ("aarch64-apple-ios-sim", 300_000),
    ("x86_64-apple-ios", 330_000),
    ("aarch64-apple-darwin", 300_000),
    ("x86_64-apple-darwin", 330_000),
];

/// Prints what one costs and fails if it is over its budget.
pub(crate) fn check(name: &str, size: u64) -> Result {
    let budget = BUDGETS.iter().find(|(known, _)| *known == name).map(|(_, budget)| *budget);
    let budget = budget.ok_or_else(|| Trouble::failed(format!("{name} has no budget")))?;
    let words = format!("{name}: {size} bytes; at most {budget}");
    println!("{words}");
    if size <= budget { Ok(()) } else { Err(Trouble::failed(format!("too large: {words}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_holds_to_the_byte_and_nobody_is_without() {
        let (name, budget) = BUDGETS[0];
        check(name, budget).unwrap();
        assert!(check(name, budget + 1).unwrap_err().to_string().contains("too large: arm64-v8a"));
        assert_eq!(check("riscv64", 1).unwrap_err().to_string(), "riscv64 has no budget");
    }
}
