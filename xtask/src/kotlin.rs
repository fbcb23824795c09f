//! The stage `kotlin`: the library for Kotlin and Java on the JVM, and hosts' builds that use it.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::bindings;
use crate::debian;
use crate::process;
use crate::stage::{Stage, Step};
use crate::trouble::{Result, Trouble};

/// The stage.
pub(crate) const STAGE: Stage = Stage { name: "kotlin", steps: &[Step { name: "kotlin-test", run: test }] };

/// Where Maven builds the library.
pub(crate) const LIBRARY: &str = "bindings/kotlin";

/// Where it builds hosts, which see what the library's build installs: one that says what a host may write, and one for each
/// compiler that is promised.
const HOSTS: [&str; 2] = ["bindings/kotlin/consumers", "bindings/kotlin/consumers/hosts"];

fn test() -> Result {
    bindings::generate()?;
    ensure_tools()?;
    // The compiler leaves the classes of files that are no more, which would be packaged.
    process::run(maven(LIBRARY).args(["clean", "install"]))?;
    HOSTS.iter().try_for_each(|host| process::run(maven(host).args(["clean", "verify"])))
}

/// Makes sure of Java and Maven.
pub(crate) fn ensure_tools() -> Result {
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

/// Measures what a collection costs from Kotlin.
pub(crate) fn measure() -> Result {
    process::prepare(maven(LIBRARY).args(["--quiet", "install", "-DskipTests"]))?;
    process::run(maven(LIBRARY).args(["--quiet", "exec:java", "--projects", "scruple-core"]))
}

/// Maven in a directory, without a line for each download.
pub(crate) fn maven(directory: &str) -> Command {
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--no-transfer-progress"]).current_dir(directory);
    maven
}
