//! Records this machine: the files that the reader reads, as it reads them, without serial numbers and names.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::agreement::{Item, ItemSet};
use crate::device::linux::Linux;
use crate::device::linux::root::{RECORDED_STORAGE, Root, Storage};
use crate::device::{ReadOne, Reader, Turns};
use crate::secret::{Secret, redacted};
use crate::values::Values;

/// What was read of this machine: its files, by path. `Session::open_recorded` gives the same facts of them, but for names.
pub struct Recording(BTreeMap<String, Secret<Vec<u8>>>);

redacted!(Recording);

impl Recording {
    /// Reads these items of this machine, and keeps the files that were read for them. It asks no policy and nobody's consent:
    /// it is for a person's own report, who sees it before it goes anywhere. No phone has it.
    pub fn of_this_machine(items: impl IntoIterator<Item = Item>) -> Self {
        let linux = Linux(Root::Recording(Tape::default()));
        linux.read(&mut EveryTurn(items.into_iter().collect()));
        let Linux(Root::Recording(tape)) = linux else { return Self(BTreeMap::new()) };
        let mut files = tape.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let names = take_names(&mut files);
        for (path, file) in &mut files {
            let mut cleaned = clean(path, file.expose());
            names
                .iter()
                .for_each(|name| cleaned = replace(&cleaned, name.expose().as_bytes(), NAME.as_bytes()));
            *file = Secret::new(cleaned);
        }
        Self(files)
    }

    /// Each file's path, which begins with `/`, and what it holds.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, file)| (path.as_str(), file.expose().as_slice()))
    }
}

/// Reads each of the items. What is read of the files is all that counts.
struct EveryTurn(ItemSet);

impl Turns for EveryTurn {
    fn each(&mut self, read_one: &mut ReadOne<'_>) {
        let mut values = Box::<Values>::default();
        for item in self.0.iter() {
            let _ = read_one(item, &mut values);
        }
    }
}

/// What the reader has read so far.
#[derive(Default)]
pub(super) struct Tape(Mutex<BTreeMap<String, Secret<Vec<u8>>>>);

redacted!(Tape);

impl Tape {
    pub(super) fn keep(&self, path: &str, bytes: &[u8]) {
        self.files().insert(path.to_owned(), Secret::new(bytes.to_vec()));
    }

