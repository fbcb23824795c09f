//! What is timed.

use std::process::Command;

use packager::process;
use packager::trouble::Result;

use crate::bench::program::Program;
use crate::bench::samples::Samples;
use crate::bench::table::{Aim, Row};

/// Something that the programs do, each in its way.
pub(crate) struct Subject {
    /// As printed.
    name: &'static str,
    /// What the programs call it: the limit, Scruple, sysinfo.
    names: [Option<&'static str>; 3],
    /// How it is measured.
    mode: Mode,
    /// How long it took.
    samples: [Samples; 3],
    /// What is hoped for of the two ratios.
    aims: [Aim; 2],
}

/// How something is measured.
#[derive(Clone, Copy)]
enum Mode {
    /// The first time in a new process; not the first process, so that the program's file is in memory.
    Cold,
    /// Again and again in one process.
    Warm,
    /// The same, in hundreds: it is quicker than the clock.
    Quick,
}

/// Everything that is timed, in the order of the table.
pub(crate) fn all() -> Vec<Subject> {
    let every = |name| [Some(name); 3];
    let own = |name| [None, Some(name), None];
    let warm = [Aim::AtMost(1.08), Aim::AtLeast(1.0)];
    let open = [Aim::Open; 2];
    let no_frequency = [None, Some("device"), Some("device-without-frequency")];
    [
        ("device items, warm", every("device"), Mode::Warm, warm),
        ("  sysinfo without the frequency", no_frequency, Mode::Warm, open),
        ("process list, warm", every("processes"), Mode::Warm, warm),
        ("both, warm", every("both"), Mode::Warm, warm),
        ("device items, cold", every("device"), Mode::Cold, [Aim::Open, Aim::AtLeast(2.0)]),
        ("  sysinfo without the frequency", no_frequency, Mode::Cold, open),
        ("both, cold", every("both"), Mode::Cold, [Aim::AtMost(1.15), Aim::AtLeast(4.0)]),
        ("a decision on every item", own("decisions"), Mode::Quick, open),
        ("nothing permitted", own("denied"), Mode::Quick, open),
    ]
    .map(|(name, names, mode, aims)| Subject { name, names, mode, samples: Default::default(), aims })
    .into()
}

impl Subject {
    /// Lets every program measure it once.
    pub(crate) fn measure(&mut self) -> Result {
        for ((program, name), samples) in Program::ALL.into_iter().zip(self.names).zip(&mut self.samples) {
            if let Some(name) = name {
                let mut command = self.mode.command(program, name)?;
                if matches!(self.mode, Mode::Cold) {
                    // Else the time would depend on whose turn was before.
                    process::printed(&mut command)?;
                }
                samples.add(&process::printed(&mut command)?);
            }
        }
        Ok(())
    }

    /// What came of it.
    pub(crate) fn row(&self) -> Row {
        Row::new(self.name, self.samples.each_ref().map(Samples::figure), self.aims)
    }
}

impl Mode {
    /// The program with its arguments.
    fn command(self, program: Program, name: &str) -> Result<Command> {
        let mut command = program.command()?;
        match self {
            Self::Cold => command.args(["cold", name]),
            // Samples, and how often each time.
            Self::Warm => command.args(["warm", name, "50", "1"]),
            Self::Quick => command.args(["warm", name, "50", "100"]),
        };
        Ok(command)
    }
}
