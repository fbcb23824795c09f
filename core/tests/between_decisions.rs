//! What happens between two decisions of one collection: nothing that the first did not permit.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use scruple::{
    Age, ApplicationInformation, BluetoothDiagnosis, BluetoothInformation, BluetoothSource, Category,
    CategoryPolicy, ClipboardDiagnosis, ClipboardSource, ClipboardText, ConsentUpdate, Coordinates,
    HostRecords, IdfaSource, Item, LocationSource, Missing, NfcInformation, NfcSource, Policy, Purpose,
    Session, Snapshot, Source, SourceError, SystemPermission, Unavailable, WebViewSource, Withheld,
};

/// Near-field communication whose permission is asked for as a test says.
struct Asked<P>(P);

impl<P: Fn() + Send + Sync> NfcSource for Asked<P> {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        (self.0)();
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<NfcInformation, SourceError> {
        Ok(NfcInformation { present: true, enabled: None, host_card_emulation: None })
    }
}

/// A source of a text that the system refuses; it counts its reads.
#[derive(Default)]
struct Refused(AtomicUsize);

impl WebViewSource for Refused {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Denied)
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok("Agent/1.0".to_owned())
    }
}

impl IdfaSource for Refused {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        // Granted once, so that the interval begins.
        let first = self.0.load(Ordering::SeqCst) == 0;
        Ok(if first { SystemPermission::Granted } else { SystemPermission::Denied })
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok("6D92078A-8246-4BA4-AE5B-76104861E7DC".to_owned())
    }
}

/// A source that says when it has begun, and goes on when it is let go.
struct Gate {
    begun: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
}

impl Gate {
    fn new() -> (Self, Receiver<()>, Sender<()>) {
        let (begun, has_begun) = channel();
        let (let_go, go) = channel();
        (Self { begun: Mutex::new(begun), go: Mutex::new(go) }, has_begun, let_go)
    }

    /// Waits. A hung-up other side lets it go.
    fn pass(&self) {
        let _ = self.begun.lock().unwrap().send(());
        let _ = self.go.lock().unwrap().recv_timeout(Duration::from_secs(60));
    }
}

fn policy(deadline_ms: u64, minimum_interval_ms: u64) -> Policy {
    let on = CategoryPolicy {
        enabled: true,
        minimum_interval_ms: Some(minimum_interval_ms),
        deadline_ms: Some(deadline_ms),
        ..CategoryPolicy::default()
    };
    Policy {
        categories: Category::ALL.iter().map(|category| (*category, on.clone())).collect(),
        ..Policy::default()
    }
}

fn of_age() -> ConsentUpdate {
    ConsentUpdate::new().age(Age::AtLeastMinimum)
}

fn agreed() -> ConsentUpdate {
    Category::ALL.iter().fold(of_age(), |update, category| update.grant(*category))
}

fn session(policy: Policy, sources: Vec<Source>) -> Arc<Session> {
    let session = Session::open(policy, sources).unwrap();
    session.update_consent(&agreed()).unwrap();
    session
}

fn collect(session: &Session, items: &[Item]) -> Arc<Snapshot> {
    session.collect(Purpose::Troubleshooting, Some(items.iter().copied().collect())).unwrap()
}

fn missing(snapshot: &Snapshot, item: Item) -> Option<Missing> {
    snapshot.missing().unwrap().get(&item).copied()
}

fn epoch_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().try_into().unwrap()
}

const LONG: u64 = 60_000;
const NFC: Item = Item::NfcInformation;
const AGENT: Item = Item::WebViewUserAgent;

#[test]
fn consent_that_comes_while_another_source_is_asked_reads_nothing_unasked() {
    let (gate, has_begun, go) = Gate::new();
    let refused = Arc::new(Refused::default());
    let nfc = Source::Nfc(Arc::new(Asked(move || gate.pass())));
    let session = Session::open(policy(LONG, 0), vec![nfc, Source::WebView(refused.clone())]).unwrap();
    session.update_consent(&of_age().grant(Category::Nfc)).unwrap();
    thread::scope(|scope| {
        let collecting = scope.spawn(|| collect(&session, &[NFC, AGENT]));
        has_begun.recv().unwrap();
        session.update_consent(&ConsentUpdate::new().grant(Category::WebView)).unwrap();
        go.send(()).unwrap();
        let snapshot = collecting.join().unwrap();
        assert_eq!(missing(&snapshot, NFC), None);
        assert_eq!(missing(&snapshot, AGENT), Some(Missing::Withheld(Withheld::NotGranted)));
    });
    assert_eq!(refused.0.load(Ordering::SeqCst), 0, "read although the system was never asked");
    // The control: the next collection does ask, and the system refuses.
    let (nfc, _keep) = (Item::WebViewUserAgent, go);
    assert_eq!(missing(&collect(&session, &[nfc]), nfc), Some(Missing::Withheld(Withheld::Denied)));
}

