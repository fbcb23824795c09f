//! `cargo xtask version X.Y.Z`: a new version, in each file that states it.

use std::path::Path;
use std::process::Command;

use anstream::println;
use clap::Args;
use packager::file::{read, write};
use packager::process::{printed, run};
use packager::trouble::{Result, Trouble};

/// The version that is there now.
const CURRENT: &str = env!("CARGO_PKG_VERSION");

/// What states another one, or this one for ever: what was decided and changed, the hosts that the check is tried on, and the lock files,
/// which cargo writes.
const OTHERS: &[&str] =
    &[":!docs/decisions", ":!CHANGELOG.md", ":!disclose", ":!cli/tests", ":!Cargo.lock", ":!*/Cargo.lock"];

/// Write a new version into each file that states it, and into Cargo.lock
#[derive(Args)]
pub(crate) struct Arguments {
    /// Such as 0.2.0
    #[arg(value_parser = parse)]
    version: String,
}

/// Three numbers.
fn parse(version: &str) -> std::result::Result<String, String> {
    let numbers: Vec<_> = version.split('.').collect();
    let is_number = |part: &&str| part.parse::<u32>().is_ok_and(|number| number.to_string() == **part);
    if numbers.len() == 3 && numbers.iter().all(is_number) {
        Ok(version.to_owned())
    } else {
        Err("three numbers are right, such as 0.2.0".to_owned())
    }
}

/// Writes it.
pub(crate) fn run_with(Arguments { version }: &Arguments) -> Result {
    if version == CURRENT {
        return Err(Trouble::failed(format!("{CURRENT} is the version already")));
    }
    let mut grep = Command::new("git");
    grep.args(["grep", "--files-with-matches", "--fixed-strings", CURRENT, "--", "."]).args(OTHERS);
    let mut count = 0;
    for file in printed(&mut grep)?.lines().map(Path::new) {
        let text = read(file)?;
        let replaced = replaced(&text, version);
        if replaced != text {
            count += 1;
            write(file, replaced)?;
            println!("{}", file.display());
        }
    }
    run(Command::new("cargo").args(["update", "--workspace", "--offline"]))?;
    println!(
        "{CURRENT} is {version} in {count} files. Date its part of CHANGELOG.md, and go on as RELEASING.md says."
    );
    Ok(())
}

/// A text with the new version where the current one stands by itself: 10.1.0 and 0.1.0.1 are others.
fn replaced(text: &str, version: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(CURRENT) {
        let (before, after) = (&rest[..at], &rest[at + CURRENT.len()..]);
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let goes_on = is_digit(after.chars().next())
            || after.strip_prefix('.').is_some_and(|more| is_digit(more.chars().next()));
        let began = before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        result.push_str(before);
        result.push_str(if began || goes_on { CURRENT } else { version });
        rest = after;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_alone_is_replaced() {
        let with = |pattern: &str| pattern.replace('V', CURRENT);
        for (text, expected) in [("a V.", "a 9.8.7."), ("[V]", "[9.8.7]"), ("x-V.zip V", "x-9.8.7.zip 9.8.7")]
        {
            assert_eq!(replaced(&with(text), "9.8.7"), expected);
        }
        for other in ["1V", "V1", "V.1", "2.V"] {
            assert_eq!(replaced(&with(other), "9.8.7"), with(other));
        }
    }

    #[test]
    fn a_version_is_three_numbers() {
        assert_eq!(parse("10.0.2").unwrap(), "10.0.2");
        for wrong in ["1", "1.2", "v1.2.3", "1.2.3-beta", "01.2.3", "1.2.3.4", ""] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
