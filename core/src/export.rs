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
