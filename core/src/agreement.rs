//! What the agreement lists, compiled in.
//!
//! The Data Processing and Security Agreement of Tencent Cloud Mini Program Platform (module of 2024-05-28) names
//! every datum that may be processed. An [`Item`] is one of them; what the agreement does not name has no name here
//! and cannot be asked for.

use crate::named::named;

/// The agreement's version, as a policy and an export name it.
pub const AGREEMENT: &str = "tcmpp-dpsa/2024-05-28";

named! {
    /// Items that a policy switches on and a person agrees to together.
    #[derive(uniffi::Enum)]
    Category {
        /// The application and its mini-programs (part A).
        Application = "application",
        /// Permission and domain configuration (part B).
        NetworkConfiguration = "network_configuration",
        /// Device information (part C).
        Device = "device",
        /// Device identifiers (part D).
        Identifier = "identifier",
        /// The clipboard (part D).
        Clipboard = "clipboard",
        /// Location (part D).
        Location = "location",
        /// Bluetooth (part D).
        Bluetooth = "bluetooth",
        /// Near-field communication (part D).
        Nfc = "nfc",
        /// The device's process list (part D).
        ProcessList = "process_list",
        /// The web view's user agent (part D).
        WebView = "web_view",
    }
}

named! {
    /// Why an item is read. The agreement gives these two purposes and no other.
    #[derive(uniffi::Enum)]
    Purpose {
        /// Providing the platform's feature.
        Feature = "feature",
        /// Finding out why the feature does not work.
        Troubleshooting = "troubleshooting",
    }
}

named! {
    /// An operating system that can give an item.
    Platform {
        /// Linux: the command line, quality assurance, embedded devices.
        Linux = "linux",
        /// Android from API 23.
        Android = "android",
        /// iOS and iPadOS from 15, and macOS.
        Apple = "apple",
    }
}

named! {
    /// The part of the agreement's section 2 that lists a datum.
    Part {
        /// Customer Associated Application Information.
        Application = "A",
        /// Customer Network Configuration Data.
        NetworkConfiguration = "B",
        /// End user device information.
        Device = "C",
        /// End user data relating to features.
        Feature = "D",
    }
}

/// Where an item comes from on one platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The host's records.
    Host,
    /// The platform, read by the core.
    Platform,
    /// A source on the host's side.
    Source,
}

/// Where an item comes from on each platform: a column of the table.
#[derive(Debug, Clone, Copy)]
enum Origins {
    /// The host's records, everywhere.
    Records,
    /// The core, everywhere.
    Core,
    /// The core, and on Apple's platforms a source: UIKit and Foundation are the host's side.
    CoreOrAppleSource,
    /// The core, and on Android a source: stores flag an app that can list processes, so that it is an artifact of its own.
    CoreOrAndroidSource,
    /// The core on Android, nothing elsewhere.
    AndroidCore,
    /// Sources on phones.
    PhoneSource,
    /// A source on Apple's platforms, nothing elsewhere.
    AppleSource,
}

impl Origins {
    const fn platforms(self) -> &'static [Platform] {
        match self {
            Self::Records | Self::Core | Self::CoreOrAppleSource | Self::CoreOrAndroidSource => Platform::ALL,
            Self::AndroidCore => &[Platform::Android],
            Self::PhoneSource => &[Platform::Android, Platform::Apple],
            Self::AppleSource => &[Platform::Apple],
        }
    }

    const fn on(self, platform: Platform) -> Option<Origin> {
        match (self, platform) {
            (Self::Records, _) => Some(Origin::Host),
            (Self::Core, _)
            | (Self::CoreOrAppleSource, Platform::Linux | Platform::Android)
            | (Self::CoreOrAndroidSource, Platform::Linux | Platform::Apple)
            | (Self::AndroidCore, Platform::Android) => Some(Origin::Platform),
            // Where no platform has it a host in Rust may still have a source of its own.
            (Self::PhoneSource | Self::AppleSource, _)
            | (Self::CoreOrAppleSource, Platform::Apple)
            | (Self::CoreOrAndroidSource, Platform::Android) => Some(Origin::Source),
            (Self::AndroidCore, Platform::Linux | Platform::Apple) => None,
        }
    }
}

impl Category {
    /// The part of the agreement that lists the category's items.
    pub const fn part(self) -> Part {
        match self {
            Self::Application => Part::Application,
            Self::NetworkConfiguration => Part::NetworkConfiguration,
            Self::Device => Part::Device,
            Self::Identifier
            | Self::Clipboard
            | Self::Location
            | Self::Bluetooth
            | Self::Nfc
            | Self::ProcessList
            | Self::WebView => Part::Feature,
        }
    }
}

const BOTH: &[Purpose] = Purpose::ALL;
const TROUBLESHOOTING: &[Purpose] = &[Purpose::Troubleshooting];

