//! Host records: what is accepted, what is refused and where, and that no value is in an error.

#![cfg(feature = "development")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test may use files")]

use std::fs;
use std::path::Path;

use scruple::{
    ApplicationInformation, CodePackage, DomainConfiguration, Error, HostRecords, InputKind, MiniProgram,
    NetworkConfiguration, Policy, ProfilePicture, Session,
};
use serde_json::{Value, json};

fn example() -> Value {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let path = Path::new(&root).join("../docs/examples/host-records.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The example with one value changed.
fn changed(pointer: &str, value: Value) -> String {
    let mut records = example();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = records.pointer_mut(parent).unwrap();
    match name.parse::<usize>() {
        Ok(at) => parent[at] = value,
        Err(_) => parent[name] = value,
    }
    records.to_string()
}

fn error(text: &str) -> (InputKind, String, String) {
    match HostRecords::from_json(text) {
        Err(Error::Input { kind, field, hint, position: Some(_) }) => (kind, field, hint),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_example_is_valid_and_fits_the_schema() {
    let records = HostRecords::from_json(&example().to_string()).unwrap();
    assert_eq!(records.application.unwrap().package_name.as_deref(), Some("com.example.shop"));
    assert_eq!(records.mini_programs.len(), 2);
    assert!(jsonschema::is_valid(&HostRecords::json_schema(), &example()));
}

#[test]
fn what_may_be_is_accepted() {
    for (pointer, value) in [
        ("/application/package_name", json!("com.example")),
        ("/application/package_name", json!("a_b.C-9.d")),
        ("/application/name", json!("名".repeat(85))),
        ("/mini_programs/0/description", json!("x".repeat(4096))),
        ("/mini_programs/0/domain_name", json!("xn--fiqs8s.example")),
        ("/mini_programs/0/code_package_address/client", json!("file:///data/mini.pkg")),
        ("/mini_programs/0/code_package_address/server", json!("http://cdn.example.com/")),
        ("/network/domains/request/0", json!("wss://a.example.com:443")),
        ("/network/permissions", json!({})),
    ] {
        let parsed = HostRecords::from_json(&changed(pointer, value));
        assert!(parsed.is_ok(), "{pointer}: {parsed:?}");
    }
    assert_eq!(HostRecords::from_json("{}"), Ok(HostRecords::default()));
}

/// Each holds the word `canary`, which no error may repeat.
#[test]
fn mistakes_are_named_and_their_values_are_not() {
    use InputKind::{Duplicate, Malformed, Missing, TooLong, UnknownName, WrongType};
    let base64 = |bytes: &[u8]| json!(base64_of(bytes));
    let long = |length: usize| json!(format!("canary{}", "x".repeat(length)));
    for (pointer, value, kind, field) in [
        ("/application/package_name", json!("canary"), Malformed, "application.package_name"),
        ("/application/package_name", json!("com..canary"), Malformed, "application.package_name"),
        ("/application/package_name", json!("com.canary app"), Malformed, "application.package_name"),
        ("/application/package_name", json!("com.canäry"), Malformed, "application.package_name"),
        ("/application/package_name", json!(".canary.a"), Malformed, "application.package_name"),
        ("/application/package_name", json!("com.-canary"), Malformed, "application.package_name"),
        ("/application/name", json!(""), Malformed, "application.name"),
        ("/application/name", json!("canary\u{1b}[31m"), Malformed, "application.name"),
        ("/application/name", long(251), TooLong, "application.name"),
        ("/application/name", json!(["canary"]), WrongType, "application.name"),
        ("/application/creator_id", json!("canary\0"), Malformed, "application.creator_id"),
        ("/application/id", json!(7), WrongType, "application.id"),
        ("/application/profile_picture", json!("canary!"), Malformed, "application.profile_picture"),
        ("/application/profile_picture", base64(b"<svg canary/>"), Malformed, "application.profile_picture"),
        ("/application/profile_picture", base64(&[0; 1 << 20]), Malformed, "application.profile_picture"),
        ("/application/profile_picture", base64(&[0; (1 << 20) + 1]), TooLong, "application.profile_picture"),
        ("/application/nmae", json!("canary"), UnknownName, "application[3]"),
        ("/mini_programs/1/id", json!("mp-orders"), Duplicate, "mini_programs[1].id"),
        ("/mini_programs/1", json!({ "name": "canary" }), Missing, "mini_programs[1]"),
        ("/mini_programs/0/introduction", long(4091), TooLong, "mini_programs[0].introduction"),
        ("/mini_programs/0/version_number", json!("canary\r"), Malformed, "mini_programs[0].version_number"),
        ("/mini_programs/0/domain_name", json!("canary"), Malformed, "mini_programs[0].domain_name"),
        ("/mini_programs/0/domain_name", json!("canary.例子"), Malformed, "mini_programs[0].domain_name"),
        (
            "/mini_programs/0/domain_name",
            json!("canary example.com"),
            Malformed,
            "mini_programs[0].domain_name",
        ),
        ("/mini_programs/0/domain_name", json!("canary..com"), Malformed, "mini_programs[0].domain_name"),
        ("/mini_programs/0/domain_name", json!("canary.com."), Malformed, "mini_programs[0].domain_name"),
        ("/mini_programs/0/domain_name", json!("192.168.0.1"), Malformed, "mini_programs[0].domain_name"),
        (
            "/mini_programs/0/domain_name",
            json!("https://canary.com"),
            Malformed,
            "mini_programs[0].domain_name",
        ),
        (
            "/mini_programs/0/domain_name",
            json!(format!("canary{}.com", "x".repeat(60))),
            Malformed,
            "mini_programs[0].domain_name",
        ),
        (
            "/mini_programs/0/code_package/sha256",
            json!("canary"),
            Malformed,
            "mini_programs[0].code_package.sha256",
        ),
        (
            "/mini_programs/0/code_package/sha256",
            json!("b".repeat(64)),
            Malformed,
            "mini_programs[0].code_package.sha256",
        ),
        ("/mini_programs/0/code_package/size", json!(1), Malformed, "mini_programs[0].code_package.bytes"),
        ("/mini_programs/0/code_package/size", json!(-1), WrongType, "mini_programs[0].code_package.size"),
        ("/mini_programs/0/code_package", json!({ "size": 1 }), Missing, "mini_programs[0].code_package"),
        (
            "/mini_programs/0/code_package/bytes",
            base64(&[7; (2 << 20) + 1]),
            TooLong,
            "mini_programs[0].code_package.bytes",
        ),
        (
            "/mini_programs/0/code_package_address",
            json!({}),
            Missing,
            "mini_programs[0].code_package_address",
        ),
        (
            "/mini_programs/0/code_package_address/client",
            json!("canary/mini.pkg"),
            Malformed,
            "mini_programs[0].code_package_address.client",
        ),
        (
            "/mini_programs/0/code_package_address/server",
            json!("ftp://canary.com/a"),
            Malformed,
            "mini_programs[0].code_package_address.server",
        ),
        (
            "/mini_programs/0/code_package_address/server",
            json!("https://user:canary@example.com/"),
            Malformed,
            "mini_programs[0].code_package_address.server",
        ),
        (
            "/mini_programs/0/code_package_address/server",
            json!("https://canary.com:99999/"),
            Malformed,
            "mini_programs[0].code_package_address.server",
        ),
        (
            "/mini_programs/0/code_package_address/server",
            json!("https://10.0.0.1/canary"),
            Malformed,
            "mini_programs[0].code_package_address.server",
        ),
        ("/network/permissions/scope.canary", json!("yes"), WrongType, "network.permissions[1]"),
        ("/network/permissions", json!({ "canary scope": true }), Malformed, "network.permissions"),
        (
            "/network/domains/request/0",
            json!("https://canary.com/path"),
            Malformed,
            "network.domains.request[0]",
        ),
        ("/network/domains/socket/0", json!("http://canary.com"), Malformed, "network.domains.socket[0]"),
        ("/network/domains/upload", json!(vec!["canary.com"; 257]), TooLong, "network.domains.upload"),
        ("/network/domians", json!({}), UnknownName, "network[1]"),
    ] {
        let (found, at, hint) = error(&changed(pointer, value));
        assert_eq!((found, at.as_str()), (kind, field), "{pointer}: {hint}");
        assert!(!hint.contains("canary"), "{pointer}: {hint}");
    }
    let programs: Vec<_> = (0..65).map(|id| json!({ "id": id.to_string() })).collect();
    assert_eq!(error(&json!({ "mini_programs": programs }).to_string()).0, TooLong);
}

/// What the schema can say, it says.
#[test]
fn the_schema_refuses_what_the_parser_refuses() {
    for (pointer, value) in [
        ("/application/nmae", json!("x")),
        ("/application/name", json!("")),
        ("/application/id", json!(7)),
        ("/mini_programs/1", json!({ "name": "x" })),
        ("/mini_programs/0/code_package", json!({ "size": 1 })),
        ("/mini_programs/0/code_package_address", json!({})),
        ("/network/permissions/scope", json!("yes")),
    ] {
        let text = changed(pointer, value);
        assert!(HostRecords::from_json(&text).is_err(), "{pointer}");
        let parsed = serde_json::from_str(&text).unwrap();
        assert!(!jsonschema::is_valid(&HostRecords::json_schema(), &parsed), "{pointer}");
    }
}

/// Records filled in by hand are held to the same rules when they are supplied, and then nothing is taken over.
#[test]
fn records_by_hand_are_checked_too() {
    let session = Session::open(Policy::default(), Vec::new()).unwrap();
    let application = |application| HostRecords { application: Some(application), ..HostRecords::default() };
    let program = |program| HostRecords { mini_programs: vec![program], ..HostRecords::default() };
    let id = || Some("id".to_owned());
    let package = CodePackage { size: 1, sha256: "canary".to_owned(), bytes: None };
    let domains =
        DomainConfiguration { web_view: vec!["canary".to_owned()], ..DomainConfiguration::default() };
    let network = NetworkConfiguration { domains: Some(domains), permissions: None };
    for (records, path) in [
        (
            application(ApplicationInformation {
                package_name: Some("canary".to_owned()),
                ..ApplicationInformation::default()
            }),
            "application.package_name",
        ),
        (
            application(ApplicationInformation {
                profile_picture: Some(ProfilePicture { bytes: b"canary".to_vec() }),
                ..ApplicationInformation::default()
            }),
            "application.profile_picture",
        ),
        (program(MiniProgram::default()), "mini_programs[0]"),
        (
            program(MiniProgram { id: id(), code_package: Some(package), ..MiniProgram::default() }),
            "mini_programs[0].code_package.sha256",
        ),
        (HostRecords { network: Some(network), ..HostRecords::default() }, "network.domains.web_view[0]"),
    ] {
        assert!(!format!("{records:?}").contains("canary"), "it prints a value");
        let Some(Error::Input { field, hint, position: None, .. }) = session.supply(records).err() else {
            panic!("{path} was accepted");
        };
        assert_eq!(field, path);
        assert!(!hint.contains("canary"));
    }
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}
