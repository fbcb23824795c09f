//! Runs `tests/vectors/*.json`: policy, consent, purpose and what the host and its sources give → decisions and export.
//! The Kotlin and Swift suites run the same files. `tests/vectors/README.md` says what is in them.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, reason = "a test may")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use scruple::{
    AdapterState, Age, BluetoothDevice, BluetoothDiagnosis, BluetoothInformation, BluetoothSource, Category,
    ClipboardDiagnosis, ClipboardObstacle, ClipboardSource, ClipboardText, ConsentUpdate, Coordinates, Grant,
    HostRecords, IdfaSource, Item, LocationSource, NfcInformation, NfcSource, Policy, Purpose, Session,
    Source, SourceError, SystemPermission, Unavailable, WebViewSource,
};
use serde_json::{Value, json};

/// A source that does what a vector says.
struct Scripted {
    script: Value,
    /// A source that hangs does so until the vector is done.
    end: Mutex<Receiver<()>>,
}

impl Scripted {
    fn answer(&self, key: &str) -> Result<&Value, SourceError> {
        if self.script.get("panics").is_some() {
            // Without the panic hook, whose backtraces would bury the test's own words.
            std::panic::resume_unwind(Box::new("as the vector says"));
        }
        if self.script.get("hangs").is_some() {
            let _ = self.end.lock().unwrap().recv();
            return Err(SourceError::Failed);
        }
        match self.script.get("fails").and_then(Value::as_str) {
            Some(error) => Err(SourceError::from_id(error).unwrap()),
            None => Ok(&self.script[key]),
        }
    }

    fn permission(&self) -> SystemPermission {
        SystemPermission::from_id(self.script["permission"].as_str().unwrap()).unwrap()
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().filter_map(text).collect()
}

fn list<T>(value: &Value, of: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().unwrap().iter().map(of).collect()
}

fn state(value: &Value) -> AdapterState {
    AdapterState::from_id(value.as_str().unwrap()).unwrap()
}

fn integer(value: &Value) -> i32 {
    i32::try_from(value.as_i64().unwrap()).unwrap()
}

impl IdfaSource for Scripted {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(self.permission())
    }
    fn read(&self, _: u64) -> Result<String, SourceError> {
        Ok(text(self.answer("reads")?).unwrap())
    }
}

impl WebViewSource for Scripted {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(self.permission())
    }
    fn read(&self, _: u64) -> Result<String, SourceError> {
        Ok(text(self.answer("reads")?).unwrap())
    }
}

impl ClipboardSource for Scripted {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(self.permission())
    }
    fn read(&self, _: u64) -> Result<ClipboardText, SourceError> {
        let read = self.answer("reads")?;
        Ok(ClipboardText { text: text(&read["text"]), sensitive: read["sensitive"].as_bool().unwrap() })
    }
    fn diagnose(&self, _: u64) -> Result<ClipboardDiagnosis, SourceError> {
        let read = self.answer("diagnoses")?;
        Ok(ClipboardDiagnosis {
            has_content: read["has_content"].as_bool().unwrap(),
            types: texts(&read["types"]),
            item_count: u32::try_from(read["item_count"].as_u64().unwrap()).unwrap(),
            obstacle: text(&read["obstacle"]).map(|id| ClipboardObstacle::from_id(&id).unwrap()),
        })
    }
}

impl LocationSource for Scripted {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(self.permission())
    }
    fn read(&self, _: u64) -> Result<Coordinates, SourceError> {
        let read = self.answer("reads")?;
        // JSON has no word for what is no number.
        let number =
            |value: &Value| value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap());
        Ok(Coordinates { latitude: number(&read["latitude"]), longitude: number(&read["longitude"]) })
    }
}

impl BluetoothSource for Scripted {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(self.permission())
    }
    fn read(&self, _: u64) -> Result<BluetoothInformation, SourceError> {
        let read = self.answer("reads")?;
        let device = |device: &Value| BluetoothDevice {
            name: text(&device["name"]),
            rssi: integer(&device["rssi"]),
            service_uuids: texts(&device["service_uuids"]),
        };
        Ok(BluetoothInformation {
            state: state(&read["state"]),
            low_energy: read["low_energy"].as_bool(),
            nearby: read["nearby"].as_array().map(|nearby| nearby.iter().map(device).collect()),
            omitted: u32::try_from(read["omitted"].as_u64().unwrap()).unwrap(),
        })
    }
    fn diagnose(&self, _: u64) -> Result<BluetoothDiagnosis, SourceError> {
        let read = self.answer("diagnoses")?;
        Ok(BluetoothDiagnosis {
            state: state(&read["state"]),
            permission: SystemPermission::from_id(read["permission"].as_str().unwrap()).unwrap(),
            scan_errors: list(&read["scan_errors"], integer),
            state_changes: list(&read["state_changes"], state),
        })
    }
}

impl NfcSource for Scripted {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(self.permission())
    }
    fn read(&self, _: u64) -> Result<NfcInformation, SourceError> {
        let read = self.answer("reads")?;
        Ok(NfcInformation {
            present: read["present"].as_bool().unwrap(),
            enabled: read["enabled"].as_bool(),
            host_card_emulation: read["host_card_emulation"].as_bool(),
        })
    }
}

