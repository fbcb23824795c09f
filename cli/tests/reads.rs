//! `docs/reads.tsv` says what each item reads. On Linux the kernel says whether that is so: each item is collected alone, on
//! machines on which everything is there, and on which nothing is.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::repository;
use common::strace::{calls, locked_in, only_reads};
use scruple::Item;

/// A kind of read and what is read.
type Read = (String, String);

/// The rows of a platform, by item.
fn listed(table: &str, platform: &str) -> BTreeMap<String, BTreeSet<Read>> {
    let mut listed = BTreeMap::<_, BTreeSet<_>>::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let row: Vec<_> = line.split('\t').collect();
        let [of, item, kind, what, ..] = row[..] else { panic!("four columns: {line}") };
        if of == platform {
            listed.entry(item.to_owned()).or_default().insert((kind.to_owned(), what.to_owned()));
        }
    }
    listed
}

/// Prepares a machine in which `/sys` is empty, then does what is asked for, then becomes the command.
fn machine(setup: &str) -> Vec<String> {
    let setup = format!("set -e; mount -t tmpfs none /sys; {setup}; exec \"$@\"");
    ["unshare", "--map-root-user", "--mount", "sh", "-c", &setup, "sh"].map(str::to_owned).to_vec()
}

/// One that has what is looked for first, a screen among it.
fn whole() -> Vec<String> {
    machine(
        "mkdir -p /sys/class/dmi/id /sys/class/drm/card0-eDP-1 /sys/devices/system/cpu/cpufreq/policy0; cd /sys; \
         for name in product_name product_family sys_vendor bios_version; do echo Name > class/dmi/id/$name; done; \
         echo connected > class/drm/card0-eDP-1/status; echo 1920x1080 > class/drm/card0-eDP-1/modes; \
         echo 0-1 > devices/system/cpu/present; echo 9 > devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq; cd /",
    )
}

/// One that has nothing of it, or says nothing.
fn silent() -> Vec<String> {
    machine(
        "for file in /etc/os-release /usr/lib/os-release /proc/sys/kernel/hostname; do mount --bind /dev/null $file; done; \
         mkdir -p /sys/class/graphics/fb0; : > /sys/class/graphics/fb0/mode; \
         for place in /home /var; do mount -t tmpfs -o ro none $place; done",
    )
}

/// What a call reads of the machine; nothing if it reads nothing.
fn read(call: &str) -> Option<Read> {
    let name = call.split('(').next().unwrap();
    let what = || call.split('"').nth(1).expect("a path").to_owned();
    match name {
        "openat" if call.contains("O_DIRECTORY") => Some(("directory".to_owned(), what())),
        "openat" => Some(("file".to_owned(), what())),
        "statfs" => Some(("statfs".to_owned(), what())),
        _ => None,
    }
}

/// What is read when the item alone is collected.
fn reads(machine: &[String], item: Item) -> BTreeSet<Read> {
    let before: Vec<_> = machine.iter().map(String::as_str).collect();
    let calls = calls("trace=all", &before, &["collect", "--agree", "all", "--item", item.id()]);
    let own = locked_in(&calls);
    let other = own.iter().find(|call| !only_reads(call));
    assert_eq!(other, None, "a call that no item needs");
    own.iter().filter_map(|call| read(call)).collect()
}

/// Whether a path is what a row says, whose `*` stands for any part of one name.
fn is(pattern: &str, path: &str) -> bool {
    let is_name = |(pattern, name): (&str, &str)| match pattern.split_once('*') {
        Some((start, end)) => {
            name.len() > start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
        None => pattern == name,
    };
    let (patterns, names) = (pattern.split('/'), path.split('/'));
    patterns.clone().count() == names.clone().count() && patterns.zip(names).all(is_name)
}

/// How what was read differs from what is listed.
fn differences(listed: &BTreeSet<Read>, read: &BTreeSet<Read>) -> Vec<String> {
    let matches = |row: &Read, read: &Read| row.0 == read.0 && is(&row.1, &read.1);
    let more = read.iter().filter(|read| !listed.iter().any(|row| matches(row, read)));
    let less = listed.iter().filter(|row| !read.iter().any(|read| matches(row, read)));
    more.map(|(kind, what)| format!("{kind} {what} is read, and not listed"))
        .chain(less.map(|(kind, what)| format!("{kind} {what} is listed, and not read")))
        .collect()
}

#[test]
fn each_item_reads_what_is_listed_and_nothing_else() {
    let table = fs::read_to_string(repository().join("docs/reads.tsv")).unwrap();
    let listed = listed(&table, "linux");
    let (mut reading, mut rows) = (0, 0);
    for item in Item::ALL {
        let none = BTreeSet::new();
        let listed = listed.get(item.id()).unwrap_or(&none);
        let read: BTreeSet<_> =
            [whole(), silent()].iter().flat_map(|machine| reads(machine, *item)).collect();
        assert_eq!(differences(listed, &read), Vec::<String>::new(), "{}", item.id());
        reading += usize::from(!read.is_empty());
        rows += listed.len();
        if let Some(row) = listed.first() {
            // The control.
            let (mut fewer, mut more) = (listed.clone(), listed.clone());
            fewer.remove(row);
            more.insert(("file".to_owned(), "/etc/machine-id".to_owned()));
            assert_ne!(differences(&fewer, &read), Vec::<String>::new(), "{}", item.id());
            assert_eq!(differences(&more, &read), ["file /etc/machine-id is listed, and not read"]);
        }
    }
    assert_eq!(reading, listed.len(), "an item that is no item");
    println!(
        "proof: Linux reads what docs/reads.tsv lists | {reading} items, {rows} reads on two machines; {} items read nothing | \
         with a row less or a row more: refused",
        Item::ALL.len() - reading
    );
}

/// Set this to write `docs/reads.md` anew after a change of the table.
const UPDATE: &str = "UPDATE_READS";

const PAGE: &str = "\
# What each item reads

This page is `docs/reads.tsv` as a page; `UPDATE_READS=1 cargo test -p scruple-cli --test reads` writes it anew.
[The proofs](proof.md) collect each item alone and compare what was read with this table: nothing more, nothing less. An item that is
not here reads nothing: your app supplies it, or it is the same on every device. `*` stands for any one name.

A capability's reader on Android or on Apple's platforms is code of its own, so its rows are the members of the system's classes that this
code refers to. Members that only wait, or register and unregister a callback, are in `packager/src/artifacts/members.tsv`, each with its reason.
";

#[test]
fn the_page_has_the_table() {
    let table = fs::read_to_string(repository().join("docs/reads.tsv")).unwrap();
    let mut page = PAGE.to_owned();
    for (platform, name) in [("linux", "Linux"), ("android", "Android"), ("apple", "Apple's platforms")] {
        page += &format!("\n## {name}\n\n| Item | Kind | What | When |\n| --- | --- | --- | --- |\n");
        for line in table.lines().filter(|line| line.split('\t').next() == Some(platform)) {
            let cells: Vec<_> = line.split('\t').skip(1).collect();
            let [item, kind, what, when] = [0, 1, 2, 3].map(|at| cells.get(at).copied().unwrap_or_default());
            page += &format!("| {item} | {kind} | `{what}` | {when} |\n").replace("|  |", "| |");
        }
    }
    let path = repository().join("docs/reads.md");
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == page, "run the test once with {UPDATE}=1");
}
