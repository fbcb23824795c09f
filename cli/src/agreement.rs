//! `scruple agreement`.

use scruple::{AGREEMENT, Item};
use serde_json::json;

use crate::arguments::{Agreement, AgreementFormat};
use crate::table::Table;
use crate::{Result, output, wrap};

pub(crate) fn run(arguments: &Agreement) -> Result<()> {
    output::print(&match arguments.format {
        AgreementFormat::Table => table(),
        AgreementFormat::Json => json(),
        AgreementFormat::Markdown => markdown(),
    })
}

/// One item's row, in words.
fn row(item: Item) -> [String; 6] {
    let list = |ids: Vec<&str>| ids.join(", ");
    [
        item.id().to_owned(),
        item.category().id().to_owned(),
        list(item.purposes().iter().map(|purpose| purpose.id()).collect()),
        list(item.platforms().iter().map(|platform| platform.id()).collect()),
        format!("{} ({})", item.section(), item.category().part()),
        item.datum().to_owned(),
    ]
}

const HEADINGS: [&str; 6] = ["Item", "Category", "Purposes", "Platforms", "Section", "Datum"];

fn table() -> String {
    let mut table = Table::new(HEADINGS);
    Item::ALL.iter().for_each(|item| table.row(row(*item).map(Into::into)));
    format!("{}\n\n{}", wrap::sentence(&format!("Agreement {AGREEMENT}")), table.text())
}

fn markdown() -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&HEADINGS.map(str::to_owned)) + &line(&HEADINGS.map(|_| "---".to_owned()));
    Item::ALL.iter().for_each(|item| text.push_str(&line(&row(*item))));
    text
}

fn json() -> String {
    let items: Vec<_> = Item::ALL
        .iter()
        .map(|item| {
            json!({
                "id": item.id(),
                "category": item.category(),
                "part": item.category().part(),
                "purposes": item.purposes(),
                "platforms": item.platforms(),
                "section": item.section(),
                "datum": item.datum(),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "agreement": AGREEMENT, "items": items }))
}
