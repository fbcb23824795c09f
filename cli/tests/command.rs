//! The command as a person or a script calls it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use scruple::Item;
use serde_json::Value;

fn scruple(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scruple")).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The JSON that a command prints.
fn json(arguments: &[&str]) -> Value {
    let output = scruple(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

fn items(json: &Value) -> &serde_json::Map<String, Value> {
    json["items"].as_object().unwrap()
}

/// The text of a file that Linux describes itself by; the tests compare with what the machine has.
fn file(path: &str) -> Option<String> {
    Some(fs::read_to_string(path).ok()?.trim().to_owned())
}

fn says(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn every_item_has_a_value_or_a_reason() {
    let collected = json(&["collect", "--agree", "all", "--format", "json"]);
    assert_eq!(items(&collected).len(), Item::ALL.len());
    let table = stdout(&scruple(&["collect", "--agree", "all"]));
    for (id, outcome) in items(&collected) {
        assert_eq!(outcome.as_object().unwrap().len(), 1, "{id}: {outcome}");
        assert!(
            table.lines().any(|line| line.split_whitespace().next() == Some(id)),
            "{id} is not in the table"
        );
    }
}

#[test]
fn device_items_are_what_the_machines_own_tools_say() {
    let collected = json(&["collect", "--agree", "device", "--format", "json"]);
    let value = |id: &str| &items(&collected)[id]["value"];
    assert_eq!(*value("device.name"), says("uname", &["-n"]));
    assert_eq!(*value("device.platform"), "linux");
    // Where people's data is; a container may have no such directory.
    let home = if Path::new("/home").exists() { "/home" } else { "/" };
    let size = says("df", &["--block-size=1", "--output=size", home]);
    assert_eq!(value("device.storage_capacity").to_string(), size.lines().last().unwrap().trim());
    let lscpu = says("lscpu", &[]);
    let lscpu = |key: &str| {
        let line = lscpu.lines().find(|line| line.trim_start().starts_with(key)).unwrap();
        line.split_once(':').unwrap().1.trim().to_owned()
    };
    assert_eq!(value("device.cpu")["cores"].to_string(), lscpu("CPU(s):"));
    assert_eq!(value("device.cpu")["names"][0], lscpu("Model name:"));
    let features: Vec<_> = value("device.cpu")["features"].as_array().unwrap().iter().collect();
    assert_eq!(features, lscpu("Flags:").split_whitespace().collect::<Vec<_>>());
    let system = value("device.system_version");
    assert_eq!(system["version"], says("sh", &["-c", ". /etc/os-release; printf %s \"$VERSION_ID\""]));
    assert_eq!(system["name"], says("sh", &["-c", ". /etc/os-release; printf %s \"$PRETTY_NAME\""]));
    let build = says("sh", &["-c", ". /etc/os-release; printf %s \"${BUILD_ID-}\""]);
    let build = if build.is_empty() { says("uname", &["-r"]) } else { build };
    assert_eq!(value("device.incremental_version")["incremental"], build);
    for (id, name) in [("device.model", "product_name"), ("device.firmware_version", "bios_version")] {
        match file(&format!("/sys/class/dmi/id/{name}")) {
            Some(dmi) if value(id).is_string() => assert_eq!(*value(id), dmi),
            Some(_) => assert_eq!(items(&collected)[id]["unavailable"], "placeholder"),
            None => assert!(items(&collected)[id].get("unavailable").is_some()),
        }
    }
}

#[test]
fn without_agreement_every_item_says_consent_but_for_three() {
    for arguments in [&["collect", "--format", "json"][..], &["explain", "--format", "json"]] {
        let answer = json(arguments);
        assert_eq!(items(&answer).len(), Item::ALL.len());
        for (id, outcome) in items(&answer) {
            let layer = match id.as_str() {
                "location.precise" => "policy",
                "clipboard.troubleshooting" | "bluetooth.troubleshooting" => "agreement",
                _ => "consent",
            };
            assert_eq!(outcome["withheld"]["layer"], layer, "{id}");
        }
    }
    let words = stderr(&scruple(&["collect"]));
    assert!(words.contains("--agree all"), "it says how to agree: {words}");
}

#[test]
fn agreeing_states_the_age_unless_it_is_stated() {
    let layer = |arguments: &[&str]| {
        let answer = json(&[&["explain", "--format", "json"], arguments].concat());
        items(&answer)["device.model"]["withheld"]["layer"].clone()
    };
    assert_eq!(layer(&["--agree", "device"]), Value::Null);
    assert_eq!(layer(&["--agree", "device", "--age", "unknown"]), "age");
    assert_eq!(layer(&["--agree", "device", "--age", "below"]), "age");
    assert_eq!(layer(&["--agree", "nfc,clipboard"]), "consent");
    assert_eq!(layer(&["--agree", "nfc", "device", "--age", "at-least"]), Value::Null);
}

#[test]
fn the_agreement_prints_the_same_in_every_form() {
    let agreement = json(&["agreement", "--format", "json"]);
    let listed = agreement["items"].as_array().unwrap();
    assert_eq!(listed.len(), Item::ALL.len());
    let (table, markdown) = (scruple(&["agreement"]), scruple(&["agreement", "--format", "markdown"]));
    for item in listed {
        for key in ["id", "category", "part", "section", "datum"] {
            let text = item[key].as_str().unwrap();
            assert!(stdout(&table).contains(text) && stdout(&markdown).contains(text), "{text}");
        }
        assert!(!item["purposes"].as_array().unwrap().is_empty());
        assert!(!item["platforms"].as_array().unwrap().is_empty());
    }
}

#[test]
fn the_page_of_the_items_is_what_the_command_prints() {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let page = fs::read_to_string(Path::new(&root).join("../docs/items.md")).unwrap();
    let table = page.find("| Item |").map(|at| &page[at..]);
    assert_eq!(table, Some(stdout(&scruple(&["agreement", "--format", "markdown"])).as_str()));
}

#[test]
fn a_new_policy_is_valid_and_permits_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scruple.json");
    let path = path.to_str().unwrap();
    fs::write(path, scruple(&["policy", "new"]).stdout).unwrap();
    assert_eq!(scruple(&["policy", "check", path]).status.code(), Some(0));
    let explained = json(&["explain", "--policy", path, "--agree", "all", "--format", "json"]);
    for (id, outcome) in items(&explained) {
        let layer = &outcome["withheld"]["layer"];
        assert!(
            layer == "policy" || layer == "agreement" && id.ends_with("troubleshooting"),
            "{id}: {outcome}"
        );
    }
    let switched_on = fs::read_to_string(path)
        .unwrap()
        .replace("\"device\": { \"enabled\": false", "\"device\": { \"enabled\": true");
    fs::write(path, switched_on).unwrap();
    let explained = json(&["explain", "--policy", path, "--agree", "all", "--format", "json"]);
    assert_eq!(items(&explained)["device.model"]["permitted"], true);
    assert_eq!(items(&explained)["device.name"]["withheld"]["reason"], "switched_off");
}

#[test]
fn the_schema_command_prints_the_published_schema() {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let published = Path::new(&root).join("../docs/schema/policy.schema.json");
    assert_eq!(stdout(&scruple(&["policy", "schema"])), fs::read_to_string(published).unwrap());
}

/// A file with this text, as a command would be given it.
fn written(folder: &tempfile::TempDir, text: &[u8]) -> PathBuf {
    let path = folder.path().join("policy.json");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn bad_policies_are_status_2_with_a_place_and_the_nearest_name() {
    let folder = tempfile::tempdir().unwrap();
    let typo = "{\n  \"agreement\": \"tcmpp-dpsa/2024-05-28\",\n  \"categories\": { \"devise\": {} }\n}";
    for (text, words) in [
        (typo.as_bytes(), "policy.json:3:19: categories[0]: unknown name; did you mean `device`?"),
        (b"{\n\"agreement\": \"\xff\" }", "policy.json:2:15: not UTF-8"),
        (b"", "policy.json:1:1: not valid JSON"),
    ] {
        let path = written(&folder, text);
        let path = path.to_str().unwrap();
        for command in
            [&["policy", "check", path][..], &["collect", "--policy", path], &["explain", "--policy", path]]
        {
            let output = scruple(command);
            assert_eq!(output.status.code(), Some(2), "{command:?}");
            assert!(stderr(&output).contains(words), "{command:?}: {}", stderr(&output));
            assert_eq!(stdout(&output), "", "{command:?}");
        }
    }
    let output = scruple(&["collect", "--policy", "/nonexistent/scruple.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("/nonexistent/scruple.json"), "{}", stderr(&output));
}

/// The example of host records, and where it lies.
fn example() -> (String, String) {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let path = Path::new(&root).join("../docs/examples/host-records.json");
    (path.to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
}

#[test]
fn host_records_come_out_with_consent_and_only_then() {
    let (path, _) = example();
    let host_items = |arguments: &[&str]| {
        let answer = json(&[&["collect", "--host", &path, "--format", "json"], arguments].concat());
        let host =
            |id: &str| ["application.", "mini_program.", "network."].iter().any(|part| id.starts_with(part));
        let values = items(&answer)
            .iter()
            .filter(|(id, _)| host(id))
            .map(|(_, outcome)| outcome.get("value").is_some());
        values.collect::<Vec<_>>()
    };
    assert_eq!(host_items(&["--agree", "all"]), [true; 17]);
    assert_eq!(host_items(&[]), [false; 17]);
    let table = stdout(&scruple(&["collect", "--agree", "all", "--host", &path]));
    assert!(table.contains("Orders; Help"), "{table}");
}

#[test]
fn bad_host_records_are_status_2_and_name_the_field() {
    let (_, example) = example();
    let folder = tempfile::tempdir().unwrap();
    let picture = "A".repeat(2_000_000);
    for (from, to, words) in [
        ("com.example.shop", "shop", "application.package_name: wrong format"),
        ("orders.example.com", "orders example", "mini_programs[0].domain_name: wrong format"),
        (
            "\"creator_id\"",
            "\"creator\"",
            "policy.json:4:5: application[1]: unknown name; did you mean `creator_id`?",
        ),
        ("iVBORw0KGgo", picture.as_str(), "application.profile_picture: "),
    ] {
        assert!(example.contains(from), "{from}");
        let path = written(&folder, example.replacen(from, to, 1).as_bytes());
        let output = scruple(&["collect", "--agree", "all", "--host", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn bad_usage_is_status_2_with_the_nearest_name() {
    for (arguments, words) in [
        (&["collect", "--item", "device.modle"][..], "did you mean `device.model`?"),
        (&["collect", "--item", "modle"], "did you mean `device.model`?"),
        (&["collect", "--item", "device.cpu,model"], "did you mean `device.model`?"),
        (&["collect", "--item", "qqqq"], "the ids of `scruple agreement`"),
        (&["collect", "--agree", "devise"], "device"),
        (&["collect", "--purpose", "feture"], "feature"),
        (&["colect"], "collect"),
        (&["collect", "--item", "model"], "did you mean `device.model`?"),
        (&["collect", "model"], "`scruple collect --item device.model`"),
        (&["collect", "modle", "--agree", "all"], "`scruple collect --item device.model`"),
        (&["collect", "--agree", "model"], "that of `device.model` is `device`"),
        (&["polcy"], "policy"),
        (&["policy"], "Usage"),
        (&[], "Usage"),
    ] {
        let output = scruple(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn help_has_examples_and_the_version_names_the_command() {
    for command in [&["--help"][..], &["collect", "--help"], &["explain", "--help"], &["agreement", "--help"]]
    {
        let output = scruple(command);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("Example"), "{command:?}");
    }
    assert_eq!(stdout(&scruple(&["--version"])), concat!("scruple ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_notices_name_what_others_wrote_and_where_the_source_of_uniffi_is() {
    let notices = stdout(&scruple(&["notices"]));
    for words in
        ["- clap ", "- uniffi_core ", "Mozilla Public License", "https://github.com/mozilla/uniffi-rs"]
    {
        assert!(notices.contains(words), "{words}");
    }
}

#[test]
fn what_cannot_be_opened_is_named_with_why_and_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let policy = written(&folder, POLICY.as_bytes());
    let (policy, folder) = (policy.to_str().unwrap(), folder.path().to_str().unwrap());
    let none = format!("{folder}/nowhere");
    let below = format!("{policy}/below");
    for (arguments, words) in [
        (&["collect", "--policy", &none][..], "/nowhere: there is no such file or folder; name a policy"),
        (&["explain", "--policy", folder], ": this is a folder, not a file; name a policy"),
        (&["policy", "check", &below], "/below: this is a file, not a folder; name a policy"),
        (&["policy", "diff", policy, &none], "/nowhere: there is no such file or folder; name a policy"),
        (&["collect", "--host", &none], "/nowhere: there is no such file or folder; name a JSON file"),
        (
            &["collect", "--sysroot", &none],
            "/nowhere: there is no such file or folder; name the folder of a recorded",
        ),
        (&["collect", "--sysroot", policy], ": this is a file, not a folder; name the folder of a recorded"),
        (
            &["check", "--policy", policy, "--baseline", &none, "."],
            "/nowhere: there is no such file or folder; --write",
        ),
        (
            &["check", "--policy", policy, "--write-baseline", &below, "."],
            "/below: cannot be written: a file stands",
        ),
        (
            &["disclose", "--policy", policy, "--target", "play", "--csv", &none, "--out", &none],
            "; export the form",
        ),
        (
            &["disclose", "--policy", policy, "--target", "ios", "--out", policy],
            ": cannot be written: this is a file",
        ),
        (&["man", "--out", policy], ": cannot be written: "),
    ] {
        let output = scruple(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("os error"), "{arguments:?}: {}", stderr(&output));
    }
    let checked = scruple(&["check", "--policy", policy, &none]);
    assert!(
        stdout(&checked).contains("/nowhere: error: there is no such file or folder"),
        "{}",
        stdout(&checked)
    );
}

/// The least that is a policy.
const POLICY: &str = "{ \"agreement\": \"tcmpp-dpsa/2024-05-28\" }";

#[test]
fn what_a_message_says_to_add_is_json() {
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    for text in ["{}", &POLICY.replace(" }", ", \"categories\": { \"device\": {} } }")] {
        let path = written(&folder, text.as_bytes());
        let said = stderr(&scruple(&["policy", "check", path.to_str().unwrap()]));
        let (_, hint) = said.split_once("missing; add ").unwrap();
        for member in hint.split('`').skip(1).step_by(2) {
            let pasted: Result<Value, _> = serde_json::from_str(&format!("{{ {member} }}"));
            assert!(pasted.is_ok(), "{member}: {said}");
            count += 1;
        }
    }
    assert_eq!(count, 3);
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man");
    let written = stdout(&scruple(&["man", "--out", pages.to_str().unwrap()]));
    let name = |path: &str| Path::new(path).file_name().unwrap().to_str().unwrap().to_owned();
    let names: Vec<_> = written.lines().map(name).collect();
    for command in ["", "-collect", "-explain", "-agreement", "-check", "-disclose", "-man", "-policy-diff"] {
        assert!(names.contains(&format!("scruple{command}.1")), "{command}: {names:?}");
    }
    // Which pages a page refers to.
    for path in written.lines() {
        let page = fs::read_to_string(path).unwrap();
        let text = page.replace("\\-", "-");
        for other in text.lines().filter_map(|line| line.strip_suffix("(1)")) {
            assert!(names.contains(&format!("{other}.1")), "{path}: {other}");
        }
        assert!(!page.contains(".SH EXTRA"), "{path}");
    }
    let collect = fs::read_to_string(pages.join("scruple-collect.1")).unwrap().replace("\\-", "-");
    for words in [
        ".TH scruple-collect 1",
        "--sysroot",
        "--agree",
        ".SH EXAMPLES\n.nf\n  scruple collect ",
        "scruple collect --agree all",
    ] {
        assert!(collect.contains(words), "{words}: {collect}");
    }
}

#[test]
fn a_recording_that_may_not_be_read_is_the_kernels_refusal() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let root = tempfile::tempdir().unwrap();
    let everybody = fs::Permissions::from_mode(0o755);
    fs::set_permissions(root.path(), everybody.clone()).unwrap();
    fs::create_dir(root.path().join("etc")).unwrap();
    let hostname = root.path().join("etc/hostname");
    fs::write(&hostname, "secret\n").unwrap();
    let name = || {
        // To root nothing is forbidden; the command is copied to where nobody may run it.
        let command = root.path().join("scruple");
        fs::copy(env!("CARGO_BIN_EXE_scruple"), &command).unwrap();
        let mut command = Command::new(command);
        command.args([
            "collect",
            "--agree",
            "device",
            "--item",
            "device.name",
            "--format",
            "json",
            "--sysroot",
        ]);
        command.arg(root.path());
        if fs::metadata("/proc/self").map(|own| std::os::unix::fs::MetadataExt::uid(&own)).unwrap() == 0 {
            command.uid(65534);
        }
        // Another test may be starting a program just now, and hold the copy open for writing while it does.
        let output = loop {
            match command.output() {
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::yield_now()
                }
                output => break output.unwrap(),
            }
        };
        let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
        answer["items"]["device.name"].clone()
    };
    assert_eq!(name()["value"], "secret");
    fs::set_permissions(&hostname, fs::Permissions::from_mode(0o000)).unwrap();
    assert_eq!(name()["unavailable"], "not_permitted");
}

/// A file of the crate that writes the declarations.
fn of_disclose(path: &str) -> String {
    format!("{}/../disclose/tests/{path}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn disclose_writes_each_target_into_its_folder() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("new/declared");
    let (policy, csv) =
        (of_disclose("policies/everything.json"), of_disclose("data/data_safety_stand_in.csv"));
    let disclose = |more: &[&str]| {
        let given =
            ["--policy", &policy, "--out", folder.to_str().unwrap(), "--tracking-domain", "ads.example.com"];
        scruple(&[&["disclose"], &given[..], &["--target"], more].concat())
    };
    let output = disclose(&["ios,html", "play", "--csv", &csv]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let paths: Vec<_> = stdout(&output).lines().map(PathBuf::from).collect();
    assert_eq!(paths.len(), 7);
    assert!(paths.iter().all(|path| path.is_file()), "{paths:?}");
    assert!(paths.contains(&folder.join("play/data_safety.csv")));
    assert!(stderr(&output).lines().any(|line| line.starts_with("ios: ")), "{}", stderr(&output));
    let golden = fs::read(of_disclose("golden/everything/ios/Info.plist")).unwrap();
    assert_eq!(fs::read(folder.join("ios/Info.plist")).unwrap(), golden);

    // Everything but play, which needs the app's own form.
    let all = disclose(&["all", "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&all)).unwrap();
    let targets: std::collections::BTreeSet<_> =
        json["files"].as_array().unwrap().iter().map(|file| file["target"].as_str().unwrap()).collect();
    assert_eq!(Vec::from_iter(targets), ["android", "china", "html", "ios", "markdown"]);
    assert!(json["notes"].as_array().unwrap().iter().all(|note| note["text"].is_string()));
    assert_eq!(json["missing"], serde_json::json!([]));
}

#[test]
fn disclose_says_what_is_wrong_and_writes_nothing() {
    let out = tempfile::tempdir().unwrap();
    let policy = of_disclose("policies/fuzzy-location.json");
    let target = |policy: &str, more: &[&str]| {
        let folder = out.path().join("declared");
        scruple(
            &[&["disclose", "--policy", policy, "--out", folder.to_str().unwrap(), "--target"], more]
                .concat(),
        )
    };
    let wrong = out.path().join("wrong.json");
    fs::write(&wrong, "{ \"agreement\": 1 }").unwrap();
    let form = out.path().join("form.csv");
    fs::write(&form, "a,b,c\n").unwrap();
    for (output, said) in [
        (target(wrong.to_str().unwrap(), &["ios"]), "wrong.json:1:"),
        (target(&policy, &["ios", "play"]), "--csv"),
        (target(&of_disclose("policies/everything.json"), &["android", "ios"]), "--tracking-domain"),
        (target(&policy, &["ios", "play", "--csv", form.to_str().unwrap()]), "form.csv:1:"),
        (target(&policy, &["paper"]), "invalid value"),
    ] {
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
        assert!(!out.path().join("declared").exists());
    }

    // A form that lacks a row is patched as far as it goes, and a finding.
    fs::write(
        &form,
        "Question ID,Response ID,Response value\nPSL_DATA_TYPES_LOCATION,PSL_APPROX_LOCATION,\n",
    )
    .unwrap();
    let output = target(&policy, &["play", "--csv", form.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("missing: the form has no row PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA")
    );
    let patched = fs::read_to_string(out.path().join("declared/play/data_safety.csv")).unwrap();
    assert!(patched.ends_with("PSL_DATA_TYPES_LOCATION,PSL_APPROX_LOCATION,TRUE\n"), "{patched}");
}
