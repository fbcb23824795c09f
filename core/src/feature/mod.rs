//! Feature data: one file a capability, each with what its source returns and what the core makes of it.

mod bluetooth;
mod clipboard;
mod device;
mod identifier;
mod location;
mod nfc;
mod process_list;
mod sensitive;
mod slot;
pub(crate) mod sources;
mod web_view;
mod worker;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use zeroize::Zeroize;

use crate::agreement::{Category, Item, ItemSet};
use crate::gate::SystemPermission;
use crate::named::named;
use crate::secret::redacted;
use crate::snapshot::{Missing, Unavailable, Values};

pub use bluetooth::{AdapterState, Bluetooth, BluetoothDevice, BluetoothDiagnosis, BluetoothSource};
pub use clipboard::{ClipboardDiagnosis, ClipboardObstacle, ClipboardSource, ClipboardText};
pub use device::{DeviceSource, StorageSource};
pub use identifier::IdfaSource;
pub use location::{Location, LocationSource};
pub use nfc::{Nfc, NfcSource};
pub use process_list::Process;
pub use web_view::WebViewSource;

/// The feature items of one snapshot. What is absent has its reason in the snapshot's missing items.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
pub struct FeatureData {
    /// Apple's identifier for advertisers, in the form 8-4-4-4-12, upper case.
    pub idfa: Option<String>,
    /// The clipboard's text, which did not look sensitive.
    pub clipboard: Option<String>,
    /// Whether and why the clipboard can be read.
    pub clipboard_troubleshooting: Option<ClipboardDiagnosis>,
    /// The centre of the cell of at least 3 km² that the device is in.
    pub fuzzy_location: Option<Location>,
    /// Where the device is.
    pub precise_location: Option<Location>,
    /// The Bluetooth adapter and what is near it.
    pub bluetooth: Option<Bluetooth>,
    /// Why Bluetooth does not work.
    pub bluetooth_troubleshooting: Option<BluetoothDiagnosis>,
    /// Whether near-field communication is there and on.
    pub nfc: Option<Nfc>,
    /// The processes that the system shows to this one, by ascending process id.
    pub processes: Option<Vec<Process>>,
    /// The web view's user agent.
    pub user_agent: Option<String>,
}

redacted!(FeatureData);

impl FeatureData {
    /// Takes over whatever the other has.
    pub(crate) fn absorb(&mut self, other: &mut Self) {
        let Self {
            idfa,
            clipboard,
            clipboard_troubleshooting,
            fuzzy_location,
            precise_location,
            bluetooth,
            bluetooth_troubleshooting,
            nfc,
            processes,
            user_agent,
        } = self;
        one(idfa, &mut other.idfa);
        one(clipboard, &mut other.clipboard);
        one(clipboard_troubleshooting, &mut other.clipboard_troubleshooting);
        one(fuzzy_location, &mut other.fuzzy_location);
        one(precise_location, &mut other.precise_location);
        one(bluetooth, &mut other.bluetooth);
        one(bluetooth_troubleshooting, &mut other.bluetooth_troubleshooting);
        one(nfc, &mut other.nfc);
        one(processes, &mut other.processes);
        one(user_agent, &mut other.user_agent);
    }

    /// Wipes what belongs to a category.
    pub(crate) fn purge(&mut self, category: Category) {
        match category {
            Category::Identifier => self.idfa.zeroize(),
            Category::Clipboard => {
                self.clipboard.zeroize();
                self.clipboard_troubleshooting.zeroize();
            }
            Category::Location => {
                self.fuzzy_location.zeroize();
                self.precise_location.zeroize();
            }
            Category::Bluetooth => {
                self.bluetooth.zeroize();
                self.bluetooth_troubleshooting.zeroize();
            }
            Category::Nfc => self.nfc.zeroize(),
            Category::ProcessList => self.processes.zeroize(),
            Category::WebView => self.user_agent.zeroize(),
            Category::Application | Category::NetworkConfiguration | Category::Device => {}
        }
    }
}

named! {
    /// Why a source gave nothing. A kind and no text: what a foreign exception said stays on its side.
    #[derive(uniffi::Error)]
    SourceError {
        /// The device has no such thing.
        Unsupported = "unsupported",
        /// It is there and switched off.
        Disabled = "disabled",
        /// There is nothing to give yet, or the app may not ask just now.
        NotReady = "not_ready",
        /// The operating system refused at the read itself.
        NotPermitted = "not_permitted",
        /// Anything else, an exception included.
        Failed = "failed",
    }
}

impl std::error::Error for SourceError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for SourceError {
    /// What was thrown and is no kind; its text is dropped here.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

impl From<SourceError> for Unavailable {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Unsupported => Self::PlatformHasNone,
            SourceError::Disabled => Self::Disabled,
            SourceError::NotReady => Self::NotReady,
            SourceError::NotPermitted => Self::NotPermitted,
            SourceError::Failed => Self::ReadFailed,
        }
    }
}

impl From<SourceError> for Missing {
    fn from(error: SourceError) -> Self {
        Self::Unavailable(error.into())
    }
}

impl From<Unavailable> for Missing {
    fn from(reason: Unavailable) -> Self {
        Self::Unavailable(reason)
    }
}

/// Takes over a value, if there is one.
pub(crate) fn one<T>(own: &mut Option<T>, other: &mut Option<T>) {
    if other.is_some() {
        std::mem::swap(own, other);
    }
}

/// What the core keeps of a source's answer, and why the rest is missing.
/// On the heap from the start, so that numbers are not moved about on the stack.
pub(crate) type Minimised = (Box<Values>, Vec<(Item, Missing)>);

