//! What a Rust host without the zero-on-free allocator is left with, by name.

use std::collections::BTreeSet;
use std::hint::black_box;

use scruple::{Category, ConsentUpdate};

use crate::allocator::plain;
use crate::search::{DEVICE, PROCESS, canary, ends, found, machine};
use crate::{A_MINUTE, collect, session};

/// What stays in freed memory of a collection that has ended.
const LEFT: &[&str] = &[];

/// The canaries' names, by their numbers.
const NAMES: [&str; 11] = [
    "device.model",
    "device.brand",
    "device.manufacturer",
    "device.firmware_version",
    "device.name",
    "device.system_version",
    "device.incremental_version",
    "device.cpu: names",
    "device.cpu: hardware",
    "process_list.processes: the first",
    "process_list.processes: the second",
];

/// Closes, and revokes, and looks for what is left.
pub(crate) fn what_a_host_without_the_allocator_is_left_with() {
    const CONTROL: u8 = 22;
    plain(|| drop(black_box(canary(CONTROL, 0))));
    assert_eq!(ends(CONTROL), [0], "the control: a text that nobody wipes stays");
    let mut left = BTreeSet::new();
    for (scenario, revokes) in [(20, false), (21, true)] {
        let root = machine(scenario, 2);
        let here = plain(|| {
            let session = session(root.path(), A_MINUTE);
            let snapshot = collect(&session);
            assert_eq!(found(scenario), DEVICE.chain(PROCESS).collect::<Vec<_>>());
            if revokes {
                let all = ConsentUpdate::new().revoke(Category::Device).revoke(Category::ProcessList);
                session.update_consent(&all).unwrap();
            } else {
                snapshot.close();
            }
            ends(scenario)
        });
        left.extend(here.into_iter().map(|canary| NAMES[usize::from(canary)]));
    }
    assert_eq!(left.iter().copied().collect::<Vec<_>>(), LEFT, "what is left, by name");
    println!(
        "proof: Without the wiping allocator values are gone too | {} of {} texts of a machine are left in freed memory | \
         a plain text, freed the same way: found",
        left.len(),
        NAMES.len()
    );
}
