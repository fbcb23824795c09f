//! The stage `kotlin`: the library for Kotlin and Java on the JVM, and hosts' builds that use it.

use std::env;

use packager::claims::Claims;
use packager::maven::{self, LIBRARY};
use packager::trouble::Result;
use packager::{bindings, debian, process};

use crate::stage::{Stage, Step};

/// The stage.
pub(crate) const STAGE: Stage =
    Stage { name: "kotlin", about: "the library for the JVM and Android", steps: &[TEST] };

/// The library's tests and the hosts that use it.
pub(crate) const TEST: Step = Step {
    name: "kotlin-test",
    about: "the Kotlin library's tests, and hosts by each promised compiler",
    run: test,
};

/// Where it builds hosts, which see what the library's build installs: one that says what a host may write, and one for each
/// compiler that is promised.
const HOSTS: [&str; 2] = ["bindings/kotlin/consumers", "bindings/kotlin/consumers/hosts"];

fn test() -> Result {
    bindings::generate()?;
    maven::ensure()?;
    // A test traces what JNA does.
    debian::ensure("strace")?;
    // The compiler leaves the classes of files that are no more, which would be packaged.
    let mut claims = Claims::of(TEST.name)?;
    claims.run(maven::command(LIBRARY).args(["clean", "install"]))?;
    HOSTS.iter().try_for_each(|host| claims.run(maven::command(host).args(["clean", "verify"])))?;
    claims.keep()
}

/// Measures what a collection costs from Kotlin.
pub(crate) fn measure() -> Result {
    process::prepare(maven::command(LIBRARY).args(["--quiet", "install", "-DskipTests"]))?;
    // A host's JVM has its optimising compiler; this one measures in its own process.
    let mut measured = maven::command(LIBRARY);
    measured.env("MAVEN_OPTS", env::var_os("MAVEN_OPTS").unwrap_or_default());
    process::run(measured.args(["--quiet", "exec:java", "--projects", "scruple-core"]))
}
