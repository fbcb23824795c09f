//! The programs that measure.

use std::env;
use std::process::Command;

use packager::trouble::{Result, Trouble};

/// Who is measured, each by a program of its own.
#[derive(Clone, Copy)]
pub(crate) enum Program {
    /// The system calls alone.
    Limit,
    /// Scruple.
    Scruple,
    /// The peer.
    Sysinfo,
}

impl Program {
    /// In the order of the table's columns.
    pub(crate) const ALL: [Self; 3] = [Self::Limit, Self::Scruple, Self::Sysinfo];

    /// The program, ready for its arguments: the release build lies beside the build of the program that runs this.
    pub(crate) fn command(self) -> Result<Command> {
        let own = env::current_exe()
            .map_err(|error| Trouble::failed(format!("this program does not find itself: {error}")))?;
        let builds = own.ancestors().nth(2).ok_or_else(|| Trouble::failed("call me as `cargo xtask`"))?;
        Ok(Command::new(builds.join("release").join(match self {
            Self::Limit => "measure-limit",
            Self::Scruple => "measure-scruple",
            Self::Sysinfo => "measure-sysinfo",
        })))
    }
}
