//! The rules for dependencies, deny.toml.

use packager::process;
use packager::tool::Tool;
use packager::trouble::Result;

/// Reads deny.toml.
const CARGO_DENY: Tool =
    Tool { name: "cargo-deny", version: "0.20.2", more: &[], compiles: "about two minutes" };

/// Makes some of cargo-deny's checks.
pub(crate) fn check(checks: &[&str]) -> Result {
    process::run(CARGO_DENY.command()?.arg("check").args(checks))
}
