//! `scruple collect`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use scruple::{AGREEMENT, Error, Item, Missing, Policy, Session, Snapshot};

use crate::arguments::{Collect, CollectFormat};
use crate::input::Input;
#[cfg(target_os = "linux")]
use crate::sandbox::{self, Readable};
use crate::table::{Cell, FAINT, GOOD, HELD, Table};
use crate::words::Groups;
use crate::{Result, input, output, policy, words, wrap};

pub(crate) fn run(arguments: &Collect) -> Result<()> {
    // Opened before the sandbox closes, and read inside.
    let open = |path: &Option<PathBuf>, cure| path.as_deref().map(|path| Input::open(path, cure)).transpose();
    let policy = open(&arguments.policy.path, input::POLICY)?;
    let host = open(&arguments.host, input::RECORDS)?;
    #[cfg(target_os = "linux")]
    if let Some(words) = lock_in(arguments.sysroot.as_deref())? {
        output::say(&words);
    }
    let policy = policy.map_or_else(|| Ok(policy::everything()), Input::policy)?;
    let host = host.map(Input::records).transpose()?;
    let session = match &arguments.sysroot {
        Some(sysroot) => recorded(policy, sysroot)?,
        None => Session::open(policy, Vec::new()).map_err(|error| error.to_string())?,
    };
    let asked: Vec<_> = Item::ALL
        .iter()
        .copied()
        .filter(|item| arguments.items.is_empty() || arguments.items.contains(item))
        .collect();
    let printed = session
        .update_consent(&arguments.consent.update())
        .and_then(|()| host.map_or(Ok(()), |records| session.supply(records)))
        .and_then(|()| session.collect(arguments.purpose.purpose, Some(asked.iter().copied().collect())))
        .and_then(|snapshot| match arguments.format {
            CollectFormat::Table => table(&snapshot, &asked),
            CollectFormat::Json => snapshot.to_json().map(|json| json + "\n"),
            CollectFormat::MiniProgram => snapshot.to_mini_program_json().map(|json| json + "\n"),
        })
        .map_err(|error| error.to_string())?;
    output::print(&printed)?;
    if !arguments.consent.is_given() {
        output::say(
            "Nobody agreed to anything, so nothing was read. Agree with --agree all, or --agree CATEGORY…",
        );
    }
    Ok(())
}

/// Goes to the recorded machine, if it is one, and closes the sandbox.
#[cfg(target_os = "linux")]
fn lock_in(sysroot: Option<&Path>) -> Result<Option<String>> {
    let Some(sysroot) = sysroot else { return Ok(sandbox::enter(Readable::Machine)) };
    std::env::set_current_dir(sysroot).map_err(|error| {
        let cure = "name the folder of a recorded machine; --record makes one";
        format!("{}: {}; {cure}", sysroot.display(), scruple_disclose::unopened(&error))
    })?;
    Ok(sandbox::enter(Readable::Recording))
}

/// Opens a session on the recorded machine that the command went to. Only those with Linux are files.
#[cfg(target_os = "linux")]
fn recorded(policy: Policy, sysroot: &Path) -> Result<Arc<Session>> {
    Session::open_recorded(policy, Path::new(".")).map_err(|error| format!("{}: {error}", sysroot.display()))
}

#[cfg(not(target_os = "linux"))]
fn recorded(_: Policy, _: &Path) -> Result<Arc<Session>> {
    Err("--sysroot is for Linux only".to_owned())
}

/// The snapshot for people. Groups that a change of consent wiped are empty, and their items are missing.
fn table(snapshot: &Snapshot, asked: &[Item]) -> std::result::Result<String, Error> {
    let missing = snapshot.missing()?;
    let groups = Groups {
        application: snapshot.application()?,
        mini_programs: snapshot.mini_programs()?,
        network: snapshot.network()?,
        device: snapshot.device()?,
        features: snapshot.features()?,
    };
    let mut table = Table::new(["ITEM", "STATE", "VALUE OR REASON"]);
    for item in asked {
        let (state, words) = match missing.get(item) {
            None => (Cell::styled("read", GOOD), words::value(*item, &groups).into()),
            Some(missing @ Missing::Withheld(_)) => {
                (Cell::styled("withheld", HELD), words::missing(*missing).into())
            }
            Some(missing @ Missing::Unavailable(_)) => {
                (Cell::styled("unavailable", FAINT), Cell::styled(words::missing(*missing), FAINT))
            }
        };
        table.row([item.id().into(), state, words]);
    }
    let heading = wrap::sentence(&format!("Agreement {AGREEMENT}, purpose {}", snapshot.purpose()));
    Ok(format!("{heading}\n\n{}", table.text()))
}
