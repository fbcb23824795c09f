//! Swift's programs.

use std::process::Command;

use crate::process;
use crate::toolchain;
use crate::trouble::Result;

/// This machine's, or the toolchain's.
pub fn program(program: &str) -> Result<Command> {
    if process::is_installed(program) { Ok(Command::new(program)) } else { toolchain::command(program) }
}
