//! Google's programs for the JVM, which Maven fetches: each has a `pom.xml` of its own that names its version and nothing else.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::file::{read, trouble};
use crate::maven;
use crate::process;
use crate::trouble::Result;

/// Java with everything that the `pom.xml` in `directory` names on its class path. `work` is for what is made on the way.
pub fn java(directory: &str, work: &Path) -> Result<Command> {
    maven::ensure()?;
    let unusable = |error| trouble(work, &error);
    fs::create_dir_all(work).map_err(unusable)?;
    let there = work.canonicalize().map_err(unusable)?.join("classpath");
    let mut maven = maven::command(directory);
    maven
        .args(["--quiet", "dependency:build-classpath"])
        .arg(format!("-Dmdep.outputFile={}", there.display()));
    process::prepare(&mut maven)?;
    let mut java = Command::new("java");
    java.args(maven::BRIEF).arg("-cp").arg(read(&there)?.trim());
    Ok(java)
}
