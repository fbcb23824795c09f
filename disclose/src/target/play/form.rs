//! The form as Play Console exports it: a row a question, or a row a choice of one.

use std::fmt;

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

/// What the columns' headings begin with; Play Console adds "(machine readable)" to the first two.
const HEADINGS: [&str; 3] = ["Question ID", "Response ID", "Response value"];
const VALUE: usize = 2;
const REQUIREMENT: usize = 3;
const LABEL: usize = 4;

/// Why a file is not an exported form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsvError {
    /// There is none.
    Missing,
    /// A row is not readable.
    Row {
        /// Counted from 1.
        line: u64,
        /// In words.
        what: String,
    },
    /// The first line is not that of the form.
    Headings,
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "the target play patches the app's own form: export it in Play Console (App content, Data safety, \
                 Export to CSV) and name it with --csv",
            ),
            Self::Row { line, what } => write!(f, "{line}: {what}"),
            Self::Headings => write!(
                f,
                "1: not an export of the Data safety form: its first columns are {}",
                HEADINGS.map(|heading| format!("“{heading}”")).join(", ")
            ),
        }
    }
}

impl std::error::Error for CsvError {}

/// A question of the form, or one of its choices.
pub(super) type Question = (String, String);

/// As the form calls it.
pub(super) fn named((question, response): &Question) -> String {
    format!("{question} {response}").trim_end().to_owned()
}

/// A row of the file.
pub(super) struct Row {
    record: StringRecord,
    /// Where the one before it ended, by the reader's count: line ends may come first.
    begin: usize,
    end: usize,
}

impl Row {
    pub(super) fn question(&self) -> &str {
        &self.record[0]
    }

    /// Empty if the question has no choices.
    pub(super) fn response(&self) -> &str {
        &self.record[1]
    }

    pub(super) fn value(&self) -> &str {
        self.record[VALUE].trim()
    }

    /// Whether Google wants an answer whatever the others are.
    pub(super) fn is_required(&self) -> bool {
        self.record.get(REQUIREMENT).is_some_and(|text| text.trim().eq_ignore_ascii_case("REQUIRED"))
    }

    /// The question in words, as the form has it.
    pub(super) fn label(&self) -> &str {
        self.record.get(LABEL).unwrap_or_default().trim()
    }

    pub(super) fn is_true(&self) -> bool {
        self.value().eq_ignore_ascii_case("TRUE")
    }

    /// A question without choices has any answer; one of several choices is chosen.
    pub(super) fn is_answered(&self) -> bool {
        if self.response().is_empty() { !self.value().is_empty() } else { self.is_true() }
    }
}

/// A file, row by row.
pub(super) struct Form<'a> {
    csv: &'a [u8],
    pub(super) rows: Vec<Row>,
}

impl<'a> Form<'a> {
    pub(super) fn read(csv: &'a [u8]) -> Result<Self, CsvError> {
        // Also what Excel makes of it: rows of unequal length, a byte order mark.
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv);
        let mut rows = Vec::new();
        loop {
            let begin = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let line = reader.position().line();
            let mut record = StringRecord::new();
            let more = reader
                .read_record(&mut record)
                .map_err(|error| CsvError::Row { line, what: what(&error) })?;
            if !more {
                break;
            }
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(csv.len());
            rows.push(Row { record, begin: begin.min(end), end });
        }
        if !rows.first().is_some_and(|row| is_heading(&row.record)) {
            return Err(CsvError::Headings);
        }
        rows.remove(0);
        if let Some(row) = rows.iter().find(|row| row.record.len() <= VALUE) {
            let line = row.record.position().map_or(0, csv::Position::line);
            return Err(CsvError::Row { line, what: "fewer than three columns".to_owned() });
        }
        Ok(Self { csv, rows })
    }

    /// How the form writes yes and no: as its first answer of that kind, in capitals if it has none.
    pub(super) fn boolean(&self, answer: bool) -> &'static str {
        let written = self
            .rows
            .iter()
            .map(Row::value)
            .find(|value| value.eq_ignore_ascii_case("TRUE") || value.eq_ignore_ascii_case("FALSE"));
        let mut letters = written.unwrap_or("TRUE").chars();
        let capital = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
        let capitals = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
        match (answer, capital, capitals) {
            (true, true, true) => "TRUE",
            (false, true, true) => "FALSE",
            (true, true, false) => "True",
            (false, true, false) => "False",
            (true, false, _) => "true",
            (false, false, _) => "false",
        }
    }

    /// Whether there is such a row.
    pub(super) fn has(&self, (question, response): &Question) -> bool {
        self.rows.iter().any(|row| row.question() == question && row.response() == response)
    }

    /// Whether a choice of a question is made, or a question without choices answered by yes.
    pub(super) fn is_true(&self, question: &str, response: &str) -> bool {
        self.rows.iter().any(|row| row.question() == question && row.response() == response && row.is_true())
    }

    /// Whether there is an answer to a question, whichever.
    pub(super) fn is_answered(&self, question: &str) -> bool {
        self.rows.iter().any(|row| row.question() == question && row.is_answered())
    }

    /// The file with other answers in the rows for which there are some; everything else byte for byte as it was.
    pub(super) fn patched(&self, answer: impl Fn(&Row) -> Option<&'static str>) -> Result<Vec<u8>, CsvError> {
        let mut patched = self.csv[..self.rows.first().map_or(self.csv.len(), |row| row.begin)].to_vec();
        for row in &self.rows {
            let bytes = &self.csv[row.begin..row.end];
            match answer(row) {
                Some(answer) => patched.extend(rewritten(&row.record, answer, bytes)?),
                None => patched.extend_from_slice(bytes),
            }
        }
        // A last line end may be left.
        patched.extend_from_slice(&self.csv[self.rows.last().map_or(self.csv.len(), |row| row.end)..]);
        Ok(patched)
    }
}

fn is_heading(record: &StringRecord) -> bool {
    let is = |(heading, cell): (&&str, &str)| {
        let cell = cell.trim_start_matches('\u{feff}').trim();
        cell.to_ascii_lowercase().starts_with(&heading.to_ascii_lowercase())
    };
    record.len() >= HEADINGS.len() && HEADINGS.iter().zip(record).all(is)
}

fn what(error: &csv::Error) -> String {
    if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) {
        return "not UTF-8; save the file as UTF-8".to_owned();
    }
    error.to_string()
}

/// A row with another answer, between the line ends that it had.
fn rewritten(record: &StringRecord, answer: &str, bytes: &[u8]) -> Result<Vec<u8>, CsvError> {
    let is_cell = |byte: &u8| !b"\r\n".contains(byte);
    let begin = bytes.iter().position(is_cell).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(is_cell).map_or(bytes.len(), |last| last + 1);
    let cells = record.iter().enumerate().map(|(column, cell)| if column == VALUE { answer } else { cell });
    let mut writer = WriterBuilder::new().from_writer(bytes[..begin].to_vec());
    let line = record.position().map_or(0, csv::Position::line);
    let unwritten = |what: String| CsvError::Row { line, what };
    writer.write_record(cells).map_err(|error| unwritten(error.to_string()))?;
    let mut row = writer.into_inner().map_err(|error| unwritten(error.to_string()))?;
    row.truncate(row.len().saturating_sub(1));
    row.extend_from_slice(&bytes[end..]);
    Ok(row)
}
