//! Apple's reader over recorded answers of a kernel, with sources in place of Apple's frameworks.

#![cfg(feature = "recorded-apple")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test may fail"
)]

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use scruple::{
    Age, Category, CategoryPolicy, ConsentUpdate, DeviceSource, Error, InputKind, Item, ItemPolicy, Policy,
    Purpose, Resolution, Session, Source, SourceError, StorageSource,
};
use serde_json::{Value, json};

/// What an iPhone 15 Pro's kernel answers.
fn iphone() -> HashMap<String, Vec<u8>> {
    let texts = [
        ("hw.machine", "iPhone16,1"),
        ("kern.osproductversion", "17.5.1"),
        ("kern.osversion", "21F90"),
        ("getprogname", "WeatherHost"),
        ("target_arch", "arm64"),
        // Empty where the system is iOS itself.
        ("kern.iossupportversion", ""),
        ("hw.model", "D83AP"),
    ];
    let numbers = [
        ("hw.ncpu", 6),
        ("hw.cputype", 0x0100_000c),
        ("hw.cpusubtype", 2),
        ("hw.cpufamily", 0x2876_f5b5_u32),
    ];
    let texts = texts.map(|(name, text)| (name.to_owned(), format!("{text}\0").into_bytes()));
    let numbers = numbers.map(|(name, number)| (name.to_owned(), number.to_ne_bytes().to_vec()));
    texts.into_iter().chain(numbers).collect()
}

/// The same with another answer.
fn with(name: &str, answer: impl Into<Vec<u8>>) -> HashMap<String, Vec<u8>> {
    let mut kernel = iphone();
    kernel.insert(name.to_owned(), answer.into());
    kernel
}

struct Screen {
    resolution: Result<Resolution, SourceError>,
    name: Result<String, SourceError>,
    calls: Arc<AtomicUsize>,
}

impl DeviceSource for Screen {
    fn resolution(&self, _deadline_ms: u64) -> Result<Resolution, SourceError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.resolution.clone()
    }

    fn name(&self, _deadline_ms: u64) -> Result<String, SourceError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.name.clone()
    }
}

impl Screen {
    fn working(calls: &Arc<AtomicUsize>) -> Self {
        Self {
            resolution: Ok(Resolution { width: 1179, height: 2556, scale: 3.0, native_scale: Some(3.0) }),
            name: Ok("iPhone".to_owned()),
            calls: Arc::clone(calls),
        }
    }
}

struct Volume(Result<u64, SourceError>);

impl StorageSource for Volume {
    fn read(&self, _deadline_ms: u64) -> Result<u64, SourceError> {
        self.0
    }
}

fn storage(bytes: u64) -> Source {
    Source::Storage(Arc::new(Volume(Ok(bytes))))
}

fn policy() -> Policy {
    let name = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let on = CategoryPolicy { enabled: true, minimum_interval_ms: Some(0), ..CategoryPolicy::default() };
    let device = CategoryPolicy { items: [(Item::DeviceName, name)].into(), ..on.clone() };
    Policy {
        categories: [(Category::Device, device), (Category::ProcessList, on)].into(),
        ..Policy::default()
    }
}

fn session(kernel: HashMap<String, Vec<u8>>, sources: Vec<Source>) -> Arc<Session> {
    let session = Session::open_recorded_apple(policy(), kernel, sources).unwrap();
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    session.update_consent(&update.grant(Category::Device).grant(Category::ProcessList)).unwrap();
    session
}

/// The items of the two categories.
fn items() -> HashSet<Item> {
    let own = |item: &Item| [Category::Device, Category::ProcessList].contains(&item.category());
    Item::ALL.iter().copied().filter(own).collect()
}

fn export(kernel: HashMap<String, Vec<u8>>, sources: Vec<Source>) -> Value {
    let session = session(kernel, sources);
    let snapshot = session.collect(Purpose::Feature, Some(items())).unwrap();
    serde_json::from_str::<Value>(&snapshot.to_json().unwrap()).unwrap()["items"].take()
}

