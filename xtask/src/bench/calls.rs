//! System calls, counted by strace.

use std::fs;
use std::process::Command;

use packager::process;
use packager::trouble::{Result, Trouble};

use crate::bench::program::Program;
use crate::bench::table::{Aim, Figure, Row};

/// System calls of one collection: of everything, and where nothing is permitted.
pub(crate) fn rows() -> Result<[Row; 2]> {
    let count =
        |program, name, times| Ok(Some(Figure { middle: calls(program, name, times)?, spread: None }));
    let [limit, scruple, sysinfo] = Program::ALL;
    let both = [count(limit, "both", 100)?, count(scruple, "both", 100)?, count(sysinfo, "both", 100)?];
    Ok([
        Row::new("both, system calls", both, [Aim::Open; 2]),
        // The row above is this one's control: strace does see a collection that reads.
        Row::never("nothing permitted, system calls", calls(scruple, "denied", 1000)?),
    ])
}

/// What so many further collections add to the calls of a process, for one of them.
fn calls(program: Program, name: &str, further: u32) -> Result<f64> {
    const FIRST: u32 = 10;
    let (few, many) = (traced(program, name, FIRST)?, traced(program, name, FIRST + further)?);
    Ok((many as f64 - few as f64) / f64::from(further))
}

/// The calls of a process and its threads that collects so often.
fn traced(program: Program, name: &str, times: u32) -> Result<usize> {
    let unusable = |error| Trouble::cannot_run(format!("no temporary file: {error}"));
    let log = tempfile::NamedTempFile::new().map_err(unusable)?;
    let measuring = program.command()?;
    let mut strace = Command::new("strace");
    strace.args(["--follow-forks", "--output"]).arg(log.path()).arg(measuring.get_program());
    process::run(strace.args(["silent", name, &times.to_string()]))?;
    let log = fs::read(log.path()).map_err(unusable)?;
    let log = String::from_utf8_lossy(&log);
    // A call that another thread interrupts has two lines; signals and exits are no calls.
    let is_call = |line: &&str| !["resumed>", "--- ", "+++ "].iter().any(|other| line.contains(other));
    Ok(log.lines().filter(is_call).count())
}
