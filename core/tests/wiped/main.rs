//! Each container wipes what it holds by itself: no block of memory is freed with a value in it.
//!
//! The memory search (`tests/memory`) sees what is left where shipped artifacts' allocator wipes what is freed. Here nobody wipes
//! but the container, so that one which does not is seen, and by name. `cargo xtask containers` replaces each by one that does not.

#![cfg(all(target_os = "linux", feature = "recorded-apple"))]
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test may fail, makes what is read, says what it proved and has its own allocator"
)]

mod watch;

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use scruple::{
    AdapterState, Age, ApplicationInformation, BluetoothDevice, BluetoothDiagnosis, BluetoothInformation,
    BluetoothSource, Category, CategoryPolicy, ClipboardDiagnosis, ClipboardSource, ClipboardText,
    ConsentUpdate, DeviceSource, DomainConfiguration, HostRecords, IdfaSource, Item, ItemPolicy,
    LocationAccuracy, MiniProgram, NetworkConfiguration, Policy, ProfilePicture, Purpose, Resolution,
    Session, Source, SourceError, SystemPermission, WebViewSource,
};
use tempfile::TempDir;

use watch::{Found, freed, masked};

/// Values by their places: each a text that passes for a name.
const PLACES: [&str; 24] = [
    "product",
    "family",
    "vendor",
    "bios",
    "hostname",
    "pretty",
    "build",
    "osrelease",
    "core",
    "hardware",
    "feature",
    "comm",
    "name",
    "id",
    "creator",
    "domain",
    "permission",
    "description",
    "agent",
    "clip",
    "type",
    "nearby",
    "machine",
    "program",
];

fn value(place: &str) -> String {
    format!("Canary{place}Qzxw")
}

/// What is searched for: each value as it is, in Base64, and as the guard folds it.
fn values() -> Vec<(&'static str, Vec<u8>)> {
    let mut values: Vec<_> = PLACES.iter().map(|place| (*place, masked(value(place).as_bytes()))).collect();
    values.push(("picture", masked(BASE64_STANDARD.encode(picture()).as_bytes())));
    let folded: Vec<u8> =
        value("clip").to_lowercase().chars().flat_map(|c| u32::from(c).to_ne_bytes()).collect();
    values.push(("folded", masked(&folded)));
    values.push(("letters", masked(LETTERS.replace('.', "").as_bytes())));
    values.push(("identifier", masked(IDENTIFIER.as_bytes())));
    values
}

const LETTERS: &str = "q.z.x.w.v.k.j.q.z.x.w.v.k.j";
/// An identifier of the form, and upper case as it is given out.
const IDENTIFIER: &str = "0123abcd-4567-89ef-0123-456789abcdef";

/// A GIF by its first bytes.
fn picture() -> Vec<u8> {
    [b"GIF89a", value("product").as_bytes()].concat()
}

/// Nothing that was freed while this was done had a value in it.
fn wiped<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let (found, result) = freed(values(), act);
    let words = |found: Found| format!("\n  {} by {}", found.name, found.by);
    assert!(found.is_empty(), "{what} left behind:{}", found.into_iter().map(words).collect::<String>());
    result
}

fn policy() -> Policy {
    let name = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let named = HashMap::from([(Item::DeviceName, name)]);
    let on = |category: &Category| CategoryPolicy {
        enabled: true,
        minimum_interval_ms: Some(0),
        deadline_ms: Some(60_000),
        items: if *category == Category::Device { named.clone() } else { HashMap::new() },
        ..CategoryPolicy::default()
    };
    Policy {
        location_accuracy: LocationAccuracy::Precise,
        categories: Category::ALL.iter().map(|category| (*category, on(category))).collect(),
        ..Policy::default()
    }
}

fn agreed() -> ConsentUpdate {
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    Category::ALL.iter().fold(update, |update, category| update.grant(*category))
}

fn open(sources: Vec<Source>) -> Arc<Session> {
    let session = Session::open(policy(), sources).unwrap();
    session.update_consent(&agreed()).unwrap();
    session
}

fn recorded(files: &[(&str, Vec<u8>)]) -> (TempDir, Arc<Session>) {
    let root = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let session = Session::open_recorded(policy(), root.path()).unwrap();
    session.update_consent(&agreed()).unwrap();
    (root, session)
}

/// Collects, reads nothing and closes, in the watch's sight.
fn collected(what: &str, session: &Session, purpose: Purpose) {
    wiped(what, || session.collect(purpose, None).unwrap().close());
}