/// What reads one capability on the host's side. The core calls it, each on a thread of its own, after the gate and
/// within a deadline; nobody else can.
#[derive(Clone, uniffi::Enum)]
pub enum Source {
    /// Reads `identifier.idfa`.
    Idfa(Arc<dyn IdfaSource>),
    /// Reads `clipboard.content` and `clipboard.troubleshooting`.
    Clipboard(Arc<dyn ClipboardSource>),
    /// Reads `location.fuzzy`.
    FuzzyLocation(Arc<dyn LocationSource>),
    /// Reads `location.precise`.
    PreciseLocation(Arc<dyn LocationSource>),
    /// Reads `bluetooth.information` and `bluetooth.troubleshooting`.
    Bluetooth(Arc<dyn BluetoothSource>),
    /// Reads `nfc.information`.
    Nfc(Arc<dyn NfcSource>),
    /// Reads `web_view.user_agent`.
    WebView(Arc<dyn WebViewSource>),
    /// Reads `device.resolution` and `device.name` on Apple's platforms. Elsewhere the core does.
    Device(Arc<dyn DeviceSource>),
    /// Reads `device.storage_capacity` on Apple's platforms. Elsewhere the core does.
    Storage(Arc<dyn StorageSource>),
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.items().iter().next().map_or("", Item::id))
    }
}

impl Source {
    /// The items that it reads.
    pub(crate) fn items(&self) -> ItemSet {
        let items: &[Item] = match self {
            Self::Idfa(_) => &[Item::IdentifierIdfa],
            Self::Clipboard(_) => &[Item::ClipboardContent, Item::ClipboardTroubleshooting],
            Self::FuzzyLocation(_) => &[Item::LocationFuzzy],
            Self::PreciseLocation(_) => &[Item::LocationPrecise],
            Self::Bluetooth(_) => &[Item::BluetoothInformation, Item::BluetoothTroubleshooting],
            Self::Nfc(_) => &[Item::NfcInformation],
            Self::WebView(_) => &[Item::WebViewUserAgent],
            Self::Device(_) => &[Item::DeviceResolution, Item::DeviceName],
            Self::Storage(_) => &[Item::DeviceStorageCapacity],
        };
        items.iter().copied().collect()
    }

    /// What the operating system says of its data. What explains a refusal needs no permission.
    pub(crate) fn permission(&self) -> Result<SystemPermission, SourceError> {
        match self {
            Self::Idfa(source) => source.permission(),
            Self::Clipboard(source) => source.permission(),
            Self::FuzzyLocation(source) | Self::PreciseLocation(source) => source.permission(),
            Self::Bluetooth(source) => source.permission(),
            Self::Nfc(source) => source.permission(),
            Self::WebView(source) => source.permission(),
            // There is none, so there is nobody to ask.
            Self::Device(_) | Self::Storage(_) => Ok(SystemPermission::Granted),
        }
    }

    /// Reads those of its items that are wanted, and minimises them at once: what the source returned lives no
    /// longer than this call.
    pub(crate) fn read(&self, wanted: ItemSet, until: Instant) -> Minimised {
        let mut values = Box::<Values>::default();
        let mut missing = Vec::new();
        for item in wanted.iter().filter(|item| self.items().contains(*item)) {
            // What one item took is not there for the next; once nothing is left nobody waits for it.
            let left = until.saturating_duration_since(Instant::now());
            let read = match u64::try_from(left.as_millis()).unwrap_or(u64::MAX) {
                0 => Err(Unavailable::TimedOut.into()),
                deadline_ms => self.read_one(item, deadline_ms, &mut values),
            };
            if let Err(reason) = read {
                missing.push((item, reason));
            }
        }
        (values, missing)
    }

    fn read_one(&self, item: Item, deadline_ms: u64, values: &mut Values) -> Result<(), Missing> {
        let Values { device: facts, features: data, .. } = values;
        match (self, item) {
            (Self::Idfa(source), _) => data.idfa = Some(identifier::read(&**source, deadline_ms)?),
            (Self::Clipboard(source), Item::ClipboardTroubleshooting) => {
                data.clipboard_troubleshooting = Some(clipboard::diagnose(&**source, deadline_ms)?);
            }
            (Self::Clipboard(source), _) => data.clipboard = Some(clipboard::read(&**source, deadline_ms)?),
            (Self::FuzzyLocation(source), _) => {
                data.fuzzy_location = Some(source.read(deadline_ms)?.fuzzy()?);
            }
            (Self::PreciseLocation(source), _) => {
                data.precise_location = Some(source.read(deadline_ms)?.checked()?);
            }
            (Self::Bluetooth(source), Item::BluetoothTroubleshooting) => {
                data.bluetooth_troubleshooting = Some(bluetooth::diagnose(&**source, deadline_ms)?);
            }
            (Self::Bluetooth(source), _) => data.bluetooth = Some(bluetooth::read(&**source, deadline_ms)?),
            (Self::Nfc(source), _) => data.nfc = Some(source.read(deadline_ms)?),
            (Self::WebView(source), _) => data.user_agent = Some(web_view::read(&**source, deadline_ms)?),
            (Self::Device(source), Item::DeviceName) => {
                facts.name = Some(device::name(&**source, deadline_ms)?)
            }
            (Self::Device(source), _) => facts.resolution = Some(device::resolution(&**source, deadline_ms)?),
            (Self::Storage(source), _) => {
                facts.storage_capacity = Some(device::storage_capacity(&**source, deadline_ms)?);
            }
        }
        Ok(())
    }
}
