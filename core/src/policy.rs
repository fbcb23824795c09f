//! What the host switches on.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::time::Duration;

use crate::agreement::{AGREEMENT, Category, Item, Part, Purpose};
use crate::error::{Error, InputKind};
use crate::json::{self, Node, Reported, from_to};
use crate::named::named;
use crate::suggest::suggest;

/// A host's policy switches categories and items on. Everything starts switched off.
///
/// As a file it is JSON with these fields' names (`scruple.json`, comments allowed). [`Policy::from_json`] and a record
/// filled in by hand give the same policy.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Policy {
    /// The agreement that the host signed: [`AGREEMENT`].
    #[cfg_attr(feature = "development", schemars(schema_with = "schema::agreement"))]
    pub agreement: String,
    /// The accuracy of location that the host chooses. While it is fuzzy, Scruple never reads precise location.
    #[cfg_attr(feature = "development", schemars(default = "schema::fuzzy"))]
    pub location_accuracy: LocationAccuracy,
    /// How long a snapshot's values live, in milliseconds, from 1 to one hour. The default is 60 000.
    #[cfg_attr(
        feature = "development",
        schemars(default = "schema::retention", range(min = 1, max = 3_600_000))
    )]
    pub retention_ms: u64,
    /// The policy of each category. A category that is not listed is off.
    #[cfg_attr(feature = "development", schemars(default, schema_with = "schema::categories"))]
    pub categories: HashMap<Category, CategoryPolicy>,
}

named! {
    /// The accuracy of location that the host chooses.
    #[derive(uniffi::Enum)]
    LocationAccuracy {
        /// A cell of at least 3 km².
        Fuzzy = "fuzzy",
        /// As precise as the system gives it.
        Precise = "precise",
    }
}

/// A policy for one category.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CategoryPolicy {
    /// Whether the category is on.
    pub enabled: bool,
    /// The purposes it is on for. The default is both.
    #[cfg_attr(feature = "development", schemars(default = "schema::purposes"))]
    pub purposes: HashSet<Purpose>,
    /// Shortest time between two reads of one item, in milliseconds, up to one day. The default is 0, and 30 000 for
    /// feature data.
    #[cfg_attr(feature = "development", schemars(range(max = 86_400_000), transform = schema::not_null))]
    pub minimum_interval_ms: Option<u64>,
    /// Longest wait for a source, in milliseconds, from 1 to one minute. The default is 5 000, and 10 000 for location.
    #[cfg_attr(feature = "development", schemars(range(min = 1, max = 60_000), transform = schema::not_null))]
    pub deadline_ms: Option<u64>,
    /// The policies of single items. `device.name` is off unless it is listed here.
    #[cfg_attr(feature = "development", schemars(default))]
    pub items: HashMap<Item, ItemPolicy>,
}

/// A policy for one item. It narrows its category's and never widens it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ItemPolicy {
    /// Whether the item is on, if its category is.
    pub enabled: bool,
    /// The purposes it is on for, out of its category's. The default is all of those.
    #[cfg_attr(feature = "development", schemars(transform = schema::not_null))]
    pub purposes: Option<HashSet<Purpose>>,
    /// Shortest time between two reads, in milliseconds, up to one day. The default is its category's.
    #[cfg_attr(feature = "development", schemars(range(max = 86_400_000), transform = schema::not_null))]
    pub minimum_interval_ms: Option<u64>,
}

/// Default and range of each number, for the records, the parser and the schema alike.
const RETENTION_MS: u64 = 60_000;
const RETENTION_RANGE: RangeInclusive<u64> = 1..=3_600_000;
const INTERVAL_RANGE: RangeInclusive<u64> = 0..=86_400_000;
const FEATURE_INTERVAL_MS: u64 = 30_000;
const DEADLINE_MS: u64 = 5_000;
const LOCATION_DEADLINE_MS: u64 = 10_000;
const DEADLINE_RANGE: RangeInclusive<u64> = 1..=60_000;

