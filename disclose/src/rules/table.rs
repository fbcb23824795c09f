//! The table: what each item makes a host declare.

use scruple::{Item, Purpose};

use super::documents::{
    AGREEMENT, ANDROID_BLUETOOTH, ANDROID_FEATURES, ANDROID_LOCATION, ANDROID_NFC, APPLE_BLUETOOTH,
    APPLE_DETAILS, APPLE_LOCATION, APPLE_MANIFEST, APPLE_NFC, APPLE_NFC_FORMATS, APPLE_REASONS,
    APPLE_REDUCED, APPLE_TRACKING, CHINA_LAW, CHINA_LISTS, CHINA_METHOD, CHINA_SPECIFICATION, Document,
    PLAY_DATA_SAFETY,
};
use super::{Android, China, Declaration, Duty, Element, Ios, People, Play, Rule};

const BOTH: &[Purpose] = Purpose::ALL;
const FEATURE: &[Purpose] = &[Purpose::Feature];
const TROUBLESHOOTING: &[Purpose] = &[Purpose::Troubleshooting];

/// Declares these: built when the crate is.
macro_rules! declare {
    ($($declarations:tt)*) => {
        Duty { declarations: const { &[$($declarations)*] }, otherwise_nothing_because: None }
    };
}

/// What the host says of itself and its mini-programs is about no user, so nothing is declared of it.
macro_rules! of_the_customer {
    ($en:literal, $zh:literal) => {
        Rule {
            ios: Duty::nothing(OF_THE_CUSTOMER),
            android: Duty::nothing(SUPPLIED),
            play: Duty::nothing(OF_THE_CUSTOMER),
            china: Duty::nothing(OF_THE_CUSTOMER),
            people: people!($en, $zh),
        }
    };
}

/// A fact about the device, as all of them are declared.
macro_rules! of_the_device {
    ($zh:literal, $en:literal) => {
        Rule {
            ios: OTHER_DATA,
            android: Duty::nothing(NO_PERMISSION),
            play: DIAGNOSTICS,
            china: china!("个人常用设备信息", $zh),
            people: people!($en, $zh),
        }
    };
}

macro_rules! people {
    ($en:literal, $zh:literal) => {
        declare![Declaration {
            what: People { en: $en, zh: $zh },
            purposes: BOTH,
            unless: None,
            source: &AGREEMENT
        }]
    };
}

macro_rules! china {
    ($kind:literal, $datum:literal) => {
        china!($kind, $datum, &CHINA_LISTS)
    };
    ($kind:literal, $datum:literal, $source:expr) => {
        china!($kind, $datum, $source, false)
    };
    (sensitive $kind:literal, $datum:literal, $source:expr) => {
        china!($kind, $datum, $source, true)
    };
    ($kind:literal, $datum:literal, $source:expr, $sensitive:literal) => {
        declare![Declaration {
            what: China { kind: $kind, datum: $datum, sensitive: $sensitive },
            purposes: BOTH,
            unless: None,
            source: $source
        }]
    };
}

const OF_THE_CUSTOMER: &str =
    "it describes the customer's application and its makers, not a person who uses it";
const SUPPLIED: &str = "the host supplies it, and no permission guards it";
const TOLD_TO_NOBODY: &str = "iOS tells no app";
const NO_PERMISSION: &str = "the system gives it to every app without a permission";

const fn collected(data_type: &'static str, purposes: &'static [Purpose]) -> Declaration<Ios> {
    Declaration {
        what: Ios::Collected { data_type, tracking: false },
        purposes,
        unless: None,
        source: &APPLE_MANIFEST,
    }
}

const OTHER_DIAGNOSTICS: Declaration<Ios> =
    collected("NSPrivacyCollectedDataTypeOtherDiagnosticData", TROUBLESHOOTING);

/// Apple has no kind of its own for it.
const OTHER_DATA: Duty<Ios> =
    declare![collected("NSPrivacyCollectedDataTypeOtherDataTypes", FEATURE), OTHER_DIAGNOSTICS];

