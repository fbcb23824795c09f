//! Host records: what is accepted, what is refused and where, that records filled in by hand are held to the same,
//! that the schema says the same, and that no value is ever in an error.

#![cfg(all(feature = "development", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use scruple::{
    ApplicationInformation, CodePackage, CodePackageAddress, DomainConfiguration, Error, HostRecords,
    InputKind, MiniProgram, NetworkConfiguration, Policy, Position, ProfilePicture, Session,
};
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../../docs/examples/host-records.json");

fn schema_accepts(text: &str) -> bool {
    jsonschema::is_valid(&HostRecords::json_schema(), &serde_json::from_str(text).unwrap())
}

/// What a session says of a record that was filled in by hand.
fn supply(records: HostRecords) -> Result<(), Error> {
    Session::open(Policy::default(), Vec::new()).unwrap().supply(records)
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn example_by_hand() -> HostRecords {
    let picture = BASE64_STANDARD
        .decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQMgkDAAD4AJ3MaiF4AAAAAElFTkSuQmCC",
        )
        .unwrap();
    let orders = MiniProgram {
        id: text("mp-orders"),
        name: text("Orders"),
        classification_tag: text("shopping"),
        introduction: text("See your orders."),
        description: text("Shows open and past orders.\nWorks offline."),
        version_number: text("1.4.0"),
        version_description: text("Faster lists."),
        code_package: Some(CodePackage {
            size: 23,
            sha256: "7e340c0f4b62b5a479d725a664ffcf0802e0733046ae0b92359ae4b482fe124b".to_owned(),
            bytes: Some(b"PK-example-code-package".to_vec()),
        }),
        code_package_address: Some(CodePackageAddress {
            client: text("/data/mini/mp-orders.pkg"),
            server: text("https://cdn.example.com/mini/mp-orders-1.4.0.pkg"),
        }),
        domain_name: text("orders.example.com"),
    };
    let help = MiniProgram {
        id: text("mp-help"),
        name: text("Help"),
        version_number: text("2.0.1"),
        code_package: Some(CodePackage { size: 1_048_576, sha256: "a".repeat(64), bytes: None }),
        code_package_address: Some(CodePackageAddress {
            client: None,
            server: text("https://cdn.example.com:8443/mini/mp-help.pkg"),
        }),
        domain_name: text("help.example.com"),
        ..MiniProgram::default()
    };
    HostRecords {
        application: Some(ApplicationInformation {
            profile_picture: Some(ProfilePicture { bytes: picture }),
            creator_id: text("creator-4711"),
            name: text("Example Shop"),
            id: text("app-0815"),
            package_name: text("com.example.shop"),
        }),
        mini_programs: vec![orders, help],
        network: Some(NetworkConfiguration {
            permissions: Some(
                [("scope.userLocation".to_owned(), false), ("scope.bluetooth".to_owned(), true)].into(),
            ),
            domains: Some(DomainConfiguration {
                request: texts(["api.example.com", "https://api2.example.com:8443"]),
                socket: texts(["wss://live.example.com"]),
                upload: texts(["upload.example.com"]),
                download: texts(["cdn.example.com"]),
                web_view: texts(["www.example.com"]),
            }),
        }),
    }
}

#[test]
fn the_example_is_accepted_and_says_what_a_record_says() {
    assert!(HostRecords::from_json(EXAMPLE) == Ok(example_by_hand()));
    assert!(schema_accepts(EXAMPLE));
    assert_eq!(supply(example_by_hand()), Ok(()));
}

#[test]
fn the_example_fills_every_field() {
    fn properties<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
        let schema = schema
            .get("$ref")
            .map_or(schema, |name| root.pointer(name.as_str().unwrap().trim_start_matches('#')).unwrap());
        schema.get("properties").unwrap_or(&Value::Null)
    }
    fn compare(schema: &Value, root: &Value, value: &Value, path: &str) {
        let schema = schema.get("items").filter(|items| items.get("$ref").is_some()).unwrap_or(schema);
        let value = value.get(0).unwrap_or(value);
        for (name, schema) in properties(schema, root).as_object().into_iter().flatten() {
            if name != "$schema" {
                let inner = value.get(name);
                assert!(inner.is_some(), "{path}.{name} is missing in the example");
                compare(schema, root, inner.unwrap(), &format!("{path}.{name}"));
            }
        }
    }
    let schema = HostRecords::json_schema();
    compare(&schema, &schema, &serde_json::from_str(EXAMPLE).unwrap(), "");
}

