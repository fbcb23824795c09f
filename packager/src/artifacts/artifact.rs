//! What is published: one row an artifact, each of which is a Maven module of the same name in `bindings/kotlin`.

/// Everybody's group.
pub(super) const GROUP: &str = "dev.scruple";

/// Everybody's version, which is the workspace's.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The oldest Android that is supported.
pub(super) const MIN_SDK: u32 = 21;

/// One artifact.
pub(super) struct Artifact {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) form: Form,
}

/// What an artifact is.
pub(super) enum Form {
    /// A jar, for the JVM too.
    Jar,
    /// An AAR, for Android only.
    Aar {
        /// The package of its resources, of which it has none.
        namespace: &'static str,
        /// Whether the library for phones is in it.
        native: bool,
        /// All that its manifest declares but the oldest Android: an element and its attributes a line.
        declares: &'static [&'static str],
    },
}

impl Artifact {
    /// What its file's name ends with.
    pub(super) fn extension(&self) -> &'static str {
        match self.form {
            Form::Jar => "jar",
            Form::Aar { .. } => "aar",
        }
    }
}

/// All artifacts, but the list of them (`scruple-bom`).
pub(super) const ARTIFACTS: &[Artifact] = &[
    Artifact { name: "scruple-bindings", form: Form::Jar },
    Artifact { name: "scruple-core", form: Form::Jar },
    Artifact { name: "scruple-testing", form: Form::Jar },
    Artifact { name: "scruple", form: Form::Aar { namespace: "dev.scruple", native: true, declares: &[] } },
    Artifact {
        name: "scruple-webview",
        form: Form::Aar { namespace: "dev.scruple.webview", native: false, declares: &[] },
    },
    Artifact {
        name: "scruple-clipboard",
        form: Form::Aar { namespace: "dev.scruple.clipboard", native: false, declares: &[] },
    },
    Artifact {
        name: "scruple-location",
        form: Form::Aar {
            namespace: "dev.scruple.location",
            native: false,
            declares: &[
                "uses-feature name=android.hardware.location required=false",
                "uses-permission name=android.permission.ACCESS_COARSE_LOCATION",
            ],
        },
    },
    Artifact {
        name: "scruple-location-precise",
        form: Form::Aar {
            namespace: "dev.scruple.location.precise",
            native: false,
            declares: &[
                "uses-feature name=android.hardware.location required=false",
                "uses-permission name=android.permission.ACCESS_COARSE_LOCATION",
                "uses-permission name=android.permission.ACCESS_FINE_LOCATION",
            ],
        },
    },
    Artifact {
        name: "scruple-bluetooth",
        form: Form::Aar {
            namespace: "dev.scruple.bluetooth",
            native: false,
            declares: &[
                "uses-feature name=android.hardware.bluetooth required=false",
                "uses-feature name=android.hardware.bluetooth_le required=false",
                "uses-permission name=android.permission.BLUETOOTH",
                "uses-permission name=android.permission.BLUETOOTH_ADMIN",
                "uses-permission name=android.permission.BLUETOOTH_SCAN",
            ],
        },
    },
    Artifact {
        name: "scruple-nfc",
        form: Form::Aar {
            namespace: "dev.scruple.nfc",
            native: false,
            declares: &[
                "uses-feature name=android.hardware.nfc required=false",
                "uses-permission name=android.permission.NFC",
            ],
        },
    },
    Artifact {
        name: "scruple-processes",
        form: Form::Aar { namespace: "dev.scruple.processes", native: false, declares: &[] },
    },
    Artifact {
        name: "scruple-shared-consent",
        form: Form::Aar {
            namespace: "dev.scruple.sharedconsent",
            native: false,
            declares: &[
                "application",
                "service exported=false name=dev.scruple.sharedconsent.ConsentService",
            ],
        },
    },
];
