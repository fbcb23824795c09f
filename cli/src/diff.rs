//! `scruple policy diff`.

use std::path::Path;

use scruple::Item;
use scruple_disclose::Scope;
use scruple_disclose::declarations::Line;
use scruple_disclose::diff::{Asked, Because, Difference, Notice, Read, Whom};

use crate::arguments::{Diff, TextFormat};
use crate::input::Input;
use crate::table::{Cell, GOOD, HELD, Table};
use crate::{Result, Verdict, input, output, wrap};

/// A new declaration is a finding, since somebody must fill in a store's form before the release, and so is a new consent.
pub(crate) fn run(arguments: &Diff) -> Result<Verdict> {
    let scope = |path: &Path, input: Input| {
        Scope::of(&input.policy()?).map_err(|error| format!("{}: {error}", path.display()))
    };
    let (before, after) = (&arguments.before, &arguments.after);
    let (old, new) = (Input::open(before, input::POLICY)?, Input::open(after, input::POLICY)?);
    let difference = Difference::between(&scope(before, old)?, &scope(after, new)?);
    output::print(&match arguments.format {
        TextFormat::Text => text(&difference),
        TextFormat::Json => format!("{:#}\n", serde_json::json!(difference)),
    })?;
    let to_do = !difference.ask_again.is_empty() || (!difference.declare.is_empty() && !arguments.ask_again);
    Ok(if to_do { Verdict::Findings } else { Verdict::Fine })
}

fn text(difference: &Difference) -> String {
    let Difference { reads, no_longer_reads, declare, no_longer_declare, ask_again, notices } = difference;
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
    if !ask_again.is_empty() {
        let mut table = Table::new(["ITEM", "PURPOSE", "WHAT IS NEW", "WHO AGREES"]);
        for Asked { item, purpose, because, whom } in ask_again {
            table.row([item.id().into(), purpose.id().into(), new(*because).into(), who(*whom).into()]);
        }
        text.push_str(&format!("Asked again\n{}\n", table.text()));
    }
    if !notices.is_empty() {
        text.push_str("Said to people\n");
        notices.iter().for_each(|notice| text.push_str(&(wrap::sentence(&said(*notice)) + "\n")));
        text.push('\n');
    }
    let declared = match (declare.len(), no_longer_declare.len()) {
        (0, 0) => "No declaration changes.".to_owned(),
        (new, gone) => format!("{new} to declare anew, {gone} no longer needed."),
    };
    let asked = match (ask_again.is_empty(), notices.is_empty()) {
        (false, _) => "People must be asked again: who agreed to the older policy did not agree to this.",
        (true, false) => "People need not be asked again; tell them of what is more than it was.",
        (true, true) => "People need not be asked again.",
    };
    [declared.as_str(), asked].iter().for_each(|sentence| text.push_str(&(wrap::sentence(sentence) + "\n")));
    text
}

fn new(because: Because) -> &'static str {
    match because {
        Because::NewItem => "the item",
        Because::NewPurpose => "the purpose",
        Because::MorePrecise => "the precision",
    }
}

fn who(whom: Whom) -> &'static str {
    match whom {
        Whom::EndUser => "the person who uses the app",
        Whom::Customer => "the customer",
    }
}

fn said(notice: Notice) -> String {
    match notice {
        Notice::ShorterInterval { item, before_ms, after_ms } => {
            format!("{item} may be read every {after_ms} ms, and before every {before_ms} ms")
        }
        Notice::LongerRetention { before_ms, after_ms } => {
            format!("values live for {after_ms} ms, and before for {before_ms} ms")
        }
    }
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