/// One test, since the watch is over the whole process.
#[test]
fn no_block_is_freed_with_a_value_in_it() {
    control();
    a_machine();
    a_machine_of_broken_texts();
    letters();
    the_platforms_names();
    records();
    records_with_a_mistake();
    a_picture();
    sources();
    refused_answers();
    an_answer_that_nobody_wants();
    apple();
    println!(
        "proof: each container wipes what it holds before its block is freed | {} values, none in a freed block | \
         a plain text and a plain list were seen",
        values().len()
    );
}

/// What a plain container leaves is seen, with the place.
fn control() {
    let (text, list) = (value("name"), vec![value("id")]);
    let (found, ()) = freed(values(), move || drop((text, list)));
    let names: Vec<_> = found.iter().map(|found| found.name).collect();
    assert_eq!(names, ["name", "id"]);
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let line = |place: &str| format!("{}\n", value(place)).into_bytes();
    let os_release = format!(
        "VERSION_ID=1\nPRETTY_NAME=\"{}\"\nBUILD_ID={}\nVERSION='cut\n",
        value("pretty"),
        value("build")
    );
    // Longer than the first buffer, so that it grows with a value in it.
    let rest = "bogomips : 48.00\n".repeat(1_000);
    let cpuinfo = format!(
        "processor : 0\nmodel name : {}\nHardware : {}\nFeatures : fp {}\n{rest}",
        value("core"),
        value("hardware"),
        value("feature")
    );
    vec![
        ("sys/class/dmi/id/product_name", line("product")),
        ("sys/class/dmi/id/product_family", line("family")),
        ("sys/class/dmi/id/sys_vendor", line("vendor")),
        ("sys/class/dmi/id/bios_version", line("bios")),
        ("etc/hostname", line("hostname")),
        ("etc/os-release", os_release.into_bytes()),
        ("proc/sys/kernel/osrelease", line("osrelease")),
        ("proc/cpuinfo", cpuinfo.into_bytes()),
        ("proc/1/comm", line("comm")),
        ("proc/2/comm", line("comm")),
    ]
}

fn a_machine() {
    let (_root, session) = recorded(&files());
    collected("a machine", &session, Purpose::Feature);
}

/// Texts that are not UTF-8, and values that are refused once they are read.
fn a_machine_of_broken_texts() {
    let mut files = files();
    let broken = |place: &str| [value(place).as_bytes(), b"\xff\x01\xff\n"].concat();
    for (path, content) in &mut files {
        match *path {
            "etc/os-release" => {
                *content =
                    [b"PRETTY_NAME=", &broken("pretty")[..], b"BUILD_ID=\"", &broken("build")[..]].concat();
            }
            "proc/1/comm" => *content = broken("comm"),
            "sys/class/dmi/id/product_name" => {
                *content = [&broken("product")[..], value("product").as_bytes()].concat()
            }
            "proc/cpuinfo" => {
                *content = format!("processor : 0\nmodel name : {}\u{1}x\n", value("core")).into_bytes()
            }
            _ => {}
        }
    }
    let (_root, session) = recorded(&files);
    collected("a machine of broken texts", &session, Purpose::Feature);
}

/// Letters that stand alone are put together before they are judged.
fn letters() {
    let (_root, session) = recorded(&[("sys/class/dmi/id/product_name", LETTERS.as_bytes().to_vec())]);
    collected("letters", &session, Purpose::Feature);
}

/// What goes to mini-programs is a copy, which is wiped once it is written. One value is short enough for a text that does not grow.
fn the_platforms_names() {
    let (_root, session) = recorded(&files());
    let snapshot = session.collect(Purpose::Feature, Some([Item::DeviceModel].into())).unwrap();
    let json = wiped("the platform's names", || snapshot.to_mini_program_json().unwrap());
    assert!(json.contains(&value("product")));
}

fn some_records() -> HostRecords {
    let some = |place| Some(value(place));
    let application = ApplicationInformation {
        profile_picture: Some(ProfilePicture { bytes: picture() }),
        creator_id: some("creator"),
        name: some("name"),
        id: some("id"),
        ..ApplicationInformation::default()
    };
    let program = MiniProgram { id: some("id"), description: some("description"), ..MiniProgram::default() };
    let domains = DomainConfiguration {
        request: vec![format!("{}.org", value("domain"))],
        ..DomainConfiguration::default()
    };
    let permissions = Some([(value("permission"), true)].into());
    let network = NetworkConfiguration { permissions, domains: Some(domains) };
    HostRecords { application: Some(application), mini_programs: vec![program], network: Some(network) }
}

