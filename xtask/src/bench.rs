//! `cargo xtask bench`: what Scruple costs, as ratios measured in one run.

mod calls;
mod machine;
mod program;
mod samples;
mod table;

use anstream::{eprintln, println};
use clap::Args;

use crate::bench::program::{LIMIT, Program, SCRUPLE, SYSINFO};
use crate::bench::samples::Samples;
use crate::bench::table::{Aim, Row};
use crate::debian;
use crate::process;
use crate::trouble::Result;

/// Measure what Scruple costs, against the bare system calls and sysinfo
///
/// Builds three programs for release and runs them in turns, so that whatever else the machine does meets all of
/// them: the limit (the system calls of a collection, made by hand), Scruple under the allocator that shipped
/// artifacts set, and sysinfo on the fields that both read. Prints one table: the device items and the process list,
/// warm (later collections of one process) and cold (the first one of a new process, opening the session included),
/// a decision, and a collection in which nothing is permitted, with its system calls. Only the ratios carry over to
/// other machines. docs/benchmarks.md has the details. A missed aim is no failure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often the programs take turns
    #[arg(long, value_name = "N", default_value_t = 40)]
    rounds: u32,
}

/// What is collected.
struct Subject {
    /// As printed.
    name: &'static str,
    /// As the measuring programs know it.
    argument: &'static str,
    /// How many warm samples a round.
    samples: u32,
    /// How much faster than sysinfo a cold collection is to be.
    cold_aim: Option<f64>,
}

const SUBJECTS: [Subject; 3] = [
    Subject { name: "device items", argument: "device", samples: 200, cold_aim: Some(2.0) },
    Subject { name: "process list", argument: "processes", samples: 40, cold_aim: None },
    Subject { name: "both", argument: "both", samples: 40, cold_aim: Some(4.0) },
];

/// Decisions are too quick for the clock: so many make a sample.
const QUICK: [&str; 2] = ["20", "200"];

/// Builds, measures and prints the table.
pub(crate) fn run(arguments: &Arguments) -> Result {
    debian::ensure("strace")?;
    eprintln!("Building the measuring programs; the first time takes half a minute.");
    process::cargo(&["build", "--quiet", "--release", "--package", "xtask", "--features", "bench"])?;
    println!("{}\n", machine::facts()?);

    let measured = measure(arguments.rounds)?;
    println!("{}", table::table(&measured.rows));
    println!("{}", table::line("a decision", measured.decision));
    println!("{}", table::line("a collection in which nothing is permitted", measured.denied));
    println!("\n{}", calls::counted()?);
    Ok(())
}