impl Default for Policy {
    /// Everything off.
    fn default() -> Self {
        Self {
            agreement: AGREEMENT.to_owned(),
            location_accuracy: LocationAccuracy::Fuzzy,
            retention_ms: RETENTION_MS,
            categories: HashMap::new(),
        }
    }
}

impl Default for CategoryPolicy {
    /// Off; for both purposes once it is on.
    fn default() -> Self {
        Self {
            enabled: false,
            purposes: Purpose::ALL.iter().copied().collect(),
            minimum_interval_ms: None,
            deadline_ms: None,
            items: HashMap::new(),
        }
    }
}

/// [`Policy::from_json`] for the bindings, whose records have no constructors.
#[uniffi::export]
fn policy_from_json(text: &str) -> Result<Policy, Error> {
    Policy::from_json(text)
}

impl Policy {
    /// The longest policy file, in bytes.
    pub const TEXT_LIMIT: usize = 1024 * 1024;

    /// Reads a policy file.
    ///
    /// # Errors
    /// [`Error::Input`] with line, column and path of the first mistake in the text. It gives a member with an unknown
    /// name by its number, from 0, as in `categories[2]`. It contains nothing of the text.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        json::read(text, Self::TEXT_LIMIT, |root| {
            let names = ["$schema", "agreement", "location_accuracy", "retention_ms", "categories"];
            let object = root.object(&names)?;
            let mut policy = Self::default();
            object.require("agreement", &format!("add `\"agreement\": \"{AGREEMENT}\"`"), |node| {
                node.check(check_agreement(&node.text()?));
                Ok(())
            });
            object.read("$schema", Node::text);
            if let Some(accuracy) = object
                .read("location_accuracy", |node| node.case(LocationAccuracy::ALL, LocationAccuracy::id))
            {
                policy.location_accuracy = accuracy;
            }
            if let Some(retention) =
                object.read("retention_ms", |node| node.integer(&RETENTION_RANGE, MILLISECONDS))
            {
                policy.retention_ms = retention;
            }
            policy.categories = object.read("categories", categories).unwrap_or_default();
            Ok(policy)
        })
    }

    /// Whether every field is in its range and every item under its own category.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check_agreement(&self.agreement)?;
        in_range("retention_ms", Some(self.retention_ms), RETENTION_RANGE)?;
        // In the order of declaration, so that the same record gives the same error each time.
        for category in Category::ALL {
            let Some(policy) = self.categories.get(category) else { continue };
            let path = format!("categories.{category}");
            let field = |name| format!("{path}.{name}");
            in_range(&field("minimum_interval_ms"), policy.minimum_interval_ms, INTERVAL_RANGE)?;
            in_range(&field("deadline_ms"), policy.deadline_ms, DEADLINE_RANGE)?;
            for item in Item::ALL {
                let Some(narrowed) = policy.items.get(item) else { continue };
                let path = format!("{path}.items.{item}");
                if item.category() != *category {
                    return Err(Error::input(InputKind::UnknownName, path, belongs_under(*item)));
                }
                let field = format!("{path}.minimum_interval_ms");
                in_range(&field, narrowed.minimum_interval_ms, INTERVAL_RANGE)?;
            }
        }
        Ok(())
    }

    /// Shortest time between two reads of an item, in milliseconds, its defaults included.
    pub fn minimum_interval_ms(&self, item: Item) -> u64 {
        self.rule(item).minimum_interval_ms
    }

    /// What the policy says of one item.
    pub(crate) fn rule(&self, item: Item) -> Rule {
        let Some(category) = self.categories.get(&item.category()).filter(|category| category.enabled) else {
            return Rule::OFF;
        };
        let narrowed = category.items.get(&item);
        let enabled = narrowed.map_or(!item.must_be_named(), |narrowed| narrowed.enabled);
        let on_for = |purpose| {
            enabled
                && category.purposes.contains(&purpose)
                && narrowed.and_then(|n| n.purposes.as_ref()).is_none_or(|own| own.contains(&purpose))
        };
        Rule {
            enabled,
            feature: on_for(Purpose::Feature),
            troubleshooting: on_for(Purpose::Troubleshooting),
            accuracy: self.location_accuracy,
            minimum_interval_ms: narrowed
                .and_then(|narrowed| narrowed.minimum_interval_ms)
                .or(category.minimum_interval_ms)
                .unwrap_or(match item.category().part() {
                    Part::Application | Part::NetworkConfiguration | Part::Device => 0,
                    Part::Feature => FEATURE_INTERVAL_MS,
                }),
            deadline_ms: category.deadline_ms.unwrap_or(match item.category() {
                Category::Location => LOCATION_DEADLINE_MS,
                Category::Application
                | Category::NetworkConfiguration
                | Category::Device
                | Category::Identifier
                | Category::Clipboard
                | Category::Bluetooth
                | Category::Nfc
                | Category::ProcessList
                | Category::WebView => DEADLINE_MS,
            }),
        }
    }
}

