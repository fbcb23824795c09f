//! What a collection costs from each language.

use anstream::{eprintln, println};
use packager::bindings;
use packager::process::{cargo, printed, run};
use packager::trouble::{Result, Trouble};

use crate::bench::program::Program;
use crate::bench::samples::Samples;
use crate::{kotlin, swift};

/// What is measured: its subject in the Rust program, the repeats of a sample, and its row.
const ROWS: [(&str, u32, &str); 4] = [
    ("audit", 1_000, "one empty call: `audit` of an empty session"),
    ("collect", 20, "`collect` of all device items, and `close`"),
    ("read", 1_000, "`snapshot.device`"),
    ("device", 20, "`collect`, `device` and `close`"),
];

/// Prints a table for each language, all with the same rows.
pub(crate) fn measure() -> Result {
    bindings::generate()?;
    cargo(&["build", "--quiet", "--release", "--package", "xtask", "--features", "bench"])?;
    println!("| Rust, release | median in µs |\n| --- | --- |");
    for (subject, repeats, name) in ROWS {
        println!("| {name} | {:.1} |", median(subject, repeats)?);
    }
    eprintln!("Building the Swift program: half a minute at first.");
    run(&mut swift::measurement()?)?;
    eprintln!("Building the Kotlin program: half a minute at first.");
    kotlin::measure()
}

/// The median time of a subject, in microseconds.
fn median(subject: &str, repeats: u32) -> Result<f64> {
    let mut samples = Samples::default();
    let mut program = Program::Scruple.command()?;
    samples.add(&printed(program.args(["warm", subject, "200", &repeats.to_string()]))?);
    let figure = samples.figure().ok_or_else(|| Trouble::failed("the program printed no sample"))?;
    Ok(figure.middle)
}
