//! `scruple policy`, and the policy that the other commands go by.

use std::path::Path;

use scruple::{AGREEMENT, Category, CategoryPolicy, Item, ItemPolicy, Policy};

use scruple_disclose::Scope;
use scruple_disclose::declarations::Line;
use scruple_disclose::diff::{Difference, Read};

use crate::arguments::{PolicyCommand, PolicyFile, TextFormat};
use crate::table::{Cell, GOOD, HELD, Table};
use crate::{Result, Verdict, input, output};

pub(crate) fn run(command: &PolicyCommand) -> Result<Verdict> {
    match command {
        PolicyCommand::Diff { before, after, format } => return diff(before, after, *format),
        PolicyCommand::New => output::print(&start()),
        PolicyCommand::Check { file } => {
            let policy = input::read(file, Policy::from_json)?;
            let on = policy.categories.values().filter(|category| category.enabled).count();
            let total = Category::ALL.len();
            output::print(&format!("{}: valid, {on} of {total} categories on\n", file.display()))
        }
        PolicyCommand::Schema => output::print(&format!("{:#}\n", Policy::json_schema())),
    }
    .map(|()| Verdict::Fine)
}

/// What changes in declarations. A new one is a finding: somebody must fill in a store's form before the release.
fn diff(before: &Path, after: &Path, format: TextFormat) -> Result<Verdict> {
    let scope = |path| {
        let policy = input::read(path, Policy::from_json)?;
        Scope::of(&policy).map_err(|error| format!("{}: {error}", path.display()))
    };
    let difference = Difference::between(&scope(before)?, &scope(after)?);
    output::print(&match format {
        TextFormat::Text => diff_text(&difference),
        TextFormat::Json => format!("{:#}\n", serde_json::json!(difference)),
    })?;
    Ok(if difference.declare.is_empty() { Verdict::Fine } else { Verdict::Findings })
}

fn diff_text(difference: &Difference) -> String {
    let Difference { reads, no_longer_reads, declare, no_longer_declare } = difference;
    let mut text = String::new();
    if reads.len() + no_longer_reads.len() > 0 {
        let mut table = Table::new(["", "ITEM", "PURPOSE"]);
        for (sign, reads) in [(more as fn() -> Cell, reads), (fewer, no_longer_reads)] {
            for Read { item, purpose } in reads {
                table.row([sign(), item.id().into(), purpose.id().into()]);
            }
        }
        text.push_str(&format!("Read\n{}\n", table.text()));
    }
    if declare.len() + no_longer_declare.len() > 0 {
        let mut table = Table::new(["", "TARGET", "WHERE", "WHAT", "BECAUSE OF"]);
        for (sign, lines) in [(more as fn() -> Cell, declare), (fewer, no_longer_declare)] {
            for Line { target, place, name, items, .. } in lines {
                let name = name.as_str();
                table.row([sign(), target.id().into(), (*place).into(), name.into(), some_of(items).into()]);
            }
        }
        text.push_str(&format!("Declared\n{}\n", table.text()));
    }
    let end = match (declare.len(), no_longer_declare.len()) {
        (0, 0) => "No declaration changes.".to_owned(),
        (new, gone) => format!("{new} to declare anew, {gone} no longer needed."),
    };
    text + &end + "\n"
}

/// The first of the items; the JSON has them all.
fn some_of(items: &[Item]) -> String {
    const SHOWN: usize = 2;
    let mut text = items.iter().take(SHOWN).map(|item| item.id()).collect::<Vec<_>>().join(", ");
    if items.len() > SHOWN {
        text.push_str(&format!(" and {} more", items.len() - SHOWN));
    }
    text
}

fn more() -> Cell {
    Cell::styled("+", HELD)
}

fn fewer() -> Cell {
    Cell::styled("-", GOOD)
}

/// The policy in the file; without one, everything on but precise location.
pub(crate) fn load(file: &PolicyFile) -> Result<Policy> {
    match &file.path {
        Some(path) => input::read(path, Policy::from_json),
        None => Ok(everything()),
    }
}

fn everything() -> Policy {
    let category = |category: &Category| {
        let items = Item::ALL.iter().filter(|item| item.category() == *category);
        let on = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
        let items = items.map(|item| (*item, on.clone())).collect();
        (*category, CategoryPolicy { enabled: true, items, ..CategoryPolicy::default() })
    };
    Policy { categories: Category::ALL.iter().map(category).collect(), ..Policy::default() }
}

/// A commented policy: everything off, every item named.
fn start() -> String {
    let defaults = Policy::default();
    let categories: Vec<_> = Category::ALL.iter().map(|category| start_category(*category)).collect();
    format!(
        "\
// What this host switches on. Everything else stays off, and nothing is read without consent.
// Check it with `scruple policy check`, and see what it lets through with `scruple explain --policy`.
{{
  // The agreement that you signed with the platform.
  \"agreement\": \"{AGREEMENT}\",

  // fuzzy (a cell of at least 3 km²) or precise. While it is fuzzy, location.precise is never read.
  \"location_accuracy\": \"{}\",

  // How long collected values live, in milliseconds. Then they are wiped.
  \"retention_ms\": {},

  // A category may also hold, with their defaults:
  //   \"purposes\": [\"feature\", \"troubleshooting\"]
  //   \"minimum_interval_ms\": 0 (30000 for feature data), between two reads of one item
  //   \"deadline_ms\": 5000 (10000 for location), to wait for a source
  //   \"items\": {{ \"ITEM\": {{ \"enabled\": false }} }}, where single items differ
  \"categories\": {{
{}
  }}
}}
",
        defaults.location_accuracy,
        defaults.retention_ms,
        categories.join(",\n\n")
    )
}

fn start_category(category: Category) -> String {
    let of_category = |item: &&Item| item.category() == category;
    let mut comments = String::new();
    for item in Item::ALL.iter().filter(of_category) {
        comments.push_str(&format!("    // {}: {}\n", item.id(), item.datum()));
    }
    let named: Vec<_> = Item::ALL
        .iter()
        .filter(|item| of_category(item) && item.must_be_named())
        .map(|item| format!("\"{item}\": {{ \"enabled\": false }}"))
        .collect();
    // An item that is off unless named is shown by name, so that nobody misses it.
    let items =
        if named.is_empty() { String::new() } else { format!(", \"items\": {{ {} }}", named.join(", ")) };
    format!("{comments}    \"{category}\": {{ \"enabled\": false{items} }}")
}
