//! Tables that a person likes to read.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

/// Columns with a heading, as wide as their widest cell; the last is not padded.
pub(crate) struct Table<const N: usize> {
    rows: Vec<[Cell; N]>,
}

/// A text and how it looks on a terminal.
pub(crate) struct Cell {
    text: String,
    style: Style,
}

pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const HELD: Style = AnsiColor::Yellow.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();
const HEADING: Style = Style::new().bold();

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, style: Style::new() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Cell {
    pub(crate) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl<const N: usize> Table<N> {
    pub(crate) fn new(headings: [&str; N]) -> Self {
        Self { rows: vec![headings.map(|heading| Cell::styled(heading, HEADING))] }
    }

    pub(crate) fn row(&mut self, cells: [Cell; N]) {
        self.rows.push(cells);
    }

    pub(crate) fn text(&self) -> String {
        let width = |column: usize| self.rows.iter().map(|row| row[column].text.width()).max().unwrap_or(0);
        let widths: [usize; N] = std::array::from_fn(width);
        let mut text = String::new();
        for row in &self.rows {
            for (column, Cell { text: cell, style }) in row.iter().enumerate() {
                text.push_str(&format!("{style}{cell}{style:#}"));
                let last = column + 1 == N;
                let padding = if last { 0 } else { widths[column] - cell.width() + 2 };
                text.extend(std::iter::repeat_n(' ', padding));
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_for_wide_characters() {
        let mut table = Table::new(["ITEM", "VALUE"]);
        table.row(["名".into(), "x".into()]);
        table.row(["device".into(), "yy".into()]);
        assert_eq!(
            anstream::adapter::strip_str(&table.text()).to_string(),
            "ITEM    VALUE\n名      x\ndevice  yy\n"
        );
    }
}