#[test]
fn an_iphone_gives_what_its_kernel_and_its_frameworks_say() {
    let screen = Source::Device(Arc::new(Screen::working(&Arc::default())));
    assert_eq!(
        export(iphone(), vec![screen, storage(256_000_000_000)]),
        json!({
            "device.storage_capacity": { "on_device_only": true },
            "device.mcc_mnc": { "unavailable": "platform_has_none" },
            "device.model": { "value": "iPhone16,1" },
            "device.system_version":
                { "value": { "version": "17.5.1", "name": "iOS 17.5.1", "api_level": null } },
            "device.firmware_version": { "value": "21F90" },
            "device.resolution":
                { "value": { "width": 1179, "height": 2556, "scale": 3.0, "native_scale": 3.0 } },
            "device.cpu": { "value": {
                "names": ["Coll"], "hardware": null, "cores": 6, "max_frequency_khz": null, "features": [],
                "abis": ["arm64", "arm64e"],
            } },
            "device.brand": { "value": "Apple" },
            "device.incremental_version": { "value": { "incremental": "21F90", "visual": "17.5.1 (21F90)" } },
            "device.manufacturer": { "value": "Apple" },
            "device.name": { "value": "iPhone" },
            "device.platform": { "value": "ios" },
            "device.operator": { "unavailable": "platform_has_none" },
            "process_list.processes": { "value": [{ "pid": std::process::id(), "name": "WeatherHost" }] },
        })
    );
}

#[test]
fn the_system_follows_from_the_model() {
    let mac = || {
        let mut kernel = with("hw.machine", "arm64\0");
        kernel.insert("hw.model".to_owned(), b"Mac14,2\0".to_vec());
        kernel
    };
    let systems = [
        (with("hw.machine", "iPad13,18\0"), "iPad13,18", "ipados", "iPadOS 17.5.1"),
        (with("hw.machine", "iPod9,1\0"), "iPod9,1", "ios", "iOS 17.5.1"),
        (mac(), "Mac14,2", "macos", "macOS 17.5.1"),
    ];
    for (kernel, model, platform, name) in systems {
        let items = export(kernel, Vec::new());
        assert_eq!(items["device.model"], json!({ "value": model }));
        assert_eq!(items["device.platform"], json!({ "value": platform }));
        assert_eq!(items["device.system_version"]["value"]["name"], json!(name));
    }
    let mut kernel = with("hw.machine", "Toaster1,1\0");
    kernel.insert("hw.model".to_owned(), b"Toaster1,1\0".to_vec());
    let items = export(kernel, Vec::new());
    assert_eq!(items["device.model"], json!({ "value": "Toaster1,1" }));
    assert_eq!(items["device.platform"], json!({ "unavailable": "not_stated" }));
    let version = json!({ "version": "17.5.1", "name": null, "api_level": null });
    assert_eq!(items["device.system_version"], json!({ "value": version }));
}

/// An app for iPads on a Mac is told of one iPad, of macOS's version and build, and which iOS it may take itself for.
#[test]
fn an_app_for_ipads_on_a_mac_says_what_it_runs_on() {
    let mut kernel = with("hw.machine", "iPad8,6\0");
    let told = [
        ("hw.model", "Mac14,2\0"),
        ("kern.osproductversion", "14.5\0"),
        ("kern.osversion", "23F79\0"),
        ("kern.iossupportversion", "17.5\0"),
    ];
    kernel.extend(told.map(|(name, text)| (name.to_owned(), text.into())));
    let items = export(kernel, Vec::new());
    assert_eq!(items["device.model"], json!({ "value": "Mac14,2" }));
    assert_eq!(items["device.platform"], json!({ "value": "ipados" }));
    let version = json!({ "version": "17.5", "name": "iPadOS 17.5 on macOS 14.5", "api_level": null });
    assert_eq!(items["device.system_version"], json!({ "value": version }));
    let build = json!({ "incremental": "23F79", "visual": "14.5 (23F79)" });
    assert_eq!(items["device.incremental_version"], json!({ "value": build }));
}

