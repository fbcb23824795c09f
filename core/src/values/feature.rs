//! The feature items, as hosts read them. What is in them is minimised.

use serde::Serialize;
use zeroize::Zeroize;

use crate::agreement::Category;
use crate::gate::SystemPermission;
use crate::named::named;
use crate::secret::redacted;
use crate::values::one;

/// The feature items of one snapshot. The snapshot's missing items give the reason for each one that is absent.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
pub struct FeatureData {
    /// Apple's identifier for advertisers, in the form 8-4-4-4-12, upper case.
    pub idfa: Option<String>,
    /// The clipboard's text. Scruple withholds a text that looks sensitive.
    pub clipboard: Option<String>,
    /// Whether the clipboard can be read, and if not, why.
    pub clipboard_troubleshooting: Option<ClipboardDiagnosis>,
    /// The centre of the cell of at least 3 km² that the device is in.
    pub fuzzy_location: Option<Coordinates>,
    /// Where the device is.
    pub precise_location: Option<Coordinates>,
    /// The Bluetooth adapter and the devices near it.
    pub bluetooth: Option<BluetoothInformation>,
    /// Why Bluetooth does not work.
    pub bluetooth_troubleshooting: Option<BluetoothDiagnosis>,
    /// Whether the device has near-field communication, and whether it is on.
    pub nfc: Option<NfcInformation>,
    /// The processes that the system shows to this process, by ascending process id.
    pub processes: Option<Vec<RunningProcess>>,
    /// The web view's user agent.
    pub user_agent: Option<String>,
}

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

/// What the system says about the clipboard, without the content.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ClipboardDiagnosis {
    /// Whether there is content.
    pub has_content: bool,
    /// The content's media types or type identifiers, at most 16.
    pub types: Vec<String>,
    /// How many entries the content has.
    pub item_count: u32,
    /// Why the content cannot be read, if it cannot.
    pub obstacle: Option<ClipboardObstacle>,
}

named! {
    /// Why the clipboard's content cannot be read.
    #[derive(uniffi::Enum)]
    ClipboardObstacle {
        /// The app is not in the foreground.
        NotFocused = "not_focused",
        /// The person or the system refused.
        Refused = "refused",
        /// The content is not text.
        NotText = "not_text",
    }
}

impl Zeroize for ClipboardObstacle {
    fn zeroize(&mut self) {
        *self = Self::NotFocused;
    }
}

/// A place in WGS 84. It has no speed, altitude, bearing, accuracy or time, since each would tell more than the place.
#[derive(Clone, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Coordinates {
    /// Degrees, from -90 to 90.
    #[cfg_attr(feature = "development", schemars(range(min = -90.0, max = 90.0)))]
    pub latitude: f64,
    /// Degrees, from -180 to 180.
    #[cfg_attr(feature = "development", schemars(range(min = -180.0, max = 180.0)))]
    pub longitude: f64,
}

named! {
    /// The adapter's state.
    #[derive(uniffi::Enum)]
    AdapterState {
        /// The system does not say.
        Unknown = "unknown",
        /// The device has none.
        Unsupported = "unsupported",
        /// The app may not use it.
        Unauthorized = "unauthorized",
        /// It is off.
        Off = "off",
        /// It is starting, stopping or resetting.
        Changing = "changing",
        /// It is on.
        On = "on",
    }
}

impl Zeroize for AdapterState {
    fn zeroize(&mut self) {
        *self = Self::Unknown;
    }
}

/// The adapter and the devices near it.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct BluetoothInformation {
    /// The adapter's state.
    pub state: AdapterState,
    /// Whether it supports Low Energy, if the system says so.
    pub low_energy: Option<bool>,
    /// The devices near it, the strongest signal first, at most 64. It is absent if there was no scan.
    pub nearby: Option<Vec<BluetoothDevice>>,
    /// How many devices were seen beyond those listed.
    pub omitted: u32,
}

/// A device nearby. The type has no field for an address or another identifier.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct BluetoothDevice {
    /// The name that it advertises, without the padding around it, at most 248 bytes. It is absent if the device
    /// advertises no name, or one that contains an address.
    pub name: Option<String>,
    /// Signal strength in dBm.
    pub rssi: i32,
    /// The services that it advertises, by UUID, at most 16.
    pub service_uuids: Vec<String>,
}

/// Why Bluetooth does not work.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct BluetoothDiagnosis {
    /// The adapter's state.
    pub state: AdapterState,
    /// The app's permission, as the operating system states it.
    pub permission: SystemPermission,
    /// The platform's error codes of the latest failed scans, at most 32.
    pub scan_errors: Vec<i32>,
    /// The adapter's earlier states, the latest last, at most 32.
    pub state_changes: Vec<AdapterState>,
}

/// The state of near-field communication. It is three facts, so there is nothing to minimise.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct NfcInformation {
    /// Whether the device has it.
    pub present: bool,
    /// Whether it is on, if the system says so.
    pub enabled: Option<bool>,
    /// Whether the device can act as a card, if the system says so.
    pub host_card_emulation: Option<bool>,
}

/// A process.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RunningProcess {
    /// The process id.
    pub pid: u32,
    /// The short name: `/proc/PID/comm` on Linux, at most 15 bytes for a program. Scruple replaces characters that are
    /// not printable.
    pub name: String,
}

redacted!(
    FeatureData,
    ClipboardDiagnosis,
    Coordinates,
    BluetoothInformation,
    BluetoothDevice,
    BluetoothDiagnosis,
    NfcInformation,
    RunningProcess
);
