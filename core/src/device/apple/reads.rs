//! `docs/reads.tsv` says what each item reads. Here a recording notes what it is asked.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::Apple;
use super::kernel::{Kernel, Recording};
use crate::agreement::Item;
use crate::values::Values;

/// The names that a reader asks for, in the order of the alphabet.
type Asked = Arc<Mutex<BTreeSet<String>>>;

/// An iPhone, a Mac, an app for iPads on a Mac, and a device that says nothing: what answers to which names.
const MACHINES: [&[(&str, &str)]; 4] = [
    &[("hw.machine", "iPhone16,1"), ("kern.osproductversion", "17.5.1"), ("kern.osversion", "21F90")],
    &[("hw.machine", "arm64"), ("hw.model", "Mac15,3"), ("kern.osproductversion", "14.5")],
    &[("hw.machine", "iPad8,6"), ("hw.model", "Mac15,3"), ("kern.iossupportversion", "17.5")],
    &[],
];

/// A recording that answers with texts, and counts one core.
fn recording(texts: &'static [(&str, &str)], asked: Asked) -> Recording {
    Box::new(move |name| {
        asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        let text =
            texts.iter().find(|(known, _)| *known == name).map(|(_, text)| format!("{text}\0").into_bytes());
        text.or_else(|| (name == "hw.ncpu" && !texts.is_empty()).then(|| 1_u32.to_ne_bytes().to_vec()))
    })
}

/// What is asked of the kernel for an item, on any of the machines.
fn read(item: Item) -> BTreeSet<String> {
    let asked = Asked::default();
    for texts in MACHINES {
        let apple = Apple(Kernel::Recorded(recording(texts, Arc::clone(&asked))));
        let _ = apple.read_one(item, &mut Values::default());
    }
    // What the program was compiled for is asked of nobody.
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.iter().filter(|name| *name != "target_arch").cloned().collect()
}

/// What the table has for an item.
fn listed(table: &str, item: Item) -> BTreeSet<String> {
    let rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let own = rows.filter(|row| row.first() == Some(&"apple") && row.get(1) == Some(&item.id()));
    own.filter(|row| ["sysctl", "function"].contains(&row.get(2).copied().unwrap_or_default()))
        .filter_map(|row| row.get(3).map(|&name| name.to_owned()))
        .collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "it says what it has proven")]
fn each_item_reads_what_is_listed_and_nothing_else() {
    let table = include_str!("../../../../docs/reads.tsv");
    let (mut items, mut rows) = (0, 0);
    for item in Item::ALL {
        let (mut listed, read) = (listed(table, *item), read(*item));
        assert_eq!(listed, read, "{}", item.id());
        items += usize::from(!read.is_empty());
        rows += read.len();
        // The control.
        assert!(listed.insert("kern.uuid".to_owned()) && listed != read);
    }
    assert!(items > 0);
    println!(
        "proof: Apple's kernel is asked what docs/reads.tsv lists | {items} items, {rows} names on four machines; {} items \
         ask nothing | with a row more: refused",
        Item::ALL.len() - items
    );
}
