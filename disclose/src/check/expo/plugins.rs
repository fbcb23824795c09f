//! What Expo's own plugins and packages write into the native apps, by their sources (SDK 57 and 58) and Expo's documentation.

/// A package, with what its plugin writes.
#[derive(Debug)]
pub(super) struct Plugin {
    pub(super) name: &'static str,
    /// Whether it is applied as soon as the package is there, named or not.
    pub(super) is_automatic: bool,
    /// Keys of Info.plist, each with the option that says its text, and the text that it is otherwise.
    pub(super) texts: &'static [(&'static str, &'static str, &'static str)],
    /// Permissions, and when they are asked for.
    pub(super) permissions: &'static [(&'static str, When)],
    /// Members of `UIBackgroundModes`.
    pub(super) modes: &'static [(&'static str, When)],
}

/// What an option has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    /// True, and not only left out.
    If(&'static str),
    /// Anything but false.
    Unless(&'static str),
}

const CAMERA: &str = "Allow $(PRODUCT_NAME) to access your camera";
const MICROPHONE: &str = "Allow $(PRODUCT_NAME) to access your microphone";
const LOCATION: &str = "Allow $(PRODUCT_NAME) to access your location";
const PHOTOS: &str = "Allow $(PRODUCT_NAME) to access your photos";
const CALENDARS: &str = "Allow $(PRODUCT_NAME) to access your calendars";
const REMINDERS: &str = "Allow $(PRODUCT_NAME) to access your reminders";

/// A plugin that is named, and one that is applied in any case.
const NAMED: Plugin = Plugin { name: "", is_automatic: false, texts: &[], permissions: &[], modes: &[] };
const AUTOMATIC: Plugin = Plugin { is_automatic: true, ..NAMED };

pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "expo-location",
        texts: &[
            ("NSLocationWhenInUseUsageDescription", "locationWhenInUsePermission", LOCATION),
            (
                "NSLocationAlwaysAndWhenInUseUsageDescription",
                "locationAlwaysAndWhenInUsePermission",
                LOCATION,
            ),
            ("NSLocationAlwaysUsageDescription", "locationAlwaysPermission", LOCATION),
        ],
        permissions: &[
            ("ACCESS_COARSE_LOCATION", When::Always),
            ("ACCESS_FINE_LOCATION", When::Always),
            ("ACCESS_BACKGROUND_LOCATION", When::If("isAndroidBackgroundLocationEnabled")),
        ],
        modes: &[("location", When::If("isIosBackgroundLocationEnabled"))],
        ..AUTOMATIC
    },
    Plugin {
        name: "react-native-maps",
        texts: &[("NSLocationWhenInUseUsageDescription", "", LOCATION)],
        permissions: &[("ACCESS_COARSE_LOCATION", When::Always), ("ACCESS_FINE_LOCATION", When::Always)],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-camera",
        texts: &[
            ("NSCameraUsageDescription", "cameraPermission", CAMERA),
            ("NSMicrophoneUsageDescription", "microphonePermission", MICROPHONE),
        ],
        permissions: &[("CAMERA", When::Always), ("RECORD_AUDIO", When::Unless("recordAudioAndroid"))],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-image-picker",
        texts: &[
            ("NSPhotoLibraryUsageDescription", "photosPermission", PHOTOS),
            ("NSCameraUsageDescription", "cameraPermission", CAMERA),
            ("NSMicrophoneUsageDescription", "microphonePermission", MICROPHONE),
        ],
        permissions: &[
            ("RECORD_AUDIO", When::Unless("microphonePermission")),
            ("CAMERA", When::Unless("cameraPermission")),
        ],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-media-library",
        texts: &[
            ("NSPhotoLibraryUsageDescription", "photosPermission", PHOTOS),
            (
                "NSPhotoLibraryAddUsageDescription",
                "savePhotosPermission",
                "Allow $(PRODUCT_NAME) to save photos",
            ),
        ],
        permissions: &[
            ("READ_EXTERNAL_STORAGE", When::Always),
            ("WRITE_EXTERNAL_STORAGE", When::Always),
            ("ACCESS_MEDIA_LOCATION", When::If("isAccessMediaLocationEnabled")),
        ],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-av",
        texts: &[("NSMicrophoneUsageDescription", "microphonePermission", MICROPHONE)],
        permissions: &[
            ("RECORD_AUDIO", When::Unless("microphonePermission")),
            ("MODIFY_AUDIO_SETTINGS", When::Always),
        ],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-audio",
        texts: &[("NSMicrophoneUsageDescription", "microphonePermission", MICROPHONE)],
        permissions: &[
            ("RECORD_AUDIO", When::Unless("recordAudioAndroid")),
            ("MODIFY_AUDIO_SETTINGS", When::Always),
        ],
        ..NAMED
    },
    Plugin {
        name: "expo-contacts",
        texts: &[(
            "NSContactsUsageDescription",
            "contactsPermission",
            "Allow $(PRODUCT_NAME) to access your contacts",
        )],
        permissions: &[("READ_CONTACTS", When::Always), ("WRITE_CONTACTS", When::Always)],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-calendar",
        texts: &[
            ("NSCalendarsUsageDescription", "calendarPermission", CALENDARS),
            ("NSRemindersUsageDescription", "remindersPermission", REMINDERS),
        ],
        permissions: &[("READ_CALENDAR", When::Always), ("WRITE_CALENDAR", When::Always)],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-local-authentication",
        texts: &[("NSFaceIDUsageDescription", "faceIDPermission", "Allow $(PRODUCT_NAME) to use Face ID")],
        permissions: &[("USE_BIOMETRIC", When::Always), ("USE_FINGERPRINT", When::Always)],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-secure-store",
        texts: &[(
            "NSFaceIDUsageDescription",
            "faceIDPermission",
            "Allow $(PRODUCT_NAME) to access your Face ID biometric data.",
        )],
        ..NAMED
    },
    Plugin {
        name: "expo-sensors",
        texts: &[(
            "NSMotionUsageDescription",
            "motionPermission",
            "Allow $(PRODUCT_NAME) to access your device motion",
        )],
        ..AUTOMATIC
    },
    Plugin {
        name: "expo-tracking-transparency",
        texts: &[(
            "NSUserTrackingUsageDescription",
            "userTrackingPermission",
            "Allow this app to collect app-related data that can be used for tracking you or your device.",
        )],
        permissions: &[("com.google.android.gms.permission.AD_ID", When::Always)],
        ..NAMED
    },
    Plugin { name: "expo-cellular", permissions: &[("READ_PHONE_STATE", When::Always)], ..AUTOMATIC },
    Plugin { name: "expo-brightness", permissions: &[("WRITE_SETTINGS", When::Always)], ..AUTOMATIC },
    Plugin { name: "expo-notifications", permissions: &[("POST_NOTIFICATIONS", When::Always)], ..AUTOMATIC },
];

/// Packages and plugins that ask for nothing that is checked, in the code that they bring neither.
pub(super) const OTHERS: &[&str] = &[
    "@expo/metro-runtime",
    "@expo/vector-icons",
    "expo",
    "expo-apple-authentication",
    "expo-asset",
    "expo-background-task",
    "expo-build-properties",
    "expo-constants",
    "expo-dev-client",
    "expo-document-picker",
    "expo-file-system",
    "expo-font",
    "expo-haptics",
    "expo-linking",
    "expo-localization",
    "expo-router",
    "expo-screen-orientation",
    "expo-splash-screen",
    "expo-sqlite",
    "expo-status-bar",
    "expo-system-ui",
    "expo-task-manager",
    "expo-updates",
    "expo-video",
    "expo-web-browser",
    "react",
    "react-dom",
    "react-native",
    "react-native-gesture-handler",
    "react-native-permissions",
    "react-native-reanimated",
    "react-native-safe-area-context",
    "react-native-screens",
    "react-native-svg",
    "react-native-web",
    "react-native-worklets",
];