const fn play(
    question: &'static str,
    data_type: &'static str,
    purposes: &'static [Purpose],
) -> Declaration<Play> {
    Declaration { what: Play { question, data_type }, purposes, unless: None, source: &PLAY_DATA_SAFETY }
}

const DIAGNOSTICS: Duty<Play> = Duty {
    declarations: &[play("PSL_DATA_TYPES_APP_PERFORMANCE", "PSL_PERFORMANCE_DIAGNOSTICS", TROUBLESHOOTING)],
    otherwise_nothing_because: Some(
        "none of Google's data types is of that kind, unless it serves to find a fault",
    ),
};

const fn permission(
    artifact: &'static str,
    name: &'static str,
    zh: &'static str,
    source: &'static Document,
) -> Declaration<Android> {
    let element = Element::Permission { name, max_sdk: None, never_for_location: false, zh };
    Declaration { what: Android { artifact, element }, purposes: BOTH, unless: None, source }
}

/// What Android 11 and older ask for instead.
const fn until_30(name: &'static str, zh: &'static str) -> Declaration<Android> {
    let element = Element::Permission { name, max_sdk: Some(30), never_for_location: false, zh };
    Declaration {
        what: Android { artifact: "scruple-bluetooth", element },
        purposes: BOTH,
        unless: None,
        source: &ANDROID_BLUETOOTH,
    }
}

const fn feature(artifact: &'static str, name: &'static str) -> Declaration<Android> {
    Declaration {
        what: Android { artifact, element: Element::Feature { name } },
        purposes: BOTH,
        unless: None,
        source: &ANDROID_FEATURES,
    }
}

const COARSE: &str = "android.permission.ACCESS_COARSE_LOCATION";
const COARSE_ZH: &str = "访问大致位置信息";

const LOCATION_USAGE: Declaration<Ios> = Declaration {
    what: Ios::Usage {
        key: "NSLocationWhenInUseUsageDescription",
        en: "Mini-programs use your location for what you ask them to do nearby.",
        zh: "小程序在您使用附近相关功能时需要您的位置信息。",
        permission_zh: "位置（使用App期间）",
    },
    purposes: BOTH,
    unless: None,
    source: &APPLE_LOCATION,
};

const BLUETOOTH_USAGE: Declaration<Ios> = Declaration {
    what: Ios::Usage {
        key: "NSBluetoothAlwaysUsageDescription",
        en: "Mini-programs use Bluetooth to find the devices that you want to use with them.",
        zh: "小程序使用蓝牙来发现您要使用的附近设备。",
        permission_zh: "蓝牙",
    },
    purposes: BOTH,
    unless: None,
    source: &APPLE_BLUETOOTH,
};

