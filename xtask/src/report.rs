//! The table at the end of a test run.

use std::fmt::{self, Display};
use std::time::Duration;

use clap::builder::styling::{AnsiColor, Style};
use packager::trouble::{Result, Trouble};
use serde::{Deserialize, Serialize};

/// What became of one step.
#[derive(Serialize, Deserialize)]
pub(crate) struct Line {
    /// The step's stage.
    pub(crate) stage: String,
    /// The step.
    pub(crate) step: String,
    /// What it returned.
    pub(crate) result: Result,
    /// How long it took.
    pub(crate) time: Duration,
}

/// What became of all steps that ran.
pub(crate) struct Report {
    /// In the order of the stages.
    pub(crate) lines: Vec<Line>,
    /// From the first step's beginning to the last one's end: less than their sum where they ran beside each other.
    pub(crate) time: Duration,
}

impl Line {
    /// Makes a step that could not run a failed one.
    pub(crate) fn require(&mut self) {
        if let Err(trouble) = &mut self.result {
            *trouble = Trouble::failed(trouble.to_string());
        }
    }

    /// The result in a word, its style, and the reason if there is one.
    fn said(&self) -> (&'static str, Style, &str) {
        match &self.result {
            Ok(()) => ("passed", AnsiColor::Green.on_default(), ""),
            Err(Trouble::Failed(why)) => ("failed", AnsiColor::Red.on_default(), why),
            Err(Trouble::CannotRun(why)) => ("skipped", AnsiColor::Yellow.on_default(), why),
        }
    }
}

impl Report {
    /// How many steps ended with this word.
    fn count(&self, word: &str) -> usize {
        self.lines.iter().filter(|line| line.said().0 == word).count()
    }

    /// Fails if a step failed, and names it: that line may be all that a reader sees.
    pub(crate) fn verdict(&self) -> Result {
        let failed = |line: &&Line| line.said().0 == "failed";
        let failed = self.lines.iter().filter(failed).map(|line| line.step.as_str()).collect::<Vec<_>>();
        match failed.len() {
            0 => Ok(()),
            count => {
                let steps = self.lines.len();
                Err(Trouble::failed(format!("{count} of {steps} steps failed: {}", failed.join(", "))))
            }
        }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let width = |name: fn(&Line) -> &str| {
            self.lines.iter().map(|line| name(line).len()).max().unwrap_or(0).max(5)
        };
        let (stages, steps) = (width(|line| &line.stage), width(|line| &line.step));
        writeln!(f, "{:stages$}  {:steps$}  {:7}  {:>7}", "stage", "step", "result", "seconds")?;
        for line in &self.lines {
            let (word, style, why) = line.said();
            let seconds = line.time.as_secs_f64();
            write!(
                f,
                "{:stages$}  {:steps$}  {style}{word:7}{style:#}  {seconds:>7.1}",
                line.stage, line.step
            )?;
            writeln!(f, "{}{why}", if why.is_empty() { "" } else { "  " })?;
        }
        let seconds = self.time.as_secs_f64();
        let counts =
            ["passed", "failed", "skipped"].map(|word| format!("{} {word}", self.count(word))).join(", ");
        write!(f, "{:stages$}  {:steps$}  {:7}  {seconds:>7.1}  {counts}", "total", "", "")
    }
}

/// A heading, for a terminal.
pub(crate) fn heading(text: &str) -> impl Display {
    styled(Style::new().bold(), text)
}

/// Bad news, for a terminal.
pub(crate) fn bad(text: &str) -> impl Display {
    styled(AnsiColor::Red.on_default().bold(), text)
}

/// Text in a style that is taken off again.
fn styled(style: Style, text: &str) -> impl Display {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_the_total_counts() {
        let line = |step: &str, result, millis| Line {
            stage: "rust".into(),
            step: step.into(),
            result,
            time: Duration::from_millis(millis),
        };
        let lines = vec![
            line("format", Ok(()), 340),
            line("tests", Err(Trouble::failed("`cargo test` ended with exit status: 101")), 61_250),
            line("msrv", Err(Trouble::cannot_run("no apt-get")), 0),
        ];
        let report = Report { lines, time: Duration::from_millis(61_500) };
        let plain = anstream::adapter::strip_str(&report.to_string()).to_string();
        let expected = "\
stage  step    result   seconds
rust   format  passed       0.3
rust   tests   failed      61.2  `cargo test` ended with exit status: 101
rust   msrv    skipped      0.0  no apt-get
total                      61.5  1 passed, 1 failed, 1 skipped";
        assert_eq!(plain, expected);
        assert_eq!(report.verdict().unwrap_err().to_string(), "1 of 3 steps failed: tests");
    }

    #[test]
    fn a_skipped_step_is_no_failure() {
        let result = Err(Trouble::cannot_run("no apt-get"));
        let lines = vec![Line { stage: "rust".into(), step: "msrv".into(), result, time: Duration::ZERO }];
        let mut report = Report { lines, time: Duration::ZERO };
        assert!(report.verdict().is_ok());
        report.lines.iter_mut().for_each(Line::require);
        assert!(report.verdict().is_err(), "it is one where every step is required");
    }
}
