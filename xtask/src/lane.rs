//! A lane of stages in a process of its own, beside this one's.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anstream::eprintln;
use packager::file::{bytes, trouble, write};
use packager::trouble::{Result, Trouble};

use crate::report::Line;

/// How the other process is told its lane.
pub(crate) const OPTION: &str = "lane";

/// Where its words go, and what became of its steps.
const OUTPUT: &str = "target/test";

/// The other process. It succeeds when it has handed over what became of its steps, failed ones too.
pub(crate) struct Lane {
    number: usize,
    child: Child,
}

impl Lane {
    /// Starts a lane's process, with what is asked for of all stages.
    pub(crate) fn start(lane: usize, only: &[String]) -> Result<Self> {
        fs::create_dir_all(OUTPUT).map_err(|error| trouble(Path::new(OUTPUT), &error))?;
        let log = log(lane);
        eprintln!("Beside this: lane {lane}, in {}.", log.display());
        let start = || {
            let words = File::create(&log)?;
            let mut command = Command::new(env::current_exe()?);
            command.arg("test").arg(format!("--{OPTION}={lane}")).args(only);
            command.stdout(words.try_clone()?).stderr(words).spawn()
        };
        Ok(Self { number: lane, child: start().map_err(|error| trouble(&log, &error))? })
    }

    /// Waits for it, prints its words, and gives what became of its steps.
    pub(crate) fn end(mut self) -> Result<Vec<Line>> {
        let log = log(self.number);
        let status = self.child.wait().map_err(|error| trouble(&log, &error))?;
        File::open(&log)
            .and_then(|mut words| io::copy(&mut words, &mut io::stderr()))
            .map_err(|error| trouble(&log, &error))?;
        if !status.success() {
            return Err(Trouble::failed(format!("the process of lane {} ended with {status}", self.number)));
        }
        let lines = lines(self.number);
        serde_json::from_slice(&bytes(&lines)?)
            .map_err(|error| Trouble::failed(format!("{}: {error}", lines.display())))
    }
}

/// Leaves what became of a lane's steps for the process that started this one.
pub(crate) fn hand_over(lane: usize, lines: &[Line]) -> Result {
    let text = serde_json::to_vec(lines).map_err(|error| Trouble::failed(error.to_string()))?;
    write(&self::lines(lane), text)
}

fn log(lane: usize) -> PathBuf {
    Path::new(OUTPUT).join(format!("lane-{lane}.log"))
}

fn lines(lane: usize) -> PathBuf {
    Path::new(OUTPUT).join(format!("lane-{lane}.json"))
}
