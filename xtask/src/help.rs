//! What `--help` lists, in groups.

use crate::stage::LANES;

/// The commands by what they are for. One that is missing here is in no help, which a test sees.
const GROUPS: &[(&str, &[&str])] = &[
    ("Build", &["doctor", "bindings", "toolchain", "docs"]),
    ("Test", &["test", "models", "fuzz", "mutants", "containers", "soak", "modules", "advisories"]),
    ("Measure", &["bench"]),
    ("Package", &["package", "shipped"]),
    ("Release", &["semver", "version"]),
];

/// The commands in their groups, each with its line.
pub(crate) fn commands(all: &clap::Command) -> String {
    let about = |name: &str| {
        let command = all.find_subcommand(name).and_then(clap::Command::get_about);
        command.map(ToString::to_string).unwrap_or_default()
    };
    let group = |(heading, names): &(&str, &[&'static str])| {
        let lines = names.iter().map(|name| (2, *name, about(name)));
        format!("{heading}:\n{}", table(lines.collect()))
    };
    GROUPS.iter().map(group).collect::<Vec<_>>().join("\n")
}

/// The stages with their steps, each with its line. A stage that stands in two lanes is one.
pub(crate) fn stages() -> String {
    let mut lines = Vec::new();
    for stage in LANES.iter().copied().flatten() {
        let at = match lines.iter().position(|(indent, name, _)| *indent == 2 && *name == stage.name) {
            Some(known) => end(&lines, known),
            None => {
                lines.push((2, stage.name, stage.about.to_owned()));
                lines.len()
            }
        };
        lines.splice(at..at, stage.steps.iter().map(|step| (4, step.name, step.about.to_owned())));
    }
    format!("Stages, and their steps:\n{}", table(lines))
}

/// Where the steps of a stage end.
fn end(lines: &[(usize, &str, String)], stage: usize) -> usize {
    let next = lines[stage + 1..].iter().position(|(indent, ..)| *indent == 2);
    next.map_or(lines.len(), |steps| stage + 1 + steps)
}

/// Lines of an indent, a name and what it means.
fn table(lines: Vec<(usize, &str, String)>) -> String {
    let width = lines.iter().map(|(indent, name, _)| indent + name.len()).max().unwrap_or_default();
    let line = |(indent, name, about): (usize, &str, String)| {
        let name = format!("{:indent$}{name}", "");
        format!("{name:width$}  {about}\n")
    };
    lines.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::Arguments;

    #[test]
    fn every_command_is_in_one_group_and_has_a_line() {
        let all = Arguments::command();
        let grouped: Vec<_> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let known: BTreeSet<_> = all.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(grouped.iter().copied().collect::<BTreeSet<_>>(), known);
        assert_eq!(grouped.len(), known.len(), "one is in two groups");
        let help = commands(&all);
        assert!(Arguments::command().render_help().to_string().contains("\n\nTest:\n  test "), "{help}");
        assert!(help.lines().all(|line| line.len() <= 100), "{help}");
        for name in known {
            let line = help.lines().find(|line| line.split_whitespace().next() == Some(name));
            assert!(line.is_some_and(|line| line.split_whitespace().count() > 3), "{name}: {help}");
        }
    }

    #[test]
    fn every_step_has_a_line_below_its_stage() {
        let text = stages();
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
        let is_stage = |line: &&str| !line.starts_with("   ");
        for stage in LANES.iter().copied().flatten() {
            let begun =
                text.lines().skip(1).skip_while(|line| !line.starts_with(&format!("  {} ", stage.name)));
            let below: Vec<_> = begun.skip(1).take_while(|line| !is_stage(line)).collect();
            for step in stage.steps {
                let is_its = |line: &&str| {
                    line.split_once(step.about).is_some_and(|(name, _)| name.trim() == step.name)
                };
                assert_eq!(below.iter().copied().filter(is_its).count(), 1, "{}: {text}", step.name);
            }
        }
        let stages: Vec<_> = text.lines().skip(1).filter(is_stage).collect();
        assert_eq!(stages.len(), 7, "both lanes' steps of the proofs stand together: {stages:?}");
        let abouts =
            text.lines().skip(1).map(|line| line.trim().split_once("  ").map(|(_, about)| about.trim()));
        assert!(abouts.into_iter().all(|about| about.is_some_and(|about| about.contains(' '))), "{text}");
    }
}
