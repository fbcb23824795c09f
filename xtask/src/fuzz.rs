//! `cargo xtask fuzz`: does anything from outside make a parser or a function of the library panic, hang or break its own rules?
//!
//! LLVM's fuzzer is libfuzzer-sys, a dependency of each `fuzz` folder. `cargo fuzz` takes these folders too; here the compiler's
//! flags are its flags, so that all targets of a folder are built at once, and by a stable Rust.

use std::env::consts::ARCH;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use anstream::{eprintln, println};
use clap::Args;
use clap::builder::PossibleValuesParser;
use packager::claims::Claims;
use packager::process;
use packager::trouble::{Result, Trouble};

/// Targets that one crate's `fuzz` folder has.
struct Crate {
    folder: &'static str,
    targets: &'static [&'static str],
    sanitizer: Sanitizer,
    /// What the fuzzer starts from, beside the target's own `fuzz/seeds/TARGET` and what it found before.
    seeds: &'static [&'static str],
}

/// What watches over memory. Debug assertions are on in any case.
#[derive(Clone, Copy)]
enum Sanitizer {
    /// Nothing, where there is no unsafe code.
    None,
    Address,
}

/// All of them.
const CRATES: &[Crate] = &[
    // Whatever reaches the core: files, texts of a platform, answers of sources, in any order; and what leaves it.
    Crate {
        folder: "core",
        targets: &[
            "policy",
            "records",
            "consent",
            "cpuinfo",
            "os_release",
            "text",
            "mcc_mnc",
            "exports",
            "sources",
            "sensitive",
            "links",
            "machine",
        ],
        sanitizer: Sanitizer::None,
        seeds: &[
            "tests/phones",
            "tests/sysroots",
            "src/feature/sensitive/corpus",
            "../docs/examples",
            "../android-sample/src/main/assets",
        ],
    },
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
        sanitizer: Sanitizer::None,
        seeds: &["tests/files", "tests/data"],
    },
    // The C functions that Kotlin and Swift call.
    Crate { folder: "ffi", targets: &["functions"], sanitizer: Sanitizer::Address, seeds: &[] },
];

/// The core's target with a fault.
const CONTROL: &str = "control";

/// A smoke test of every target: this many executions or seconds each, whichever is over first.
const SMOKE: (u64, u32) = (10_000, 1);

fn targets() -> impl Iterator<Item = &'static str> {
    CRATES.iter().flat_map(|of| of.targets).copied()
}

/// Feed parsers, the core and the library's C functions until time is up
///
/// Before that a target with a fault has to be found out. It stops at the first finding and says where the input lies.
#[derive(Args)]
pub(crate) struct Arguments {
    /// What to feed [default: all]
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(targets()), hide_default_value = true, default_values_t = targets().map(str::to_owned))]
    targets: Vec<String>,
    /// How long each
    #[arg(long, default_value_t = 300)]
    seconds: u32,
    /// How many executions each, if they take less time than that [default: as many as there is time for]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    runs: Option<u64>,
}

/// Every target for a second: the step `fuzz`.
pub(crate) fn smoke() -> Result {
    let (runs, seconds) = SMOKE;
    let all = Arguments { targets: targets().map(str::to_owned).collect(), seconds, runs: Some(runs) };
    let (result, control) = fed(&all)?;
    let mut claims = Claims::of("fuzz")?;
    claims.claim("Hostile input breaks no rule", &result, &control);
    claims.keep()
}

/// Feeds what is asked for.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let (result, control) = fed(arguments)?;
    println!("{result}; {control}");
    Ok(())
}

/// Builds each folder once and runs its targets one after the other. What came out, and what the control did.
fn fed(arguments: &Arguments) -> Result<(String, String)> {
    let is_asked = |target: &&&str| arguments.targets.iter().any(|asked| asked == **target);
    let (mut count, mut executions) = (0, 0);
    let control = control()?;
    for of in CRATES.iter().filter(|of| of.targets.iter().any(|target| is_asked(&target))) {
        of.build()?;
        for target in of.targets.iter().filter(is_asked) {
            let mut fuzzer = of.fuzzer(target)?;
            fuzzer.arg(format!("-max_total_time={}", arguments.seconds));
            fuzzer.args(arguments.runs.map(|runs| format!("-runs={runs}")));
            let begun = Instant::now();
            let output = ended(&mut fuzzer)?;
            if !output.status.success() {
                eprintln!("{}", String::from_utf8_lossy(&output.stderr));
                return Err(Trouble::failed(format!("{target}: a finding, in {}/fuzz/artifacts", of.folder)));
            }
            let done = executed(&output);
            eprintln!("{target}: {done} executions in {} s", begun.elapsed().as_secs());
            (count, executions) = (count + 1, executions + done);
        }
    }
    Ok((format!("{count} fuzz targets, {executions} executions, no finding"), control))
}

