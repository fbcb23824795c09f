//! What the host switches on.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::time::Duration;

use crate::agreement::{AGREEMENT, Category, Item, Part, Purpose};
use crate::error::{Error, InputKind};
use crate::json::{Document, Node, suggest};
use crate::named::named;

/// What a host switches on. Everything starts switched off.
///
/// As a file it is JSON (`scruple.json`, comments allowed) with these fields' names; [`Policy::from_json`] and a
/// record filled in by hand give the same.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Policy {
    /// The agreement that the host signed: [`AGREEMENT`].
    #[cfg_attr(feature = "development", schemars(schema_with = "schema::agreement"))]
    pub agreement: String,
    /// Which location the host opts for. While it is fuzzy, precise location is never read.
    #[cfg_attr(feature = "development", schemars(default = "schema::fuzzy"))]
    pub location_accuracy: LocationAccuracy,
    /// How long a snapshot's values live, in milliseconds, from 1 to one hour; 60 000 unless said.
    #[cfg_attr(
        feature = "development",
        schemars(default = "schema::retention", range(min = 1, max = 3_600_000))
    )]
    pub retention_ms: u64,
    /// The categories. One that is not here is off.
    #[cfg_attr(feature = "development", schemars(default, schema_with = "schema::categories"))]
    pub categories: HashMap<Category, CategoryPolicy>,
}

named! {
    /// Which location the host opts for.
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
    /// The purposes it is on for; both unless said.
    #[cfg_attr(feature = "development", schemars(default = "schema::purposes"))]
    pub purposes: HashSet<Purpose>,
    /// Shortest time between two reads of one item, in milliseconds, up to one day. Unless said: 0, and 30 000 for
    /// feature data.
    #[cfg_attr(feature = "development", schemars(range(max = 86_400_000), transform = schema::not_null))]
    pub minimum_interval_ms: Option<u64>,
    /// Longest wait for a source, in milliseconds, from 1 to one minute. Unless said: 5 000, and 10 000 for
    /// location.
    #[cfg_attr(feature = "development", schemars(range(min = 1, max = 60_000), transform = schema::not_null))]
    pub deadline_ms: Option<u64>,
    /// What differs for single items. `device.name` is off unless it is named here.
    #[cfg_attr(feature = "development", schemars(default))]
    pub items: HashMap<Item, ItemPolicy>,
}

/// A policy for one item. It narrows its category's and never widens it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ItemPolicy {
    /// Whether the item is on, if its category is.
    pub enabled: bool,
    /// The purposes it is on for, out of its category's; all of those unless said.
    #[cfg_attr(feature = "development", schemars(transform = schema::not_null))]
    pub purposes: Option<HashSet<Purpose>>,
    /// Shortest time between two reads, in milliseconds, up to one day; its category's unless said.
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
    /// Reads a policy file.
    ///
    /// # Errors
    /// [`Error::Input`] with line, column and path of the first thing that is not as it ought to be.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let document = Document::new(text)?;
        let root = document.root()?;
        let object =
            root.object(&["$schema", "agreement", "location_accuracy", "retention_ms", "categories"])?;
        let mut policy = Self {
            agreement: object.required("agreement", AGREEMENT)?.text()?.into_owned(),
            ..Self::default()
        };
        if let Some(schema) = object.get("$schema") {
            schema.text()?;
        }
        if let Some(node) = object.get("location_accuracy") {
            policy.location_accuracy = node.case(LocationAccuracy::ALL, LocationAccuracy::id)?;
        }
        if let Some(node) = object.get("retention_ms") {
            policy.retention_ms = node.integer()?;
        }
        if let Some(node) = object.get("categories") {
            let names: Vec<_> = Category::ALL.iter().map(|category| category.id()).collect();
            let object = node.object(&names)?;
            for category in Category::ALL {
                if let Some(node) = object.get(category.id()) {
                    policy.categories.insert(*category, CategoryPolicy::from_node(node)?);
                }
            }
        }
        policy.check().map_err(|error| document.place(error))?;
        Ok(policy)
    }

    /// Whether every field is in its range and every item under its own category.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.agreement != AGREEMENT {
            return Err(Error::input(
                InputKind::UnknownAgreement,
                "agreement",
                suggest(&self.agreement, &[AGREEMENT]),
            ));
        }
        in_range("retention_ms", Some(self.retention_ms), RETENTION_RANGE)?;
        for (category, policy) in &self.categories {
            let path = format!("categories.{category}");
            let field = |name| format!("{path}.{name}");
            in_range(&field("minimum_interval_ms"), policy.minimum_interval_ms, INTERVAL_RANGE)?;
            in_range(&field("deadline_ms"), policy.deadline_ms, DEADLINE_RANGE)?;
            for (item, narrowed) in &policy.items {
                let path = format!("{path}.items.{item}");
                if item.category() != *category {
                    let hint = format!("it belongs under categories.{}", item.category());
                    return Err(Error::input(InputKind::UnknownName, path, hint));
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

impl CategoryPolicy {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let object = node.object(&["enabled", "purposes", "minimum_interval_ms", "deadline_ms", "items"])?;
        let mut policy = Self {
            enabled: object.required("enabled", "true or false")?.boolean()?,
            minimum_interval_ms: object.get("minimum_interval_ms").map(Node::integer).transpose()?,
            deadline_ms: object.get("deadline_ms").map(Node::integer).transpose()?,
            ..Self::default()
        };
        if let Some(node) = object.get("purposes") {
            policy.purposes = purposes(node)?;
        }
        if let Some(node) = object.get("items") {
            let names: Vec<_> = Item::ALL.iter().map(|item| item.id()).collect();
            let object = node.object(&names)?;
            for item in Item::ALL {
                if let Some(node) = object.get(item.id()) {
                    policy.items.insert(*item, ItemPolicy::from_node(node)?);
                }
            }
        }
        Ok(policy)
    }
}

impl ItemPolicy {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let object = node.object(&["enabled", "purposes", "minimum_interval_ms"])?;
        Ok(Self {
            enabled: object.required("enabled", "true or false")?.boolean()?,
            purposes: object.get("purposes").map(purposes).transpose()?,
            minimum_interval_ms: object.get("minimum_interval_ms").map(Node::integer).transpose()?,
        })
    }
}

fn purposes(node: &Node<'_>) -> Result<HashSet<Purpose>, Error> {
    let mut purposes = HashSet::new();
    for node in node.array()? {
        if !purposes.insert(node.case(Purpose::ALL, Purpose::id)?) {
            return Err(node.error(InputKind::Duplicate, "keep one of the two"));
        }
    }
    Ok(purposes)
}

fn in_range(field: &str, value: Option<u64>, range: RangeInclusive<u64>) -> Result<(), Error> {
    if value.is_none_or(|value| range.contains(&value)) {
        return Ok(());
    }
    let hint = format!("from {} to {} milliseconds", range.start(), range.end());
    Err(Error::input(InputKind::OutOfRange, field, hint))
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
                    "description": "What differs for single items.",
                    "properties": items,
                    "additionalProperties": false,
                })
                .to_value();
            }
            properties.insert(category.id().to_owned(), schema.to_value());
        }
        json_schema!({
            "type": "object",
            "description": "The categories. One that is not here is off.",
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
            let names_it = serde_json::json!({ "type": "string", "description": "Where this schema lies." });
            properties.insert("$schema".to_owned(), names_it);
        }
        schema.to_value()
    }
}
