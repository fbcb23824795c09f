//! `scruple policy`, and the policy that the other commands go by.

use scruple::{AGREEMENT, Category, CategoryPolicy, Item, ItemPolicy, Policy};

use crate::arguments::{PolicyCommand, PolicyFile};
use crate::{Result, Verdict, diff, input, output};

pub(crate) fn run(command: &PolicyCommand) -> Result<Verdict> {
    match command {
        PolicyCommand::Diff(arguments) => return diff::run(arguments),
        PolicyCommand::New => output::print(&start()),
        PolicyCommand::Check { files } => files.iter().try_for_each(|file| {
            let policy = input::policy(file)?;
            let on = policy.categories.values().filter(|category| category.enabled).count();
            let total = Category::ALL.len();
            output::print(&format!("{}: valid, {on} of {total} categories on\n", file.display()))
        }),
        PolicyCommand::Schema => output::print(&format!("{:#}\n", Policy::json_schema())),
    }
    .map(|()| Verdict::Fine)
}

/// The policy in the file; without one, everything.
pub(crate) fn load(file: &PolicyFile) -> Result<Policy> {
    match &file.path {
        Some(path) => input::policy(path),
        None => Ok(everything()),
    }
}

/// Everything on but precise location.
pub(crate) fn everything() -> Policy {
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