/// What a policy says of one item, ready for the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) enabled: bool,
    pub(crate) feature: bool,
    pub(crate) troubleshooting: bool,
    pub(crate) accuracy: LocationAccuracy,
    pub(crate) minimum_interval_ms: u64,
    pub(crate) deadline_ms: u64,
}

impl Rule {
    pub(crate) const OFF: Self = Self {
        enabled: false,
        feature: false,
        troubleshooting: false,
        accuracy: LocationAccuracy::Fuzzy,
        minimum_interval_ms: 0,
        deadline_ms: 0,
    };

    /// Longest wait for a read.
    pub(crate) const fn deadline(&self) -> Duration {
        Duration::from_millis(self.deadline_ms)
    }

    pub(crate) const fn on_for(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Feature => self.feature,
            Purpose::Troubleshooting => self.troubleshooting,
        }
    }
}

fn categories(node: &Node<'_>) -> Result<HashMap<Category, CategoryPolicy>, Reported> {
    let names: Vec<_> = Category::ALL.iter().map(|category| category.id()).collect();
    let object = node.object(&names)?;
    let read = |category: &Category| {
        let policy = object.read(category.id(), |node| CategoryPolicy::from_node(*category, node))?;
        Some((*category, policy))
    };
    Ok(Category::ALL.iter().filter_map(read).collect())
}

impl CategoryPolicy {
    fn from_node(category: Category, node: &Node<'_>) -> Result<Self, Reported> {
        let object = node.object(&["enabled", "purposes", "minimum_interval_ms", "deadline_ms", "items"])?;
        let default = Self::default();
        Ok(Self {
            enabled: object.require("enabled", ADD_ENABLED, Node::boolean).unwrap_or(default.enabled),
            purposes: object.read("purposes", purposes).unwrap_or(default.purposes),
            minimum_interval_ms: object
                .read("minimum_interval_ms", |node| node.integer(&INTERVAL_RANGE, MILLISECONDS)),
            deadline_ms: object.read("deadline_ms", |node| node.integer(&DEADLINE_RANGE, MILLISECONDS)),
            items: object.read("items", |node| items(category, node)).unwrap_or(default.items),
        })
    }
}

fn items(category: Category, node: &Node<'_>) -> Result<HashMap<Item, ItemPolicy>, Reported> {
    // The category's own first: of two names that are equally near, it is meant.
    let (own, others): (Vec<Item>, Vec<Item>) =
        Item::ALL.iter().partition(|item| item.category() == category);
    let names: Vec<_> = own.iter().chain(&others).map(|item| item.id()).collect();
    let object = node.object(&names)?;
    for item in others {
        object.misplaced(item.id(), &belongs_under(item));
    }
    let read = |item: Item| Some((item, object.read(item.id(), ItemPolicy::from_node)?));
    Ok(own.into_iter().filter_map(read).collect())
}

