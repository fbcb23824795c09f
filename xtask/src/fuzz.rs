//! `cargo xtask fuzz`: does a parser of a host's files, or a function of the library, panic or hang on anything?

use std::path::Path;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::process;
use crate::tool::Tool;
use crate::trouble::{Result, Trouble};

/// Drives LLVM's fuzzer.
const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2", compiles: "about two minutes" };

/// Targets that one crate's `fuzz` folder has.
struct Crate {
    folder: &'static str,
    targets: &'static [&'static str],
    /// What watches over memory: nothing where there is no unsafe code. Debug assertions are on in any case.
    sanitizer: &'static str,
    /// What the fuzzer starts from, beside what it found before.
    seeds: &'static [&'static str],
}

/// All of them.
const CRATES: &[Crate] = &[
    // A host's files, a parser each.
    Crate {
        folder: "disclose",
        targets: &[
            "manifest",
            "axml",
            "aab",
            "plist",
            "bplist",
            "openstep",
            "xcconfig",
            "xcstrings",
            "privacy_manifest",
            "program",
            "profile",
            "source",
            "gradle",
            "archive",
            "project",
            "specification",
            "package",
            "module",
            "play",
        ],
        sanitizer: "none",
        seeds: &["tests/files", "tests/data"],
    },
    // The C functions that Kotlin and Swift call.
    Crate { folder: "ffi", targets: &["functions"], sanitizer: "address", seeds: &[] },
];

fn targets() -> impl Iterator<Item = &'static str> {
    CRATES.iter().flat_map(|of| of.targets).copied()
}

/// Feed each parser of a host's files, and the library's C functions, until time is up; needs a nightly Rust
#[derive(Args)]
pub(crate) struct Arguments {
    /// What to feed [default: all]
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(targets()), hide_default_value = true, default_values_t = targets().map(str::to_owned))]
    targets: Vec<String>,
    /// How long each
    #[arg(long, default_value_t = 300)]
    seconds: u32,
}

/// Runs cargo-fuzz, one target after the other; it stops at the first finding and says where it lies.
pub(crate) fn run(arguments: &Arguments) -> Result {
    for Crate { folder, targets, sanitizer, seeds } in CRATES {
        for target in targets.iter().filter(|target| arguments.targets.iter().any(|asked| asked == *target)) {
            let found = format!("fuzz/corpus/{target}");
            std::fs::create_dir_all(Path::new(folder).join(&found))
                .map_err(|error| Trouble::failed(format!("no folder for {target}: {error}")))?;
            let mut command = CARGO_FUZZ.command()?;
            command.args(["run", "--sanitizer", sanitizer, target]);
            // What is found goes to the first folder.
            command.arg(found).args(*seeds).arg("--");
            command
                .arg(format!("-max_total_time={}", arguments.seconds))
                .args(["-timeout=10", "-max_len=8192"]);
            process::run(command.current_dir(folder).env("RUSTUP_TOOLCHAIN", "nightly"))?;
        }
    }
    Ok(())
}