fn records() {
    let session = open(Vec::new());
    let records = [some_records(), some_records()];
    wiped("records", || {
        let [first, second] = records;
        session.supply(first).unwrap();
        // In place of the first.
        session.supply(second).unwrap();
        session.collect(Purpose::Feature, None).unwrap().close();
        session.update_consent(&ConsentUpdate::new().revoke(Category::Application)).unwrap();
        session.close();
    });
}

/// Filled in by hand and in a file: what was right of them goes.
fn records_with_a_mistake() {
    let session = open(Vec::new());
    let mut records = some_records();
    records.mini_programs.push(MiniProgram::default());
    wiped("records with a mistake", || session.supply(records).unwrap_err());
    let text = format!(
        "{{\"application\": {{\"name\": \"{}\", \"profile_picture\": \"{}\"}}, \"mini_programs\": [{{\"id\": \"{}\"}}, {{}}], \
         \"network\": {{\"permissions\": {{\"{}\": true}}}}}}",
        value("name"),
        BASE64_STANDARD.encode(picture()),
        value("id"),
        value("permission"),
    );
    wiped("a file with a mistake", || HostRecords::from_json(&text).unwrap_err());
}

/// A picture is text for as long as it is read and written.
fn a_picture() {
    let text =
        format!("{{\"application\": {{\"profile_picture\": \"{}\"}}}}", BASE64_STANDARD.encode(picture()));
    let records = wiped("a picture that is read", || HostRecords::from_json(&text).unwrap());
    let session = open(Vec::new());
    session.supply(records).unwrap();
    let snapshot = session.collect(Purpose::Feature, Some([Item::ApplicationProfilePicture].into())).unwrap();
    let json = wiped("a picture that is written", || snapshot.to_json().unwrap());
    assert!(json.contains(&BASE64_STANDARD.encode(picture())));
}

/// A host's sources with an answer each, made beforehand, since a copy would be the test's own.
#[derive(Default)]
struct Host {
    agent: Mutex<Option<String>>,
    identifier: Mutex<Option<String>>,
    name: Mutex<Option<String>>,
    clipboard: Mutex<Option<ClipboardText>>,
    diagnosis: Mutex<Option<ClipboardDiagnosis>>,
    bluetooth: Mutex<Option<BluetoothInformation>>,
    go: Option<Mutex<Receiver<()>>>,
}

fn answer<T>(answer: &Mutex<Option<T>>) -> Result<T, SourceError> {
    answer.lock().unwrap().take().ok_or(SourceError::NotReady)
}

const GRANTED: Result<SystemPermission, SourceError> = Ok(SystemPermission::Granted);

impl WebViewSource for Host {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        GRANTED
    }
    fn read(&self, _: u64) -> Result<String, SourceError> {
        if let Some(go) = &self.go {
            let _ = go.lock().unwrap().recv();
        }
        answer(&self.agent)
    }
}

impl IdfaSource for Host {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        GRANTED
    }
    fn read(&self, _: u64) -> Result<String, SourceError> {
        answer(&self.identifier)
    }
}

impl ClipboardSource for Host {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        GRANTED
    }
    fn read(&self, _: u64) -> Result<ClipboardText, SourceError> {
        answer(&self.clipboard)
    }
    fn diagnose(&self, _: u64) -> Result<ClipboardDiagnosis, SourceError> {
        answer(&self.diagnosis)
    }
}

impl BluetoothSource for Host {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        GRANTED
    }
    fn read(&self, _: u64) -> Result<BluetoothInformation, SourceError> {
        answer(&self.bluetooth)
    }
    fn diagnose(&self, _: u64) -> Result<BluetoothDiagnosis, SourceError> {
        Err(SourceError::NotReady)
    }
}

impl DeviceSource for Host {
    fn resolution(&self, _: u64) -> Result<Resolution, SourceError> {
        Err(SourceError::NotReady)
    }
    fn name(&self, _: u64) -> Result<String, SourceError> {
        answer(&self.name)
    }
}

fn of(host: Host) -> Vec<Source> {
    let host = Arc::new(host);
    vec![
        Source::WebView(host.clone()),
        Source::Idfa(host.clone()),
        Source::Clipboard(host.clone()),
        Source::Bluetooth(host),
    ]
}

