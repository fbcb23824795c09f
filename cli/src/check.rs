//! `scruple check`.

use scruple::Policy;

use crate::arguments::{Check, CheckFormat};
use crate::{Result, Verdict, input, output};

pub(crate) fn run(arguments: &Check) -> Result<Verdict> {
    let policy = input::read(&arguments.policy, Policy::from_json)?;
    let checked = scruple_disclose::check::check(&policy, &arguments.paths);
    let mut report = checked.map_err(|error| format!("{}: {error}", arguments.policy.display()))?;
    report.allow(&arguments.allow);
    output::print(&match arguments.format {
        CheckFormat::Text => report.to_text(),
        CheckFormat::Json => report.to_json(),
        CheckFormat::Sarif => report.to_sarif(),
    })?;
    Ok(match report.status() {
        0 => Verdict::Fine,
        1 => Verdict::Findings,
        _ => Verdict::Unreadable,
    })
}
