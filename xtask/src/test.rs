//! `cargo xtask test`: runs stages and says in one table what became of them.

use std::time::Instant;

use anstream::{eprintln, println};
use clap::Args;
use clap::builder::{FalseyValueParser, PossibleValuesParser};

use crate::report::{self, Line, Report};
use crate::stage::{self, STAGES, Stage, Step};
use crate::trouble::{Result, Trouble};

/// Pass all tests, fetching first what they need
#[derive(Args)]
pub(crate) struct Arguments {
    /// Stages and steps to run [default: all]
    #[arg(value_name = "STAGE|STEP", value_parser = PossibleValuesParser::new(stage::names()))]
    only: Vec<String>,
    /// Fail, not skip, when a step cannot run on this machine
    #[arg(long, env = "CI", value_parser = FalseyValueParser::new())]
    require_all: bool,
}

impl Arguments {
    /// Whether a step is asked for.
    fn ask_for(&self, stage: &Stage, step: &Step) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == stage.name || name == step.name)
    }
}

/// Runs the steps that are asked for, each once; a failing one does not stop the later ones.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let mut lines: Vec<Line> = Vec::new();
    for stage in STAGES {
        for step in stage.steps.iter().filter(|step| arguments.ask_for(stage, step)) {
            if lines.iter().any(|line| line.step == step.name) {
                continue;
            }
            eprintln!("{}", report::heading(&format!("== {} · {}", stage.name, step.name)));
            let start = Instant::now();
            let result = (step.run)().map_err(|trouble| {
                if arguments.require_all { Trouble::failed(trouble.to_string()) } else { trouble }
            });
            lines.push(Line { stage: stage.name, step: step.name, result, time: start.elapsed() });
        }
    }
    let report = Report(lines);
    println!("{report}");
    report.verdict()
}
