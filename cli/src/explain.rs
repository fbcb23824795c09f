//! `scruple explain`.

use scruple::{AGREEMENT, Decision, Error, Item, Session};

use crate::arguments::{Explain, ExplainFormat};
use crate::table::{Cell, GOOD, HELD, Table};
use crate::{Result, output, policy, words, wrap};

pub(crate) fn run(arguments: &Explain) -> Result<()> {
    let session =
        Session::open(policy::load(&arguments.policy)?, Vec::new()).map_err(|error| error.to_string())?;
    let purpose = arguments.purpose.purpose;
    let printed = session.update_consent(&arguments.consent.update()).and_then(|()| match arguments.format {
        ExplainFormat::Table => table(&session, purpose),
        ExplainFormat::Json => session.explain_json(purpose).map(|json| json + "\n"),
    });
    output::print(&printed.map_err(|error| error.to_string())?)
}

fn table(session: &Session, purpose: scruple::Purpose) -> std::result::Result<String, Error> {
    let decisions = session.explain(purpose)?;
    let mut table = Table::new(["ITEM", "DECISION", "LAYER AND REASON"]);
    for (item, decision) in Item::ALL.iter().filter_map(|item| Some((item, decisions.get(item)?))) {
        let (state, reason) = match decision {
            Decision::Permitted => (Cell::styled("permitted", GOOD), String::new()),
            Decision::Withheld(reason) => (Cell::styled("withheld", HELD), words::withheld(*reason)),
        };
        table.row([item.id().into(), state, reason.into()]);
    }
    let heading = wrap::sentence(&format!("Agreement {AGREEMENT}, purpose {purpose}"));
    Ok(format!("{heading}\n\n{}", table.text()))
}
