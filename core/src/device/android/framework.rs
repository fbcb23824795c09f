//! The part of Android's framework that is called: one type a class, which is looked up when it is first needed.
//!
//! What an API level added to a class is a type of its own, beside the class as it was.

use jni::errors::{Error, Result};
use jni::objects::{JClass, LoaderContext};
use jni::strings::JNIStr;
use jni::{Env, bind_java_type, jni_str};

use super::install;

/// Binds a class that the host's context can name.
macro_rules! framework {
    ($name:ident => $java:literal, $($members:tt)*) => {
        bind_java_type! {
            pub(super) $name => $java,
            hooks { load_class = |env, _, _| load(env, jni_str!($java)) },
            $($members)*
        }
    };
}

/// Finds a class by the host's own class loader: a thread that is none of Java's has none that sees an app's.
fn load<'l>(env: &mut Env<'l>, name: &'static JNIStr) -> Result<JClass<'l>> {
    let host = install::host().ok_or(Error::UninitializedJavaVM)?;
    LoaderContext::Loader(&host.loader).load_class(env, name, false)
}

framework! {
    Context => "android.content.Context",
    type_map { PackageManager => "android.content.pm.PackageManager" },
    methods {
        fn get_system_service(name: JString) -> JObject,
        fn get_content_resolver() -> "android.content.ContentResolver",
        fn get_package_manager() -> PackageManager,
    },
}

framework! {
    PackageManager => "android.content.pm.PackageManager",
    methods {
        fn has_system_feature(name: JString) -> bool,
    },
}

framework! {
    DisplayMetrics => "android.util.DisplayMetrics",
    constructors {
        fn new(),
    },
    fields {
        width_pixels { sig = int, name = "widthPixels", get = width_pixels },
        height_pixels { sig = int, name = "heightPixels", get = height_pixels },
        density { sig = float, get = density },
    },
}

// Its serial number and fingerprint have no place here.
framework! {
    Build => "android.os.Build",
    fields {
        static MODEL { sig = JString, get = model },
        static BRAND { sig = JString, get = brand },
        static MANUFACTURER { sig = JString, get = manufacturer },
        static DISPLAY { sig = JString, get = display },
        static SUPPORTED_ABIS { sig = JString[], get = supported_abis },
    },
    methods {
        static fn get_radio_version() -> JString,
    },
}

// From API level 31.
framework! {
    Chip => "android.os.Build",
    fields {
        static SOC_MANUFACTURER { sig = JString, get = manufacturer },
        static SOC_MODEL { sig = JString, get = model },
    },
}

framework! {
    Version => "android.os.Build$VERSION",
    fields {
        static RELEASE { sig = JString, get = release },
        static INCREMENTAL { sig = JString, get = incremental },
        static SDK_INT { sig = int, get = sdk_int },
    },
}

// From API level 26.
framework! {
    StorageStatsManager => "android.app.usage.StorageStatsManager",
    methods {
        fn get_total_bytes(storage: "java.util.UUID") -> long,
    },
}

// From API level 26.
framework! {
    StorageManager => "android.os.storage.StorageManager",
    fields {
        static UUID_DEFAULT { sig = "java.util.UUID", get = uuid_default },
    },
}

framework! {
    StatFs => "android.os.StatFs",
    constructors {
        fn new(path: JString),
    },
    methods {
        fn get_total_bytes() -> long,
    },
}

framework! {
    Environment => "android.os.Environment",
    type_map { File => "java.io.File" },
    methods {
        static fn get_data_directory() -> File,
    },
}

framework! {
    File => "java.io.File",
    methods {
        fn get_path() -> JString,
    },
}

framework! {
    TelephonyManager => "android.telephony.TelephonyManager",
    methods {
        fn get_sim_operator() -> JString,
        fn get_sim_operator_name() -> JString,
        fn get_network_operator_name() -> JString,
        fn is_network_roaming() -> bool,
    },
}

// `TelephonyManager` from API level 28.
framework! {
    CarrierManager => "android.telephony.TelephonyManager",
    type_map { CharSequence => "java.lang.CharSequence" },
    methods {
        fn get_sim_carrier_id_name() -> CharSequence,
    },
}

framework! {
    CharSequence => "java.lang.CharSequence",
    methods {
        fn to_string() -> JString,
    },
}

// From API level 24.
framework! {
    SubscriptionManager => "android.telephony.SubscriptionManager",
    methods {
        static fn get_default_data_subscription_id() -> int,
    },
}

// `TelephonyManager` from API level 24.
framework! {
    DualSimManager => "android.telephony.TelephonyManager",
    type_map { TelephonyManager => "android.telephony.TelephonyManager" },
    methods {
        fn create_for_subscription_id(subscription: int) -> TelephonyManager,
    },
}

framework! {
    DisplayManager => "android.hardware.display.DisplayManager",
    type_map { Display => "android.view.Display" },
    methods {
        fn get_display(number: int) -> Display,
    },
}

framework! {
    Display => "android.view.Display",
    type_map { DisplayMetrics => "android.util.DisplayMetrics" },
    methods {
        fn get_real_metrics(filled_in: DisplayMetrics),
        fn get_rotation() -> int,
    },
}

// `Display` from API level 23.
framework! {
    ModeDisplay => "android.view.Display",
    type_map { Mode => "android.view.Display$Mode" },
    methods {
        fn get_mode() -> Mode,
    },
}

framework! {
    Mode => "android.view.Display$Mode",
    methods {
        fn get_physical_width() -> int,
        fn get_physical_height() -> int,
    },
}

framework! {
    GlobalSettings => "android.provider.Settings$Global",
    methods {
        static fn get_string(resolver: "android.content.ContentResolver", name: JString) -> JString,
    },
}

framework! {
    SecurityException => "java.lang.SecurityException",
}