#[test]
fn debug_says_the_type_and_no_value() {
    let records = example_by_hand();
    let application = records.application.clone().unwrap();
    let program = records.mini_programs.first().cloned().unwrap();
    let network = records.network.clone().unwrap();
    let printed = [
        format!("{:?}", application.profile_picture),
        format!("{:?}", program.code_package),
        format!("{:?}", program.code_package_address),
        format!("{:?}", network.domains),
        format!("{application:?}"),
        format!("{program:?}"),
        format!("{network:?}"),
        format!("{records:#?}"),
    ];
    for printed in printed {
        let name = printed.trim_start_matches("Some(").trim_end_matches(')').trim_end_matches("(redacted");
        assert!(name.chars().all(char::is_alphabetic), "{printed}");
    }
}

/// Files with one field each. The field's text may hold `§`, the place that an error names.
fn application(fields: &str) -> String {
    format!("{{\n  \"application\": {{ {fields} }}\n}}")
}

fn program(fields: &str) -> String {
    format!("{{\n  \"mini_programs\": [\n    {{ \"id\": \"mp\", {fields} }}\n  ]\n}}")
}

fn package(fields: &str) -> String {
    program(&format!("\"code_package\": {{ {fields} }}"))
}

fn address(fields: &str) -> String {
    program(&format!("\"code_package_address\": {{ {fields} }}"))
}

fn permissions(members: &str) -> String {
    format!("{{\n  \"network\": {{ \"permissions\": {{ {members} }} }}\n}}")
}

fn domains(list: &str, entries: &str) -> String {
    format!("{{\n  \"network\": {{\n    \"domains\": {{ \"{list}\": [{entries}] }}\n  }}\n}}")
}

fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// `mini_programs` with this many ids.
fn programs(count: usize) -> String {
    let programs: Vec<_> = (0..count).map(|at| format!("{{ \"id\": \"CANARY{at}\" }}")).collect();
    format!("{{\n  \"mini_programs\": §[{}]\n}}", programs.join(", "))
}

/// What every offending value holds, and no error may.
const CANARY: &str = "canary";
/// The same for numbers.
const NUMBER: &str = "9876543210";
const DIGEST: &str = "7e340c0f4b62b5a479d725a664ffcf0802e0733046ae0b92359ae4b482fe124b";
const BYTES: &str = "UEstZXhhbXBsZS1jb2RlLXBhY2thZ2U=";

/// Whether the schema sees a mistake as well.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Schema {
    Refuses,
    /// The mistake is between two values, in the bytes, or in a length that the schema counts otherwise.
    Blind,
}

struct Mistake {
    text: String,
    kind: InputKind,
    field: String,
    hint: &'static str,
    schema: Schema,
}

