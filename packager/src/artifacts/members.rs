//! What Kotlin's and Java's classes refer to outside of themselves: deny by default.
//!
//! A member that reads something for an item is a row of docs/reads.tsv. Every other one is in `members.tsv`, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::android::REPOSITORY;
use super::archive::Archive;
use super::artifact::{ARTIFACTS, Artifact, Form};
use super::classes;
use super::repository::Repository;
use crate::claims::Claims;
use crate::file::{bytes, read};
use crate::trouble::{Result, Trouble};

/// What is allowed and reads nothing for an item: the artifact or `*`, the member or a class's `.*`, and the reason.
const REVIEWED: &str = "packager/src/artifacts/members.tsv";

/// What each item reads.
const READS: &str = "docs/reads.tsv";

/// Which items an artifact reads: what it is for.
const ITEMS: &[(&str, &str)] = &[
    ("scruple-bluetooth", "bluetooth."),
    ("scruple-clipboard", "clipboard."),
    // And what scruple-location-precise asks for is this one's reader.
    ("scruple-location", "location."),
    ("scruple-nfc", "nfc."),
    ("scruple-processes", "process_list."),
    ("scruple-webview", "web_view."),
];

/// What is ours, and the libraries that come along and are looked at by their own makers: language, waiting, calls of native code.
const OURS: &[&str] = &["dev.scruple.", "kotlin.", "kotlinx.coroutines.", "com.sun.jna."];

/// Fails if an artifact of the repository refers to more or less than is listed.
pub(super) fn check(claims: &mut Claims) -> Result {
    let (reviewed, reads) = (read(Path::new(REVIEWED))?, read(Path::new(READS))?);
    let mut allowed = Allowed::parse(&reviewed, &reads)?;
    let (mut count, mut faults) = (0, Vec::new());
    for artifact in ARTIFACTS {
        for reference in references(artifact)? {
            count += 1;
            if !allowed.has(artifact.name, &reference) {
                faults.push(format!("{}\t{reference}", artifact.name));
            }
        }
    }
    faults.extend(allowed.unused().map(|line| format!("nothing refers to: {line}")));
    if !faults.is_empty() {
        let faults = faults.join("\n");
        return Err(Trouble::failed(format!(
            "neither {REVIEWED} nor {READS} has it, or more than there is:\n{faults}"
        )));
    }
    let forbidden = [
        "java.io.FileOutputStream.<init>",
        "android.content.Context.getSharedPreferences",
        "java.net.URL.openConnection",
    ];
    let caught = forbidden.iter().filter(|member| !allowed.has("scruple-nfc", member)).count();
    if caught < forbidden.len() {
        return Err(Trouble::failed(format!("{forbidden:?} are not all refused")));
    }
    claims.claim(
        "Kotlin's readers use what was reviewed and nothing else",
        &format!("{} artifacts refer to {count} members outside of themselves, each listed with its item or its reason", ARTIFACTS.len()),
        &format!("a file, a preference and a connection: {caught} of {} refused", forbidden.len()),
    );
    Ok(())
}

/// What an artifact's classes refer to outside of Scruple and its libraries.
fn references(artifact: &Artifact) -> Result<BTreeSet<String>> {
    let path = Repository::place(Path::new(REPOSITORY), artifact.name, &format!(".{}", artifact.extension()));
    let archive = Archive::from_bytes(&bytes(&path)?)?;
    let jar = match &artifact.form {
        Form::Jar => archive,
        Form::Aar { .. } => Archive::from_bytes(archive.file("classes.jar")?)?,
    };
    let mut references = BTreeSet::new();
    for (_, class) in jar.files().filter(|(name, _)| name.ends_with(".class")) {
        let outside = classes::references(class)?;
        references.extend(outside.into_iter().filter(|name| !OURS.iter().any(|own| name.starts_with(own))));
    }
    Ok(references)
}

/// What may be referred to, and whether anything did.
struct Allowed(BTreeMap<(String, String), bool>);

impl Allowed {
    fn parse(reviewed: &str, reads: &str) -> Result<Self> {
        let mut allowed = BTreeMap::new();
        for line in reviewed.lines().filter(|line| !line.starts_with('#')) {
            match line.split('\t').collect::<Vec<_>>()[..] {
                [artifact, member, why] if !why.is_empty() => {
                    allowed.insert((artifact.to_owned(), member.to_owned()), false)
                }
                _ => return Err(Trouble::failed(format!("{REVIEWED}: `{line}` is not who, what and why"))),
            };
        }
        for line in reads.lines() {
            let row: Vec<_> = line.split('\t').collect();
            if let ["android", item, "kotlin", member, ..] = row[..]
                && let Some((artifact, _)) = ITEMS.iter().find(|(_, items)| item.starts_with(items))
            {
                allowed.insert(((*artifact).to_owned(), member.to_owned()), false);
            }
        }
        Ok(Self(allowed))
    }

    /// Whether an artifact may refer to a member, or to its whole class.
    fn has(&mut self, artifact: &str, member: &str) -> bool {
        let class = member.rsplit_once('.').map_or(member, |(class, _)| class);
        let mut has = false;
        for who in [artifact, "*"] {
            for what in [member.to_owned(), format!("{class}.*"), format!("{member}.*")] {
                if let Some(used) = self.0.get_mut(&(who.to_owned(), what)) {
                    *used = true;
                    has = true;
                }
            }
        }
        has
    }

    /// What nothing referred to.
    fn unused(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .iter()
            .filter(|(_, used)| !**used)
            .map(|((artifact, member), _)| format!("{artifact} {member}"))
    }
}
