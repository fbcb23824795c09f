//! What hosts' sources read: one file a capability, each with its source and what the core makes of the answer.

mod apple;
mod bluetooth;
pub(crate) mod call;
mod clipboard;
mod identifier;
mod location;
mod nfc;
mod processes;
pub(crate) mod sensitive;
mod web_view;

use std::fmt;
use std::sync::Arc;

use crate::agreement::{Item, ItemSet};
use crate::feature::call::Call;
use crate::gate::SystemPermission;
use crate::named::named;
use crate::outcome::{Missing, Unavailable};
use crate::values::Values;

pub use apple::{DeviceSource, StorageSource};
pub use bluetooth::BluetoothSource;
pub use clipboard::{ClipboardSource, ClipboardText};
pub use identifier::IdfaSource;
pub use location::LocationSource;
pub use nfc::NfcSource;
pub use processes::ProcessesSource;
pub use web_view::WebViewSource;

named! {
    /// Why a source gave no value. It is a kind without a text, so that the message of a foreign exception stays on its
    /// side.
    #[derive(uniffi::Error)]
    SourceError {
        /// The device does not have it.
        Unsupported = "unsupported",
        /// It is there, but switched off.
        Disabled = "disabled",
        /// There is no value yet, or the app may not ask just now.
        NotReady = "not_ready",
        /// The operating system refused the read itself.
        NotPermitted = "not_permitted",
        /// Any other failure, including an exception.
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

/// A reader of one capability on the host's side. The core calls each source on a thread of its own, after the gate and
/// within a deadline. Nobody else can call it.
#[derive(Clone, uniffi::Enum)]
#[cfg_attr(not(feature = "development"), non_exhaustive)]
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
    /// Reads `process_list.processes` on Android. Elsewhere the core reads it.
    Processes(Arc<dyn ProcessesSource>),
    /// Reads `web_view.user_agent`.
    WebView(Arc<dyn WebViewSource>),
    /// Reads `device.resolution` and `device.name` on Apple's platforms. Elsewhere the core reads them.
    Device(Arc<dyn DeviceSource>),
    /// Reads `device.storage_capacity` on Apple's platforms. Elsewhere the core reads it.
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
            Self::Processes(_) => &[Item::ProcessListProcesses],
            Self::WebView(_) => &[Item::WebViewUserAgent],
            Self::Device(_) => &[Item::DeviceResolution, Item::DeviceName],
            Self::Storage(_) => &[Item::DeviceStorageCapacity],
        };
        items.iter().copied().collect()
    }

    /// The items that explain why there is no value. They need no permission of the system: its lack is among the answers.
    pub(crate) fn needs_permission(&self, item: Item) -> bool {
        match self {
            Self::Clipboard(_) => item != Item::ClipboardTroubleshooting,
            Self::Bluetooth(_) => item != Item::BluetoothTroubleshooting,
            Self::Idfa(_)
            | Self::FuzzyLocation(_)
            | Self::PreciseLocation(_)
            | Self::Nfc(_)
            | Self::WebView(_) => true,
            // The system has none.
            Self::Processes(_) | Self::Device(_) | Self::Storage(_) => false,
        }
    }

    /// What the operating system says of its data.
    pub(crate) fn permission(&self) -> Result<SystemPermission, SourceError> {
        match self {
            Self::Idfa(source) => source.permission(),
            Self::Clipboard(source) => source.permission(),
            Self::FuzzyLocation(source) | Self::PreciseLocation(source) => source.permission(),
            Self::Bluetooth(source) => source.permission(),
            Self::Nfc(source) => source.permission(),
            Self::WebView(source) => source.permission(),
            Self::Processes(_) | Self::Device(_) | Self::Storage(_) => Ok(SystemPermission::Granted),
        }
    }

    /// Reads one of its items and minimises it at once: what the source returned lives no longer than this call.
    pub(crate) fn read(&self, item: Item, call: &Call<'_>, values: &mut Values) -> Result<(), Missing> {
        let Values { device: facts, features: data, .. } = values;
        match (self, item) {
            (Self::Idfa(source), _) => data.idfa = Some(identifier::read(&**source, call)?),
            (Self::Clipboard(source), Item::ClipboardTroubleshooting) => {
                data.clipboard_troubleshooting = Some(clipboard::diagnose(&**source, call)?);
            }
            (Self::Clipboard(source), _) => data.clipboard = Some(clipboard::read(&**source, call)?),
            (Self::FuzzyLocation(source), _) => {
                data.fuzzy_location = Some(call.ask(|deadline_ms| source.read(deadline_ms))?.fuzzy()?);
            }
            (Self::PreciseLocation(source), _) => {
                data.precise_location = Some(call.ask(|deadline_ms| source.read(deadline_ms))?.checked()?);
            }
            (Self::Bluetooth(source), Item::BluetoothTroubleshooting) => {
                data.bluetooth_troubleshooting = Some(bluetooth::diagnose(&**source, call)?);
            }
            (Self::Bluetooth(source), _) => data.bluetooth = Some(bluetooth::read(&**source, call)?),
            (Self::Nfc(source), _) => data.nfc = Some(call.ask(|deadline_ms| source.read(deadline_ms))?),
            (Self::Processes(source), _) => data.processes = Some(processes::read(&**source, call)?),
            (Self::WebView(source), _) => data.user_agent = Some(web_view::read(&**source, call)?),
            (Self::Device(source), Item::DeviceName) => facts.name = Some(apple::name(&**source, call)?),
            (Self::Device(source), _) => facts.resolution = Some(apple::resolution(&**source, call)?),
            (Self::Storage(source), _) => {
                facts.storage_capacity = Some(apple::storage_capacity(&**source, call)?);
            }
        }
        Ok(())
    }
}
