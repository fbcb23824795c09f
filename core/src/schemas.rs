//! The exports' JSON Schemas (draft 2020-12).

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json};

use crate::agreement::{AGREEMENT, Item, Platform, Purpose, supplied};
use crate::outcome::{Layer, Unavailable, Withheld};
use crate::records::HostRecords;
use crate::session::Session;
use crate::snapshot::Snapshot;
use crate::values::{
    BluetoothDiagnosis, BluetoothInformation, ClipboardDiagnosis, Coordinates, Cpu, IncrementalVersion,
    MccMnc, NfcInformation, Resolution, RunningProcess, SystemVersion,
};

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
            "description": "The layer that withholds the item, and the reason. For too_soon also how long to wait.",
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
        Item::LocationFuzzy | Item::LocationPrecise => generator.subschema_for::<Coordinates>(),
        Item::BluetoothInformation => generator.subschema_for::<BluetoothInformation>(),
        Item::BluetoothTroubleshooting => generator.subschema_for::<BluetoothDiagnosis>(),
        Item::NfcInformation => generator.subschema_for::<NfcInformation>(),
        Item::ProcessListProcesses => generator.subschema_for::<Vec<RunningProcess>>(),
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
        items.insert(item.id().to_owned(), serde_json::json!({ "oneOf": outcomes(*item, &mut generator) }));
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
            let on_device_only = anywhere.then(|| only("on_device_only", &json_schema!({ "const": true })));
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
