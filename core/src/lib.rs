//! Scruple reads device information and feature data through a gate.
//!
//! An [`Item`] is read only if the platform's data agreement lists it for the purpose, the host's [`Policy`] switches
//! it on, the data subject agreed ([`ConsentUpdate`]), the end user is of age, the minimum interval is over, and the
//! operating system permits it. Values live in a [`Snapshot`]: in memory only, wiped on close, expiry, revocation and
//! drop. Nothing is ever written or sent.
//!
//! ```
//! # #[cfg(target_os = "linux")] {
//! use scruple::{Age, Category, CategoryPolicy, ConsentUpdate, Policy, Purpose, Session};
//!
//! let on = CategoryPolicy { enabled: true, ..CategoryPolicy::default() };
//! let policy = Policy { categories: [(Category::Device, on)].into(), ..Policy::default() };
//! let session = Session::open(policy, Vec::new())?;
//! session.update_consent(&ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::Device))?;
//!
//! let snapshot = session.collect(Purpose::Feature, None)?;
//! assert_eq!(snapshot.device()?.platform.as_deref(), Some("linux"));
//! snapshot.close();
//! # }
//! # Ok::<(), scruple::Error>(())
//! ```
//!
//! Enums may grow, so a host's `match` needs a last arm for the cases that it does not know. Scruple's own command sets
//! the feature `development`, which makes it handle each case.
//!
//! Containers wipe their values. A zero-on-free global allocator wipes the copies that serialisation and growing vectors
//! leave behind. Shipped artifacts set one, and a Rust host ought to:
//!
//! ```
//! #[global_allocator]
//! static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);
//! # fn main() {}
//! ```

// A value's way is the reading order.
uniffi::setup_scaffolding!();

mod agreement;
mod policy;
mod consent;
mod outcome;
mod gate;
mod interval;
mod audit;
mod gatekeeper;
mod session;
mod collection;
mod records;
mod device;
mod feature;
mod values;
mod vault;
mod expiry;
mod snapshot;
mod export;
mod system_info;
#[cfg(feature = "development")]
mod schemas;

#[cfg_attr(loom, path = "models/clock.rs")]
mod clock;
mod error;
#[cfg_attr(any(not(target_os = "linux"), loom), path = "no_fork.rs")]
mod fork;
mod item_map;
mod json;
mod named;
mod scan;
mod secret;
mod slot;
mod suggest;
mod sync;
mod text;
mod worker;

#[cfg(test)]
#[cfg(loom)]
mod models;
#[cfg(all(fuzzing, target_os = "linux"))]
pub mod fuzzing;

pub use agreement::{AGREEMENT, Category, Item, Part, Platform, Purpose};
pub use audit::AuditEntry;
pub use consent::{Age, ConsentUpdate, Grant};
#[cfg(all(target_os = "linux", feature = "development"))]
pub use device::linux::record::Recording;
pub use error::{Error, InputKind, Position};
pub use feature::{
    BluetoothSource, ClipboardSource, ClipboardText, DeviceSource, IdfaSource, LocationSource, NfcSource,
    ProcessesSource, Source, SourceError, StorageSource, WebViewSource,
};
pub use gate::SystemPermission;
pub use outcome::{Decision, Layer, Missing, Unavailable, Withheld};
pub use policy::{CategoryPolicy, ItemPolicy, LocationAccuracy, Policy};
pub use records::{
    ApplicationInformation, CodePackage, CodePackageAddress, DomainConfiguration, HostRecords, MiniProgram,
    NetworkConfiguration, ProfilePicture,
};
pub use session::Session;
pub use snapshot::Snapshot;
pub use system_info::SystemInfo;
pub use values::{
    AdapterState, BluetoothDevice, BluetoothDiagnosis, BluetoothInformation, ClipboardDiagnosis,
    ClipboardObstacle, Coordinates, Cpu, CpuFeatures, DeviceInformation, FeatureData, IncrementalVersion,
    MccMnc, NfcInformation, Resolution, RunningProcess, SystemVersion,
};

/// Compiles and runs the README's example.
#[cfg(all(doctest, target_os = "linux"))]
#[doc = include_str!("../../README.md")]
struct Readme;
