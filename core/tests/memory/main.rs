//! Searches the whole memory of this process for values: there while a snapshot lives, gone once it has ended.
//!
//! The process is this test's own, and runs under the allocator that shipped artifacts set. What is searched for is
//! kept masked, so that the search does not find itself.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a test may fail, and says what it has proven"
)]

mod allocator;
mod in_flight;
mod plain;
mod search;

use std::hint::black_box;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use scruple::{
    AdapterState, Age, ApplicationInformation, BluetoothDevice, BluetoothDiagnosis, BluetoothInformation,
    BluetoothSource, Category, CategoryPolicy, ClipboardDiagnosis, ClipboardSource, ClipboardText,
    ConsentUpdate, Coordinates, DomainConfiguration, Error, HostRecords, IdfaSource, Item, ItemPolicy,
    LocationAccuracy, LocationSource, MiniProgram, Missing, NetworkConfiguration, Policy, ProfilePicture,
    Purpose, Session, Snapshot, Source, SourceError, SystemPermission, Unavailable, WebViewSource,
};

use search::{DEVICE, FEATURE, HOST, MASK, PROCESS, canary, found, machine, search};

#[global_allocator]
static ALLOCATOR: allocator::Switched = allocator::Switched;

fn policy(retention_ms: u64) -> Policy {
    let name = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let on = CategoryPolicy { enabled: true, minimum_interval_ms: Some(0), ..CategoryPolicy::default() };
    let device = CategoryPolicy { items: [(Item::DeviceName, name)].into(), ..on.clone() };
    let categories = [(Category::Device, device), (Category::ProcessList, on)].into();
    Policy { retention_ms, categories, ..Policy::default() }
}

fn session(root: &Path, retention_ms: u64) -> Arc<Session> {
    let session = Session::open_recorded(policy(retention_ms), root).unwrap();
    session.update_consent(&agreed()).unwrap();
    session
}

fn agreed() -> ConsentUpdate {
    ConsentUpdate::new().age(Age::AtLeastMinimum).grant(Category::Device).grant(Category::ProcessList)
}

fn collect(session: &Session) -> Arc<Snapshot> {
    session.collect(Purpose::Feature, None).unwrap()
}

fn device_and_process() -> Vec<u8> {
    DEVICE.chain(PROCESS).collect()
}

const NOTHING: Vec<u8> = Vec::new();
const A_MINUTE: u64 = 60_000;

/// One test, so that no other thread of this process holds values meanwhile.
#[test]
fn values_are_in_memory_while_a_snapshot_lives_and_nowhere_after() {
    every_form_is_found();
    close();
    drop_of_the_snapshot();
    close_of_the_session();
    expiry_without_a_call();
    revocation();
    in_flight::revocation();
    in_flight::close();
    in_flight::expiry();
    in_flight::revocation_while_a_source_runs();
    in_flight::fork();
    an_export_and_a_copy_are_the_hosts_own();
    host_records();
    feature_values();
    a_late_result();
    numbers();
    println!(
        "proof: A value that ended is nowhere in memory | closed, dropped, expired, revoked, late, in flight, forked: 31 values \
         in 5 forms and 3 numbers, none left | the same search finds each while its snapshot lives"
    );
    plain::what_a_host_without_the_allocator_is_left_with();
}

/// The control of every search that finds nothing.
fn every_form_is_found() {
    const SCENARIO: u8 = 15;
    let text = |number| canary(SCENARIO, number);
    let base64 =
        |before: &str, number| BASE64_STANDARD.encode(before.to_owned() + &text(number)).into_bytes();
    assert_eq!(found(SCENARIO), NOTHING);
    // Each by a canary of its own: the stack of a test may keep what the test made.
    let utf_16 = text(1).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms = [text(0).into_bytes(), utf_16, base64("", 2), base64("x", 3), base64("xy", 4)];
    assert_eq!(found(SCENARIO), [0, 1, 2, 3, 4]);
    drop(black_box(forms));
}

fn close() {
    let root = machine(1, 2);
    let session = session(root.path(), A_MINUTE);
    assert_eq!(found(1), NOTHING, "the test itself holds a canary");
    let snapshot = collect(&session);
    assert_eq!(found(1), device_and_process(), "and the serial number nowhere");
    snapshot.close();
    assert_eq!(found(1), NOTHING);
    assert_eq!(snapshot.device().err(), Some(Error::Closed));
}

fn drop_of_the_snapshot() {
    let root = machine(2, 2);
    let session = session(root.path(), A_MINUTE);
    let snapshot = collect(&session);
    assert_eq!(found(2), device_and_process());
    drop(snapshot);
    assert_eq!(found(2), NOTHING);
}

fn close_of_the_session() {
    let root = machine(3, 2);
    let session = session(root.path(), A_MINUTE);
    let _snapshot = collect(&session);
    assert_eq!(found(3), device_and_process());
    session.close();
    assert_eq!(found(3), NOTHING);
}

