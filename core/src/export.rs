//! What leaves Scruple as text: stable JSON, documented in `docs/json.md`.

use std::collections::HashMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::agreement::{AGREEMENT, Item, Purpose, supplied};
use crate::outcome::{Decision, Missing, Withheld};
use crate::values::Values;
use crate::vault::{self, Contents};

/// A collection, every item with its value or the reason.
pub(crate) fn json(purpose: Purpose, contents: &Contents) -> String {
    let collected_at = humantime::format_rfc3339_seconds(
        std::time::UNIX_EPOCH + std::time::Duration::from_millis(contents.collected_at_ms),
    );
    text(&Export {
        agreement: AGREEMENT,
        purpose,
        collected_at: Some(collected_at.to_string()),
        items: InOrder(contents.outcomes.iter().filter_map(|(item, outcome)| {
            let outcome = match outcome {
                vault::Outcome::Missing(reason) => Outcome::Missing(*reason),
                vault::Outcome::Here if contents.on_device_only.contains(item) => Outcome::OnDeviceOnly,
                vault::Outcome::Here => Outcome::Value(ItemValue { item, values: &contents.values }),
                // No host has the snapshot before each item has arrived or is missing.
                vault::Outcome::Awaited(_) | vault::Outcome::Reading(_) => return None,
            };
            Some((item, outcome))
        })),
    })
}

/// What may be read now, every item with the decision.
pub(crate) fn explanation_json(purpose: Purpose, decisions: &HashMap<Item, Decision>) -> String {
    text(&Export {
        agreement: AGREEMENT,
        purpose,
        collected_at: None,
        items: InOrder(Item::ALL.iter().filter_map(|item| Some((*item, decisions.get(item)?)))),
    })
}

pub(crate) fn text(value: &impl Serialize) -> String {
    // Writing to memory cannot fail, and nothing in an export refuses to be written.
    serde_json::to_string(value).unwrap_or_default()
}

#[derive(serde::Serialize)]
struct Export<I: Serialize> {
    agreement: &'static str,
    purpose: Purpose,
    #[serde(skip_serializing_if = "Option::is_none")]
    collected_at: Option<String>,
    items: I,
}

/// A map in the order of its entries.
struct InOrder<I>(I);

impl<I: Iterator<Item = (Item, T)> + Clone, T: Serialize> Serialize for InOrder<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

enum Outcome<'a> {
    Value(ItemValue<'a>),
    /// There is one, which does not leave the device.
    OnDeviceOnly,
    Missing(Missing),
}

impl Serialize for Outcome<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Value(value) => map.serialize_entry("value", value)?,
            Self::OnDeviceOnly => map.serialize_entry("on_device_only", &true)?,
            Self::Missing(Missing::Unavailable(reason)) => map.serialize_entry("unavailable", reason)?,
            Self::Missing(Missing::Withheld(reason)) => map.serialize_entry("withheld", reason)?,
        }
        map.end()
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Permitted => map.serialize_entry("permitted", &true)?,
            Self::Withheld(reason) => map.serialize_entry("withheld", reason)?,
        }
        map.end()
    }
}

impl Serialize for Withheld {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("layer", &self.layer())?;
        map.serialize_entry("reason", self.id())?;
        if let Self::TooSoon { remaining_ms } = self {
            map.serialize_entry("remaining_ms", remaining_ms)?;
        }
        map.end()
    }
}

/// One item's value among all of them.
struct ItemValue<'a> {
    item: Item,
    values: &'a Values,
}

impl Serialize for ItemValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Values { records, device, features } = self.values;
        match self.item {
            Item::DeviceStorageCapacity => device.storage_capacity.serialize(serializer),
            Item::DeviceMccMnc => device.mcc_mnc.serialize(serializer),
            Item::DeviceModel => device.model.serialize(serializer),
            Item::DeviceSystemVersion => device.system_version.serialize(serializer),
            Item::DeviceFirmwareVersion => device.firmware_version.serialize(serializer),
            Item::DeviceResolution => device.resolution.serialize(serializer),
            Item::DeviceCpu => device.cpu.serialize(serializer),
            Item::DeviceBrand => device.brand.serialize(serializer),
            Item::DeviceIncrementalVersion => device.incremental_version.serialize(serializer),
            Item::DeviceManufacturer => device.manufacturer.serialize(serializer),
            Item::DeviceName => device.name.serialize(serializer),
            Item::DevicePlatform => device.platform.serialize(serializer),
            Item::DeviceOperator => device.operator.serialize(serializer),
            Item::IdentifierIdfa => features.idfa.serialize(serializer),
            Item::ClipboardContent => features.clipboard.serialize(serializer),
            Item::ClipboardTroubleshooting => features.clipboard_troubleshooting.serialize(serializer),
            Item::LocationFuzzy => features.fuzzy_location.serialize(serializer),
            Item::LocationPrecise => features.precise_location.serialize(serializer),
            Item::BluetoothInformation => features.bluetooth.serialize(serializer),
            Item::BluetoothTroubleshooting => features.bluetooth_troubleshooting.serialize(serializer),
            Item::NfcInformation => features.nfc.serialize(serializer),
            Item::WebViewUserAgent => features.user_agent.serialize(serializer),
            Item::ProcessListProcesses => features.processes.serialize(serializer),
            supplied!() => records.serialize_item(self.item, serializer),
        }
    }
}

/// The exports' JSON Schemas (draft 2020-12).
#[cfg(feature = "development")]
mod schema {
    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use serde_json::{Map, Value as Json};

