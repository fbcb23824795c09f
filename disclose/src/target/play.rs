//! Google Play: the host's own export of the Data safety form, patched.
//!
//! What the form asks changes, so there is no template here: only rows that the host's file has are answered, and every
//! other row stays byte for byte as it was.

use std::collections::BTreeMap;
use std::fmt;

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use scruple::Purpose;

use crate::Scope;
use crate::rules::declared;
use crate::target::{Disclosure, File};

/// What the columns' headings begin with; Play Console adds "(machine readable)" to the first two.
const HEADINGS: [&str; 3] = ["Question ID", "Response ID", "Response value"];
const VALUE: usize = 2;
const TRUE: &str = "TRUE";
const FALSE: &str = "FALSE";

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

/// A row of the file.
struct Row {
    record: StringRecord,
    /// Where the one before it ended, by the reader's count: line ends may come first.
    begin: usize,
    end: usize,
}

/// A question of the form, or one of its choices.
type Question = (String, String);

pub(super) fn patch(scope: &Scope, csv: &[u8]) -> Result<Disclosure, CsvError> {
    let rows = read(csv)?;
    let (answers, mut notes) = answers(scope, &rows);
    let missing: Vec<_> = answers
        .keys()
        .filter(|question| !rows.iter().any(|row| question_of(&row.record) == **question))
        .map(|question| format!("the form has no row {}: export it anew, or answer by hand", named(question)))
        .collect();

    let mut patched = csv[..rows.first().map_or(csv.len(), |row| row.begin)].to_vec();
    let (mut set, mut contradicted) = (0, Vec::new());
    for row in &rows {
        let bytes = &csv[row.begin..row.end];
        match answers.get(&question_of(&row.record)) {
            Some(answer) if !row.record[VALUE].eq_ignore_ascii_case(answer) => {
                set += 1;
                if !row.record[VALUE].trim().is_empty() {
                    contradicted.push(named(&question_of(&row.record)));
                }
                patched.extend(rewritten(&row.record, answer, bytes)?);
            }
            Some(_) | None => patched.extend_from_slice(bytes),
        }
    }
    // A last line end may be left.
    patched.extend_from_slice(&csv[rows.last().map_or(csv.len(), |row| row.end)..]);
    notes.insert(
        0,
        format!(
            "{set} answers set, every other row is as it was. Scruple sends nothing; take back what never leaves \
             the device"
        ),
    );
    if !contradicted.is_empty() {
        notes.push(format!("the form said otherwise, and the policy prevails: {}", contradicted.join(", ")));
    }
    Ok(Disclosure { files: vec![File::new("data_safety.csv", patched)], notes, missing })
}

fn read(csv: &[u8]) -> Result<Vec<Row>, CsvError> {
    // Also what Excel makes of it: rows of unequal length, a byte order mark.
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv);
    let mut rows = Vec::new();
    loop {
        let begin = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let line = reader.position().line();
        let mut record = StringRecord::new();
        let more =
            reader.read_record(&mut record).map_err(|error| CsvError::Row { line, what: what(&error) })?;
        if !more {
            break;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(csv.len());
        rows.push(Row { record, begin: begin.min(end), end });
    }
    let headings = rows.first().is_some_and(|row| {
        HEADINGS.iter().zip(&row.record).all(|(heading, cell)| {
            cell.trim_start_matches('\u{feff}')
                .trim()
                .to_ascii_lowercase()
                .starts_with(&heading.to_ascii_lowercase())
        }) && row.record.len() >= HEADINGS.len()
    });
    if !headings {
        return Err(CsvError::Headings);
    }
    rows.remove(0);
    if let Some(row) = rows.iter().find(|row| row.record.len() <= VALUE) {
        let line = row.record.position().map_or(0, csv::Position::line);
        return Err(CsvError::Row { line, what: "fewer than three columns".to_owned() });
    }
    Ok(rows)
}

fn what(error: &csv::Error) -> String {
    if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) {
        return "not UTF-8; save the file as UTF-8".to_owned();
    }
    error.to_string()
}

fn question_of(record: &StringRecord) -> Question {
    (record[0].to_owned(), record[1].to_owned())
}

fn named((question, response): &Question) -> String {
    format!("{question} {response}").trim_end().to_owned()
}

/// What to answer, and what a person ought to know of it.
fn answers(scope: &Scope, rows: &[Row]) -> (BTreeMap<Question, &'static str>, Vec<String>) {
    let mut types: BTreeMap<(&str, &str), Vec<Purpose>> = BTreeMap::new();
    for (item, declaration) in declared(scope, |rule| rule.play) {
        let purposes = types.entry((declaration.what.question, declaration.what.data_type)).or_default();
        let on = scope.purposes(item).iter().filter(|purpose| declaration.purposes.contains(purpose));
        purposes.extend(on);
    }
    let mut answers = BTreeMap::new();
    let mut assumed = Vec::new();
    if !types.is_empty() {
        answers.insert(("PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA".to_owned(), String::new()), TRUE);
    }
    for ((question, data_type), purposes) in types {
        let usage = |question: &str| format!("PSL_DATA_USAGE_RESPONSES:{data_type}:{question}");
        answers.insert((question.to_owned(), data_type.to_owned()), TRUE);
        let collection = usage("PSL_DATA_USAGE_COLLECTION_AND_SHARING");
        answers.insert((collection, "PSL_DATA_USAGE_ONLY_COLLECTED".to_owned()), TRUE);
        for purpose in purposes {
            let purpose = match purpose {
                Purpose::Feature => "PSL_APP_FUNCTIONALITY",
                // Google counts finding faults among these.
                Purpose::Troubleshooting => "PSL_ANALYTICS",
            };
            answers.insert((usage("DATA_USAGE_COLLECTION_PURPOSE"), purpose.to_owned()), TRUE);
        }
        // What the host answered stays; what it did not gets the answer that hides nothing.
        let ephemeral = usage("PSL_DATA_USAGE_EPHEMERAL");
        if !is_answered(rows, &ephemeral) {
            answers.insert((ephemeral, String::new()), FALSE);
            assumed.push(format!("{data_type} is not processed ephemerally"));
        }
        let control = usage("DATA_USAGE_USER_CONTROL");
        if !is_answered(rows, &control) {
            answers.insert((control, "PSL_DATA_USAGE_USER_CONTROL_OPTIONAL".to_owned()), TRUE);
            assumed.push(format!("{data_type} is optional, as nothing is read without consent"));
        }
    }
    let notes = if assumed.is_empty() {
        Vec::new()
    } else {
        vec![format!("assumed, since the form did not say: {}", assumed.join("; "))]
    };
    (answers, notes)
}

/// Whether the host chose an answer to a question, whichever.
fn is_answered(rows: &[Row], question: &str) -> bool {
    rows.iter().any(|row| &row.record[0] == question && !row.record[VALUE].trim().is_empty())
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
