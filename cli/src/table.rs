//! Tables that a person likes to read.

use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use crate::{output, wrap};

/// Columns with a heading, as wide as their widest cell; the last is not padded.
///
/// On a terminal that is too narrow for all of them, the columns that have no room stand on further lines, indented.
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

    /// As wide as it takes, or as the terminal is that shows it.
    pub(crate) fn text(&self) -> String {
        self.within(output::width().unwrap_or(usize::MAX))
    }

    fn within(&self, room: usize) -> String {
        let width = |column: usize| self.rows.iter().map(|row| row[column].text.width()).max().unwrap_or(0);
        let widths: [usize; N] = std::array::from_fn(width);
        let lines = lines(&widths, room);
        let mut text = String::new();
        for row in &self.rows {
            for columns in &lines {
                let is_said = |cell: &Cell| !cell.text.is_empty();
                if columns.start == 0 || row[columns.clone()].iter().any(is_said) {
                    line(&row[columns.clone()], &widths[columns.clone()], indent(columns), room, &mut text);
                }
            }
        }
        text
    }
}

/// Between two columns.
const GAP: usize = 2;

/// What a line of a row begins with; it shows where the next row begins.
fn indent(columns: &Range<usize>) -> usize {
    if columns.start == 0 { 0 } else { 2 }
}

/// Which columns stand beside each other on each line of a row. The last column gives way: its words are broken into lines.
fn lines(widths: &[usize], room: usize) -> Vec<Range<usize>> {
    // Fewer columns for a sentence are a ribbon of words.
    const SENTENCE: usize = 24;
    let mut lines = Vec::new();
    let (mut columns, mut end) = (0..0, 0);
    for (column, width) in widths.iter().enumerate() {
        let least = if column + 1 == widths.len() { SENTENCE.min(*width) } else { *width };
        if !columns.is_empty() && end + least > room {
            lines.push(columns);
            columns = column..column;
            end = indent(&columns);
        }
        columns.end = column + 1;
        end += width + GAP;
    }
    lines.push(columns);
    lines
}

/// Some cells of a row beside each other; of the last the words may take several lines.
fn line(cells: &[Cell], widths: &[usize], indent: usize, room: usize, text: &mut String) {
    let mut start = indent;
    let mut blanks = indent;
    for (position, (Cell { text: cell, style }, width)) in cells.iter().zip(widths).enumerate() {
        let last = position + 1 == cells.len();
        let pieces =
            if last { wrap::lines(cell, room.saturating_sub(start)) } else { vec![cell.as_str().into()] };
        for (number, piece) in pieces.iter().enumerate() {
            if number > 0 {
                text.push('\n');
                blanks = start;
            }
            if !piece.is_empty() {
                text.extend(std::iter::repeat_n(' ', blanks));
                text.push_str(&format!("{style}{piece}{style:#}"));
                blanks = 0;
            }
            blanks += width + GAP - piece.width();
        }
        start += width + GAP;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<const N: usize>(table: &Table<N>, room: usize) -> String {
        anstream::adapter::strip_str(&table.within(room)).to_string()
    }

    #[test]
    fn columns_line_up_for_wide_characters() {
        let mut table = Table::new(["ITEM", "VALUE"]);
        table.row(["名".into(), "x".into()]);
        table.row(["device".into(), "yy".into()]);
        assert_eq!(shown(&table, usize::MAX), "ITEM    VALUE\n名      x\ndevice  yy\n");
    }

    fn collected() -> Table<3> {
        let mut table = Table::new(["ITEM", "STATE", "VALUE OR REASON"]);
        table.row(["device.model".into(), "read".into(), "Pixel 8".into()]);
        table.row([
            "device.operator".into(),
            "unavailable".into(),
            "the machine does not describe itself".into(),
        ]);
        table
    }

    #[test]
    fn the_last_column_breaks_between_words() {
        assert_eq!(
            shown(&collected(), 60),
            "\
ITEM             STATE        VALUE OR REASON
device.model     read         Pixel 8
device.operator  unavailable  the machine does not describe
                              itself
"
        );
    }

    #[test]
    fn a_column_without_room_goes_to_the_next_line() {
        assert_eq!(
            shown(&collected(), 40),
            "\
ITEM             STATE
  VALUE OR REASON
device.model     read
  Pixel 8
device.operator  unavailable
  the machine does not describe itself
"
        );
        assert_eq!(
            shown(&collected(), 20),
            "\
ITEM
  STATE
  VALUE OR REASON
device.model
  read
  Pixel 8
device.operator
  unavailable
  the machine does
  not describe
  itself
"
        );
    }

    #[test]
    fn a_line_of_empty_cells_is_left_out_and_no_line_ends_in_blanks() {
        let mut table = Table::new(["ITEM", "WHY"]);
        table.row(["device.model".into(), "".into()]);
        assert_eq!(shown(&table, 80), "ITEM          WHY\ndevice.model\n");
        assert_eq!(shown(&table, 12), "ITEM\n  WHY\ndevice.model\n");
    }

    #[test]
    fn a_word_that_is_longer_than_the_line_stays_whole() {
        let mut table = Table::new(["ITEM"]);
        table.row(["a mini_program.code_package_address b".into()]);
        assert_eq!(shown(&table, 20), "ITEM\na\nmini_program.code_package_address\nb\n");
    }
}
