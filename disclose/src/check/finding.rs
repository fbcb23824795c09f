//! What the check finds.

use std::fmt;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The policy does not work with it, or a store refuses it.
    Error,
    /// More is declared than the policy reads.
    Warning,
    /// Worth a look: the host may have it for itself.
    Note,
}

impl Level {
    /// As printed, and as SARIF calls it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $id:literal: $summary:literal;)+) => {
        /// What is checked.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum CheckRule { $($(#[$doc])* $rule,)+ }

        impl CheckRule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule,)+];

            /// The stable name.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$rule => $id,)+ }
            }

            /// What it asks for, in a sentence.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$rule => $summary,)+ }
            }

            /// Its page, as Markdown.
            pub const fn page(self) -> &'static str {
                match self { $(Self::$rule => include_str!(concat!("../../../docs/rules/", $id, ".md")),)+ }
            }
        }
    };
}

rules! {
    /// A file that is no file of its kind.
    Unreadable = "unreadable": "Each file has the format that its name says.";
    /// A project whose apps are not there yet.
    Unseen = "unseen": "The folder contains the files of the project's apps.";
    /// A permission that the policy needs and the app lacks.
    AndroidMissingPermission = "android-missing-permission": "The app has each permission that the policy needs.";
    /// A permission that ends before the policy's need does.
    AndroidCappedPermission = "android-capped-permission": "A permission that the policy needs is not cut off by maxSdkVersion.";
    /// Manifests that cannot be merged into one.
    AndroidMergeConflict = "android-merge-conflict": "The app's manifests and its libraries' can be merged.";
    /// A permission that newer systems do not need.
    AndroidMissingMaxSdk = "android-missing-max-sdk": "A permission that only older systems need has a maxSdkVersion.";
    /// A permission that another policy would need.
    AndroidUnneededPermission = "android-unneeded-permission": "The app has no permission that the policy does not need.";
    /// An artifact of Scruple that another policy would need.
    AndroidUnneededArtifact = "android-unneeded-artifact": "The app has no artifact of Scruple's that the policy does not need.";
    /// An artifact of Scruple that the policy needs, not taken in.
    AndroidMissingArtifact = "android-missing-artifact": "An app that depends on Scruple depends on the artifacts that read the policy's items.";
    /// Precise location while the policy says fuzzy.
    AndroidPreciseLocation = "android-precise-location": "The app asks for no precise location while the policy says fuzzy.";
    /// Location while nobody uses the app.
    AndroidBackgroundLocation = "android-background-location": "The app asks for no location while nobody uses it.";
    /// Precise location by itself.
    AndroidFineWithoutCoarse = "android-fine-without-coarse": "The app asks for precise location only together with the approximate one.";
    /// A scan of the host's that a library changes.
    AndroidScanChanged = "android-scan-changed": "No library changes what the app's own Bluetooth scans find.";
    /// A scan that gives away the location.
    AndroidScanLocation = "android-scan-location": "Scanning for Bluetooth devices is declared as never for location.";
    /// A feature without which the app cannot be installed.
    AndroidRequiredFeature = "android-required-feature": "The app can be installed on devices that lack what the policy would use.";
    /// A permission that gives an identifier that the agreement does not list.
    AndroidIdentifier = "android-identifier": "The app has no permission that gives an identifier which the agreement does not list.";
    /// A project that says where its Info.plist is, and there is none.
    AppleMissingInfoPlist = "apple-missing-info-plist": "The Info.plist that a target names is there.";
    /// A key that the policy needs and the app lacks.
    AppleMissingKey = "apple-missing-key": "The app has each Info.plist key that the policy needs.";
    /// A key that another policy would need.
    AppleUnneededKey = "apple-unneeded-key": "The app has no Info.plist key that the policy does not need.";
    /// A usage description that says nothing.
    AppleEmptyUsageDescription = "apple-empty-usage-description": "Each usage description says something.";
    /// A key with a value of another type.
    AppleWrongType = "apple-wrong-type": "Each key that is checked has a value of its type.";
    /// Precise location while the policy says fuzzy.
    ApplePreciseLocation = "apple-precise-location": "The app asks for reduced accuracy while the policy says fuzzy.";
    /// An entitlement that the policy needs and the app lacks.
    AppleMissingEntitlement = "apple-missing-entitlement": "The app has each entitlement that the policy needs.";
    /// An entitlement that another policy would need.
    AppleUnneededEntitlement = "apple-unneeded-entitlement": "The app has no entitlement that the policy does not need.";
    /// No privacy manifest, though something is collected.
    AppleMissingPrivacyManifest = "apple-missing-privacy-manifest": "An app that collects data has a privacy manifest.";
    /// A privacy manifest that omits what is collected.
    AppleOmittedDataType = "apple-omitted-data-type": "The privacy manifest lists what the app collects through Scruple.";
    /// A key or a value that Apple does not take, in a privacy manifest.
    ApplePrivacyManifest = "apple-privacy-manifest": "A privacy manifest has Apple's keys and values, each once and none missing.";
    /// A function that needs a reason, and no reason.
    AppleRequiredReason = "apple-required-reason": "The privacy manifest gives a reason for each function that Apple asks a reason for.";
    /// A reason for nothing.
    AppleUnneededReason = "apple-unneeded-reason": "The privacy manifest gives no reason for what the app does not use.";
    /// A product of Scruple that another policy would need.
    AppleUnneededProduct = "apple-unneeded-product": "The app links no product of Scruple's that the policy does not need.";
    /// A product of Scruple that the policy needs, not linked.
    AppleMissingProduct = "apple-missing-product": "An app that links Scruple links the products that read the policy's items.";
    /// Location or Bluetooth while the app is not on the screen.
    AppleBackground = "apple-background": "The app asks for nothing in the background that Scruple reads on the screen only.";
    /// A text that some people cannot read.
    AppleMissingTranslation = "apple-missing-translation": "Each usage description is there in every language of the app.";
    /// A text as `disclose` writes it.
    AppleUneditedText = "apple-unedited-text": "Each usage description is in the app's own words.";
    /// A setting that Xcode makes nothing of.
    AppleIgnoredSetting = "apple-ignored-setting": "Each INFOPLIST_KEY setting gets into the Info.plist.";
    /// Flags and domains that contradict each other, or the policy.
    AppleTracking = "apple-tracking": "The app's statements on tracking agree with the policy's IDFA and with each other.";
}