fn mistakes() -> Vec<Mistake> {
    use InputKind::{Duplicate, Malformed, Missing, OutOfRange, Syntax, TooLong, UnknownName, WrongType};
    use Schema::{Blind, Refuses};
    let mut all = Vec::new();
    let mut row = |text: String, kind, field: &str, hint, schema| {
        all.push(Mistake { text, kind, field: field.to_owned(), hint, schema });
    };

    // Names and types.
    row("{\n  §\"aplication\": \"CANARY\"\n}".to_owned(), UnknownName, "[0]", "`application`", Refuses);
    row(application("§\"nmae\": \"CANARY\""), UnknownName, "application[0]", "`name`", Refuses);
    row(program("§\"domain\": \"CANARY\""), UnknownName, "mini_programs[0][1]", "`domain_name`", Refuses);
    row(
        address("§\"sever\": \"CANARY\""),
        UnknownName,
        "mini_programs[0].code_package_address[0]",
        "`server`",
        Refuses,
    );
    row(
        domains("udp", "\"CANARY\"").replace("\"udp", "§\"udp"),
        UnknownName,
        "network.domains[0]",
        "socket",
        Refuses,
    );
    row("§[\"CANARY\"]".to_owned(), WrongType, "", "an object, found an array", Refuses);
    row("{ \"application\": §\"CANARY\" }".to_owned(), WrongType, "application", "an object", Refuses);
    row(
        "{ \"mini_programs\": §{ \"CANARY\": 1 } }".to_owned(),
        WrongType,
        "mini_programs",
        "an array",
        Refuses,
    );
    row("{ \"$schema\": §[\"CANARY\"] }".to_owned(), WrongType, "$schema", "a string", Refuses);
    row(application("\"name\": §9876543210"), WrongType, "application.name", "found a number", Refuses);
    row(application("\"name\": §null"), WrongType, "application.name", "found null", Refuses);
    row(
        application("\"name\": \"CANARY\", §\"name\": \"CANARY\""),
        Duplicate,
        "application.name",
        "keep one",
        Blind,
    );
    row(
        permissions("\"scope.CANARY\": §\"CANARY\""),
        WrongType,
        "network.permissions[0]",
        "true or false",
        Refuses,
    );
    row(
        permissions("\"scope.CANARY\": true, §\"scope.CANARY\": false"),
        Duplicate,
        "network.permissions[1]",
        "keep one",
        Blind,
    );
    row("{ \"application\": { \"name\": \"CANARY\"§".to_owned(), Syntax, "", "add }", Refuses);

    // Texts.
    for (fields, field, hint) in [
        ("\"creator_id\": §\"CANARY 1\"", "creator_id", "without white space"),
        ("\"creator_id\": §\"CANARY\\u3000\"", "creator_id", "without white space"),
        ("\"id\": §\"CANARY\\n\"", "id", "without white space"),
        ("\"id\": §\"\"", "id", "leave it out"),
        ("\"name\": §\"  \"", "name", "leave it out"),
        ("\"name\": §\"CANARY\\u0000\"", "name", "without control characters"),
        ("\"name\": §\"CANARY\\u001b[31m\"", "name", "without control characters"),
        ("\"name\": §\"CANARY\\u0085\"", "name", "without control characters"),
        ("\"name\": §\"CANARY\\nCANARY\"", "name", "one line"),
    ] {
        row(application(fields), Malformed, &format!("application.{field}"), hint, Refuses);
    }
    let long =
        |field: &str, length: usize| format!("\"{field}\": §\"{}\"", "CANARY--".repeat(length / 8 + 1));
    row(application(&long("name", 256)), TooLong, "application.name", "at most 256 bytes", Refuses);
    // 90 characters of three bytes each: too long, though not in characters.
    let wide = format!("\"name\": §\"CANARY{}\"", "例".repeat(90));
    row(application(&wide), TooLong, "application.name", "at most 256 bytes", Blind);
    row(application(&long("id", 256)), TooLong, "application.id", "at most 256 bytes", Refuses);
    row(
        program(&long("introduction", 4096)),
        TooLong,
        "mini_programs[0].introduction",
        "at most 4096 bytes",
        Refuses,
    );
    row(
        program(&long("description", 4096)),
        TooLong,
        "mini_programs[0].description",
        "at most 4096 bytes",
        Refuses,
    );
    row(
        program("\"description\": §\"CANARY\\rCANARY\""),
        Malformed,
        "mini_programs[0].description",
        "line feeds and tabs",
        Refuses,
    );
    row(
        program("\"classification_tag\": §\"CANARY\\tCANARY\""),
        Malformed,
        "mini_programs[0].classification_tag",
        "one line",
        Refuses,
    );
    row(
        program("\"version_number\": §\"CANARY\\u007f\""),
        Malformed,
        "mini_programs[0].version_number",
        "one line",
        Refuses,
    );

    // Package names.
    for name in [
        "canary",
        ".com.canary",
        "com.canary.",
        "com..canary",
        "com.canary app",
        "com.canary/app",
        "com.canär.app",
        "com.-canary",
        "1com.canary",
        "com.canary\\u0000",
        "1.4.0-canary",
        "",
    ] {
        let fields = format!("\"package_name\": §\"{name}\"");
        row(application(&fields), Malformed, "application.package_name", "com.example.app", Refuses);
    }
    row(application(&long("package_name", 256)), TooLong, "application.package_name", "256", Refuses);

    // Pictures.
    let picture = |bytes: &[u8]| application(&format!("\"profile_picture\": §\"{}\"", base64(bytes)));
    for bytes in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- canary --></svg>".as_bytes(),
        b"<!doctype html><title>canary</title>",
        b"\x89PNG canary",
        b"RIFF\x04\0\0\0WAVEcanary",
        b"BMcanary",
        b"",
    ] {
        row(picture(bytes), Malformed, "application.profile_picture", "a PNG, JPEG, GIF or WebP", Blind);
    }
    let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
    large.resize(1024 * 1024 + 1, 0);
    row(picture(&large), TooLong, "application.profile_picture", "at most 1048576 bytes", Blind);
    large.resize(1024 * 1024 + 4, 0);
    row(picture(&large), TooLong, "application.profile_picture", "at most 1048576 bytes", Refuses);
    for base64 in [
        // Truncated; a line break; the alphabet for addresses; without padding; bits after the end; a data address.
        "iVBORw0KGgoCANARY",
        "iVBORw0K\\nCANARY==",
        "iVBORw0K_CANARY=",
        "iVBORw0KGgoCANAR=",
        "iVBORw0KGgoAAAANSR==CANARY==",
        "data:image/png;base64,iVBORw0KGgoCANARY=",
    ] {
        let text = application(&format!("\"profile_picture\": §\"{base64}\""));
        row(text, Malformed, "application.profile_picture", "Base64 with padding", Refuses);
    }
    let loose = "\"profile_picture\": §\"iVBORw0KGgp=\"";
    row(application(loose), Malformed, "application.profile_picture", "Base64 with padding", Blind);

    // Mini-programs.
    row(programs(65), TooLong, "mini_programs", "at most 64 mini-programs", Refuses);
    row(
        "{ \"mini_programs\": [{ \"id\": \"a\" }, §{ \"name\": \"CANARY\" }] }".to_owned(),
        Missing,
        "mini_programs[1]",
        "\"id\"",
        Refuses,
    );
    row(
        "{ \"mini_programs\": [\n{ \"id\": \"CANARY\" },\n{ \"id\": \"b\" },\n{ \"id\": §\"CANARY\" }] }"
            .to_owned(),
        Duplicate,
        "mini_programs[2].id",
        "of its own",
        Blind,
    );

    // Code packages.
    row(
        package(
            &format!("\"size\": 23, \"sha256\": §\"{}\"", "c0ffee00".repeat(8).replace("c0", "ca"))
                .replace("ca", "canary"),
        ),
        Malformed,
        "mini_programs[0].code_package.sha256",
        "64 hexadecimal",
        Refuses,
    );
    let digest =
        |digits: &str| package(&format!("\"size\": 23, \"sha256\": §\"{digits}\", \"bytes\": \"{BYTES}\""));
    let digest_field = "mini_programs[0].code_package.sha256";
    row(digest(&DIGEST[1..]), Malformed, digest_field, "64 hexadecimal", Refuses);
    row(digest(&format!("sha256:{DIGEST}")), Malformed, digest_field, "64 hexadecimal", Refuses);
    row(digest(&DIGEST.replace('7', "8")), Malformed, digest_field, "digest of bytes", Blind);
    let bytes_field = "mini_programs[0].code_package.bytes";
    let sized = |size: &str, bytes: &str| {
        package(&format!("\"size\": {size}, \"sha256\": \"{DIGEST}\", \"bytes\": §\"{bytes}\""))
    };
    row(sized("22", BYTES), Malformed, bytes_field, "as many bytes as size says", Blind);
    row(sized("23", ""), Malformed, bytes_field, "as many bytes as size says", Blind);
    row(sized("23", &BYTES[1..]), Malformed, bytes_field, "Base64", Refuses);
    row(
        sized("2097156", &base64(&[0; 2 * 1024 * 1024 + 4])),
        TooLong,
        bytes_field,
        "at most 2097152 bytes",
        Refuses,
    );
    let no_bytes = |size: &str| package(&format!("\"size\": §{size}, \"sha256\": \"{DIGEST}\""));
    let size_field = "mini_programs[0].code_package.size";
    row(no_bytes("9876543210"), OutOfRange, size_field, "from 1 to 1073741824 bytes", Refuses);
    row(no_bytes("0"), OutOfRange, size_field, "from 1 to", Refuses);
    row(no_bytes("-9876543210"), WrongType, size_field, "a negative one", Refuses);
    row(no_bytes("\"CANARY\""), WrongType, size_field, "a whole number", Refuses);
    let package_field = "mini_programs[0].code_package";
    row(
        package("\"size\": 23").replace("{ \"size\"", "§{ \"size\""),
        Missing,
        package_field,
        "\"sha256\"",
        Refuses,
    );

    // Addresses.
    let address_field = "mini_programs[0].code_package_address";
    row(address("").replace("{  }", "§{  }"), Missing, address_field, "\"client\" or \"server\"", Refuses);
    for server in [
        "/mini/canary.pkg",
        "canary.pkg",
        "canary.example.com/a.pkg",
        "//canary.example.com/a.pkg",
        "ftp://canary.example.com/a.pkg",
        "file:///canary.pkg",
        "javascript:canary()",
        "https:///canary.pkg",
        "https:canary.example.com",
        "https://user:canary@example.com/a.pkg",
        "https://canary@example.com/a.pkg",
        "https://example.com/a.pkg#canary",
        "https://example.com/a b canary",
        " https://canary.example.com/",
        "https://canary.example.com/\\n",
        "https://canary.example.com:0/",
        "https://canary.example.com:/",
        "https://canary.example.com:65a/",
        "https://canäry.example.com/",
        "https://cana%72y.example.com/canary",
        "https://192.0.2.7/canary",
        "https://[2001:db8::7]/canary",
        "https://0x7f.1/canary",
        "https://localhost/canary",
        "https://canary_1.example.com/",
        "https://canary.example.com./",
        "",
    ] {
        let text = address(&format!("\"server\": §\"{server}\""));
        row(text, Malformed, &format!("{address_field}.server"), "an ASCII domain name", Refuses);
    }
    // The schema counts a port's digits only.
    let port = address("\"server\": §\"https://canary.example.com:65536/\"");
    row(port, Malformed, &format!("{address_field}.server"), "an ASCII domain name", Blind);
    for (client, schema) in [
        ("canary.pkg", Refuses),
        ("./canary.pkg", Refuses),
        ("../canary.pkg", Refuses),
        ("", Refuses),
        ("/data/canary\\n.pkg", Refuses),
        ("/data/canary\\u0000.pkg", Refuses),
        ("file:///canary pkg", Refuses),
        ("file:///canary.pkg#fragment", Refuses),
        ("C:\\\\canary.pkg", Refuses),
        ("wxfile://canär", Refuses),
        ("app://user:canary@host/a.pkg", Blind),
    ] {
        let text = address(&format!("\"client\": §\"{client}\""));
        row(text, Malformed, &format!("{address_field}.client"), "an absolute path", schema);
    }
    let far = format!("\"client\": §\"/{}\"", "CANARY--".repeat(256));
    row(address(&far), TooLong, &format!("{address_field}.client"), "at most 2048 bytes", Refuses);

    // Domain names: the same everywhere.
    let label = format!("canary{}", "a".repeat(58));
    let name = format!("canary.{}.com", ["a".repeat(62).as_str(); 4].join("."));
    for (domain, schema) in [
        ("canary", Refuses),
        ("canary.example.com.", Refuses),
        (".canary.example.com", Refuses),
        ("canary..example.com", Refuses),
        ("canary_1.example.com", Refuses),
        ("-canary.example.com", Refuses),
        ("canary-.example.com", Refuses),
        ("canary .example.com", Refuses),
        ("*.canary.example.com", Refuses),
        ("canäry.example.com", Refuses),
        ("canary。example。com", Refuses),
        ("canary.例え.jp", Refuses),
        ("192.0.2.7", Refuses),
        ("canary.7", Refuses),
        ("canary.0x7f", Blind),
        ("[2001:db8::7]", Refuses),
        ("2001:db8::7", Refuses),
        ("canary.example.com\\u0000", Refuses),
        (&format!("{label}.com"), Refuses),
        ("", Refuses),
    ] {
        let fields = format!("\"domain_name\": §\"{domain}\"");
        row(program(&fields), Malformed, "mini_programs[0].domain_name", "xn--", schema);
        let entries = format!("\"example.com\", §\"{domain}\"");
        row(domains("download", &entries), Malformed, "network.domains.download[1]", "https://", schema);
    }
    let fields = format!("\"domain_name\": §\"{name}\"");
    row(program(&fields), TooLong, "mini_programs[0].domain_name", "at most 256 bytes", Refuses);
    for domain in ["https://canary.example.com", "canary.example.com:8443"] {
        let fields = format!("\"domain_name\": §\"{domain}\"");
        row(program(&fields), Malformed, "mini_programs[0].domain_name", "xn--", Refuses);
    }

    // Server domains.
    for (list, domain, hint, schema) in [
        ("request", "http://canary.example.com", "https://", Refuses),
        ("request", "tcp://canary.example.com", "https:// or wss://", Refuses),
        ("upload", "ftp://canary.example.com", "https://", Refuses),
        ("web_view", "//canary.example.com", "https://", Refuses),
        ("socket", "http://canary.example.com", "wss:// or tcp:// or udp://", Refuses),
        ("socket", "ws://canary.example.com", "wss://", Refuses),
        ("request", "https://canary.example.com/", "https://", Refuses),
        ("request", "https://canary.example.com?a", "https://", Refuses),
        ("request", "https://canary.example.com#a", "https://", Refuses),
        ("request", "https://canary@example.com", "https://", Refuses),
        ("request", "canary.example.com/a", "https://", Refuses),
        ("request", "canary.example.com:", "a port", Refuses),
        ("request", "canary.example.com:0", "a port", Refuses),
        ("request", "canary.example.com:+80", "a port", Refuses),
        ("request", "canary.example.com:99999", "a port", Blind),
        ("request", "canary.example.com:80:80", "a port", Refuses),
        ("request", "https://192.0.2.7:8443", "https://", Refuses),
        ("request", "https://localhost", "https://", Refuses),
        ("request", "canary.example.com;canary.example.org", "https://", Refuses),
    ] {
        let text = domains(list, &format!("§\"{domain}\""));
        row(text, Malformed, &format!("network.domains.{list}[0]"), hint, schema);
    }
    let many = vec!["\"canary.example.com\""; 257].join(", ");
    let text = domains("request", &many).replace(": [\"", ": §[\"");
    row(text, TooLong, "network.domains.request", "at most 256 domains", Refuses);

    // Permissions, whose names are data too.
    for name in ["canary 1", "canär", "canary\\u001b", "canary/1", ""] {
        let text =
            permissions(&format!("\"{name}\": true")).replace("\"permissions\": {", "\"permissions\": §{");
        row(text, Malformed, "network.permissions", "scope.userLocation", Refuses);
    }
    let members: Vec<_> = (0..257).map(|at| format!("\"canary{at}\": true")).collect();
    let text = permissions(&members.join(", ")).replace("\"permissions\": {", "\"permissions\": §{");
    row(text, TooLong, "network.permissions", "at most 256 permissions", Refuses);
    all
}