fn filled(agent: String, clipboard: ClipboardText) -> Host {
    // The last of the devices falls off the list, and a name of one that is too long; the last of the types, and one that is no name.
    let device =
        |name, rssi| BluetoothDevice { name: Some(name), rssi, service_uuids: vec![value("nearby")] };
    let mut nearby: Vec<_> = (0..65).map(|n| device(value("nearby"), -n)).collect();
    nearby.push(device(value("nearby").repeat(20), 0));
    let mut types = vec![value("type"); 17];
    types.push(format!("{}!", value("type")));
    let bluetooth =
        BluetoothInformation { state: AdapterState::On, low_energy: None, nearby: Some(nearby), omitted: 0 };
    let diagnosis = ClipboardDiagnosis { types, ..ClipboardDiagnosis::default() };
    let some = |answer| Mutex::new(Some(answer));
    Host {
        agent: some(agent),
        identifier: some(IDENTIFIER.to_owned()),
        clipboard: Mutex::new(Some(clipboard)),
        diagnosis: Mutex::new(Some(diagnosis)),
        bluetooth: Mutex::new(Some(bluetooth)),
        ..Host::default()
    }
}

fn sources() {
    let clipboard = ClipboardText { text: Some(value("clip")), sensitive: false };
    let session = open(of(filled(value("agent"), clipboard)));
    collected("sources", &session, Purpose::Troubleshooting);
}

/// Answers that are not of the item's form.
fn refused_answers() {
    let clipboard =
        ClipboardText { text: Some(format!("{}: your code is 482913", value("clip"))), sensitive: false };
    let host = filled(format!("{}\u{1}x", value("agent")), clipboard);
    *host.identifier.lock().unwrap() = Some(value("machine"));
    let session = open(of(host));
    collected("refused answers", &session, Purpose::Feature);
    let marked = ClipboardText { text: Some(value("clip")), sensitive: true };
    let session = open(of(filled(value("agent").repeat(100), marked)));
    collected("marked answers", &session, Purpose::Feature);
}

/// Consent is taken back while a source runs.
fn an_answer_that_nobody_wants() {
    let (go, waits): (Sender<()>, _) = channel();
    let host =
        Host { agent: Mutex::new(Some(value("agent"))), go: Some(Mutex::new(waits)), ..Host::default() };
    let session = open(vec![Source::WebView(Arc::new(host))]);
    let items = || Some([Item::WebViewUserAgent].into());
    wiped("an answer that nobody wants", || {
        thread::scope(|scope| {
            let collecting = scope.spawn(|| session.collect(Purpose::Feature, items()).unwrap());
            while session.audit().is_empty() {
                thread::yield_now();
            }
            session.update_consent(&ConsentUpdate::new().revoke(Category::WebView)).unwrap();
            go.send(()).unwrap();
            collecting.join().unwrap();
        });
        // The source's thread is done with the answer once it is free again.
        session.update_consent(&agreed()).unwrap();
        let busy = || {
            let snapshot = session.collect(Purpose::Feature, items()).unwrap();
            let missing = snapshot.missing().unwrap();
            missing.get(&Item::WebViewUserAgent) == Some(&scruple::Unavailable::Busy.into())
        };
        drop(go);
        while busy() {
            thread::yield_now();
        }
    });
}

/// A recorded kernel's answers, and a name of a source's. The session lives on: the recording is the test's own.
fn apple() {
    let texts = [
        ("hw.machine", value("machine")),
        ("hw.model", value("product")),
        ("kern.osproductversion", value("pretty")),
        ("kern.osversion", value("build")),
        ("kern.iossupportversion", value("osrelease")),
        ("getprogname", value("program")),
        ("target_arch", "arm64".to_owned()),
    ];
    for machine in
        [value("machine"), "iPad13,16".to_owned(), "RealityDevice14,1".to_owned(), "arm64".to_owned()]
    {
        for supported in [value("osrelease"), String::new()] {
            let kernel = texts.iter().map(|(name, text)| {
                let text = match *name {
                    "hw.machine" => &machine,
                    "kern.iossupportversion" => &supported,
                    _ => text,
                };
                ((*name).to_owned(), format!("{text}\0").into_bytes())
            });
            let host = Host { name: Mutex::new(Some(value("name"))), ..Host::default() };
            let sources = vec![Source::Device(Arc::new(host))];
            let session = Session::open_recorded_apple(policy(), kernel.collect(), sources).unwrap();
            session.update_consent(&agreed()).unwrap();
            collected("a kernel's answers", &session, Purpose::Feature);
        }
    }
}
