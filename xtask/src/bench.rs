//! `cargo xtask bench`: what Scruple costs, as ratios measured in one run.

mod calls;
mod languages;
mod machine;
mod program;
mod samples;
mod subject;
mod table;

use anstream::{eprintln, println};
use clap::Args;
use packager::trouble::Result;
use packager::{debian, process};

use crate::bench::subject::Subject;
use crate::bench::table::Table;

/// Measure what Scruple costs, against the bare system calls and sysinfo
///
/// Three programs, built for release, take turns, so that whatever else the machine does meets all of them: the limit
/// (the system calls of a collection, made by hand), Scruple under the allocator that shipped artifacts set, and
/// sysinfo on the fields that it shares with Scruple. One table shows the device items and the process list, warm
/// (again and again in one process) and cold (the first time in a new process, with opening the session), a decision,
/// a collection in which nothing is permitted, and the system calls, counted by strace. Only ratios carry over to other
/// machines. A missed aim is no failure. The details are in docs/benchmarks.md.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often the programs take turns
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Measure a collection from Rust, Swift and Kotlin instead, against one empty call of each
    #[arg(long, conflicts_with = "rounds")]
    languages: bool,
}

/// Builds, measures and prints the table.
pub(crate) fn run(arguments: &Arguments) -> Result {
    if arguments.languages {
        return languages::measure();
    }
    debian::ensure("strace")?;
    eprintln!("Building the measuring programs: half a minute at first.");
    process::cargo(&["build", "--quiet", "--release", "--package", "xtask", "--features", "bench"])?;
    let machine = machine::facts()?;

    let mut subjects = subject::all();
    for round in 1..=arguments.rounds {
        if round % 10 == 1 {
            eprintln!("Measuring: round {round} of {}, a second each.", arguments.rounds);
        }
        subjects.iter_mut().try_for_each(Subject::measure)?;
    }
    eprintln!("Counting system calls.");
    let calls = calls::rows()?;

    let table = Table(subjects.iter().map(Subject::row).chain(calls).collect());
    println!("{machine}\n\n{table}\nTimes in µs: the median, and between which values eight of ten lie.");
    Ok(())
}
