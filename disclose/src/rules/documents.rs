//! The documents that the rules go by. Where a page bears no date, the day on which we read it stands in its place.

/// A document that asks a host to declare something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// Who publishes it.
    pub publisher: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Where it lies, or how it is numbered.
    pub reference: &'static str,
    /// Its date, or the day on which we read it.
    pub date: &'static str,
}

macro_rules! documents {
    ($($(#[$doc:meta])* $name:ident = $publisher:literal, $title:literal, $reference:literal, $date:literal;)+) => {
        $($(#[$doc])* pub(crate) static $name: Document =
            Document { publisher: $publisher, title: $title, reference: $reference, date: $date };)+

        impl Document {
            /// Every document, in the order of the file.
            pub const ALL: &'static [&'static Self] = &[$(&$name,)+];
        }
    };
}

documents! {
    /// The kinds of collected data and the manifest's form.
    APPLE_MANIFEST = "Apple", "Describing data use in privacy manifests",
        "https://developer.apple.com/documentation/bundleresources/describing-data-use-in-privacy-manifests",
        "read 2026-11-25";
    /// The reasons for calling certain functions.
    APPLE_REASONS = "Apple", "Describing use of required reason API",
        "https://developer.apple.com/documentation/bundleresources/describing-use-of-required-reason-api",
        "read 2026-11-29";
    /// What "collect", "linked" and "track" mean, and the purposes.
    APPLE_DETAILS = "Apple", "App privacy details on the App Store",
        "https://developer.apple.com/app-store/app-privacy-details/", "read 2026-11-25";
    /// The prompt before the advertising identifier.
    APPLE_TRACKING = "Apple", "NSUserTrackingUsageDescription",
        "https://developer.apple.com/documentation/bundleresources/information-property-list/nsusertrackingusagedescription",
        "read 2026-11-25";
    /// The prompt before a location.
    APPLE_LOCATION = "Apple", "NSLocationWhenInUseUsageDescription",
        "https://developer.apple.com/documentation/bundleresources/information-property-list/nslocationwheninuseusagedescription",
        "read 2026-11-25";
    /// The switch that asks for reduced accuracy.
    APPLE_REDUCED = "Apple", "NSLocationDefaultAccuracyReduced",
        "https://developer.apple.com/documentation/bundleresources/information-property-list/nslocationdefaultaccuracyreduced",
        "read 2026-11-25";
    /// The prompt before Bluetooth.
    APPLE_BLUETOOTH = "Apple", "NSBluetoothAlwaysUsageDescription",
        "https://developer.apple.com/documentation/bundleresources/information-property-list/nsbluetoothalwaysusagedescription",
        "read 2026-11-25";
    /// The sentence for near-field communication.
    APPLE_NFC = "Apple", "NFCReaderUsageDescription",
        "https://developer.apple.com/documentation/bundleresources/information-property-list/nfcreaderusagedescription",
        "read 2026-11-25";
    /// The entitlement for near-field communication.
    APPLE_NFC_FORMATS = "Apple", "Near Field Communication Tag Reader Session Formats Entitlement",
        "https://developer.apple.com/documentation/bundleresources/entitlements/com.apple.developer.nfc.readersession.formats",
        "read 2026-11-25";
    /// Approximate and precise location.
    ANDROID_LOCATION = "Google", "Request location permissions",
        "https://developer.android.com/develop/sensors-and-location/location/permissions", "read 2026-11-25";
    /// Permissions for Bluetooth, by version.
    ANDROID_BLUETOOTH = "Google", "Bluetooth permissions",
        "https://developer.android.com/develop/connectivity/bluetooth/bt-permissions", "read 2026-11-25";
    /// The permission for near-field communication.
    ANDROID_NFC = "Google", "NFC basics",
        "https://developer.android.com/develop/connectivity/nfc/nfc", "read 2026-11-25";
    /// Hardware that a store takes for granted.
    ANDROID_FEATURES = "Google", "<uses-feature>",
        "https://developer.android.com/guide/topics/manifest/uses-feature-element", "read 2026-11-25";
    /// The data types, and what collecting them means.
    PLAY_DATA_SAFETY = "Google", "Provide information for Google Play's Data safety section",
        "https://support.google.com/googleplay/android-developer/answer/10787469", "read 2026-11-25";
    /// Consent, notice, sensitive personal information and the separate consent to it.
    CHINA_LAW = "全国人民代表大会常务委员会", "中华人民共和国个人信息保护法",
        "第十三条至第十七条、第十九条、第二十三条、第二十八条至第三十一条", "2021-08-20";
    /// Rules for collecting are to be public, and consent comes first.
    CHINA_CYBERSECURITY = "全国人民代表大会常务委员会", "中华人民共和国网络安全法",
        "2025年修正，自2026年1月1日起施行", "2025-10-28";
    /// How a notice to people is written, and what it lists.
    CHINA_REGULATION = "国务院", "网络数据安全管理条例", "国务院令第790号", "2024-09-24";
    /// Kinds of personal information.
    CHINA_SPECIFICATION = "国家市场监督管理总局、国家标准化管理委员会", "信息安全技术 个人信息安全规范",
        "GB/T 35273-2020", "2020-03-06";
    /// Purpose, manner and scope of an embedded SDK are to be listed.
    CHINA_METHOD = "国家互联网信息办公室等四部门", "App违法违规收集使用个人信息行为认定方法",
        "国信办秘字〔2019〕191号", "2019-11-28";
    /// The two lists: what was collected, and what is shared with third parties.
    CHINA_LISTS = "工业和信息化部", "关于开展信息通信服务感知提升行动的通知",
        "工信部信管函〔2021〕292号", "2021-11-01";
    /// The agreement itself, which a host tells people about.
    AGREEMENT = "Tencent", "Data Processing and Security Agreement, Tencent Cloud Mini Program Platform",
        "tcmpp-dpsa/2024-05-28, section 2", "2024-05-28";
}

/// The laws that a notice to people in China names whatever it lists, besides the documents of its rows.
pub(crate) const LAWS_OF_CHINA: [&Document; 5] =
    [&CHINA_LAW, &CHINA_CYBERSECURITY, &CHINA_REGULATION, &CHINA_METHOD, &CHINA_LISTS];
