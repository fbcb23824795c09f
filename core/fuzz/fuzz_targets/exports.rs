//! Exports: whatever the values are, they are JSON, and read back they are the same values.
#![no_main]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use libfuzzer_sys::fuzz_target;
use scruple::{DeviceInformation, FeatureData, HostRecords, Item, Missing, Unavailable, Withheld, fuzzing};
use scruple_fuzz::{Result, Unstructured, values};
use serde_json::{Value, json};

fuzz_target!(|bytes: &[u8]| {
    let _ = export(&mut Unstructured::new(bytes));
});

fn export(from: &mut Unstructured<'_>) -> Result<()> {
    let missing: [u8; 64] = from.arbitrary()?;
    let remaining_ms = from.arbitrary()?;
    let reason = |item: Item| match missing[item as usize] {
        0..=223 => None,
        224..=239 => Some(Missing::Unavailable(Unavailable::ALL[usize::from(missing[item as usize] % 16)])),
        240..=247 => Some(Missing::Withheld(Withheld::TooSoon { remaining_ms })),
        248.. => Some(Missing::Withheld(Withheld::Sensitive)),
    };
    let (device, features, records) =
        (values::device(from)?, values::features(from)?, values::records(from)?);
    let snapshot = fuzzing::snapshot(records.clone(), device.clone(), features.clone(), reason);
    let json: Value = serde_json::from_str(&snapshot.to_json().expect("it lives")).expect("it is JSON");
    let outcomes = json["items"].as_object().expect("it has items");
    assert_eq!(outcomes.len(), Item::ALL.len());
    for item in Item::ALL {
        let expected = match reason(*item) {
            None => json!({ "value": value(*item, &device, &features, &records) }),
            Some(Missing::Unavailable(reason)) => json!({ "unavailable": reason.id() }),
            Some(Missing::Withheld(Withheld::TooSoon { remaining_ms })) => {
                json!({ "withheld": { "layer": "interval", "reason": "too_soon", "remaining_ms": remaining_ms } })
            }
            Some(Missing::Withheld(reason)) => {
                json!({ "withheld": { "layer": reason.layer().id(), "reason": reason.id() } })
            }
        };
        assert!(outcomes[item.id()] == expected, "{item}: {} and not {expected}", outcomes[item.id()]);
    }
    let json = snapshot.to_mini_program_json().expect("it lives");
    let info: Value = serde_json::from_str(&json).expect("it is JSON");
    // Where every item is missing nothing was read, so no values are there.
    let any = Item::ALL.iter().any(|item| reason(*item).is_none());
    let fields = [("brand", &device.brand), ("model", &device.model), ("platform", &device.platform)];
    for (name, field) in fields {
        let expected = field.as_deref().filter(|_| any);
        assert!(info.get(name).and_then(Value::as_str) == expected, "{name}");
    }
    Ok(())
}

