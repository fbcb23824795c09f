//! What holds of every value of a snapshot, wherever it came from.

use std::collections::HashSet;

use scruple::{Coordinates, Cpu, DeviceInformation, FeatureData, Snapshot};
use serde_json::Value;

/// Longest text of a platform, in bytes.
const LONGEST: usize = 512;

/// Holds a snapshot to every rule.
pub fn snapshot(snapshot: &Snapshot) {
    if let Ok(values) = snapshot.device() {
        device(&values);
    }
    if let Ok(values) = snapshot.features() {
        features(&values);
    }
    let json = snapshot.to_json().expect("it lives");
    let export: Value = serde_json::from_str(&json).expect("an export is JSON");
    let items = export["items"].as_object().expect("it has items");
    let missing = snapshot.missing().expect("it lives");
    for (id, outcome) in items {
        let outcome = outcome.as_object().expect("an item has an outcome");
        assert_eq!(outcome.len(), 1, "{id} has one outcome");
        let item = scruple::Item::from_id(id).expect("it is an item");
        let is_missing = outcome.contains_key("unavailable") || outcome.contains_key("withheld");
        assert_eq!(missing.contains_key(&item), is_missing, "{id}");
        assert!(is_missing || outcome.get("value") != Some(&Value::Null), "{id} is there and has no value");
    }
    if let Ok(json) = snapshot.to_mini_program_json() {
        serde_json::from_str::<Value>(&json).expect("it is JSON");
    }
}

fn line(text: &str) {
    assert!(!text.trim().is_empty() && text.len() <= LONGEST, "{} bytes", text.len());
    printable(text);
}

fn printable(text: &str) {
    assert!(!text.contains(char::is_control), "a control character");
}

fn some_line(text: Option<&String>) {
    text.into_iter().for_each(|text| line(text));
}

fn device(device: &DeviceInformation) {
    let DeviceInformation {
        storage_capacity,
        mcc_mnc,
        model,
        system_version,
        firmware_version,
        resolution,
        cpu,
        brand,
        incremental_version,
        manufacturer,
        name,
        platform,
        operator,
    } = device;
    assert_ne!(*storage_capacity, Some(0));
    if let Some(code) = mcc_mnc {
        operator_code(&code.mcc, &code.mnc);
    }
    for text in [model, firmware_version, brand, manufacturer, name, platform, operator] {
        some_line(text.as_ref());
    }
    if let Some(version) = system_version {
        assert!(version.version.is_some() || version.name.is_some(), "a version says something");
        some_line(version.version.as_ref());
        some_line(version.name.as_ref());
    }
    if let Some(resolution) = resolution {
        assert!(resolution.width > 0 && resolution.height > 0, "a display has a size");
        for scale in [Some(resolution.scale), resolution.native_scale].into_iter().flatten() {
            assert!(scale.is_finite() && scale > 0.0, "a scale is positive");
        }
    }
    cpu.iter().for_each(processor);
    if let Some(version) = incremental_version {
        line(&version.incremental);
        some_line(version.visual.as_ref());
    }
}

/// Three digits, and two or three.
pub fn operator_code(mcc: &str, mnc: &str) {
    assert!(mcc.len() == 3 && matches!(mnc.len(), 2 | 3), "{} and {} digits", mcc.len(), mnc.len());
    assert!(mcc.bytes().chain(mnc.bytes()).all(|byte| byte.is_ascii_digit()), "digits");
    assert!(mcc.bytes().chain(mnc.bytes()).any(|byte| byte != b'0'), "noughts are no operator");
}

