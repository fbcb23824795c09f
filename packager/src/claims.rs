//! What is promised, as it was shown: claims, results and controls.
//!
//! A test that proves a claim prints a line `proof: CLAIM | RESULT | CONTROL`; this collects them, a file for each step.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anstream::println;

use crate::file::{read, write};
use crate::process;
use crate::trouble::{Result, Trouble};

/// Where the claims of each step lie.
pub const OUTPUT: &str = "target/proof";

/// How a line begins that says what was proven.
const MARK: &str = "proof: ";

/// What was claimed, what came out, and what its control did.
#[derive(Debug, PartialEq)]
pub struct Claim {
    /// What holds.
    pub claim: String,
    /// What came out.
    pub result: String,
    /// What was broken on purpose, and what that did.
    pub control: String,
}

impl Claim {
    /// What a line of a test's says, if it claims something.
    fn parse(line: &str) -> Option<Self> {
        let (_, claim) = line.split_once(MARK)?;
        let mut parts = claim.split(" | ").map(|part| part.trim().to_owned());
        let claim = Self { claim: parts.next()?, result: parts.next()?, control: parts.next()? };
        parts.next().is_none().then_some(claim)
    }
}

/// The claims of one step.
pub struct Claims {
    step: &'static str,
    lines: String,
}

impl Claims {
    /// Forgets what the step claimed before.
    pub fn of(step: &'static str) -> Result<Self> {
        let before = path(step);
        if before.exists() {
            write(&before, "")?;
        }
        Ok(Self { step, lines: String::new() })
    }

    /// Runs a command to its end, prints what it prints, and takes down what it claims.
    pub fn run(&mut self, command: &mut Command) -> Result {
        let mut child =
            command.stdout(Stdio::piped()).spawn().map_err(|error| process::not_started(command, &error))?;
        let mut malformed = None;
        for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).split(b'\n')) {
            // What is no text is of no test of ours.
            let line = String::from_utf8_lossy(&line.unwrap_or_default()).into_owned();
            println!("{line}");
            match (line.contains(MARK), Claim::parse(&line)) {
                (true, None) => malformed = Some(line),
                (true, Some(_)) => self.say(&line),
                (false, _) => {}
            }
        }
        let status = child.wait().map_err(|error| process::not_started(command, &error))?;
        if !status.success() {
            return Err(Trouble::failed(format!("{} ended with {status}", process::shown(command))));
        }
        match malformed {
            Some(line) => {
                Err(Trouble::failed(format!("`{line}` is no claim with its result and its control")))
            }
            None => Ok(()),
        }
    }

    /// Takes a claim of this program's own down.
    pub fn claim(&mut self, claim: &str, result: &str, control: &str) {
        let line = format!("{MARK}{claim} | {result} | {control}");
        println!("{line}");
        self.say(&line);
    }

    fn say(&mut self, line: &str) {
        let start = line.find(MARK).unwrap_or_default();
        self.lines.push_str(&line[start..]);
        self.lines.push('\n');
    }

    /// Leaves them for the report.
    pub fn keep(self) -> Result {
        if self.lines.is_empty() {
            return Err(Trouble::failed(format!("the step {} has proven nothing", self.step)));
        }
        write(&path(self.step), self.lines)
    }
}

/// Runs a step's one command, which claims something.
pub fn claimed(step: &'static str, command: &mut Command) -> Result {
    let mut claims = Claims::of(step)?;
    claims.run(command)?;
    claims.keep()
}

/// What a step has claimed: nothing if it has not passed.
pub fn kept(step: &str) -> Vec<Claim> {
    read(&path(step)).unwrap_or_default().lines().filter_map(Claim::parse).collect()
}

fn path(step: &str) -> PathBuf {
    PathBuf::from(OUTPUT).join(step).with_extension("txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_has_three_parts() {
        let claim = Claim::parse("12:00 [INFO] proof: a holds | 3 of 3 | broken: red").unwrap();
        let expected =
            Claim { claim: "a holds".into(), result: "3 of 3".into(), control: "broken: red".into() };
        assert_eq!(claim, expected);
        for line in ["proof: a | b", "proof: a | b | c | d", "a | b | c"] {
            assert_eq!(Claim::parse(line), None);
        }
    }

    #[test]
    fn what_a_command_claims_is_taken_down() {
        let run = |script: &str| {
            let mut claims = Claims { step: "none", lines: String::new() };
            claims.run(Command::new("/bin/sh").args(["-c", script])).map(|()| claims.lines)
        };
        assert_eq!(run("echo x; echo '  proof: a | b | c'").unwrap(), "proof: a | b | c\n");
        assert_eq!(run("echo x").unwrap(), "");
        assert!(run("echo 'proof: a'").unwrap_err().to_string().contains("is no claim"));
        assert!(run("echo 'proof: a | b | c'; exit 1").unwrap_err().to_string().contains("exit status: 1"));
        let nothing = Claims { step: "none", lines: String::new() };
        assert_eq!(nothing.keep().unwrap_err().to_string(), "the step none has proven nothing");
    }
}