/// A value as `docs/json.md` says.
fn value(item: Item, device: &DeviceInformation, features: &FeatureData, records: &HostRecords) -> Value {
    let application = records.application.as_ref();
    let network = records.network.as_ref();
    let base64 = |bytes: &Vec<u8>| BASE64_STANDARD.encode(bytes);
    let of_programs = |datum: &dyn Fn(&scruple::MiniProgram) -> Option<Value>| -> Value {
        let programs = records.mini_programs.iter();
        programs.filter_map(|program| Some(json!({ "id": program.id, "value": datum(program)? }))).collect()
    };
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    let place =
        |place: &scruple::Coordinates| json!({ "latitude": place.latitude, "longitude": place.longitude });
    match item {
        Item::ApplicationProfilePicture => json!(application.and_then(|own| own.profile_picture.as_ref()).map(|picture| {
            let media_type = match picture.bytes.as_slice() {
                [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
                [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
                bytes if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some("image/gif"),
                bytes if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some("image/webp"),
                _ => None,
            };
            json!({ "media_type": media_type, "size": picture.bytes.len(), "base64": base64(&picture.bytes) })
        })),
        Item::ApplicationCreatorId => json!(application.and_then(|own| own.creator_id.as_ref())),
        Item::ApplicationName => json!(application.and_then(|own| own.name.as_ref())),
        Item::ApplicationId => json!(application.and_then(|own| own.id.as_ref())),
        Item::ApplicationPackageName => json!(application.and_then(|own| own.package_name.as_ref())),
        Item::MiniProgramName => of_programs(&|own| text(&own.name)),
        Item::MiniProgramId => records.mini_programs.iter().filter_map(|own| own.id.as_deref()).collect(),
        Item::MiniProgramClassificationTag => of_programs(&|own| text(&own.classification_tag)),
        Item::MiniProgramIntroduction => of_programs(&|own| text(&own.introduction)),
        Item::MiniProgramDescription => of_programs(&|own| text(&own.description)),
        Item::MiniProgramVersionNumber => of_programs(&|own| text(&own.version_number)),
        Item::MiniProgramVersionDescription => of_programs(&|own| text(&own.version_description)),
        Item::MiniProgramCodePackage => of_programs(&|own| {
            own.code_package.as_ref().map(|own| {
                json!({ "size": own.size, "sha256": own.sha256, "base64": own.bytes.as_ref().map(base64) })
            })
        }),
        Item::MiniProgramCodePackageAddress => of_programs(&|own| {
            own.code_package_address.as_ref().map(|own| json!({ "client": own.client, "server": own.server }))
        }),
        Item::MiniProgramDomainName => of_programs(&|own| text(&own.domain_name)),
        Item::NetworkPermissionConfiguration => json!(network.and_then(|own| own.permissions.as_ref())),
        Item::NetworkDomainConfiguration => json!(network.and_then(|own| own.domains.as_ref()).map(|own| {
            json!({
                "request": own.request,
                "socket": own.socket,
                "upload": own.upload,
                "download": own.download,
                "web_view": own.web_view,
            })
        })),
        Item::DeviceStorageCapacity => json!(device.storage_capacity),
        Item::DeviceMccMnc => json!(device.mcc_mnc.as_ref().map(|own| json!({ "mcc": own.mcc, "mnc": own.mnc }))),
        Item::DeviceModel => json!(device.model),
        Item::DeviceSystemVersion => json!(device.system_version.as_ref().map(|own| {
            json!({ "version": own.version, "name": own.name, "api_level": own.api_level })
        })),
        Item::DeviceFirmwareVersion => json!(device.firmware_version),
        Item::DeviceResolution => json!(device.resolution.as_ref().map(|own| {
            let mut value = json!({ "width": own.width, "height": own.height, "scale": own.scale });
            if let Some(native) = own.native_scale {
                value["native_scale"] = json!(native);
            }
            value
        })),
        Item::DeviceCpu => json!(device.cpu.as_ref().map(|own| {
            json!({
                "names": own.names,
                "hardware": own.hardware,
                "cores": own.cores,
                "max_frequency_khz": own.max_frequency_khz,
                "features": own.features.iter().collect::<Vec<_>>(),
                "abis": own.abis,
            })
        })),
        Item::DeviceBrand => json!(device.brand),
        Item::DeviceIncrementalVersion => json!(
            device.incremental_version.as_ref().map(|own| json!({ "incremental": own.incremental, "visual": own.visual }))
        ),
        Item::DeviceManufacturer => json!(device.manufacturer),
        Item::DeviceName => json!(device.name),
        Item::DevicePlatform => json!(device.platform),
        Item::DeviceOperator => json!(device.operator),
        Item::IdentifierIdfa => json!(features.idfa),
        Item::ClipboardContent => json!(features.clipboard),
        Item::ClipboardTroubleshooting => json!(features.clipboard_troubleshooting.as_ref().map(|own| {
            json!({
                "has_content": own.has_content,
                "types": own.types,
                "item_count": own.item_count,
                "obstacle": own.obstacle.map(|obstacle| obstacle.id()),
            })
        })),
        Item::LocationFuzzy => json!(features.fuzzy_location.as_ref().map(place)),
        Item::LocationPrecise => json!(features.precise_location.as_ref().map(place)),
        Item::BluetoothInformation => json!(features.bluetooth.as_ref().map(|own| {
            let nearby = own.nearby.as_ref().map(|nearby| {
                let device = |own: &scruple::BluetoothDevice| {
                    json!({ "name": own.name, "rssi": own.rssi, "service_uuids": own.service_uuids })
                };
                nearby.iter().map(device).collect::<Value>()
            });
            json!({
                "state": own.state.id(),
                "low_energy": own.low_energy,
                "nearby": nearby,
                "omitted": own.omitted,
            })
        })),
        Item::BluetoothTroubleshooting => json!(features.bluetooth_troubleshooting.as_ref().map(|own| {
            json!({
                "state": own.state.id(),
                "permission": own.permission.id(),
                "scan_errors": own.scan_errors,
                "state_changes": own.state_changes.iter().map(|state| state.id()).collect::<Value>(),
            })
        })),
        Item::NfcInformation => json!(features.nfc.as_ref().map(|own| {
            json!({
                "present": own.present,
                "enabled": own.enabled,
                "host_card_emulation": own.host_card_emulation,
            })
        })),
        Item::ProcessListProcesses => json!(features.processes.as_ref().map(|own| {
            own.iter().map(|own| json!({ "pid": own.pid, "name": own.name })).collect::<Value>()
        })),
        Item::WebViewUserAgent => json!(features.user_agent),
    }
}