/// The fault is found, or the fuzzer does not see the way that its bytes take.
fn control() -> Result<String> {
    let core = &CRATES[0];
    core.build()?;
    let mut fuzzer = core.fuzzer_of(CONTROL);
    let output = ended(fuzzer.args(["-runs=1000000", "-artifact_prefix=target/fuzz/"]))?;
    let found =
        String::from_utf8_lossy(&output.stderr).contains("a code, as this target claims that there is none");
    match found {
        true => Ok(format!("a target with a fault was found out after {} executions", executed(&output))),
        false => Err(Trouble::failed("the control: a target with a fault was not found out")),
    }
}

impl Crate {
    /// Where its targets are built. A crate of another sanitizer is compiled otherwise.
    fn built(&self) -> &'static str {
        match self.sanitizer {
            Sanitizer::None => "target/fuzz",
            Sanitizer::Address => "target/fuzz-address",
        }
    }

    /// Builds its targets.
    fn build(&self) -> Result {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--quiet", "--locked", "--release", "--target", &machine()]);
        cargo.args(["--manifest-path", &format!("{}/fuzz/Cargo.toml", self.folder)]);
        cargo.args(["--target-dir", self.built()]);
        let mut flags = FLAGS.join(" ");
        if let Sanitizer::Address = self.sanitizer {
            flags.push_str(" -Zsanitizer=address");
            // The option is unstable, the sanitizer comes with a stable Rust too.
            cargo.env("RUSTC_BOOTSTRAP", "1");
        }
        process::run(cargo.env("RUSTFLAGS", flags))
    }

    /// The fuzzer of a target, with all that it starts from.
    fn fuzzer(&self, target: &str) -> Result<Command> {
        let folder = Path::new(self.folder).join("fuzz");
        let (corpus, artifacts) = (folder.join("corpus").join(target), folder.join("artifacts").join(target));
        for made in [&corpus, &artifacts] {
            fs::create_dir_all(made)
                .map_err(|error| Trouble::failed(format!("no folder for {target}: {error}")))?;
        }
        let mut fuzzer = self.fuzzer_of(target);
        // What is found goes to the first folder.
        fuzzer.arg(corpus);
        let seeds = self.seeds.iter().map(|seeds| Path::new(self.folder).join(seeds));
        fuzzer.args(seeds.chain([folder.join("seeds").join(target)]).filter(|seeds| seeds.is_dir()));
        fuzzer.arg(format!("-artifact_prefix={}/", artifacts.display()));
        Ok(fuzzer)
    }

    fn fuzzer_of(&self, target: &str) -> Command {
        let program: PathBuf = [self.built(), &machine(), "release", target].iter().collect();
        let mut fuzzer = Command::new(program);
        let dictionary = Path::new(self.folder).join(format!("fuzz/dictionaries/{target}.dict"));
        if dictionary.exists() {
            fuzzer.arg(format!("-dict={}", dictionary.display()));
        }
        fuzzer.args(["-timeout=120", "-max_len=8192", "-print_final_stats=1", "-verbosity=0"]);
        // A panic in a thread that the core catches is a finding too; Rust's own types may be defined twice.
        fuzzer.env("ASAN_OPTIONS", "detect_odr_violation=0");
        fuzzer
    }
}

/// What makes the fuzzer see the way that its bytes take, as cargo-fuzz has it.
const FLAGS: [&str; 9] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "--cfg fuzzing",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
];

/// This machine. With a target named, programs that run during the build are compiled as ever.
fn machine() -> String {
    format!("{ARCH}-unknown-linux-gnu")
}

fn ended(fuzzer: &mut Command) -> Result<Output> {
    fuzzer.output().map_err(|error| Trouble::failed(format!("a fuzzer did not start: {error}")))
}

/// How many executions there were, by the fuzzer's own count.
fn executed(output: &Output) -> u64 {
    let words = String::from_utf8_lossy(&output.stderr);
    let count = words.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    count.and_then(|count| count.trim().parse().ok()).unwrap_or_default()
}
