//! A host whose sources answer what the fuzzer likes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use scruple::{
    Age, BluetoothDiagnosis, BluetoothInformation, BluetoothSource, Category, CategoryPolicy,
    ClipboardDiagnosis, ClipboardSource, ClipboardText, ConsentUpdate, Coordinates, DeviceSource, IdfaSource,
    Item, ItemPolicy, LocationAccuracy, LocationSource, NfcInformation, NfcSource, Platform, Policy,
    ProcessesSource, Resolution, RunningProcess, Source, SourceError, StorageSource, SystemPermission,
    WebViewSource,
};

use crate::values;

/// Everything on, the device's name too, as often as one likes.
pub fn policy() -> Policy {
    let name = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let on = |category: &Category| CategoryPolicy {
        enabled: true,
        minimum_interval_ms: Some(0),
        deadline_ms: Some(60_000),
        items: match category {
            Category::Device => HashMap::from([(Item::DeviceName, name.clone())]),
            _ => HashMap::new(),
        },
        ..CategoryPolicy::default()
    };
    Policy {
        location_accuracy: LocationAccuracy::Precise,
        categories: Category::ALL.iter().map(|category| (*category, on(category))).collect(),
        ..Policy::default()
    }
}

/// Everything agreed to.
pub fn agreed() -> ConsentUpdate {
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    Category::ALL.iter().fold(update, |update, category| update.grant(*category))
}

/// Every source that the platform leaves to a host.
pub fn sources(platform: Platform, bytes: &[u8]) -> Vec<Source> {
    let host = Arc::new(Host(bytes.to_vec(), Mutex::new(0)));
    let mut sources = vec![
        Source::Idfa(host.clone()),
        Source::Clipboard(host.clone()),
        Source::FuzzyLocation(host.clone()),
        Source::PreciseLocation(host.clone()),
        Source::Bluetooth(host.clone()),
        Source::Nfc(host.clone()),
        Source::WebView(host.clone()),
    ];
    sources.extend(match platform {
        Platform::Android => vec![Source::Processes(host)],
        Platform::Apple => vec![Source::Device(host.clone()), Source::Storage(host)],
        Platform::Linux => Vec::new(),
    });
    sources
}

/// The bytes, and how many of them are used up.
struct Host(Vec<u8>, Mutex<usize>);

impl Host {
    /// The next answer: a refusal, or a value of the bytes that are left.
    fn answer<T>(
        &self,
        make: impl FnOnce(&mut Unstructured<'_>) -> Result<T>,
    ) -> std::result::Result<T, SourceError> {
        let mut used = self.1.lock().unwrap();
        let mut from = Unstructured::new(&self.0[*used..]);
        let answer = match from.ratio(1, 8) {
            Ok(true) => Err(from.choose(SourceError::ALL).copied().unwrap_or(SourceError::Failed)),
            _ => make(&mut from).map_err(|_| SourceError::NotReady),
        };
        *used = self.0.len() - from.len();
        answer
    }
}

/// Sources: of each trait its methods, and what makes an answer.
macro_rules! sources {
    ($($source:ident { $($method:ident($($deadline:ident)?): $type:ty = $make:expr;)+ })+) => {$(
        impl $source for Host {
            $(fn $method(&self $(, $deadline: u64)?) -> std::result::Result<$type, SourceError> {
                self.answer($make)
            })+
        }
    )+};
}

sources! {
    IdfaSource {
        permission(): SystemPermission = values::permission;
        read(_ms): String = values::idfa;
    }
    ClipboardSource {
        permission(): SystemPermission = values::permission;
        read(_ms): ClipboardText = values::clipboard;
        diagnose(_ms): ClipboardDiagnosis = values::clipboard_diagnosis;
    }
    LocationSource {
        permission(): SystemPermission = values::permission;
        read(_ms): Coordinates = values::coordinates;
    }
    BluetoothSource {
        permission(): SystemPermission = values::permission;
        read(_ms): BluetoothInformation = values::bluetooth;
        diagnose(_ms): BluetoothDiagnosis = values::bluetooth_diagnosis;
    }
    NfcSource {
        permission(): SystemPermission = values::permission;
        read(_ms): NfcInformation = values::nfc;
    }
    ProcessesSource { read(_ms): Vec<RunningProcess> = values::processes; }
    WebViewSource {
        permission(): SystemPermission = values::permission;
        read(_ms): String = values::text;
    }
    DeviceSource {
        resolution(_ms): Resolution = values::resolution;
        name(_ms): String = values::text;
    }
    StorageSource { read(_ms): u64 = |from| from.arbitrary(); }
}