    use super::{AGREEMENT, Item, Purpose, Withheld, supplied};
    use crate::agreement::Platform;
    use crate::application::HostRecords;
    use crate::device::{Cpu, IncrementalVersion, MccMnc, Resolution, SystemVersion};
    use crate::feature::{Bluetooth, BluetoothDiagnosis, ClipboardDiagnosis, Location, Nfc, Process};
    use crate::outcome::{Layer, Unavailable};
    use crate::session::Session;
    use crate::snapshot::Snapshot;

    /// One of each reason.
    const WITHHELD: [Withheld; 13] = [
        Withheld::NotForThisPurpose,
        Withheld::Sensitive,
        Withheld::SwitchedOff,
        Withheld::PurposeOff,
        Withheld::PreciseWhileFuzzy,
        Withheld::NotGranted,
        Withheld::Revoked,
        Withheld::AgeUnknown,
        Withheld::AgeBelowMinimum,
        Withheld::TooSoon { remaining_ms: 0 },
        Withheld::Denied,
        Withheld::Restricted,
        Withheld::NotDetermined,
    ];

    impl JsonSchema for Withheld {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Withheld".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "type": "object",
                "description": "The layer that withholds, and why; after too_soon, how long to wait.",
                "required": ["layer", "reason"],
                "properties": {
                    "layer": generator.subschema_for::<Layer>(),
                    "reason": { "type": "string", "enum": WITHHELD.map(Withheld::id) },
                    "remaining_ms": { "type": "integer", "minimum": 0 },
                },
                "additionalProperties": false,
            })
        }
    }

    /// An item's value.
    fn value(item: Item, generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(match item {
            Item::DeviceStorageCapacity => u64::json_schema(generator),
            Item::DeviceMccMnc => generator.subschema_for::<MccMnc>(),
            Item::DeviceSystemVersion => generator.subschema_for::<SystemVersion>(),
            Item::DeviceResolution => generator.subschema_for::<Resolution>(),
            Item::DeviceCpu => generator.subschema_for::<Cpu>(),
            Item::DeviceIncrementalVersion => generator.subschema_for::<IncrementalVersion>(),
            Item::DeviceModel
            | Item::DeviceFirmwareVersion
            | Item::DeviceBrand
            | Item::DeviceManufacturer
            | Item::DeviceName
            | Item::DevicePlatform
            | Item::DeviceOperator => String::json_schema(generator),
            Item::IdentifierIdfa | Item::ClipboardContent | Item::WebViewUserAgent => {
                String::json_schema(generator)
            }
            Item::ClipboardTroubleshooting => generator.subschema_for::<ClipboardDiagnosis>(),
            Item::LocationFuzzy | Item::LocationPrecise => generator.subschema_for::<Location>(),
            Item::BluetoothInformation => generator.subschema_for::<Bluetooth>(),
            Item::BluetoothTroubleshooting => generator.subschema_for::<BluetoothDiagnosis>(),
            Item::NfcInformation => generator.subschema_for::<Nfc>(),
            Item::ProcessListProcesses => generator.subschema_for::<Vec<Process>>(),
            supplied!() => return HostRecords::value_schema(item, generator),
        })
    }

    fn only(name: &str, schema: &Schema) -> Json {
        json_schema!({
            "type": "object",
            "required": [name],
            "properties": { (name): schema },
            "additionalProperties": false,
        })
        .to_value()
    }

    fn export(
        title: &str,
        collected_at: Option<Json>,
        outcomes: impl Fn(Item, &mut SchemaGenerator) -> Vec<Json>,
    ) -> Json {
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        let mut items = Map::new();
        for item in Item::ALL {
            items.insert(
                item.id().to_owned(),
                serde_json::json!({ "oneOf": outcomes(*item, &mut generator) }),
            );
        }
        let mut properties = Map::new();
        properties.insert("agreement".to_owned(), serde_json::json!({ "const": AGREEMENT }));
        properties.insert("purpose".to_owned(), generator.subschema_for::<Purpose>().to_value());
        properties.extend(collected_at.map(|schema| ("collected_at".to_owned(), schema)));
        let required: Vec<_> = properties.keys().cloned().chain(["items".to_owned()]).collect();
        properties.insert(
            "items".to_owned(),
            serde_json::json!({ "type": "object", "properties": items, "additionalProperties": false }),
        );
        serde_json::json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": false,
            "$defs": generator.take_definitions(true),
        })
    }

    impl Snapshot {
        /// The JSON Schema of [`Snapshot::to_json`].
        pub fn json_schema() -> Json {
            let collected_at = serde_json::json!({ "type": "string", "format": "date-time" });
            export("Snapshot", Some(collected_at), |item, generator| {
                let value = value(item, generator).map(|value| only("value", &value));
                let anywhere = Platform::ALL.iter().any(|platform| item.is_on_device_only(*platform));
                let on_device_only =
                    anywhere.then(|| only("on_device_only", &json_schema!({ "const": true })));
                let unavailable = only("unavailable", &generator.subschema_for::<Unavailable>());
                let withheld = only("withheld", &generator.subschema_for::<Withheld>());
                value.into_iter().chain(on_device_only).chain([unavailable, withheld]).collect()
            })
        }
    }

    impl Session {
        /// The JSON Schema of [`Session::explain_json`].
        pub fn explain_json_schema() -> Json {
            export("Explanation", None, |_, generator| {
                let permitted = only("permitted", &json_schema!({ "const": true }));
                vec![permitted, only("withheld", &generator.subschema_for::<Withheld>())]
            })
        }
    }
}