impl fmt::Display for CheckRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as it was given; what is in an archive stands after `!/`.
    pub file: String,
    /// Counted from 1; a file that is missing, or binary, has none.
    pub line: Option<u32>,
}

impl Place {
    pub(crate) fn new(file: impl Into<String>, line: Option<u32>) -> Self {
        Self { file: file.into(), line }
    }
}

/// One thing to mend or to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The app whose it is, as [`super::Report::apps`] calls it; none where a file is wrong by itself.
    pub app: Option<String>,
    /// Its variants or configurations in which it is so; empty where it is so in all of them.
    pub variants: Vec<String>,
    /// Where to mend it.
    pub place: Place,
    /// The other places that make it so.
    pub also: Vec<Place>,
    /// What is checked.
    pub rule: CheckRule,
    /// How much it matters.
    pub level: Level,
    /// What is so, and why it matters.
    pub why: String,
    /// What to do.
    pub mend: String,
}

impl Finding {
    /// A finding of nobody's yet, with one place.
    pub(crate) fn at(
        place: Place,
        rule: CheckRule,
        level: Level,
        why: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        let (why, mend) = (why.into(), mend.into());
        Self { app: None, variants: Vec::new(), place, also: Vec::new(), rule, level, why, mend }
    }

    /// The same, of an app.
    pub(crate) fn of(mut self, app: &str) -> Self {
        self.app = Some(app.to_owned());
        self
    }
}
