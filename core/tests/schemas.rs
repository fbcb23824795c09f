//! The published schemas are those of the types, and real exports fit them.

#![cfg(all(feature = "development", target_os = "linux"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test may fail"
)]

use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use scruple::{
    Age, Category, CategoryPolicy, ConsentUpdate, HostRecords, Item, ItemPolicy, Policy, Purpose, Session,
    Snapshot,
};
use serde_json::{Value, json};

/// Set this to write the schemas anew after a change of the types.
const UPDATE: &str = "UPDATE_SCHEMAS";

#[test]
fn the_published_schemas_are_up_to_date() {
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo");
    let folder = Path::new(&root).join("../docs/schema");
    for (name, schema) in [
        ("policy", Policy::json_schema()),
        ("collect", Snapshot::json_schema()),
        ("explain", Session::explain_json_schema()),
        ("host-records", HostRecords::json_schema()),
    ] {
        let path = folder.join(format!("{name}.schema.json"));
        let text = format!("{schema:#}\n");
        if env::var_os(UPDATE).is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert!(published == text, "{name}: not up to date; run the tests once with {UPDATE}=1");
    }
}

/// A session that may read everything on this machine.
fn session() -> Arc<Session> {
    let on = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let category = |category: &Category| {
        let items = Item::ALL.iter().filter(|item| item.category() == *category);
        let items = items.map(|item| (*item, on.clone())).collect();
        (*category, CategoryPolicy { enabled: true, items, ..CategoryPolicy::default() })
    };
    let categories = Category::ALL.iter().map(category).collect();
    let session = Session::open(Policy { categories, ..Policy::default() }, Vec::new()).unwrap();
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    let update = Category::ALL.iter().fold(update, |update, category| update.grant(*category));
    session.update_consent(&update).unwrap();
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo");
    let example = fs::read_to_string(Path::new(&root).join("../docs/examples/host-records.json")).unwrap();
    session.supply(HostRecords::from_json(&example).unwrap()).unwrap();
    session
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn real_exports_fit() {
    let session = session();
    let (collect, explain) = (Snapshot::json_schema(), Session::explain_json_schema());
    let valid = |schema, export: &Value| {
        let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
        let errors: Vec<_> = validator.iter_errors(export).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    };
    // The second collection of the process list is too soon.
    let snapshots =
        [session.collect(Purpose::Feature, None), session.collect(Purpose::Troubleshooting, None)];
    let exports = snapshots.map(|snapshot| parsed(&snapshot.unwrap().to_json().unwrap()));
    for export in &exports {
        assert_eq!(export["items"].as_object().unwrap().len(), Item::ALL.len());
        valid(&collect, export);
        valid(&explain, &parsed(&session.explain_json(Purpose::Feature).unwrap()));
    }
    let too_soon = &exports[1]["items"]["process_list.processes"]["withheld"];
    assert_eq!((&too_soon["layer"], &too_soon["reason"]), (&json!("interval"), &json!("too_soon")));

    session.update_consent(&ConsentUpdate::new().age(Age::BelowMinimum).revoke(Category::Nfc)).unwrap();
    valid(&collect, &parsed(&session.collect(Purpose::Feature, None).unwrap().to_json().unwrap()));
}

/// The control: the schemas refuse what no export holds.
#[test]
fn exports_that_cannot_be_do_not_fit() {
    let export = |items: Value| json!({ "agreement": scruple::AGREEMENT, "purpose": "feature", "collected_at": "2026-01-31T12:00:00Z", "items": items });
    let schema = Snapshot::json_schema();
    assert!(jsonschema::is_valid(&schema, &export(json!({ "device.model": { "value": "Pixel 8" } }))));
    for items in [
        json!({ "device.model": { "value": 8 } }),
        json!({ "device.serial": { "value": "x" } }),
        json!({ "device.model": { "unavailable": "because" } }),
        json!({ "device.model": {} }),
        json!({ "nfc.information": { "value": 1 } }),
        json!({ "application.name": { "value": ["x"] } }),
        json!({ "mini_program.name": { "value": "x" } }),
        json!({ "device.model": { "withheld": { "layer": "consent" } } }),
    ] {
        assert!(!jsonschema::is_valid(&schema, &export(items.clone())), "{items}");
    }
}

/// Mini-programs know more fields than the agreement has data; those are absent.
#[test]
fn a_mini_program_gets_the_fields_that_have_an_item() {
    let export = session().collect(Purpose::Feature, None).unwrap().to_mini_program_json().unwrap();
    let fields = parsed(&export);
    let fields = fields.as_object().unwrap();
    let known =
        ["brand", "model", "pixelRatio", "screenWidth", "screenHeight", "system", "platform", "cpuType"];
    assert!(fields.keys().all(|field| known.contains(&field.as_str())), "{export}");
    assert_eq!(fields["platform"], json!("linux"));
    for without_item in [
        "abi",
        "albumAuthorized",
        "benchmarkLevel",
        "bluetoothEnabled",
        "cameraAuthorized",
        "deviceAbi",
        "deviceOrientation",
        "enableDebug",
        "fontSizeSetting",
        "host",
        "language",
        "locationEnabled",
        "locationAuthorized",
        "memorySize",
        "microphoneAuthorized",
        "notificationAuthorized",
        "safeArea",
        "SDKVersion",
        "statusBarHeight",
        "theme",
        "version",
        "wifiEnabled",
        "windowHeight",
        "windowWidth",
    ] {
        assert!(!fields.contains_key(without_item), "{without_item}");
    }
}