/// On a Vision Pro such an app is told which iOS it may take itself for in place of visionOS's version, and visionOS's build.
#[test]
fn an_app_for_ipads_on_a_vision_pro_says_what_it_runs_on() {
    let mut kernel = with("hw.machine", "RealityDevice14,1\0");
    let told =
        [("hw.model", "N301AP\0"), ("kern.osproductversion", "17.5\0"), ("kern.osversion", "21O589\0")];
    kernel.extend(told.map(|(name, text)| (name.to_owned(), text.into())));
    let items = export(kernel, Vec::new());
    assert_eq!(items["device.model"], json!({ "value": "RealityDevice14,1" }));
    assert_eq!(items["device.platform"], json!({ "value": "ipados" }));
    let version = json!({ "version": "17.5", "name": "iPadOS 17.5 on visionOS", "api_level": null });
    assert_eq!(items["device.system_version"], json!({ "value": version }));
    assert_eq!(
        items["device.incremental_version"],
        json!({ "value": { "incremental": "21O589", "visual": null } })
    );
}

/// A process of macOS is told the same by the name that is first asked, and is none of iOS's.
#[test]
fn a_program_for_macs_runs_as_one() {
    let mut kernel = with("hw.machine", "arm64\0");
    let told = [
        ("hw.model", "Mac14,2\0"),
        ("kern.osproductversion", "14.5\0"),
        ("kern.iossupportversion", "17.5\0"),
    ];
    kernel.extend(told.map(|(name, text)| (name.to_owned(), text.into())));
    let items = export(kernel, Vec::new());
    let version = json!({ "version": "14.5", "name": "macOS 14.5", "api_level": null });
    assert_eq!(items["device.system_version"], json!({ "value": version }));
    assert_eq!(items["device.platform"], json!({ "value": "macos" }));
}

#[test]
fn the_app_runs_as_one_architecture_and_the_processor_may_have_another() {
    let mini = |kernel| {
        let session = session(kernel, Vec::new());
        let json = session.collect(Purpose::Feature, None).unwrap().to_mini_program_json().unwrap();
        serde_json::from_str::<Value>(&json).unwrap()["deviceAbi"].take()
    };
    assert_eq!(mini(iphone()), json!("arm64"));
    assert_eq!(mini(with("target_arch", "x86_64\0")), json!("x86_64"), "translated on a Mac");
    let mut kernel = iphone();
    kernel.remove("target_arch");
    assert_eq!(mini(kernel), json!("arm64e"));
}

/// An iPhone mini draws three pixels to a point, and has 2.88.
#[test]
fn a_mini_programs_pixel_ratio_is_what_is_drawn() {
    let mini = |native_scale| {
        let resolution = Ok(Resolution { width: 1080, height: 2340, scale: 3.0, native_scale });
        let screen = Screen { resolution, name: Ok("x".to_owned()), calls: Arc::default() };
        let session = session(iphone(), vec![Source::Device(Arc::new(screen))]);
        let json = session.collect(Purpose::Feature, None).unwrap().to_mini_program_json().unwrap();
        let mut info = serde_json::from_str::<Value>(&json).unwrap();
        ["pixelRatio", "screenWidth", "screenHeight"].map(|name| info[name].take())
    };
    assert_eq!(mini(Some(2.88)), [json!(3.0), json!(375.0), json!(812.0)]);
    assert_eq!(mini(None), [json!(3.0), json!(360.0), json!(780.0)]);
}

#[test]
fn what_the_kernel_does_not_say_is_missing_with_the_reason() {
    let items = export(HashMap::new(), Vec::new());
    for item in ["model", "system_version", "firmware_version", "cpu", "incremental_version", "platform"] {
        assert_eq!(items[format!("device.{item}")], json!({ "unavailable": "not_recorded" }), "{item}");
    }
    let broken = [("\u{0}", "not_stated"), ("iPhone\n1,1\0", "malformed"), ("unknown\0", "placeholder")];
    for (answer, reason) in broken {
        let items = export(with("hw.machine", answer), Vec::new());
        assert_eq!(items["device.model"], json!({ "unavailable": reason }), "{answer:?}");
    }
    let items = export(with("hw.machine", vec![b'i'; 600]), Vec::new());
    assert_eq!(items["device.model"], json!({ "unavailable": "too_long" }));
    let items = export(with("hw.ncpu", [6]), Vec::new());
    assert_eq!(items["device.cpu"], json!({ "unavailable": "malformed" }));
    let items = export(with("hw.cpufamily", 7_u32.to_ne_bytes()), Vec::new());
    assert_eq!(items["device.cpu"]["value"]["names"], json!([]), "newer than the table");
}

