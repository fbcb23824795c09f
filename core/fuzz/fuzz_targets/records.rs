//! A file of host records: what it gives passes the check of records that are filled in by hand, has no control character, and is the
//! same when it is written and read again.
#![no_main]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use libfuzzer_sys::fuzz_target;
use scruple::{
    ApplicationInformation, CodePackage, CodePackageAddress, DomainConfiguration, HostRecords, MiniProgram,
    NetworkConfiguration, fuzzing,
};
use scruple_fuzz::errors;
use serde_json::{Value, json};

fuzz_target!(|text: &str| {
    match HostRecords::from_json(text) {
        Ok(records) => {
            fuzzing::check_records(&records).expect("they are taken");
            let written = written(&records);
            printable(&written);
            let again = HostRecords::from_json(&written.to_string()).expect("they are records");
            assert!(again == records, "other records");
        }
        Err(error) => errors::check(&error, text),
    }
});

/// No text but a description has a control character, and no text is longer than one may be.
fn printable(value: &Value) {
    match value {
        Value::String(text) => {
            let lines = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            assert!(!text.contains(lines), "a control character");
        }
        Value::Array(values) => values.iter().for_each(printable),
        Value::Object(values) => {
            for (name, value) in values {
                let (most, is_long) = match name.as_str() {
                    "bytes" | "profile_picture" => (usize::MAX, false),
                    "introduction" | "description" | "version_description" => (4096, true),
                    "client" | "server" => (2048, false),
                    _ => (300, false),
                };
                if let Value::String(text) = value {
                    assert!(!text.trim().is_empty() && text.len() <= most, "{name}: {} bytes", text.len());
                    assert!(is_long || !text.contains(char::is_control), "{name}: a control character");
                }
                assert!(!name.contains(char::is_control), "a control character");
                printable(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn written(records: &HostRecords) -> Value {
    let HostRecords { application, mini_programs, network } = records;
    said([
        ("application", application.as_ref().map(application_written)),
        ("mini_programs", Some(mini_programs.iter().map(program_written).collect())),
        ("network", network.as_ref().map(network_written)),
    ])
}

fn application_written(application: &ApplicationInformation) -> Value {
    let ApplicationInformation { profile_picture, creator_id, name, id, package_name } = application;
    said([
        (
            "profile_picture",
            profile_picture.as_ref().map(|picture| json!(BASE64_STANDARD.encode(&picture.bytes))),
        ),
        ("creator_id", creator_id.as_ref().map(|text| json!(text))),
        ("name", name.as_ref().map(|text| json!(text))),
        ("id", id.as_ref().map(|text| json!(text))),
        ("package_name", package_name.as_ref().map(|text| json!(text))),
    ])
}

fn program_written(program: &MiniProgram) -> Value {
    let MiniProgram {
        id,
        name,
        classification_tag,
        introduction,
        description,
        version_number,
        version_description,
        code_package,
        code_package_address,
        domain_name,
    } = program;
    let package = |package: &CodePackage| {
        said([
            ("size", Some(json!(package.size))),
            ("sha256", Some(json!(package.sha256))),
            ("bytes", package.bytes.as_ref().map(|bytes| json!(BASE64_STANDARD.encode(bytes)))),
        ])
    };
    let address = |address: &CodePackageAddress| {
        said([
            ("client", address.client.as_ref().map(|text| json!(text))),
            ("server", address.server.as_ref().map(|text| json!(text))),
        ])
    };
    said([
        ("id", id.as_ref().map(|text| json!(text))),
        ("name", name.as_ref().map(|text| json!(text))),
        ("classification_tag", classification_tag.as_ref().map(|text| json!(text))),
        ("introduction", introduction.as_ref().map(|text| json!(text))),
        ("description", description.as_ref().map(|text| json!(text))),
        ("version_number", version_number.as_ref().map(|text| json!(text))),
        ("version_description", version_description.as_ref().map(|text| json!(text))),
        ("code_package", code_package.as_ref().map(package)),
        ("code_package_address", code_package_address.as_ref().map(address)),
        ("domain_name", domain_name.as_ref().map(|text| json!(text))),
    ])
}

fn network_written(network: &NetworkConfiguration) -> Value {
    let domains = |domains: &DomainConfiguration| {
        let DomainConfiguration { request, socket, upload, download, web_view } = domains;
        json!({
            "request": request,
            "socket": socket,
            "upload": upload,
            "download": download,
            "web_view": web_view,
        })
    };
    said([
        ("permissions", network.permissions.as_ref().map(|permissions| json!(permissions))),
        ("domains", network.domains.as_ref().map(domains)),
    ])
}

/// An object of what is said.
fn said<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let said = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(said.collect())
}