/// No wildcard: a new item must be thought about here.
pub(super) const fn rule(item: Item) -> Rule {
    match item {
        Item::ApplicationProfilePicture => Rule {
            ios: declare![collected("NSPrivacyCollectedDataTypePhotosorVideos", BOTH)],
            android: Duty::nothing(SUPPLIED),
            play: declare![play("PSL_DATA_TYPES_PHOTOS_AND_VIDEOS", "PSL_PHOTOS", BOTH)],
            china: china!("个人基本资料", "用户头像", &CHINA_SPECIFICATION),
            people: people!("your profile picture", "您的头像"),
        },
        Item::ApplicationCreatorId => {
            of_the_customer!("the id of whoever made the application", "应用创建者的ID")
        }
        Item::ApplicationName => of_the_customer!("the application's name", "应用名称"),
        Item::ApplicationId => of_the_customer!("the application's id on the platform", "应用在平台上的ID"),
        Item::ApplicationPackageName => of_the_customer!("the application's package name", "应用包名"),
        Item::MiniProgramName => of_the_customer!("a mini-program's name", "小程序名称"),
        Item::MiniProgramId => of_the_customer!("a mini-program's id", "小程序ID"),
        Item::MiniProgramClassificationTag => {
            of_the_customer!("a mini-program's classification tag", "小程序分类标签")
        }
        Item::MiniProgramIntroduction => of_the_customer!("a mini-program's introduction", "小程序简介"),
        Item::MiniProgramDescription => of_the_customer!("a mini-program's description", "小程序描述"),
        Item::MiniProgramVersionNumber => of_the_customer!("a mini-program's version number", "小程序版本号"),
        Item::MiniProgramVersionDescription => {
            of_the_customer!("a mini-program's version description", "小程序版本描述")
        }
        Item::MiniProgramCodePackage => of_the_customer!("a mini-program's code package", "小程序代码包"),
        Item::MiniProgramCodePackageAddress => {
            of_the_customer!("where a mini-program's code package lies", "小程序代码包地址")
        }
        Item::MiniProgramDomainName => of_the_customer!("a mini-program's domain name", "小程序域名"),
        Item::NetworkPermissionConfiguration => {
            of_the_customer!(
                "which permissions the operator configured for mini-programs",
                "运营者为小程序配置的权限"
            )
        }
        Item::NetworkDomainConfiguration => {
            of_the_customer!(
                "which domains the operator configured for mini-programs",
                "运营者为小程序配置的域名"
            )
        }
        Item::DeviceStorageCapacity => Rule {
            // It is not collected: Apple's reason for reading it keeps it on the device.
            ios: declare![Declaration {
                what: Ios::Reason { category: "NSPrivacyAccessedAPICategoryDiskSpace", reason: "85F4.1" },
                purposes: BOTH,
                unless: None,
                source: &APPLE_REASONS,
            }],
            ..of_the_device!("存储总容量", "how much storage the device has")
        },
        Item::DeviceMccMnc => Rule {
            ios: Duty::nothing(TOLD_TO_NOBODY),
            ..of_the_device!(
                "移动国家代码与移动网络代码（MCC/MNC）",
                "the country and network code of the SIM card's operator"
            )
        },
        Item::DeviceModel => of_the_device!("设备型号", "the device's model"),
        Item::DeviceSystemVersion => of_the_device!("操作系统版本", "the system's version"),
        Item::DeviceFirmwareVersion => of_the_device!("固件版本", "the firmware's version"),
        Item::DeviceResolution => of_the_device!("屏幕分辨率", "the screen's resolution"),
        Item::DeviceCpu => of_the_device!("CPU信息", "which processor the device has"),
        Item::DeviceBrand => of_the_device!("设备品牌", "the device's brand"),
        Item::DeviceIncrementalVersion => of_the_device!("系统增量版本", "the system's build"),
        Item::DeviceManufacturer => of_the_device!("设备制造商", "the device's manufacturer"),
        Item::DeviceName => Rule {
            ios: OTHER_DATA,
            android: Duty::nothing(NO_PERMISSION),
            // People put their own names into it.
            play: declare![play("PSL_DATA_TYPES_PERSONAL", "PSL_OTHER_PERSONAL", BOTH)],
            china: china!("个人常用设备信息", "设备名称"),
            people: people!("the name that you gave the device", "您为设备设置的名称"),
        },
        Item::DevicePlatform => {
            of_the_device!("设备平台（操作系统类型）", "which operating system the device runs")
        }
        Item::DeviceOperator => Rule {
            ios: Duty::nothing(TOLD_TO_NOBODY),
            ..of_the_device!("运营商信息", "the name of the mobile operator")
        },
        Item::IdentifierIdfa => Rule {
            ios: declare![
                Declaration {
                    what: Ios::Collected { data_type: "NSPrivacyCollectedDataTypeDeviceID", tracking: true },
                    purposes: BOTH,
                    unless: None,
                    source: &APPLE_DETAILS,
                },
                Declaration {
                    what: Ios::Usage {
                        key: "NSUserTrackingUsageDescription",
                        en: "Mini-programs recognise this device by its advertising identifier.",
                        zh: "小程序通过广告标识符识别此设备。",
                        permission_zh: "跟踪（广告标识符）",
                    },
                    purposes: BOTH,
                    unless: None,
                    source: &APPLE_TRACKING,
                },
            ],
            android: Duty::nothing("Android has none, and its own identifiers are never read"),
            play: Duty::nothing("Android has none, and its own identifiers are never read"),
            china: china!("个人常用设备信息", "广告标识符（IDFA，仅iOS）", &CHINA_METHOD),
            people: people!("the advertising identifier (iOS only)", "广告标识符（IDFA，仅iOS）"),
        },
        Item::ClipboardContent => Rule {
            ios: declare![collected("NSPrivacyCollectedDataTypeOtherUserContent", BOTH)],
            android: Duty::nothing(NO_PERMISSION),
            play: declare![play("PSL_DATA_TYPES_APP_ACTIVITY", "PSL_USER_GENERATED_CONTENT", BOTH)],
            china: china!(sensitive "其他信息", "剪贴板内容（可能含有敏感个人信息）", &CHINA_LAW),
            people: people!(
                "the text on the clipboard, unless it looks like a card's number or a one-time code",
                "剪贴板中的文字（疑似银行卡号或验证码的除外）"
            ),
        },
        Item::ClipboardTroubleshooting => Rule {
            ios: declare![OTHER_DIAGNOSTICS],
            android: Duty::nothing(NO_PERMISSION),
            play: DIAGNOSTICS,
            china: china!("其他信息", "剪贴板状态（不含内容）"),
            people: people!(
                "whether the clipboard can be read, and if not why, never what it holds",
                "剪贴板能否读取、不能读取的原因，不读取其内容"
            ),
        },
        Item::LocationFuzzy => Rule {
            ios: declare![
                collected("NSPrivacyCollectedDataTypeCoarseLocation", BOTH),
                LOCATION_USAGE,
                Declaration {
                    what: Ios::Flag { key: "NSLocationDefaultAccuracyReduced" },
                    purposes: BOTH,
                    // Precise location wants full accuracy.
                    unless: Some(Item::LocationPrecise),
                    source: &APPLE_REDUCED,
                },
            ],
            android: declare![
                permission("scruple-location", COARSE, COARSE_ZH, &ANDROID_LOCATION),
                feature("scruple-location", "android.hardware.location"),
            ],
            play: declare![play("PSL_DATA_TYPES_LOCATION", "PSL_APPROX_LOCATION", BOTH)],
            china: china!("个人位置信息", "模糊位置信息（不小于3平方公里的网格）", &CHINA_SPECIFICATION),
            people: people!(
                "roughly where the device is, to an area of at least 3 km²",
                "设备的大致位置（不小于3平方公里的范围）"
            ),
        },
        Item::LocationPrecise => Rule {
            ios: declare![collected("NSPrivacyCollectedDataTypePreciseLocation", BOTH), LOCATION_USAGE,],
            android: declare![
                // From Android 12 the one is granted only together with the other.
                permission("scruple-location-precise", COARSE, COARSE_ZH, &ANDROID_LOCATION),
                permission(
                    "scruple-location-precise",
                    "android.permission.ACCESS_FINE_LOCATION",
                    "访问精确位置信息",
                    &ANDROID_LOCATION,
                ),
                feature("scruple-location-precise", "android.hardware.location"),
            ],
            play: declare![play("PSL_DATA_TYPES_LOCATION", "PSL_PRECISE_LOCATION", BOTH)],
            china: china!(sensitive "个人位置信息", "精确位置信息", &CHINA_LAW),
            people: people!("exactly where the device is", "设备的精确位置"),
        },
        Item::BluetoothInformation => Rule {
            ios: declare![
                collected("NSPrivacyCollectedDataTypeOtherDataTypes", FEATURE),
                OTHER_DIAGNOSTICS,
                BLUETOOTH_USAGE,
            ],
            android: BLUETOOTH_ON_ANDROID,
            play: DIAGNOSTICS,
            china: china!("其他信息", "蓝牙状态及附近蓝牙设备"),
            people: people!(
                "whether Bluetooth is on, and which Bluetooth devices are near",
                "蓝牙是否开启、附近有哪些蓝牙设备"
            ),
        },
        Item::BluetoothTroubleshooting => Rule {
            ios: declare![OTHER_DIAGNOSTICS, BLUETOOTH_USAGE],
            android: BLUETOOTH_ON_ANDROID,
            play: DIAGNOSTICS,
            china: china!("其他信息", "蓝牙状态"),
            people: people!("why Bluetooth does not work", "蓝牙无法使用的原因"),
        },
        Item::NfcInformation => Rule {
            ios: declare![
                collected("NSPrivacyCollectedDataTypeOtherDataTypes", FEATURE),
                OTHER_DIAGNOSTICS,
                Declaration {
                    what: Ios::Usage {
                        key: "NFCReaderUsageDescription",
                        en: "Mini-programs check whether they can use near-field communication on this device.",
                        zh: "小程序检查此设备是否可以使用近场通信（NFC）。",
                        permission_zh: "近场通信（NFC）",
                    },
                    purposes: BOTH,
                    unless: None,
                    source: &APPLE_NFC,
                },
                Declaration {
                    what: Ios::Entitlement {
                        key: "com.apple.developer.nfc.readersession.formats",
                        values: &["TAG"],
                    },
                    purposes: BOTH,
                    unless: None,
                    source: &APPLE_NFC_FORMATS,
                },
            ],
            android: declare![
                permission("scruple-nfc", "android.permission.NFC", "使用近场通信（NFC）", &ANDROID_NFC),
                feature("scruple-nfc", "android.hardware.nfc"),
            ],
            play: DIAGNOSTICS,
            china: china!("其他信息", "NFC是否可用及其状态"),
            people: people!(
                "whether the device has near-field communication, and whether it is on",
                "设备是否支持近场通信（NFC）、是否已开启"
            ),
        },
        Item::ProcessListProcesses => Rule {
            ios: OTHER_DATA,
            android: Duty::nothing("the system shows an app its own processes only, without a permission"),
            play: DIAGNOSTICS,
            china: china!("个人常用设备信息", "运行中的进程（仅系统向本应用开放的进程）", &CHINA_METHOD),
            people: people!("which processes the system shows to this app", "系统向本应用开放的运行中进程"),
        },
        Item::WebViewUserAgent => Rule {
            ios: OTHER_DATA,
            android: Duty::nothing(NO_PERMISSION),
            play: DIAGNOSTICS,
            china: china!("个人常用设备信息", "WebView的User Agent"),
            people: people!("the web view's user agent", "WebView的用户代理（User Agent）"),
        },
    }
}