#[test]
fn without_sources_their_items_have_none() {
    let items = export(iphone(), Vec::new());
    for item in ["device.storage_capacity", "device.resolution", "device.name"] {
        assert_eq!(items[item], json!({ "unavailable": "no_source" }), "{item}");
    }
}

#[test]
fn what_a_source_gives_is_checked() {
    let screen = |width, height, scale, name: &str| {
        let calls = Arc::default();
        let resolution = Ok(Resolution { width, height, scale, native_scale: Some(scale) });
        Source::Device(Arc::new(Screen { resolution, name: Ok(name.to_owned()), calls }))
    };
    for (width, height, scale) in [(0, 1, 1.0), (1, 0, 1.0), (1, 1, 0.0), (1, 1, -1.0), (1, 1, f64::NAN)] {
        let items = export(iphone(), vec![screen(width, height, scale, "x")]);
        assert_eq!(items["device.resolution"], json!({ "unavailable": "malformed" }));
    }
    let resolution = Ok(Resolution { width: 1, height: 1, scale: 1.0, native_scale: Some(0.0) });
    let odd = Screen { resolution, name: Ok("x".to_owned()), calls: Arc::default() };
    let items = export(iphone(), vec![Source::Device(Arc::new(odd))]);
    assert_eq!(items["device.resolution"], json!({ "unavailable": "malformed" }));
    for (name, reason) in [("", "not_stated"), ("a\nb", "malformed"), (&"x".repeat(600), "too_long")] {
        let items = export(iphone(), vec![screen(1, 1, 1.0, name)]);
        assert_eq!(items["device.name"], json!({ "unavailable": reason }));
    }
    assert_eq!(
        export(iphone(), vec![storage(0)])["device.storage_capacity"],
        json!({ "unavailable": "not_stated" })
    );
    let failing = Source::Storage(Arc::new(Volume(Err(SourceError::NotPermitted))));
    assert_eq!(
        export(iphone(), vec![failing])["device.storage_capacity"],
        json!({ "unavailable": "not_permitted" })
    );
}

#[test]
fn storage_capacity_is_shown_and_not_sent() {
    let bytes = 256_060_514_304;
    let session = session(iphone(), vec![storage(bytes)]);
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    assert_eq!(snapshot.device().unwrap().storage_capacity, Some(bytes));
    assert_eq!(snapshot.on_device_only().unwrap(), [Item::DeviceStorageCapacity].into());
    for export in [snapshot.to_json().unwrap(), snapshot.to_mini_program_json().unwrap()] {
        assert!(!export.contains(&bytes.to_string()), "{export}");
    }
    session.update_consent(&ConsentUpdate::new().revoke(Category::Device)).unwrap();
    assert_eq!(snapshot.on_device_only().unwrap(), HashSet::new(), "nothing is there any more");
    assert_eq!(session.collect(Purpose::Feature, None).unwrap().on_device_only().unwrap(), HashSet::new());
}

#[test]
fn a_source_that_is_not_permitted_is_not_called() {
    let calls = Arc::default();
    let screen = Source::Device(Arc::new(Screen::working(&calls)));
    let session = Session::open_recorded_apple(policy(), iphone(), vec![screen]).unwrap();
    session.collect(Purpose::Feature, None).unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::Device);
    session.update_consent(&update).unwrap();
    session.collect(Purpose::Feature, None).unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[test]
fn a_source_for_what_the_platform_reads_is_refused() {
    let refused = |sources: Vec<Source>| match Session::open(Policy::default(), sources) {
        Err(Error::Input { kind, field, hint, .. }) => (kind, field, hint),
        other => panic!("{other:?}"),
    };
    let (kind, field, hint) = refused(vec![storage(1)]);
    assert_eq!((kind, field.as_str()), (InputKind::Duplicate, "sources[0]"));
    assert_eq!(hint, "device.storage_capacity is already read without this source");
}
