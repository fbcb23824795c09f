//! `scruple collect --record`: the files that this machine's facts come from, for a report that can become a test. Outside
//! of the collection's sandbox, since it writes; so the person sees everything first, and says yes.

use std::fs;
use std::io::{self, BufRead as _};
use std::path::Path;

use scruple::{Decision, Item, Recording, Session};
use scruple_disclose::unopened;

use crate::arguments::Collect;
use crate::{Result, output, policy};

pub(crate) fn run(arguments: &Collect, folder: &Path) -> Result<()> {
    let failed = |reason: &str| format!("{}: {reason}", folder.display());
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Ok(false) => return Err(failed("the folder is not empty; name one that is, or none that is there")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(&unopened(&error))),
    }
    let recording = Recording::of_this_machine(permitted(arguments)?);
    if recording.files().next().is_none() {
        return Err(failed("there is nothing to record: agree with --agree all, or --agree CATEGORY…"));
    }
    output::print(&shown(&recording))?;
    if !arguments.yes && !confirmed(folder)? {
        output::say("Nothing was written.");
        return Ok(());
    }
    let count = write(&recording, folder).map_err(|error| failed(&unopened(&error)))?;
    let folder = folder.display();
    output::say(&format!(
        "{folder}: {count} files. They are read by: scruple collect --agree all --sysroot {folder}"
    ));
    Ok(())
}

/// The items that were asked for and that a collection would read, by the same gate.
fn permitted(arguments: &Collect) -> Result<Vec<Item>> {
    let session =
        Session::open(policy::load(&arguments.policy)?, Vec::new()).map_err(|error| error.to_string())?;
    let decided = session
        .update_consent(&arguments.consent.update())
        .and_then(|()| session.explain(arguments.purpose.purpose))
        .map_err(|error| error.to_string())?;
    let asked = |item: &Item| arguments.items.is_empty() || arguments.items.contains(item);
    let permitted = decided.into_iter().filter(|(_, decision)| *decision == Decision::Permitted);
    Ok(permitted.map(|(item, _)| item).filter(asked).collect())
}

/// Each file under its path, in the form of the project's recorded machines (`core/tests/sysroots/README.md`).
fn shown(recording: &Recording) -> String {
    let mut text = String::new();
    for (path, file) in recording.files() {
        text.push_str(&format!("=== {path}\n"));
        for c in String::from_utf8_lossy(file).chars() {
            match c {
                '\0' => text.push_str("\\0"),
                '\n' | '\t' => text.push(c),
                c if c.is_control() => text.extend(c.escape_unicode()),
                c => text.push(c),
            }
        }
        if !file.ends_with(b"\n") {
            text.push_str("\\\n");
        }
    }
    text
}

fn confirmed(folder: &Path) -> Result<bool> {
    output::say(&format!(
        "That is all. Serial numbers are noughts, and the names of the machine and of programs are \"name\".\nWrite it to {}? [y/N]",
        folder.display()
    ));
    let mut answer = String::new();
    match io::stdin().lock().read_line(&mut answer) {
        Ok(0) => Err("nobody answered, so nothing was written; answer y, or call with --yes".to_owned()),
        Ok(_) => Ok(["y", "yes"].contains(&answer.trim().to_ascii_lowercase().as_str())),
        Err(error) => Err(format!("stdin: {error}")),
    }
}

/// Returns how many files there are.
fn write(recording: &Recording, folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for (path, file) in recording.files() {
        let path = folder.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, file)?;
        count += 1;
    }
    Ok(count)
}