    pub(super) fn keep_storage(&self, path: &str, storage: Storage) {
        let mut files = self.files();
        let lines = files.entry(RECORDED_STORAGE.to_owned()).or_insert_with(|| Secret::new(Vec::new()));
        lines.expose_mut().extend(format!("{path} {}\n", storage.line()).bytes());
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Secret<Vec<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stands for the machine's name, and for a program's.
const NAME: &str = "name";
const NAMES: [&str; 2] = ["/proc/sys/kernel/hostname", "/etc/hostname"];
/// Shorter names are words that stand elsewhere too, such as `pi` and `vm`.
const SHORTEST_NAME: usize = 4;

/// Replaces the files that hold nothing but a name; returns the machine's names, to be found elsewhere.
fn take_names(files: &mut BTreeMap<String, Secret<Vec<u8>>>) -> Vec<Secret<String>> {
    let mut names = Vec::new();
    for (path, file) in files.iter_mut() {
        let is_machines = NAMES.contains(&path.as_str());
        if !is_machines && !path.ends_with("/comm") {
            continue;
        }
        let text = String::from_utf8_lossy(file.expose()).into_owned();
        let named = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut replaced = text.clone();
        for name in named.filter(|name| *name != "(none)") {
            replaced = replaced.replace(name, NAME);
            if is_machines && name.len() >= SHORTEST_NAME {
                names.push(Secret::new(name.to_owned()));
                let host = name.split('.').next().unwrap_or_default();
                names.extend((host.len() >= SHORTEST_NAME).then(|| Secret::new(host.to_owned())));
            }
        }
        *file = Secret::new(replaced.into_bytes());
    }
    names
}

/// Words in a key whose value tells one machine from another of its kind.
const IDENTIFIERS: [&str; 6] = ["serial", "uuid", "identification", "unique", "chipid", "host"];

/// The file with such values made of noughts: the form stays, since it may be what a report is about.
fn clean(path: &str, file: &[u8]) -> Vec<u8> {
    let mut cleaned = file.to_vec();
    // A line of the others has no key.
    if path.ends_with("cpuinfo") || path.ends_with("os-release") {
        for line in cleaned.split_inclusive_mut(|byte| *byte == b'\n') {
            IDENTIFIERS.iter().for_each(|word| clean_line(line, word.as_bytes()));
        }
    }
    cleaned
}

fn clean_line(line: &mut [u8], word: &[u8]) {
    let key = line.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word));
    let Some((_, rest)) = key.and_then(|at| line.split_at_mut_checked(at)) else { return };
    let Some(separator) = rest.iter().position(|byte| matches!(byte, b':' | b'=')) else { return };
    // On s390 a line has several keys, with commas between them.
    let is_next_key =
        |at: &usize| rest.get(*at..).is_some_and(|rest| rest.starts_with(b", ") && rest.contains(&b'='));
    let end = (separator..rest.len()).find(is_next_key).unwrap_or(rest.len());
    let value = rest.iter_mut().take(end).skip(separator).filter(|byte| byte.is_ascii_alphanumeric());
    value.for_each(|byte| *byte = b'0');
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(from) {
            replaced.extend(to);
            rest = after;
        } else {
            replaced.push(*first);
            rest = after;
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_become_noughts_and_nothing_else_does() {
        for (path, file, expected) in [
            (
                "/proc/cpuinfo",
                "CPU part : 0xd03\nSerial\t\t: 00a1b2\nRevision : a02082\n",
                "CPU part : 0xd03\nSerial\t\t: 000000\nRevision : a02082\n",
            ),
            (
                "/proc/cpuinfo",
                "processor 0: version = FF,  identification = 0AB1C2,  machine = 8561\n",
                "processor 0: version = FF,  identification = 000000,  machine = 8561\n",
            ),
            (
                "/proc/cpuinfo",
                "system serial number\t: NI1\nhost : Linux anne\n",
                "system serial number\t: 000\nhost : 00000 0000\n",
            ),
            (
                "/etc/os-release",
                "VERSION_ID=12\nDEVICE_SERIAL=\"x-1\"\n",
                "VERSION_ID=12\nDEVICE_SERIAL=\"0-0\"\n",
            ),
            ("/proc/cpuinfo", "SERIAL:ab,c:d-e=f", "SERIAL:00,0:0-0=0"),
            ("/sys/class/dmi/id/product_name", "Serial: One\n", "Serial: One\n"),
        ] {
            assert_eq!(String::from_utf8_lossy(&clean(path, file.as_bytes())), expected, "{path}");
        }
    }

    #[test]
    fn names_are_taken_and_comments_stay() {
        let file = |text: &str| Secret::new(text.as_bytes().to_vec());
        let mut files = BTreeMap::from([
            ("/etc/hostname".to_owned(), file("# mine\nannes-laptop.example.org\n")),
            ("/proc/1/comm".to_owned(), file("secretapp\n")),
            ("/proc/sys/kernel/hostname".to_owned(), file("(none)\n")),
        ]);
        let names = take_names(&mut files);
        assert_eq!(
            names.iter().map(|name| name.expose().as_str()).collect::<Vec<_>>(),
            ["annes-laptop.example.org", "annes-laptop"]
        );
        let files: Vec<_> =
            files.values().map(|file| String::from_utf8_lossy(file.expose()).into_owned()).collect();
        assert_eq!(files, ["# mine\nname\n", "name\n", "(none)\n"]);
        assert_eq!(replace(b"6.1-annes-laptop+", b"annes-laptop", b"name"), b"6.1-name+");
    }
}