const BLUETOOTH_ON_ANDROID: Duty<Android> = declare![
    Declaration {
        what: Android {
            artifact: "scruple-bluetooth",
            element: Element::Permission {
                name: "android.permission.BLUETOOTH_SCAN",
                max_sdk: None,
                never_for_location: true,
                zh: "扫描附近的蓝牙设备（不用于定位）",
            },
        },
        purposes: BOTH,
        unless: None,
        source: &ANDROID_BLUETOOTH,
    },
    until_30("android.permission.BLUETOOTH", "使用蓝牙（Android 11及以下）"),
    until_30("android.permission.BLUETOOTH_ADMIN", "管理蓝牙（Android 11及以下）"),
    feature("scruple-bluetooth", "android.hardware.bluetooth"),
    feature("scruple-bluetooth", "android.hardware.bluetooth_le"),
];

pub(super) const fn artifact(item: Item) -> Option<&'static str> {
    match item {
        Item::ClipboardContent | Item::ClipboardTroubleshooting => Some("scruple-clipboard"),
        Item::LocationFuzzy => Some("scruple-location"),
        Item::LocationPrecise => Some("scruple-location-precise"),
        Item::BluetoothInformation | Item::BluetoothTroubleshooting => Some("scruple-bluetooth"),
        Item::NfcInformation => Some("scruple-nfc"),
        Item::ProcessListProcesses => Some("scruple-processes"),
        Item::WebViewUserAgent => Some("scruple-webview"),
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
        | Item::DeviceStorageCapacity
        | Item::DeviceMccMnc
        | Item::DeviceModel
        | Item::DeviceSystemVersion
        | Item::DeviceFirmwareVersion
        | Item::DeviceResolution
        | Item::DeviceCpu
        | Item::DeviceBrand
        | Item::DeviceIncrementalVersion
        | Item::DeviceManufacturer
        | Item::DeviceName
        | Item::DevicePlatform
        | Item::DeviceOperator
        | Item::IdentifierIdfa => None,
    }
}
