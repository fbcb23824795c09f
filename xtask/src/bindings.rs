//! `cargo xtask bindings`.

use clap::Args;
use packager::bindings::{check, generate, keep};
use packager::trouble::Result;

/// Generate the Kotlin and Swift bindings from the built library
///
/// Kotlin's go to target/bindings/kotlin, where Maven compiles them. Swift's are kept in the repository, since a Swift
/// package is built from its sources: bindings/swift/Sources/{ScrupleBindings,scrupleFFI}.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Change nothing; fail if the bindings in the repository do not fit the library
    #[arg(long)]
    check: bool,
}

/// Builds the library and generates what belongs to it.
pub(crate) fn run(arguments: &Arguments) -> Result {
    generate()?;
    if arguments.check { check() } else { keep() }
}
