//! What each item makes a host declare: one table, a [`Rule`] an item.
//!
//! The table is `rules/table.rs`, the documents that it goes by are `rules/documents.rs`.

mod documents;
mod table;

pub use documents::Document;

/// What one item makes a host declare, target by target.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// In the app's privacy manifest, Info.plist and entitlements.
    pub ios: Duty<Ios>,
    /// In the app's merged manifest.
    pub android: Duty<Android>,
    /// In the Data safety form of Google Play.
    pub play: Duty<Play>,
    /// In the lists that an app in China publishes.
    pub china: Duty<China>,
    /// In a privacy policy.
    pub people: Duty<People>,
}

/// What one target asks for.
#[derive(Debug, Clone, Copy)]
pub enum Duty<T: 'static> {
    /// These, each with the document that asks for it.
    Declare(&'static [Declaration<T>]),
    /// Nothing, and why.
    Nothing {
        /// A sentence without its full stop, to be read after "because".
        because: &'static str,
    },
}

impl<T> Duty<T> {
    /// What is to be declared; nothing is an empty list.
    pub const fn declarations(self) -> &'static [Declaration<T>] {
        match self {
            Self::Declare(declarations) => declarations,
            Self::Nothing { .. } => &[],
        }
    }
}

/// One thing to declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declaration<T> {
    /// What.
    pub what: T,
    /// The document that asks for it.
    pub source: Document,
}

/// What an app for Apple's systems declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ios {
    /// In the privacy manifest: a kind of data that is collected.
    Collected {
        /// Apple's name of the kind (`NSPrivacyCollectedDataType…`).
        data_type: &'static str,
        /// Whether it is used to track.
        tracking: bool,
    },
    /// In Info.plist: a text for the person, in each of the app's languages.
    Usage {
        /// The key (`NS…UsageDescription`).
        key: &'static str,
        /// A start in English, to be edited.
        en: &'static str,
        /// A start in Chinese, to be edited.
        zh: &'static str,
    },
    /// In Info.plist: a switch that is on.
    Flag {
        /// The key.
        key: &'static str,
    },
    /// In the entitlements: a list of texts.
    Entitlement {
        /// The key.
        key: &'static str,
        /// What the list holds.
        values: &'static [&'static str],
    },
}

/// What an app for Android declares in its manifest. The module's own manifest says it, and the host's merged one has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Android {
    /// The artifact that gives the item, where it needs no permission.
    Module {
        /// The artifact's name.
        artifact: &'static str,
    },
    /// `uses-permission`.
    Permission {
        /// The artifact whose manifest says so.
        artifact: &'static str,
        /// `android:name`.
        name: &'static str,
        /// `android:maxSdkVersion`.
        max_sdk: Option<u8>,
        /// Whether `android:usesPermissionFlags` is `neverForLocation`.
        never_for_location: bool,
    },
    /// `uses-feature`, always with `android:required="false"`.
    Feature {
        /// The artifact whose manifest says so.
        artifact: &'static str,
        /// `android:name`.
        name: &'static str,
    },
}

/// A data type of Google Play's Data safety form, by the names in its CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Play {
    /// The question that lists the type (`PSL_DATA_TYPES_…`).
    pub question: &'static str,
    /// The type (`PSL_…`).
    pub data_type: &'static str,
}

/// An entry of the lists that an app in China publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct China {
    /// The kind of personal information, in Chinese.
    pub kind: &'static str,
    /// The datum, in Chinese.
    pub datum: &'static str,
}

/// A datum in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct People {
    /// In English.
    pub en: &'static str,
}
