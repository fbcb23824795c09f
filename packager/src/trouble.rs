//! Why something did not work.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What everything here returns.
pub type Result<T = ()> = std::result::Result<T, Trouble>;

/// One sentence, and whose fault it is: the project's or the machine's.
#[derive(Debug, Serialize, Deserialize)]
pub enum Trouble {
    /// The project has a fault.
    Failed(String),
    /// This machine lacks something, which says nothing about the project.
    CannotRun(String),
}

impl Trouble {
    /// The project has a fault.
    pub fn failed(why: impl Into<String>) -> Self {
        Self::Failed(why.into())
    }

    /// This machine lacks something.
    pub fn cannot_run(why: impl Into<String>) -> Self {
        Self::CannotRun(why.into())
    }

    /// The same trouble while getting something ready: this machine lacks it.
    pub fn preventing(self, what: &str) -> Self {
        Self::CannotRun(format!("{what}: {self}"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (Self::Failed(why) | Self::CannotRun(why)) = self;
        f.write_str(why)
    }
}