/// Each kind of core once, and texts that can be shown.
pub fn processor(cpu: &Cpu) {
    cpu.names.iter().for_each(|name| line(name));
    let kinds: HashSet<_> = cpu.names.iter().collect();
    assert_eq!(kinds.len(), cpu.names.len(), "each kind once");
    some_line(cpu.hardware.as_ref());
    assert!(cpu.cores <= 16 * 1024, "{} cores", cpu.cores);
    assert_ne!(cpu.max_frequency_khz, Some(0));
    for feature in cpu.features.iter() {
        printable(feature);
        assert!(!feature.is_empty() && !feature.contains(' '), "a feature is a word");
    }
    cpu.abis.iter().for_each(|abi| line(abi));
}

fn features(features: &FeatureData) {
    let FeatureData {
        idfa,
        clipboard,
        clipboard_troubleshooting,
        fuzzy_location,
        precise_location,
        bluetooth,
        bluetooth_troubleshooting,
        nfc: _,
        processes,
        user_agent,
    } = features;
    if let Some(idfa) = idfa {
        let groups: Vec<_> = idfa.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert!(idfa.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F' | b'-')), "upper case");
        assert!(idfa.bytes().any(|byte| !matches!(byte, b'0' | b'-')), "noughts are no identifier");
    }
    if let Some(text) = clipboard {
        assert!((1..=64 * 1024).contains(&text.len()), "{} bytes", text.len());
        assert!(!scruple::fuzzing::is_sensitive(text), "sensitive text is withheld");
    }
    if let Some(diagnosis) = clipboard_troubleshooting {
        assert!(diagnosis.types.len() <= 16, "{} types", diagnosis.types.len());
        for name in &diagnosis.types {
            assert!((1..=255).contains(&name.len()), "{} bytes", name.len());
            assert!(name.is_ascii(), "a type's name");
            printable(name);
        }
    }
    if let Some(place) = fuzzy_location {
        on_earth(place);
        let band = (place.latitude + 90.0) * 50.0;
        assert!((band.fract() - 0.5).abs() < 1e-6, "the centre of a cell");
    }
    precise_location.iter().for_each(on_earth);
    if let Some(bluetooth) = bluetooth {
        let nearby = bluetooth.nearby.as_deref().unwrap_or_default();
        assert!(nearby.len() <= 64, "{} devices", nearby.len());
        assert!(nearby.is_sorted_by(|a, b| a.rssi >= b.rssi), "the strongest first");
        assert!(bluetooth.omitted == 0 || nearby.len() == 64, "only a full list omits any");
        for device in nearby {
            if let Some(name) = &device.name {
                line(name);
                assert!(name.len() <= 248, "{} bytes", name.len());
                assert!(!has_an_address(name), "an address");
            }
            assert!(device.service_uuids.len() <= 16, "{} services", device.service_uuids.len());
            for uuid in &device.service_uuids {
                assert!(matches!(uuid.len(), 4 | 8 | 36), "{} digits", uuid.len());
                assert!(uuid.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'), "a UUID");
            }
        }
    }
    if let Some(diagnosis) = bluetooth_troubleshooting {
        assert!(diagnosis.scan_errors.len() <= 32 && diagnosis.state_changes.len() <= 32, "the latest 32");
    }
    if let Some(processes) = processes {
        assert!(processes.is_sorted_by(|a, b| a.pid <= b.pid), "by their ids");
        processes.iter().for_each(|process| printable(&process.name));
    }
    if let Some(user_agent) = user_agent {
        assert!((1..=1024).contains(&user_agent.len()), "{} bytes", user_agent.len());
        printable(user_agent);
    }
}

fn on_earth(place: &Coordinates) {
    assert!(
        (-90.0..=90.0).contains(&place.latitude) && (-180.0..=180.0).contains(&place.longitude),
        "on earth"
    );
}

/// Six pairs of hexadecimal digits with colons or hyphens between.
fn has_an_address(name: &str) -> bool {
    name.as_bytes().windows(17).any(|window| {
        window.iter().enumerate().all(|(at, byte)| match at % 3 {
            2 => *byte == window[2] && matches!(byte, b':' | b'-'),
            _ => byte.is_ascii_hexdigit(),
        })
    })
}
