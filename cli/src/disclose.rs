//! `scruple disclose`.

use scruple_disclose::target::{self, Given, WriteError};
use serde_json::json;

use crate::arguments::{Disclose, TextFormat};
use crate::input::Input;
use crate::{Result, Verdict, input, output};

/// How long a Data safety form may be, in bytes: many times the one that Play exports.
const FORM: usize = 16 * 1024 * 1024;

/// Where the form comes from.
const EXPORT: &str = "export the form in Play Console: App content, Data safety, Export to CSV";

/// What is asked for where the policy reads the advertising identifier.
const NO_DOMAIN: &str = "ios: the policy reads the advertising identifier, and Apple refuses a privacy manifest that tracks and \
     names no domain; name each domain that it goes to with --tracking-domain, or switch identifier.idfa off. Nothing was written";

pub(crate) fn run(arguments: &Disclose) -> Result<Verdict> {
    let policy = input::policy(&arguments.policy)?;
    let csv = match arguments.csv.as_deref() {
        Some(path) => Some((path, Input::open(path, EXPORT)?.bytes(FORM)?)),
        None => None,
    };
    // Everything is made before anything is written, so that a mistake leaves the folder as it was.
    let mut disclosures = Vec::new();
    for target in arguments.targets() {
        let given = Given {
            data_safety: csv.as_ref().map(|(_, form)| form.as_slice()),
            tracking_domains: &arguments.tracking_domains,
            idfa_purpose: arguments.idfa_purpose,
        };
        let disclosure = target::write(target, &policy, &given).map_err(|error| match (error, &csv) {
            (WriteError::Form(error), Some((path, _))) => format!("{}:{error}", path.display()),
            (WriteError::Form(error), None) => error.to_string(),
            (WriteError::TrackingDomain, _) => NO_DOMAIN.to_owned(),
            (WriteError::Policy(error), _) => format!("{}: {error}", arguments.policy.display()),
        })?;
        disclosures.push((target, disclosure));
    }

    let (mut files, mut notes, mut open, mut missing) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (target, disclosure) in disclosures {
        let folder = arguments.out.join(target.id());
        for file in disclosure.files {
            let path = folder.join(file.path);
            output::write(&path, &file.contents)?;
            files.push(json!({ "target": target, "path": path.display().to_string() }));
        }
        notes.extend(disclosure.notes.into_iter().map(|note| (target, note)));
        open.extend(disclosure.open.into_iter().map(|question| (target, question)));
        missing.extend(disclosure.missing.into_iter().map(|row| (target, row)));
    }
    match arguments.format {
        TextFormat::Text => {
            let paths: Vec<_> = files.iter().filter_map(|file| file["path"].as_str()).collect();
            output::print(&format!("{}\n", paths.join("\n")))?;
            notes.iter().for_each(|(target, note)| output::say(&format!("{}: {note}", target.id())));
            open.iter().for_each(|(target, question)| {
                output::say(&format!("{}: still open: {question}", target.id()));
            });
            missing.iter().for_each(|(target, row)| output::say(&format!("{}: missing: {row}", target.id())));
        }
        TextFormat::Json => {
            let list = |list: &[(target::Target, String)]| -> Vec<_> {
                list.iter().map(|(target, text)| json!({ "target": target, "text": text })).collect()
            };
            let json = json!({
                "files": files,
                "notes": list(&notes),
                "open": list(&open),
                "missing": list(&missing),
            });
            output::print(&format!("{json:#}\n"))?;
        }
    }
    Ok(if missing.is_empty() { Verdict::Fine } else { Verdict::Findings })
}
