//! `cargo xtask test`: runs stages and says in one table what became of them.

use std::time::Instant;

use anstream::{eprintln, println};
use clap::Args;
use clap::builder::{FalseyValueParser, PossibleValuesParser};
use packager::trouble::Result;

use crate::help;
use crate::lane::{self, Lane};
use crate::proof;
use crate::report::{self, Line, Report};
use crate::stage::{self, LANES, Stage, Step};

/// Pass all tests, fetching first what they need
///
/// Stages that share no tool run beside each other; the second lane's words come when it is over, and are in
/// target/test/lane-1.log until then.
#[derive(Args)]
#[command(after_help = help::stages())]
pub(crate) struct Arguments {
    /// Stages and steps to run [default: all]
    #[arg(value_name = "STAGE|STEP", value_parser = PossibleValuesParser::new(stage::names()), hide_possible_values = true)]
    only: Vec<String>,
    /// Fail, not skip, when a step cannot run on this machine
    #[arg(long, env = "CI", value_parser = FalseyValueParser::new())]
    require_all: bool,
    /// The lane that this process runs beside another one, which prints what became of it
    #[arg(long = lane::OPTION, hide = true)]
    lane: Option<usize>,
}

impl Arguments {
    /// What is asked for of a lane, each step once.
    fn asked(&self, lane: &'static [Stage]) -> Vec<(&'static Stage, &'static Step)> {
        let mut asked: Vec<(&Stage, &Step)> = Vec::new();
        for (stage, step) in lane.iter().flat_map(|stage| stage.steps.iter().map(move |step| (stage, step))) {
            let is_asked =
                self.only.is_empty() || self.only.iter().any(|name| name == stage.name || name == step.name);
            if is_asked && asked.iter().all(|(_, other)| other.name != step.name) {
                asked.push((stage, step));
            }
        }
        asked
    }

    /// Runs them; a failing one does not stop the later ones.
    fn run(&self, lane: &'static [Stage]) -> Vec<Line> {
        let line = |(stage, step): (&Stage, &Step)| {
            eprintln!("{}", report::heading(&format!("== {} · {}", stage.name, step.name)));
            let start = Instant::now();
            let result = (step.run)();
            Line { stage: stage.name.into(), step: step.name.into(), result, time: start.elapsed() }
        };
        self.asked(lane).into_iter().map(line).collect()
    }
}

/// Runs what is asked for: the first lane here, each other one beside it.
pub(crate) fn run(arguments: &Arguments) -> Result {
    if let Some(lane) = arguments.lane {
        return lane::hand_over(lane, &arguments.run(LANES[lane]));
    }
    let start = Instant::now();
    let mut lanes = (0..LANES.len()).filter(|lane| !arguments.asked(LANES[*lane]).is_empty());
    let own = lanes.next().unwrap_or_default();
    let others = lanes.map(|lane| Lane::start(lane, &arguments.only)).collect::<Result<Vec<_>>>()?;
    let mut lines = arguments.run(LANES[own]);
    for other in others {
        lines.extend(other.end()?);
    }
    if arguments.require_all {
        // Here, for the steps of every lane.
        lines.iter_mut().for_each(Line::require);
    }
    if arguments.only.is_empty() || arguments.only.iter().any(|name| name == proof::NAME) {
        // What each lane has proven.
        let begun = Instant::now();
        let result = proof::report::make();
        lines.push(Line { stage: proof::NAME.into(), step: "report".into(), result, time: begun.elapsed() });
    }
    let report = Report { lines, time: start.elapsed() };
    println!("{report}");
    report.verdict()
}