#[test]
fn an_interval_that_ends_while_another_source_is_asked_reads_nothing_unasked() {
    let item = Item::IdentifierIdfa;
    let (gate, has_begun, go) = Gate::new();
    let refused = Arc::new(Refused::default());
    let sources = vec![Source::Nfc(Arc::new(Asked(move || gate.pass()))), Source::Idfa(refused.clone())];
    let mut policy = policy(LONG, 0);
    policy.categories.get_mut(&Category::Identifier).unwrap().minimum_interval_ms = Some(1_500);
    let session = session(policy, sources);
    assert_eq!(missing(&collect(&session, &[item]), item), None);
    thread::scope(|scope| {
        let collecting = scope.spawn(|| collect(&session, &[NFC, item]));
        has_begun.recv().unwrap();
        thread::sleep(Duration::from_millis(1_600));
        go.send(()).unwrap();
        let snapshot = collecting.join().unwrap();
        let reason = missing(&snapshot, item);
        assert!(matches!(reason, Some(Missing::Withheld(Withheld::TooSoon { .. }))), "{reason:?}");
    });
    assert_eq!(refused.0.load(Ordering::SeqCst), 1, "read although the system was never asked");
}

#[test]
fn a_source_that_hangs_at_its_permission_harms_no_other() {
    let (gate, has_begun, go) = Gate::new();
    let place = Source::FuzzyLocation(Arc::new(Hanging(gate)));
    let nfc = Source::Nfc(Arc::new(Asked(|| ())));
    let mut policy = policy(LONG, 0);
    let location = policy.categories.get_mut(&Category::Location).unwrap();
    (location.minimum_interval_ms, location.deadline_ms) = (Some(LONG), Some(300));
    let session = session(policy, vec![place, nfc]);
    let snapshot = collect(&session, &[NFC, Item::LocationFuzzy]);
    has_begun.recv().unwrap();
    assert_eq!(missing(&snapshot, NFC), None, "it was on time");
    let timed_out = Some(Missing::Unavailable(Unavailable::TimedOut));
    assert_eq!(missing(&snapshot, Item::LocationFuzzy), timed_out);
    let audited: Vec<_> = session.audit().iter().map(|entry| entry.item).collect();
    assert_eq!(audited, [NFC], "the other was never read");
    drop(go);
    // Nothing was read, so nothing is too soon.
    let begun = Instant::now();
    loop {
        match missing(&collect(&session, &[Item::LocationFuzzy]), Item::LocationFuzzy) {
            None => break,
            Some(Missing::Unavailable(Unavailable::Busy)) => {
                assert!(begun.elapsed() < Duration::from_secs(30))
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A place whose permission hangs.
struct Hanging(Gate);

impl LocationSource for Hanging {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        self.0.pass();
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<Coordinates, SourceError> {
        Ok(Coordinates { latitude: 48.1, longitude: 11.6 })
    }
}

/// A clipboard whose content hangs, and what was called of it.
struct Slow {
    gate: Gate,
    diagnosed: AtomicUsize,
}

impl ClipboardSource for Slow {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<ClipboardText, SourceError> {
        self.gate.pass();
        Ok(ClipboardText { text: Some("a note".to_owned()), sensitive: false })
    }

    fn diagnose(&self, _: u64) -> Result<ClipboardDiagnosis, SourceError> {
        self.diagnosed.fetch_add(1, Ordering::SeqCst);
        Ok(ClipboardDiagnosis::default())
    }
}

/// Collects both of the clipboard's items, does something while the first is read, and says whether the second was.
fn second_is_read_after(take_back: fn(&Session)) -> bool {
    let (gate, has_begun, go) = Gate::new();
    let slow = Arc::new(Slow { gate, diagnosed: AtomicUsize::new(0) });
    let session = session(policy(LONG, 0), vec![Source::Clipboard(slow.clone())]);
    let items = [Item::ClipboardContent, Item::ClipboardTroubleshooting];
    thread::scope(|scope| {
        let collecting =
            scope.spawn(|| session.collect(Purpose::Troubleshooting, Some(items.into())).map(|_| ()));
        has_begun.recv().unwrap();
        take_back(&session);
        go.send(()).unwrap();
        let _ = collecting.join().unwrap();
    });
    drop(session);
    while Arc::strong_count(&slow) > 1 {
        thread::sleep(Duration::from_millis(1));
    }
    slow.diagnosed.load(Ordering::SeqCst) > 0
}

#[test]
fn a_source_is_not_called_any_more_after_a_revocation_or_a_close() {
    assert!(second_is_read_after(|_| ()), "the control: it is read otherwise");
    assert!(!second_is_read_after(|session| {
        session.update_consent(&ConsentUpdate::new().revoke(Category::Clipboard)).unwrap();
    }));
    assert!(!second_is_read_after(|session| {
        session.update_consent(&ConsentUpdate::new().age(Age::BelowMinimum)).unwrap();
    }));
    assert!(!second_is_read_after(Session::close));
}

#[test]
fn a_collection_does_not_wait_for_a_source_whose_item_was_taken_back() {
    let (gate, has_begun, go) = Gate::new();
    let slow = Arc::new(Slow { gate, diagnosed: AtomicUsize::new(0) });
    let session = session(policy(LONG, 0), vec![Source::Clipboard(slow)]);
    thread::scope(|scope| {
        let collecting = scope.spawn(|| collect(&session, &[Item::ClipboardContent]));
        has_begun.recv().unwrap();
        session.update_consent(&ConsentUpdate::new().revoke(Category::Clipboard)).unwrap();
        let revoked = Instant::now();
        let snapshot = collecting.join().unwrap();
        assert!(
            revoked.elapsed() < Duration::from_secs(30),
            "it waited for the source, which is still at work"
        );
        let reason = missing(&snapshot, Item::ClipboardContent);
        assert_eq!(reason, Some(Missing::Withheld(Withheld::Revoked)));
        go.send(()).unwrap();
    });
}

#[test]
fn retention_counts_from_a_values_arrival() {
    let slow = Source::Nfc(Arc::new(Asked(|| thread::sleep(Duration::from_millis(1_200)))));
    let session = session(Policy { retention_ms: 2_000, ..policy(LONG, 0) }, vec![slow]);
    let started = Instant::now();
    let snapshot = collect(&session, &[Item::DeviceModel, Item::DeviceCpu, Item::DevicePlatform, NFC]);
    assert!(snapshot.device().unwrap().platform.is_some());
    thread::sleep(Duration::from_millis(2_300).saturating_sub(started.elapsed()));
    assert_eq!(
        snapshot.device().err(),
        Some(scruple::Error::Expired),
        "it was here for longer than two seconds"
    );
}

#[test]
fn no_source_is_waited_for_longer_than_values_live() {
    let slow = Source::Nfc(Arc::new(Asked(|| thread::sleep(Duration::from_secs(3)))));
    let session = session(Policy { retention_ms: 1_000, ..policy(LONG, 0) }, vec![slow]);
    let started = Instant::now();
    let snapshot = collect(&session, &[NFC]);
    assert!(started.elapsed() < Duration::from_millis(2_900));
    assert_eq!(missing(&snapshot, NFC), Some(Missing::Unavailable(Unavailable::TimedOut)));
}

#[test]
fn the_audit_says_when_a_read_began() {
    static BEGAN: AtomicU64 = AtomicU64::new(0);
    struct Late;
    impl WebViewSource for Late {
        fn permission(&self) -> Result<SystemPermission, SourceError> {
            Ok(SystemPermission::Granted)
        }
        fn read(&self, _: u64) -> Result<String, SourceError> {
            BEGAN.store(epoch_ms(), Ordering::SeqCst);
            thread::sleep(Duration::from_millis(300));
            Ok("Agent/1.0".to_owned())
        }
    }
    let session = session(policy(LONG, 0), vec![Source::WebView(Arc::new(Late))]);
    let before = epoch_ms();
    collect(&session, &[AGENT]);
    let [entry] = session.audit()[..] else { panic!("one read") };
    assert!((before..=BEGAN.load(Ordering::SeqCst)).contains(&entry.at_ms), "{entry:?}");
}

#[test]
fn the_audit_names_what_was_read_only() {
    let session = session(policy(LONG, 0), Vec::new());
    session.collect(Purpose::Feature, None).unwrap();
    let audited: Vec<_> = session.audit().iter().map(|entry| entry.item).collect();
    assert!(audited.contains(&Item::DevicePlatform));
    assert!(
        !audited.contains(&Item::DeviceMccMnc) && !audited.contains(&Item::DeviceOperator),
        "{audited:?}"
    );
}

/// Bluetooth that hangs, for as long as its gate is closed.
struct Stuck(Gate);

impl BluetoothSource for Stuck {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<BluetoothInformation, SourceError> {
        self.0.pass();
        Err(SourceError::Disabled)
    }

    fn diagnose(&self, _: u64) -> Result<BluetoothDiagnosis, SourceError> {
        Err(SourceError::Disabled)
    }
}

#[test]
fn what_was_busy_or_late_is_not_too_soon() {
    let (gate, has_begun, go) = Gate::new();
    let mut policy = policy(100, 0);
    policy.categories.get_mut(&Category::Bluetooth).unwrap().minimum_interval_ms = Some(3_000);
    let session = session(policy, vec![Source::Bluetooth(Arc::new(Stuck(gate)))]);
    let items = [Item::BluetoothInformation, Item::BluetoothTroubleshooting];
    let first = collect(&session, &items);
    has_begun.recv().unwrap();
    let timed_out = Some(Missing::Unavailable(Unavailable::TimedOut));
    assert_eq!(items.map(|item| missing(&first, item)), [timed_out, timed_out]);

    // The second item was never read, so it is not too soon for it, though the first's interval has begun.
    let second = collect(&session, &items);
    let busy = Some(Missing::Unavailable(Unavailable::Busy));
    assert!(matches!(missing(&second, items[0]), Some(Missing::Withheld(Withheld::TooSoon { .. }))));
    assert_eq!(missing(&second, items[1]), busy);

    thread::sleep(Duration::from_millis(3_100));
    assert_eq!(items.map(|item| missing(&collect(&session, &items), item)), [busy, busy]);
    drop(go);
    let begun = Instant::now();
    loop {
        // Busy did not begin an interval either.
        match missing(&collect(&session, &items), items[0]) {
            Some(Missing::Unavailable(Unavailable::Disabled)) => break,
            Some(Missing::Unavailable(Unavailable::Busy)) => {
                assert!(begun.elapsed() < Duration::from_secs(30))
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Supplies records under this consent, takes back under that one, agrees to everything, and says whether they are still there.
fn records_survive(before: ConsentUpdate, after: ConsentUpdate) -> bool {
    let session = Session::open(policy(LONG, 0), Vec::new()).unwrap();
    session.update_consent(&before).unwrap();
    let application =
        ApplicationInformation { name: Some("Shop".to_owned()), ..ApplicationInformation::default() };
    session.supply(HostRecords { application: Some(application), ..HostRecords::default() }).unwrap();
    session.update_consent(&after).unwrap();
    session.update_consent(&agreed()).unwrap();
    collect(&session, &[Item::ApplicationName]).application().unwrap().name.is_some()
}

#[test]
fn records_do_not_survive_a_revocation_whatever_stood_before() {
    let revoke = || ConsentUpdate::new().revoke(Category::Application);
    assert!(!records_survive(ConsentUpdate::new(), revoke()), "supplied before consent");
    assert!(!records_survive(ConsentUpdate::new().grant(Category::Application), revoke()), "of unknown age");
    assert!(!records_survive(agreed(), revoke()));
    assert!(!records_survive(agreed(), ConsentUpdate::new().age(Age::BelowMinimum)));
    assert!(!records_survive(ConsentUpdate::new(), ConsentUpdate::new().age(Age::Unknown)));
    // The controls: what is not taken back stays.
    assert!(records_survive(ConsentUpdate::new(), ConsentUpdate::new().grant(Category::Device)));
    let one_purpose = ConsentUpdate::new().revoke_for(Category::Application, Purpose::Troubleshooting);
    assert!(records_survive(agreed(), one_purpose));
    assert!(records_survive(agreed(), ConsentUpdate::new().revoke(Category::Device)));
}