/// The text without its mark, and where that was.
fn marked(text: &str) -> (String, Position) {
    let (before, after) = text.split_once('§').unwrap_or_else(|| panic!("no mark in {text}"));
    let line = before.lines().count().max(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let position = Position { line: line.try_into().unwrap(), column: column.try_into().unwrap() };
    (format!("{before}{after}"), position)
}

#[test]
fn mistakes_are_named_and_placed_and_hold_no_value() {
    let mistakes = mistakes();
    assert!(mistakes.len() >= 40);
    for Mistake { text, kind, field, hint, schema } in mistakes {
        let (text, place) = marked(&text);
        let shown = text.chars().take(300).collect::<String>();
        let error = HostRecords::from_json(&text).err();
        let Some(Error::Input { kind: k, field: f, hint: h, position }) = &error else {
            panic!("{shown}: {error:?}");
        };
        assert_eq!((*k, f), (kind, &field), "{shown}");
        assert!(h.contains(hint), "{shown}: {h}");
        assert_eq!(*position, Some(place), "{shown}");
        let said = format!("{} {error:?}", error.clone().unwrap()).to_lowercase();
        for value in [CANARY, NUMBER, "192.0.2.7", &DIGEST[..8], "canär", "ca%6e"] {
            assert!(!said.contains(value), "{shown}: {said}");
        }
        if kind != InputKind::Syntax {
            assert_eq!(schema_accepts(&text), schema == Schema::Blind, "{shown}: the schema");
        }
    }
}

/// A record with whatever the file says, as long as the types can hold it.
fn unchecked(text: &str) -> Option<HostRecords> {
    let file: Value = serde_json::from_str(text).ok()?;
    // A parser of JSON keeps one of two equal names, so what is left of these files is no mistake.
    if HostRecords::from_json(text).is_err_and(|error| error.to_string().contains("keep one")) {
        return None;
    }
    fn known(object: &Value, names: &[&str]) -> Option<()> {
        object.as_object()?.keys().all(|name| names.contains(&name.as_str())).then_some(())
    }
    /// The outer `None` is a type that the field cannot hold.
    fn string(object: &Value, name: &str) -> Option<Option<String>> {
        object.get(name).map_or(Some(None), |value| Some(Some(value.as_str()?.to_owned())))
    }
    fn bytes(object: &Value, name: &str) -> Option<Option<Vec<u8>>> {
        string(object, name)?.map_or(Some(None), |text| Some(Some(BASE64_STANDARD.decode(text).ok()?)))
    }
    fn list(object: &Value, name: &str) -> Option<Vec<String>> {
        let Some(list) = object.get(name) else { return Some(Vec::new()) };
        list.as_array()?.iter().map(|text| Some(text.as_str()?.to_owned())).collect()
    }
    known(&file, &["application", "mini_programs", "network"])?;
    let application = |object: &Value| {
        known(object, &["profile_picture", "creator_id", "name", "id", "package_name"])?;
        Some(ApplicationInformation {
            profile_picture: bytes(object, "profile_picture")?.map(|bytes| ProfilePicture { bytes }),
            creator_id: string(object, "creator_id")?,
            name: string(object, "name")?,
            id: string(object, "id")?,
            package_name: string(object, "package_name")?,
        })
    };
    let package = |object: &Value| {
        Some(CodePackage {
            size: object.get("size")?.as_u64()?,
            sha256: string(object, "sha256")??,
            bytes: bytes(object, "bytes")?,
        })
    };
    let address = |object: &Value| {
        known(object, &["client", "server"])?;
        Some(CodePackageAddress { client: string(object, "client")?, server: string(object, "server")? })
    };
    let program = |object: &Value| {
        if object.get("domain").is_some() {
            return None;
        }
        Some(MiniProgram {
            id: string(object, "id")?,
            name: string(object, "name")?,
            classification_tag: string(object, "classification_tag")?,
            introduction: string(object, "introduction")?,
            description: string(object, "description")?,
            version_number: string(object, "version_number")?,
            version_description: string(object, "version_description")?,
            code_package: object
                .get("code_package")
                .map_or(Some(None), |object| package(object).map(Some))?,
            code_package_address: object
                .get("code_package_address")
                .map_or(Some(None), |object| address(object).map(Some))?,
            domain_name: string(object, "domain_name")?,
        })
    };
    let network = |object: &Value| {
        let permissions = object.get("permissions").map(|members| {
            let members = members.as_object()?.iter();
            members.map(|(name, given)| Some((name.clone(), given.as_bool()?))).collect::<Option<_>>()
        });
        let domains = object.get("domains").map(|object| {
            known(object, &["request", "socket", "upload", "download", "web_view"])?;
            Some(DomainConfiguration {
                request: list(object, "request")?,
                socket: list(object, "socket")?,
                upload: list(object, "upload")?,
                download: list(object, "download")?,
                web_view: list(object, "web_view")?,
            })
        });
        Some(NetworkConfiguration {
            permissions: permissions.map_or(Some(None), |permissions| permissions.map(Some))?,
            domains: domains.map_or(Some(None), |domains| domains.map(Some))?,
        })
    };
    let programs = file
        .get("mini_programs")
        .map_or(Some(Vec::new()), |programs| programs.as_array()?.iter().map(program).collect::<Option<_>>());
    Some(HostRecords {
        application: file.get("application").map_or(Some(None), |object| application(object).map(Some))?,
        mini_programs: programs?,
        network: file.get("network").map_or(Some(None), |object| network(object).map(Some))?,
    })
}

#[test]
fn a_record_filled_in_by_hand_is_held_to_the_same() {
    assert!(unchecked(EXAMPLE) == Some(example_by_hand()));
    let mut compared = 0;
    for mistake in mistakes() {
        let (text, _) = marked(&mistake.text);
        let Some(records) = unchecked(&text) else { continue };
        compared += 1;
        let Err(Error::Input { kind, field, hint, position: None }) = supply(records) else {
            panic!("{}: taken over", mistake.field);
        };
        assert_eq!((kind, &field), (mistake.kind, &mistake.field));
        assert!(hint.contains(mistake.hint), "{field}: {hint}");
    }
    assert!(compared > 120, "{compared} of the mistakes can be made by hand");
}

/// What is unusual and right.
#[test]
fn what_is_right_is_accepted_by_all_three() {
    let mut right = vec![
        "{}".to_owned(),
        "{ \"$schema\": \"host-records.schema.json\", \"mini_programs\": [] }".to_owned(),
        "{ \"application\": {}, \"network\": {} }".to_owned(),
        "{ \"network\": { \"permissions\": {}, \"domains\": {} } }".to_owned(),
        programs(64).replace('§', ""),
        application("\"name\": \"例えば 👩‍💻 ‏عربي\", \"creator_id\": \"作者#1\""),
        application(&format!("\"name\": \"{}\", \"id\": \"{}\"", "a".repeat(256), "b".repeat(256))),
        program(&format!("\"description\": \"\\tone\\n\\ntwo {}\"", "c".repeat(4096 - 10))),
        address("\"client\": \"/data/例え/a b.pkg\""),
        address("\"client\": \"wxfile://usr/a.pkg\""),
        address("\"client\": \"file:///data/a%20b.pkg\", \"server\": \"http://cdn.example.com\""),
        address("\"server\": \"HTTPS://CDN.Example.COM:8443/a/b.pkg?sign=a%2Fb&t=1\""),
        address("\"server\": \"https://xn--r8jz45g.xn--zckzah/a.pkg\""),
        package(&format!("\"size\": 23, \"sha256\": \"{}\", \"bytes\": \"{BYTES}\"", DIGEST.to_uppercase())),
        package(&format!("\"size\": 1073741824, \"sha256\": \"{DIGEST}\"")),
        permissions("\"android.permission.ACCESS_COARSE_LOCATION\": false, \"scope.user-info_1\": true"),
        domains(
            "request",
            "\"example.com\", \"https://EXAMPLE.com\", \"wss://example.com\", \"a-b.3com.example:65535\"",
        ),
        domains("socket", "\"wss://example.com:443\", \"tcp://example.com:7000\", \"udp://example.com:1\""),
        domains("web_view", &vec!["\"example.com\""; 256].join(", ")),
        // Comments and a byte-order mark, as in a policy.
        format!("\u{feff}// records\n{}", EXAMPLE.replacen('{', "{ /* a */", 1)),
    ];
    for name in ["com.example.app", "com.example.my-app", "com.Example_1.2048", "a.b", "org._private.app"] {
        right.push(application(&format!("\"package_name\": \"{name}\"")));
    }
    for name in [
        "a.bc",
        "xn--bcher-kva.example",
        "1.2.3.4.example",
        "a--b.example",
        &format!("{}.com", "a".repeat(63)),
    ] {
        right.push(program(&format!("\"domain_name\": \"{name}\"")));
    }
    let mut largest = b"GIF89a".to_vec();
    largest.resize(1024 * 1024, 0);
    for bytes in
        [b"\x89PNG\r\n\x1a\n", &b"\xff\xd8\xff\xe0"[..], b"GIF87a", b"RIFF\0\0\0\0WEBPVP8 ", &largest]
    {
        right.push(application(&format!("\"profile_picture\": \"{}\"", base64(bytes))));
    }
    for text in right {
        let shown = text.chars().take(300).collect::<String>();
        let records = HostRecords::from_json(&text).unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert_eq!(supply(records), Ok(()), "{shown}");
        if !text.contains("/*") {
            assert!(schema_accepts(&text), "{shown}: the schema refuses it");
        }
    }
}

#[test]
fn a_list_of_domains_that_is_not_said_is_empty_and_a_configuration_that_is_not_said_is_none() {
    let records = HostRecords::from_json("{ \"network\": { \"domains\": {} } }").unwrap();
    let network = records.network.unwrap();
    assert!(network.domains == Some(DomainConfiguration::default()));
    assert!(network.permissions.is_none());
}

#[test]
fn what_is_refused_is_not_taken_over() {
    let session = Session::open(Policy::default(), Vec::new()).unwrap();
    let mut records = example_by_hand();
    records.mini_programs.push(records.mini_programs.first().cloned().unwrap());
    assert!(matches!(session.supply(records), Err(Error::Input { kind: InputKind::Duplicate, .. })));
    assert_eq!(session.supply(example_by_hand()), Ok(()));
    session.close();
    assert_eq!(session.supply(example_by_hand()), Err(Error::Closed));
}

#[test]
fn the_schema_explains_every_field() {
    fn look(schema: &Value, path: &str) {
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            assert!(property.get("description").is_some() || property.get("$ref").is_some(), "{path}.{name}");
            assert_ne!(property.pointer("/type/1"), Some(&json!("null")), "{path}.{name}: null is refused");
        }
    }
    let schema = HostRecords::json_schema();
    look(&schema, "");
    for (name, schema) in schema.get("$defs").and_then(Value::as_object).unwrap() {
        assert!(schema.get("description").is_some(), "{name}");
        look(schema, name);
    }
}