/// The table: a row an item. Everything that is known of an item by agreement stands in its row.
macro_rules! table {
    ($($(#[$doc:meta])* $item:ident = $id:literal: $category:ident, $purposes:ident, $origins:ident, $datum:literal;)+) => {
        named! {
            /// One datum that the agreement lists.
            #[derive(uniffi::Enum)]
            Item { $($(#[$doc])* $item = $id,)+ }
        }

        impl Item {
            /// The category that it belongs to.
            pub const fn category(self) -> Category {
                match self { $(Self::$item => Category::$category,)+ }
            }

            /// The purposes that the agreement gives for it.
            pub const fn purposes(self) -> &'static [Purpose] {
                match self { $(Self::$item => $purposes,)+ }
            }

            const fn origins(self) -> Origins {
                match self { $(Self::$item => Origins::$origins,)+ }
            }

            /// The datum in the agreement's words. From a list it takes this item's part, with the noun that the list
            /// belongs to.
            pub const fn datum(self) -> &'static str {
                match self { $(Self::$item => $datum,)+ }
            }
        }
    };
}

table! {
    /// The user's profile picture.
    ApplicationProfilePicture = "application.profile_picture": Application, BOTH, Records, "User profile picture";
    /// The id of the application's creator.
    ApplicationCreatorId = "application.creator_id": Application, BOTH, Records, "Creator ID";
    /// The application's name.
    ApplicationName = "application.name": Application, BOTH, Records, "application name";
    /// The application's id on the platform.
    ApplicationId = "application.id": Application, BOTH, Records, "application ID";
    /// The application's package name.
    ApplicationPackageName = "application.package_name": Application, BOTH, Records, "package name";
    /// A mini-program's name.
    MiniProgramName = "mini_program.name": Application, BOTH, Records, "Mini Program name";
    /// A mini-program's id.
    MiniProgramId = "mini_program.id": Application, BOTH, Records, "Mini Program ID";
    /// A mini-program's classification tag.
    MiniProgramClassificationTag = "mini_program.classification_tag": Application, BOTH, Records, "Mini Program classification tag";
    /// A mini-program's introduction.
    MiniProgramIntroduction = "mini_program.introduction": Application, BOTH, Records, "Mini Program introduction";
    /// A mini-program's description.
    MiniProgramDescription = "mini_program.description": Application, BOTH, Records, "Mini Program description";
    /// A mini-program's version number.
    MiniProgramVersionNumber = "mini_program.version_number": Application, BOTH, Records, "Mini Program version number";
    /// A mini-program's version description.
    MiniProgramVersionDescription = "mini_program.version_description": Application, BOTH, Records, "Mini Program version description";
    /// A mini-program's code package.
    MiniProgramCodePackage = "mini_program.code_package": Application, BOTH, Records, "Mini Program code package";
    /// The addresses of a mini-program's code package, on the client and on the server.
    MiniProgramCodePackageAddress = "mini_program.code_package_address": Application, BOTH, Records, "Mini Program code package address (client and server end)";
    /// A mini-program's domain name.
    MiniProgramDomainName = "mini_program.domain_name": Application, BOTH, Records, "Mini Program domain name";
    /// The customer's permission configuration.
    NetworkPermissionConfiguration = "network.permission_configuration": NetworkConfiguration, BOTH, Records, "permission configuration";
    /// The customer's domain name configuration.
    NetworkDomainConfiguration = "network.domain_configuration": NetworkConfiguration, BOTH, Records, "domain name configuration";
    /// Total capacity of the storage that holds user data.
    DeviceStorageCapacity = "device.storage_capacity": Device, BOTH, CoreOrAppleSource, "phone storage capacity";
    /// Mobile country code and mobile network code.
    DeviceMccMnc = "device.mcc_mnc": Device, BOTH, AndroidCore, "MCC/MNC";
    /// The device's model.
    DeviceModel = "device.model": Device, BOTH, Core, "phone model";
    /// The operating system's version.
    DeviceSystemVersion = "device.system_version": Device, BOTH, Core, "system version";
    /// The firmware's version.
    DeviceFirmwareVersion = "device.firmware_version": Device, BOTH, Core, "firmware version";
    /// The display's resolution.
    DeviceResolution = "device.resolution": Device, BOTH, CoreOrAppleSource, "resolution";
    /// The processor.
    DeviceCpu = "device.cpu": Device, BOTH, Core, "CPU information";
    /// The brand that the device is sold under.
    DeviceBrand = "device.brand": Device, BOTH, Core, "device brand";
    /// The system build, and the version text that the system shows to a person.
    DeviceIncrementalVersion = "device.incremental_version": Device, BOTH, Core, "system incremental version/visual version";
    /// The device's manufacturer.
    DeviceManufacturer = "device.manufacturer": Device, BOTH, Core, "Device manufacturer";
    /// The name that its owner gave the device.
    DeviceName = "device.name": Device, BOTH, CoreOrAppleSource, "device name";
    /// The operating system's name.
    DevicePlatform = "device.platform": Device, BOTH, Core, "device platform";
    /// The mobile operator's name.
    DeviceOperator = "device.operator": Device, BOTH, AndroidCore, "operator information";
    /// Apple's identifier for advertisers.
    IdentifierIdfa = "identifier.idfa": Identifier, BOTH, AppleSource, "device identifiers (IDFA)";
    /// The clipboard's text.
    ClipboardContent = "clipboard.content": Clipboard, BOTH, PhoneSource, "clipboard data";
    /// Whether the clipboard can be read, and if not, why. Never its content.
    ClipboardTroubleshooting = "clipboard.troubleshooting": Clipboard, TROUBLESHOOTING, PhoneSource, "clipboard data: associated data needed for troubleshooting";
    /// Fuzzy location: a cell of at least 3 km².
    LocationFuzzy = "location.fuzzy": Location, BOTH, PhoneSource, "location information (getFuzzyLocation)";
    /// Precise location. Scruple never reads it while the policy says fuzzy.
    LocationPrecise = "location.precise": Location, BOTH, PhoneSource, "location information (precise geolocation)";
    /// The Bluetooth adapter and the devices near it.
    BluetoothInformation = "bluetooth.information": Bluetooth, BOTH, PhoneSource, "bluetooth information";
    /// Why Bluetooth does not work.
    BluetoothTroubleshooting = "bluetooth.troubleshooting": Bluetooth, TROUBLESHOOTING, PhoneSource, "bluetooth information: associated data needed for troubleshooting";
    /// Whether the device has near-field communication, and whether it is on.
    NfcInformation = "nfc.information": Nfc, BOTH, PhoneSource, "Near-field communication (NFC) related information";
    /// The processes that the system shows to this process.
    ProcessListProcesses = "process_list.processes": ProcessList, BOTH, CoreOrAndroidSource, "End user device process list information";
    /// The web view's user agent.
    WebViewUserAgent = "web_view.user_agent": WebView, BOTH, PhoneSource, "User agent of webview";
}

impl Item {
    /// The platforms that can give it. An item that the host supplies can come from any platform.
    pub const fn platforms(self) -> &'static [Platform] {
        self.origins().platforms()
    }

    /// Where it comes from on a platform, if it can come from anywhere.
    pub(crate) const fn origin(self, platform: Platform) -> Option<Origin> {
        self.origins().on(platform)
    }

    /// The section of the agreement that lists it.
    pub const fn section(self) -> &'static str {
        // All data are listed in one section; 5 and 6 bind them but list none.
        "2"
    }
    /// Whether its value may be shown to the person and may not leave the device. `ScrupleStorage` declares Apple's reason
    /// 85F4.1 for reading storage capacity, which has it so.
    pub(crate) const fn is_on_device_only(self, platform: Platform) -> bool {
        matches!((self, platform), (Self::DeviceStorageCapacity, Platform::Apple))
    }

    /// Whether the item is on only if a policy names it. People put their own names into a device's name.
    pub const fn must_be_named(self) -> bool {
        matches!(self, Self::DeviceName)
    }
}

/// As a pattern, the items of parts A and B, which the host supplies.
macro_rules! supplied {
    () => {
        Item::ApplicationProfilePicture
            | Item::ApplicationCreatorId
            | Item::ApplicationName
            | Item::ApplicationId
            | Item::ApplicationPackageName
            | Item::MiniProgramName
            | Item::MiniProgramId
            | Item::MiniProgramClassificationTag
            | Item::MiniProgramIntroduction
            | Item::MiniProgramDescription
            | Item::MiniProgramVersionNumber
            | Item::MiniProgramVersionDescription
            | Item::MiniProgramCodePackage
            | Item::MiniProgramCodePackageAddress
            | Item::MiniProgramDomainName
            | Item::NetworkPermissionConfiguration
            | Item::NetworkDomainConfiguration
    };
}
pub(crate) use supplied;

/// As a pattern, the items that sources read on every platform.
macro_rules! of_sources {
    () => {
        Item::IdentifierIdfa
            | Item::ClipboardContent
            | Item::ClipboardTroubleshooting
            | Item::LocationFuzzy
            | Item::LocationPrecise
            | Item::BluetoothInformation
            | Item::BluetoothTroubleshooting
            | Item::NfcInformation
            | Item::WebViewUserAgent
    };
}
pub(crate) use of_sources;

/// A set of items, in the agreement's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ItemSet(u64);

const _: () = assert!(Item::ALL.len() <= u64::BITS as usize);

impl ItemSet {
    pub(crate) fn insert(&mut self, item: Item) {
        self.0 |= 1 << item as u32;
    }

    pub(crate) fn remove(&mut self, item: Item) {
        self.0 &= !(1 << item as u32);
    }

    pub(crate) fn contains(self, item: Item) -> bool {
        self.0 & (1 << item as u32) != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The items that are so, and those that are not.
    pub(crate) fn partition(self, is_so: impl Fn(Item) -> bool) -> (Self, Self) {
        let so: Self = self.iter().filter(|item| is_so(*item)).collect();
        (so, Self(self.0 & !so.0))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Item> {
        Item::ALL.iter().copied().filter(move |item| self.contains(*item))
    }
}

impl FromIterator<Item> for ItemSet {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let mut set = Self::default();
        items.into_iter().for_each(|item| set.insert(item));
        set
    }
}
