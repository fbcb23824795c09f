//! Maven, which builds what is in Kotlin and Java.

use std::env;
use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use anstream::eprintln;

use crate::cache;
use crate::debian;
use crate::file;
use crate::trouble::{Result, Trouble};

/// Where Maven builds the library.
pub const LIBRARY: &str = "bindings/kotlin";

/// What a JVM is told that runs for minutes: it never gets back what the optimising compiler takes, half of the processor's time.
pub(crate) const BRIEF: [&str; 2] = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/// Makes sure of Java and Maven.
pub fn ensure() -> Result {
    debian::ensure_from("openjdk-17-jdk-headless", "javac")?;
    debian::ensure_from("maven", "mvn")
}

/// Where Java is.
pub(crate) fn java_home() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let javac = env::split_paths(&path).find_map(|dir| dir.join("javac").canonicalize().ok());
    // Through links to bin/javac.
    javac
        .and_then(|javac| Some(javac.parent()?.parent()?.to_owned()))
        .ok_or_else(|| Trouble::cannot_run("there is no javac on the path"))
}

/// Maven in a directory, without a line for each download.
pub fn command(directory: &str) -> Command {
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--no-transfer-progress"]).current_dir(directory);
    let options = env::var("MAVEN_OPTS").unwrap_or_default();
    maven.env("MAVEN_OPTS", format!("{} {options}", BRIEF.join(" ")));
    maven
}

/// Maven in a host's directory, with a local repository that has nothing of Scruple's yet; nobody else has it while the lock is held.
pub fn for_host(directory: &str) -> Result<(Command, File)> {
    ensure()?;
    // Apart from the user's, to which the other stages install: Maven would prefer that.
    let local = cache::dir()?.join("hosts");
    if !local.exists() {
        eprintln!("Downloading what a host's build needs, this once: 0.4 GB.");
    }
    // Another clone's packing must not come between.
    let lock = file::lock(&local.join("lock"))?;
    file::remove(&local.join("dev/scruple"))?;
    let mut maven = command(directory);
    maven.arg(format!("-Dmaven.repo.local={}", local.display()));
    Ok((maven, lock))
}