fn expiry_without_a_call() {
    const RETENTION_MS: u64 = 3_000;
    let root = machine(4, 2);
    let session = session(root.path(), RETENTION_MS);
    let _snapshot = collect(&session);
    assert_eq!(found(4), device_and_process());
    let collected = Instant::now();
    while !found(4).is_empty() {
        assert!(collected.elapsed() < Duration::from_secs(60), "retention was over long ago");
        thread::sleep(Duration::from_millis(50));
    }
}

fn revocation() {
    let root = machine(5, 2);
    let session = session(root.path(), A_MINUTE);
    let snapshot = collect(&session);
    assert_eq!(found(5), device_and_process());
    session.update_consent(&ConsentUpdate::new().revoke(Category::Device)).unwrap();
    assert_eq!(found(5), PROCESS.collect::<Vec<_>>(), "the other category stays");
    session.update_consent(&ConsentUpdate::new().revoke(Category::ProcessList)).unwrap();
    assert_eq!(found(5), NOTHING);
    assert_eq!(snapshot.device().err(), Some(Error::Revoked));
}

fn an_export_and_a_copy_are_the_hosts_own() {
    let root = machine(7, 2);
    let session = session(root.path(), A_MINUTE);
    let snapshot = collect(&session);
    drop(snapshot.to_json().unwrap());
    let copy = snapshot.device().unwrap();
    snapshot.close();
    // This is the control, too: what is still held after a close is found.
    assert_eq!(found(7), DEVICE.collect::<Vec<_>>());
    drop(copy);
    assert_eq!(found(7), NOTHING);
}

fn everything(deadline_ms: u64) -> Policy {
    let on = CategoryPolicy {
        enabled: true,
        minimum_interval_ms: Some(0),
        deadline_ms: Some(deadline_ms),
        ..CategoryPolicy::default()
    };
    let categories = Category::ALL.iter().map(|category| (*category, on.clone())).collect();
    Policy { categories, location_accuracy: LocationAccuracy::Precise, ..Policy::default() }
}

fn agreed_to_everything() -> ConsentUpdate {
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    Category::ALL.iter().fold(update, |update, category| update.grant(*category))
}

fn host_records() {
    const SCENARIO: u8 = 8;
    let session = Session::open(everything(A_MINUTE), Vec::new()).unwrap();
    session.update_consent(&agreed_to_everything()).unwrap();
    let mut numbers = HOST;
    let mut next = || Some(canary(SCENARIO, numbers.next().unwrap()));
    let application = ApplicationInformation {
        // A GIF by its first bytes.
        profile_picture: Some(ProfilePicture { bytes: [b"GIF89a", next().unwrap().as_bytes()].concat() }),
        creator_id: next(),
        name: next(),
        id: next(),
        package_name: Some(format!("com.{}", next().unwrap())),
    };
    let program = MiniProgram {
        id: next(),
        name: next(),
        classification_tag: next(),
        introduction: next(),
        description: next(),
        domain_name: Some(format!("{}.com", next().unwrap())),
        ..MiniProgram::default()
    };
    let domains =
        DomainConfiguration { request: vec![format!("{}.org", next().unwrap())], ..Default::default() };
    let permissions = Some([(next().unwrap(), true)].into());
    let network = NetworkConfiguration { permissions, domains: Some(domains) };
    let records =
        HostRecords { application: Some(application), mini_programs: vec![program], network: Some(network) };
    session.supply(records).unwrap();
    let all: Vec<u8> = HOST.collect();
    assert_eq!(found(SCENARIO), all, "the session holds them");
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    drop(snapshot.to_json().unwrap());
    session.update_consent(&ConsentUpdate::new().revoke(Category::Application)).unwrap();
    assert_eq!(found(SCENARIO), [all[11], all[12]], "what was not revoked stays");
    session.close();
    assert_eq!(found(SCENARIO), NOTHING);
    assert_eq!(snapshot.application().err(), Some(Error::Closed));
}

/// Every source in one, whose every text is a canary.
struct Canaries {
    scenario: u8,
    /// What a slow source waits for.
    go: Option<Mutex<Receiver<()>>>,
}

impl Canaries {
    /// A source that answers when it is let go.
    fn waiting(scenario: u8) -> (Sender<()>, Source) {
        let (go, waits) = channel();
        (go, Source::WebView(Arc::new(Self { scenario, go: Some(Mutex::new(waits)) })))
    }

    fn text(&self, number: u8) -> String {
        if let Some(go) = &self.go {
            let _ = go.lock().unwrap().recv();
        }
        canary(self.scenario, FEATURE.start + number)
    }
}

impl WebViewSource for Canaries {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }
    fn read(&self, _: u64) -> Result<String, SourceError> {
        Ok(self.text(0))
    }
}

impl ClipboardSource for Canaries {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }
    fn read(&self, _: u64) -> Result<ClipboardText, SourceError> {
        Ok(ClipboardText { text: Some(self.text(1)), sensitive: false })
    }
    fn diagnose(&self, _: u64) -> Result<ClipboardDiagnosis, SourceError> {
        Ok(ClipboardDiagnosis { types: vec![self.text(2)], ..ClipboardDiagnosis::default() })
    }
}

