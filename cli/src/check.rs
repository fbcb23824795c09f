//! `scruple check`.

use std::fmt::Display;
use std::path::Path;

use scruple_disclose::check::{Baseline, Report, Repository};

use crate::arguments::{Check, CheckFormat};
use crate::input::Input;
use crate::{Result, Verdict, input, output};

pub(crate) fn run(arguments: &Check) -> Result<Verdict> {
    let policy = input::policy(&arguments.policy)?;
    let known = arguments.baseline.as_deref().map(read).transpose()?;
    let checked = scruple_disclose::check::check(&policy, &arguments.paths);
    let mut report = checked.map_err(|error| format!("{}: {error}", arguments.policy.display()))?;
    report.allow(&arguments.allow);
    let repository = Repository::of(&arguments.policy, &arguments.paths);
    if let Some(path) = &arguments.write_baseline {
        return write(path, &report, &repository);
    }
    if let Some(known) = known {
        let gone = report.without(&known, &repository);
        if gone > 0 {
            output::say(&format!(
                "{gone} of the baseline's {} findings are gone: write it anew",
                known.len()
            ));
        }
    }
    output::print(&match arguments.format {
        CheckFormat::Text => report.to_text(),
        CheckFormat::Json => report.to_json(),
        CheckFormat::Sarif => report.to_sarif(&repository),
    })?;
    Ok(verdict(&report))
}

fn verdict(report: &Report) -> Verdict {
    match report.status() {
        0 => Verdict::Fine,
        1 => Verdict::Findings,
        _ => Verdict::Unreadable,
    }
}

/// How long a baseline may be, in bytes: some ten thousand findings.
const BASELINE: usize = 16 * 1024 * 1024;

fn read(path: &Path) -> Result<Baseline> {
    let failed = |reason: &dyn Display| format!("{}:{reason}", path.display());
    let bytes = Input::open(path, "--write-baseline writes one")?.bytes(BASELINE)?;
    let text = String::from_utf8(bytes).map_err(|error| failed(&format_args!(" {error}")))?;
    Baseline::from_json(&text).map_err(|error| failed(&error))
}

/// What could not be read is in no baseline, and is said.
fn write(path: &Path, report: &Report, repository: &Repository) -> Result<Verdict> {
    let baseline = report.baseline(repository);
    output::write(path, baseline.to_json().as_bytes())?;
    output::say(&format!("{}: {} findings", path.display(), baseline.len()));
    Ok(match report.status() {
        2 => {
            output::print(&report.to_text())?;
            Verdict::Unreadable
        }
        _ => Verdict::Fine,
    })
}