impl ItemPolicy {
    fn from_node(node: &Node<'_>) -> Result<Self, Reported> {
        let object = node.object(&["enabled", "purposes", "minimum_interval_ms"])?;
        Ok(Self {
            enabled: object.require("enabled", ADD_ENABLED, Node::boolean).unwrap_or_default(),
            purposes: object.read("purposes", purposes),
            minimum_interval_ms: object
                .read("minimum_interval_ms", |node| node.integer(&INTERVAL_RANGE, MILLISECONDS)),
        })
    }
}

fn purposes(node: &Node<'_>) -> Result<HashSet<Purpose>, Reported> {
    let mut purposes = HashSet::new();
    for node in node.array()? {
        if !purposes.insert(node.case(Purpose::ALL, Purpose::id)?) {
            return Err(node.error(InputKind::Duplicate, "keep one of the two"));
        }
    }
    Ok(purposes)
}

fn check_agreement(agreement: &str) -> Result<(), Error> {
    if agreement == AGREEMENT {
        return Ok(());
    }
    Err(Error::input(InputKind::UnknownAgreement, "agreement", suggest(agreement, &[AGREEMENT])))
}

fn belongs_under(item: Item) -> String {
    format!("it belongs under categories.{}", item.category())
}

const MILLISECONDS: &str = "milliseconds";

const ADD_ENABLED: &str = "add `\"enabled\": true` or `\"enabled\": false`";

fn in_range(field: &str, value: Option<u64>, range: RangeInclusive<u64>) -> Result<(), Error> {
    if value.is_none_or(|value| range.contains(&value)) {
        return Ok(());
    }
    Err(Error::input(InputKind::OutOfRange, field, from_to(&range, MILLISECONDS)))
}

/// The parts of the JSON Schema that the types alone do not say.
#[cfg(feature = "development")]
mod schema {
    use schemars::{Schema, SchemaGenerator, json_schema};

    use super::*;

    pub(super) fn agreement(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "const": AGREEMENT })
    }

    /// In a file, what is not said is left out.
    pub(super) fn not_null(schema: &mut Schema) {
        if let Some(types) = schema.get_mut("type") {
            if let Some(first) = types.as_array().and_then(|types| types.first()) {
                *types = first.clone();
            }
        }
    }

    pub(super) fn fuzzy() -> LocationAccuracy {
        LocationAccuracy::Fuzzy
    }

    pub(super) fn retention() -> u64 {
        RETENTION_MS
    }

    pub(super) fn purposes() -> &'static [Purpose] {
        Purpose::ALL
    }

    /// Each category by its name, each with its own items only.
    pub(super) fn categories(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = serde_json::Map::new();
        for category in Category::ALL {
            let mut schema = <CategoryPolicy as schemars::JsonSchema>::json_schema(generator);
            let item = generator.subschema_for::<ItemPolicy>();
            let items: serde_json::Map<_, _> = Item::ALL
                .iter()
                .filter(|item| item.category() == *category)
                .map(|id| (id.id().to_owned(), item.clone().to_value()))
                .collect();
            if let Some(slot) = schema.pointer_mut("/properties/items") {
                *slot = json_schema!({
                    "type": "object",
                    "description": "The policies of single items.",
                    "properties": items,
                    "additionalProperties": false,
                })
                .to_value();
            }
            properties.insert(category.id().to_owned(), schema.to_value());
        }
        json_schema!({
            "type": "object",
            "description": "The policy of each category. A category that is not listed is off.",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

#[cfg(feature = "development")]
impl Policy {
    /// The JSON Schema of a policy file (draft 2020-12).
    pub fn json_schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Policy);
        if let Some(properties) = schema.pointer_mut("/properties").and_then(|value| value.as_object_mut()) {
            let names_it =
                serde_json::json!({ "type": "string", "description": "The address of this schema." });
            properties.insert("$schema".to_owned(), names_it);
        }
        schema.to_value()
    }
}
