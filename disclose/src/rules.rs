//! What each item makes a host declare: one table, a [`Rule`] an item.
//!
//! The table is `rules/table.rs`, the documents that it goes by are `rules/documents.rs`.

mod documents;
mod table;

use scruple::{Item, Purpose};

pub use documents::Document;
pub(crate) use documents::LAWS_OF_CHINA;

use crate::Scope;

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
    /// In a privacy policy: the targets `markdown` and `html`.
    pub people: Duty<People>,
}

/// The rule of an item.
pub const fn rule(item: Item) -> Rule {
    table::rule(item)
}

/// The artifact for Android that reads an item; none if the base does, the host supplies it, or Android has none.
pub(crate) const fn artifact(item: Item) -> Option<&'static str> {
    table::artifact(item)
}

/// What one target asks for.
#[derive(Debug, Clone, Copy)]
pub struct Duty<T: 'static> {
    /// What is to be declared, each for the purposes that ask for it.
    pub declarations: &'static [Declaration<T>],
    /// Why there is nothing to declare for the other purposes: what follows "because", without a full stop.
    pub otherwise_nothing_because: Option<&'static str>,
}

impl<T> Duty<T> {
    const fn nothing(because: &'static str) -> Self {
        Self { declarations: &[], otherwise_nothing_because: Some(because) }
    }

    /// What is to be declared for an item that a policy lets through for these purposes.
    pub fn on(self, purposes: &[Purpose]) -> impl Iterator<Item = &'static Declaration<T>> {
        let asked = move |declaration: &&Declaration<T>| {
            declaration.purposes.iter().any(|purpose| purposes.contains(purpose))
        };
        self.declarations.iter().filter(asked)
    }
}

/// One thing to declare.
#[derive(Debug, Clone, Copy)]
pub struct Declaration<T> {
    /// What.
    pub what: T,
    /// The purposes that ask for it: one of them is enough.
    pub purposes: &'static [Purpose],
    /// An item that, let through too, makes it void.
    pub unless: Option<Item>,
    /// The document that asks for it.
    pub source: &'static Document,
}

/// What a policy makes a host declare on one target, in the table's order, each with the item that asks for it.
pub fn declared<T>(
    scope: &Scope,
    duty: fn(Rule) -> Duty<T>,
) -> impl Iterator<Item = (Item, &'static Declaration<T>)> + '_ {
    scope.items().flat_map(move |item| {
        duty(rule(item))
            .on(scope.purposes(item))
            .filter(|declaration| declaration.unless.is_none_or(|other| !scope.contains(other)))
            .map(move |declaration| (item, declaration))
    })
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
    /// In the privacy manifest: why a function is called that Apple wants a reason for. The product says it in its own
    /// manifest, and the host repeats it, since Apple's check does not look into what is linked statically.
    Reason {
        /// Apple's name of the kind of function (`NSPrivacyAccessedAPICategory…`).
        category: &'static str,
        /// Apple's number of the reason.
        reason: &'static str,
    },
    /// In Info.plist: a text for the person, in each of the app's languages.
    Usage {
        /// The key (`…UsageDescription`).
        key: &'static str,
        /// A start in English, to be edited.
        en: &'static str,
        /// A start in Chinese, to be edited.
        zh: &'static str,
        /// What the person is asked for, in Chinese.
        permission_zh: &'static str,
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

/// What an app for Android declares in its manifest. The artifact's own manifest brings the element; what narrows it, the app's says,
/// since merged it would narrow the app's own use as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Android {
    /// The artifact that gives the item.
    pub artifact: &'static str,
    /// The element of its manifest.
    pub element: Element,
}

/// An element of an Android manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// `uses-permission`.
    Permission {
        /// `android:name`.
        name: &'static str,
        /// `android:maxSdkVersion`, for the app to say.
        max_sdk: Option<u8>,
        /// Whether `android:usesPermissionFlags` is `neverForLocation`, for the app to say.
        never_for_location: bool,
        /// What the permission allows, in Chinese.
        zh: &'static str,
    },
    /// `uses-feature`, always with `android:required="false"`.
    Feature {
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
    /// Whether it is, or may hold, sensitive personal information, for which the law asks a separate consent.
    pub sensitive: bool,
}

/// A datum in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct People {
    /// What follows "we read".
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
}
