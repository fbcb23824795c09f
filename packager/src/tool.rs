//! Cargo's tools, each in one version, kept in the user's cache.

use std::process::Command;

use anstream::eprintln;

use crate::cache;
use crate::process;
use crate::trouble::Result;

/// A program that `cargo install` builds.
pub struct Tool {
    /// The package's name and the program's.
    pub name: &'static str,
    /// Exactly this version.
    pub version: &'static str,
    /// What else `cargo install` is told.
    pub more: &'static [&'static str],
    /// How long the first run compiles it, in words.
    pub compiles: &'static str,
}

impl Tool {
    /// The tool, ready for its arguments; installed first if it is not there.
    pub fn command(&self) -> Result<Command> {
        let Self { name, version, more, compiles } = self;
        let root = cache::dir()?.join("tools").join(format!("{name}-{version}"));
        let program = root.join("bin").join(name);
        if !program.exists() {
            eprintln!("Compiling {name} {version}, this once: {compiles}.");
            let mut install = Command::new("cargo");
            // Optimising takes longer than all that it ever saves here.
            install.args(["install", name, "--version", version, "--locked", "--debug"]).args(*more);
            install.arg("--root").arg(root);
            // The tool's build has no place in this workspace's target directory.
            install.env_remove("CARGO_TARGET_DIR");
            process::prepare(&mut install)
                .map_err(|trouble| trouble.preventing(&format!("{name} {version} could not be installed")))?;
        }
        Ok(Command::new(program))
    }
}
