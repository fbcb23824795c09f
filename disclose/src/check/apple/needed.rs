//! What a policy makes an Apple app declare, kind by kind, and which product of Scruple's reads what.

use scruple::Item;

use crate::Scope;
use crate::check::reasons::PREFIX;
use crate::rules::{self, Ios};

/// What is to be declared, each with the first item that asks for it.
#[derive(Debug, Default)]
pub(super) struct Needed {
    pub(super) usages: Vec<(Item, Usage)>,
    pub(super) flags: Vec<(Item, &'static str)>,
    pub(super) entitlements: Vec<(Item, Entitlement)>,
    pub(super) collected: Vec<(Item, Collected)>,
}

/// A text for the person, with the starts that `disclose` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) key: &'static str,
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entitlement {
    pub(super) key: &'static str,
    pub(super) values: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Collected {
    pub(super) data_type: &'static str,
    pub(super) tracking: bool,
}

impl Needed {
    /// What this policy asks for.
    pub(super) fn of(scope: &Scope) -> Self {
        Self::sorted(rules::declared(scope, |rule| rule.ios).map(|(item, own)| (item, own.what)))
    }

    /// What any policy may ask for.
    pub(super) fn ever() -> Self {
        Self::of_items(Item::ALL)
    }

    /// What these items ask for, whatever the policy says.
    pub(super) fn of_items(items: &[Item]) -> Self {
        let of = |item: Item| rules::rule(item).ios.declarations.iter().map(move |own| (item, own.what));
        Self::sorted(items.iter().copied().flat_map(of))
    }

    fn sorted(all: impl Iterator<Item = (Item, Ios)>) -> Self {
        let mut needed = Self::default();
        for (item, what) in all {
            match what {
                Ios::Usage { key, en, zh, .. } => add(&mut needed.usages, item, Usage { key, en, zh }),
                Ios::Flag { key } => add(&mut needed.flags, item, key),
                Ios::Entitlement { key, values } => {
                    add(&mut needed.entitlements, item, Entitlement { key, values });
                }
                Ios::Collected { data_type, tracking } => {
                    add(&mut needed.collected, item, Collected { data_type, tracking });
                }
                // It is asked for by the product that is linked: see `Product::reason`.
                Ios::Reason { .. } => {}
            }
        }
        needed
    }

    /// Whether a key of Info.plist is asked for.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.usages.iter().any(|(_, own)| own.key == key) || self.flags.iter().any(|(_, own)| *own == key)
    }
}

fn add<T: PartialEq>(all: &mut Vec<(Item, T)>, item: Item, what: T) {
    if !all.iter().any(|(_, own)| *own == what) {
        all.push((item, what));
    }
}

/// A product of the Swift package that reads something of its own.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) name: &'static str,
    pub(super) items: &'static [Item],
}

impl Product {
    /// The category, without what every category begins with, and the reason that its own privacy manifest gives, and that the
    /// app's has to repeat: Apple's check does not look into what is linked statically.
    pub(super) fn reason(&self) -> Option<(&'static str, &'static str)> {
        let all = self.items.iter().flat_map(|item| rules::rule(*item).ios.declarations);
        all.into_iter().find_map(|own| match own.what {
            Ios::Reason { category, reason } => Some((category.strip_prefix(PREFIX)?, reason)),
            Ios::Usage { .. } | Ios::Flag { .. } | Ios::Entitlement { .. } | Ios::Collected { .. } => None,
        })
    }
}

/// The product that holds the session.
pub(super) const BASE: &str = "Scruple";

/// The others.
pub(super) const PRODUCTS: &[Product] = &[
    product("ScrupleIDFA", &[Item::IdentifierIdfa]),
    product("ScrupleLocation", &[Item::LocationFuzzy]),
    product("ScruplePreciseLocation", &[Item::LocationPrecise]),
    product("ScrupleBluetooth", &[Item::BluetoothInformation, Item::BluetoothTroubleshooting]),
    product("ScrupleNFC", &[Item::NfcInformation]),
    product("ScrupleClipboard", &[Item::ClipboardContent, Item::ClipboardTroubleshooting]),
    product("ScrupleWebView", &[Item::WebViewUserAgent]),
    product("ScrupleStorage", &[Item::DeviceStorageCapacity]),
];

const fn product(name: &'static str, items: &'static [Item]) -> Product {
    Product { name, items }
}