impl BluetoothSource for Canaries {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }
    fn read(&self, _: u64) -> Result<BluetoothInformation, SourceError> {
        let device = |name, rssi| BluetoothDevice { name: Some(name), rssi, service_uuids: Vec::new() };
        // The last falls off the list, and goes at once.
        let mut nearby: Vec<_> = (0..64).map(|n| device(self.text(3), -n)).collect();
        nearby.push(device(self.text(4), -100));
        Ok(BluetoothInformation {
            state: AdapterState::On,
            low_energy: None,
            nearby: Some(nearby),
            omitted: 0,
        })
    }
    fn diagnose(&self, _: u64) -> Result<BluetoothDiagnosis, SourceError> {
        Err(SourceError::Failed)
    }
}

fn feature_values() {
    const SCENARIO: u8 = 9;
    let canaries = Arc::new(Canaries { scenario: SCENARIO, go: None });
    let sources = vec![
        Source::WebView(Arc::clone(&canaries) as Arc<dyn WebViewSource>),
        Source::Clipboard(Arc::clone(&canaries) as Arc<dyn ClipboardSource>),
        Source::Bluetooth(canaries),
    ];
    let session = Session::open(everything(A_MINUTE), sources).unwrap();
    session.update_consent(&agreed_to_everything()).unwrap();
    let snapshot = session.collect(Purpose::Troubleshooting, None).unwrap();
    assert_eq!(found(SCENARIO), (25..29).collect::<Vec<_>>(), "and what fell off the list nowhere");
    session.update_consent(&ConsentUpdate::new().revoke(Category::Clipboard)).unwrap();
    assert_eq!(found(SCENARIO), [25, 28], "the other categories stay");
    snapshot.close();
    assert_eq!(found(SCENARIO), NOTHING);
}

/// A source that answers after its deadline: nobody has the answer, and it does not stay behind.
fn a_late_result() {
    const SCENARIO: u8 = 10;
    let (go, late) = Canaries::waiting(SCENARIO);
    let session = Session::open(everything(50), vec![late]).unwrap();
    session.update_consent(&agreed_to_everything()).unwrap();
    let user_agent = || session.collect(Purpose::Feature, Some([Item::WebViewUserAgent].into())).unwrap();
    let snapshot = user_agent();
    let missing = |snapshot: &Snapshot| snapshot.missing().unwrap().get(&Item::WebViewUserAgent).copied();
    assert_eq!(missing(&snapshot), Some(Missing::Unavailable(Unavailable::TimedOut)));
    go.send(()).unwrap();
    // Once it has returned, it is called again, and is late again.
    while missing(&user_agent()) == Some(Missing::Unavailable(Unavailable::Busy)) {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(found(SCENARIO), NOTHING);
    // The control: an answer that is on time is found by the same search.
    let canaries = Canaries { scenario: SCENARIO, go: None };
    let kept = WebViewSource::read(&canaries, 0);
    assert_eq!(found(SCENARIO), [FEATURE.start]);
    drop(kept);
}

/// Values that are no text: the identifier, and a place's two numbers.
struct Numbers;

/// Masked as constants already, so that the plain numbers are nowhere before the source makes them.
const MASKS: u64 = u64::from_ne_bytes([MASK; 8]);
const LATITUDE: u64 = 48.137_154_4_f64.to_bits() ^ MASKS;
const LONGITUDE: u64 = 11.576_124_2_f64.to_bits() ^ MASKS;

fn identifier() -> String {
    let digits = |groups: &[usize]| {
        groups.iter().map(|length| "0123456789AB"[12 - length..].to_owned()).collect::<Vec<_>>().join("-")
    };
    digits(&[8, 4, 4, 4, 12])
}

impl LocationSource for Numbers {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }
    fn read(&self, _: u64) -> Result<Coordinates, SourceError> {
        let number = |masked: u64| f64::from_bits(masked ^ black_box(MASKS));
        Ok(Coordinates { latitude: number(LATITUDE), longitude: number(LONGITUDE) })
    }
}

impl IdfaSource for Numbers {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }
    fn read(&self, _: u64) -> Result<String, SourceError> {
        Ok(identifier())
    }
}

fn numbers() {
    let masked = |bytes: &[u8]| bytes.iter().map(|byte| byte ^ MASK).collect::<Vec<_>>();
    let needles =
        [masked(identifier().as_bytes()), LATITUDE.to_ne_bytes().to_vec(), LONGITUDE.to_ne_bytes().to_vec()];
    assert_eq!(search(&needles), Vec::<usize>::new(), "the test itself holds one");
    let sources = vec![Source::Idfa(Arc::new(Numbers)), Source::PreciseLocation(Arc::new(Numbers))];
    let session = Session::open(everything(A_MINUTE), sources).unwrap();
    session.update_consent(&agreed_to_everything()).unwrap();
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    assert_eq!(search(&needles), [0, 1, 2]);
    snapshot.close();
    assert_eq!(search(&needles), Vec::<usize>::new());
}