/// A vector's sources, and what lets those that hang go on once it is dropped.
fn sources(vector: &Value) -> (Vec<Source>, Vec<Sender<()>>) {
    let scripts = vector.get("sources").and_then(Value::as_object);
    let source = |(name, script): (&String, &Value)| {
        let (go, end) = channel();
        let scripted = Arc::new(Scripted { script: script.clone(), end: Mutex::new(end) });
        let source = match name.as_str() {
            "idfa" => Source::Idfa(scripted),
            "clipboard" => Source::Clipboard(scripted),
            "fuzzy_location" => Source::FuzzyLocation(scripted),
            "precise_location" => Source::PreciseLocation(scripted),
            "bluetooth" => Source::Bluetooth(scripted),
            "nfc" => Source::Nfc(scripted),
            "web_view" => Source::WebView(scripted),
            other => panic!("no such source: {other}"),
        };
        (source, go)
    };
    scripts.into_iter().flatten().map(source).unzip()
}

fn consent(vector: &Value) -> ConsentUpdate {
    let grants = |key: &str| {
        list(&vector["consent"][key], |grant| Grant {
            category: Category::from_id(grant["category"].as_str().unwrap()).unwrap(),
            purpose: Purpose::from_id(grant["purpose"].as_str().unwrap()).unwrap(),
        })
    };
    ConsentUpdate {
        age: Some(Age::from_id(vector["consent"]["age"].as_str().unwrap()).unwrap()),
        granted: grants("granted").into_iter().collect(),
        revoked: grants("revoked").into_iter().collect(),
    }
}

/// Spells out `{"repeat": "x", "times": 3}`, which stands for long texts.
fn spelled_out(value: &Value) -> Value {
    match value {
        Value::Object(object) if object.contains_key("repeat") => {
            let times = usize::try_from(object["times"].as_u64().unwrap()).unwrap();
            object["repeat"].as_str().unwrap().repeat(times).into()
        }
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), spelled_out(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(values) => values.iter().map(spelled_out).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// An answer's items, without how long to wait, which depends on the clock.
fn items(json: &str) -> serde_json::Map<String, Value> {
    let mut items = serde_json::from_str::<Value>(json).unwrap()["items"].as_object().unwrap().clone();
    for outcome in items.values_mut() {
        if let Some(withheld) = outcome.get_mut("withheld").and_then(Value::as_object_mut) {
            withheld.remove("remaining_ms");
        }
    }
    items
}

fn run(vector: &Value, tests: &Path) {
    let name = &vector["name"];
    let policy = Policy::from_json(&vector["policy"].to_string()).unwrap();
    let (sources, running) = sources(vector);
    let session = match vector.get("sysroot").and_then(Value::as_str) {
        Some(sysroot) => Session::open_recorded(policy, &tests.join("sysroots").join(sysroot)).unwrap(),
        None => Session::open(policy, sources).unwrap(),
    };
    session.update_consent(&consent(vector)).unwrap();
    if let Some(host) = vector.get("host") {
        session.supply(HostRecords::from_json(&host.to_string()).unwrap()).unwrap();
    }
    let purpose = Purpose::from_id(vector["purpose"].as_str().unwrap()).unwrap();
    let asked = || {
        Some(list(&vector["items"], |id| Item::from_id(id.as_str().unwrap()).unwrap()).into_iter().collect())
    };
    if vector.get("again").is_some() {
        session.collect(purpose, asked()).unwrap();
    }
    let decisions = items(&session.explain_json(purpose).unwrap());
    for (id, decision) in vector["decisions"].as_object().unwrap() {
        assert_eq!(decisions[id], *decision, "{name}: the decision on {id}");
    }
    let snapshot = session.collect(purpose, asked()).unwrap();
    let export = Value::Object(items(&snapshot.to_json().unwrap()));
    assert_eq!(export, vector["export"], "{name}");
    drop(running);
}

#[test]
fn every_vector_gives_what_it_says() {
    let tests = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("tests");
    let mut outcomes = BTreeSet::new();
    let mut with_value = BTreeSet::new();
    let mut count = 0;
    for file in fs::read_dir(tests.join("vectors")).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let vectors: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for vector in vectors.as_array().unwrap().iter().map(spelled_out) {
            run(&vector, &tests);
            count += 1;
            for (id, outcome) in vector["export"].as_object().unwrap() {
                if outcome.get("value").is_some() {
                    with_value.insert(id.clone());
                } else {
                    let withheld = &outcome["withheld"]["reason"];
                    outcomes.extend(withheld.as_str().or(outcome["unavailable"].as_str()).map(str::to_owned));
                }
            }
        }
    }
    println!("{count} vectors");
    assert!(count >= 60, "{count}");

    let never_on_linux = [Item::DeviceMccMnc, Item::DeviceOperator, Item::DeviceStorageCapacity];
    for item in Item::ALL.iter().filter(|item| !never_on_linux.contains(item)) {
        assert!(with_value.contains(item.id()), "no vector gives {item} a value");
    }
    let withheld = [
        "not_for_this_purpose",
        "sensitive",
        "switched_off",
        "purpose_off",
        "precise_while_fuzzy",
        "not_granted",
        "revoked",
        "unknown",
        "below_minimum",
        "too_soon",
        "denied",
        "restricted",
        "not_determined",
    ];
    // Linux has none of the items that a missing source would be the reason for.
    let unavailable =
        Unavailable::ALL.iter().filter(|reason| **reason != Unavailable::NoSource).map(|reason| reason.id());
    for reason in withheld.into_iter().chain(unavailable) {
        assert!(outcomes.contains(reason), "no vector has the reason {reason}: {}", json!(outcomes));
    }
}
