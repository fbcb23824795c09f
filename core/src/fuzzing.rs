//! What the fuzz targets of `core/fuzz` reach of the core's own functions. `--cfg fuzzing` alone compiles it: no build that ships has it.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use rustix::fs::OFlags;

use crate::agreement::{Item, ItemSet, Platform, Purpose};
use crate::clock;
use crate::device::{Reader, Turns, cpuinfo, os_release, recording};
use crate::error::Error;
use crate::feature::{Source, sensitive};
use crate::interval::INTERVALS;
use crate::item_map::ItemMap;
use crate::outcome::{Missing, Unavailable};
use crate::policy::Policy;
use crate::records::HostRecords;
use crate::session::Session;
use crate::snapshot::Snapshot;
use crate::text;
use crate::values::{Cpu, DeviceInformation, FeatureData};
use crate::vault::{Outcome, Vault};

/// Whether a policy that somebody filled in is taken.
///
/// # Errors
/// What is wrong with it.
pub fn check_policy(policy: &Policy) -> Result<(), Error> {
    policy.check()
}

/// Whether records that somebody filled in are taken.
///
/// # Errors
/// What is wrong with them.
pub fn check_records(records: &HostRecords) -> Result<(), Error> {
    records.check()
}

/// What `/proc/cpuinfo` says of the processor.
pub fn cpuinfo(text: &str) -> Option<Cpu> {
    cpuinfo::parse(text).map(|info| Cpu {
        names: info.names,
        hardware: info.hardware,
        cores: info.online,
        max_frequency_khz: None,
        features: info.features,
        abis: Vec::new(),
    })
}

/// How many processors a mask of sysfs names.
pub fn processors(mask: &str) -> Option<u32> {
    cpuinfo::count(mask)
}

/// What os-release(5) assigns to these variables.
pub fn os_release<const N: usize>(text: &str, names: [&str; N]) -> [Option<String>; N] {
    os_release::values(text, names).map(|value| value.map(|value| value.to_string()))
}

/// A text as a platform's item.
type Judge = fn(&str) -> Result<String, Unavailable>;

/// The judges of a platform's text, each stricter than the one before it.
pub const JUDGES: [Judge; 3] = [text::line, text::stated_line, text::vendor_line];

/// A name that a person gave.
///
/// # Errors
/// Why it is none.
pub fn given_name(text: &str) -> Result<&str, Unavailable> {
    text::given_name(text)
}

/// Whether a text looks like a card's number or a one-time code.
pub fn is_sensitive(text: &str) -> bool {
    sensitive::is_sensitive(text)
}

/// Opens a file of a recorded machine, as a path from its root.
///
/// # Errors
/// The kernel's number for why that failed.
pub fn open_recorded(root: &OwnedFd, path: &str) -> Result<OwnedFd, i32> {
    recording::open(root, path, OFlags::RDONLY | OFlags::NONBLOCK).map_err(|errno| errno.raw_os_error())
}

/// A session on a platform that gives nothing by itself, so that every source is a host's.
///
/// # Errors
/// As [`Session::open`].
pub fn session(platform: Platform, policy: &Policy, sources: Vec<Source>) -> Result<Arc<Session>, Error> {
    Session::with_reader(policy, Arc::new(Silent(platform)), sources, &INTERVALS)
}

/// A platform that gives nothing.
#[derive(Debug)]
struct Silent(Platform);

impl Reader for Silent {
    fn platform(&self) -> Platform {
        self.0
    }

    fn may_hang(&self) -> bool {
        false
    }

    fn read(&self, turns: &mut dyn Turns) {
        turns.each(&mut |_, _| Err(Unavailable::NotStated));
    }
}

/// A snapshot of these values, whatever they are, in which an item is missing if there is a reason for it.
pub fn snapshot(
    records: HostRecords,
    device: DeviceInformation,
    features: FeatureData,
    missing: impl Fn(Item) -> Option<Missing>,
) -> Snapshot {
    let until = clock::now() + Duration::from_secs(3_600);
    let outcome = |item: &Item| (*item, missing(*item).map_or(Outcome::Awaited(until), Outcome::Missing));
    let outcomes: ItemMap<Outcome> = Item::ALL.iter().map(outcome).collect();
    let vault = Arc::new(Vault::new(Purpose::Feature, 3_600_000, outcomes, ItemSet::default()));
    let mut values = Some((records, device, features));
    for item in vault.awaited().iter() {
        vault.deliver(item, |own| {
            if let Some((records, device, features)) = values.take() {
                (own.records, own.device, own.features) = (records, device, features);
            }
        });
    }
    let _ = vault.finish();
    Snapshot::new(vault)
}
