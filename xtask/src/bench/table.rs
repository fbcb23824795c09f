//! The table: Markdown, since docs/benchmarks.md has it too.

use std::fmt;

/// A number that was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    /// The number, or the median of several.
    pub(crate) middle: f64,
    /// Between which values eight of ten lie.
    pub(crate) spread: Option<(f64, f64)>,
}

/// What is hoped for.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// Nothing in particular.
    Open,
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

/// One thing that was measured.
pub(crate) struct Row([String; 6]);

/// All of them.
pub(crate) struct Table(pub(crate) Vec<Row>);

impl Row {
    /// What the limit, Scruple and sysinfo took, and what is hoped for of the ratios.
    pub(crate) fn new(name: &str, figures: [Option<Figure>; 3], aims: [Aim; 2]) -> Self {
        let ratio = |above: usize, below: usize, aim: Aim| match (figures[above], figures[below]) {
            (Some(above), Some(below)) => aim.judge(above.middle / below.middle),
            _ => String::new(),
        };
        let ratios = [ratio(1, 0, aims[0]), ratio(2, 1, aims[1])];
        let [limit, scruple, sysinfo] =
            figures.map(|figure| figure.map(|figure| figure.to_string()).unwrap_or_default());
        let [of_limit, than_sysinfo] = ratios;
        Self([name.to_owned(), limit, scruple, sysinfo, of_limit, than_sysinfo])
    }

    /// Something that Scruple alone does, and that is never to happen.
    pub(crate) fn never(name: &str, times: f64) -> Self {
        Self([name, "", &format!("{times:.2} (0: {})", met(times == 0.0)), "", "", ""].map(str::to_owned))
    }
}

impl Aim {
    /// A ratio, and whether it is what is hoped for.
    fn judge(self, ratio: f64) -> String {
        match self {
            Self::Open => format!("{ratio:.2}"),
            Self::AtMost(most) => format!("{ratio:.2} (≤ {most}: {})", met(ratio <= most)),
            Self::AtLeast(least) => format!("{ratio:.2} (≥ {least}: {})", met(ratio >= least)),
        }
    }
}

/// Whether an aim is met, in a word.
fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "missed" }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // Three digits that count, more or less.
        let digits = if self.middle < 10.0 && self.spread.is_some() { 2 } else { 0 };
        write!(f, "{:.digits$}", self.middle)?;
        match self.spread {
            Some((low, high)) => write!(f, " ({low:.digits$}–{high:.digits$})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let head =
            ["", "limit", "Scruple", "sysinfo", "Scruple ÷ limit", "sysinfo ÷ Scruple"].map(str::to_owned);
        let rule = head.each_ref().map(|_| "---".to_owned());
        let rows: Vec<_> = [&head, &rule].into_iter().chain(self.0.iter().map(|row| &row.0)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<_> = (0..head.len()).map(width).collect();
        for row in rows {
            for (cell, width) in row.iter().zip(&widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_judged_and_columns_line_up() {
        let figure = |middle| Some(Figure { middle, spread: Some((middle - 1.0, middle + 1.0)) });
        let table = Table(vec![
            Row::new("a", [figure(10.0), figure(11.0), figure(33.0)], [Aim::AtMost(1.2), Aim::AtLeast(4.0)]),
            Row::new("b", [None, figure(10.0), None], [Aim::Open; 2]),
            Row::never("c", 0.0),
        ]);
        let expected = "\
|     | limit     | Scruple       | sysinfo    | Scruple ÷ limit   | sysinfo ÷ Scruple  |
| --- | ---       | ---           | ---        | ---               | ---                |
| a   | 10 (9–11) | 11 (10–12)    | 33 (32–34) | 1.10 (≤ 1.2: met) | 3.00 (≥ 4: missed) |
| b   |           | 10 (9–11)     |            |                   |                    |
| c   |           | 0.00 (0: met) |            |                   |                    |
";
        assert_eq!(table.to_string(), expected);
    }
}
