//! Sources that hang, panic, re-enter, refuse and are late: the session stays usable, and the reason is given.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use scruple::{
    Age, ApplicationInformation, Category, CategoryPolicy, ClipboardDiagnosis, ClipboardSource,
    ClipboardText, ConsentUpdate, Coordinates, Error, HostRecords, IdfaSource, InputKind, Item,
    LocationAccuracy, LocationSource, Missing, NfcInformation, NfcSource, Policy, Purpose, Session, Snapshot,
    Source, SourceError, SystemPermission, Unavailable, WebViewSource, Withheld,
};

/// A source that does what a test says.
struct Scripted<P, R> {
    permission: P,
    read: R,
}

impl<P, R> WebViewSource for Scripted<P, R>
where
    P: Fn() -> SystemPermission + Send + Sync,
    R: Fn() -> Result<String, SourceError> + Send + Sync,
{
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok((self.permission)())
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        (self.read)()
    }
}

impl<P, R> IdfaSource for Scripted<P, R>
where
    P: Fn() -> SystemPermission + Send + Sync,
    R: Fn() -> Result<String, SourceError> + Send + Sync,
{
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok((self.permission)())
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        (self.read)()
    }
}

fn reads(read: impl Fn() -> Result<String, SourceError> + Send + Sync + 'static) -> Source {
    Source::WebView(Arc::new(Scripted { permission: || SystemPermission::Granted, read }))
}

/// Near-field communication that is always there, to see that the others go on.
struct Present;

impl NfcSource for Present {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<NfcInformation, SourceError> {
        Ok(NfcInformation { present: true, enabled: None, host_card_emulation: None })
    }
}

/// A place, and how often it was asked.
struct Place(AtomicUsize);

impl LocationSource for Place {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<Coordinates, SourceError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(Coordinates { latitude: 48.137_154, longitude: 11.576_124 })
    }
}

/// A clipboard whose content takes so long, and the deadlines that it was given.
struct Slow(Duration, Mutex<Vec<u64>>);

impl ClipboardSource for Slow {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, deadline_ms: u64) -> Result<ClipboardText, SourceError> {
        self.1.lock().unwrap().push(deadline_ms);
        thread::sleep(self.0);
        Ok(ClipboardText { text: Some("a note".to_owned()), sensitive: false })
    }

    fn diagnose(&self, deadline_ms: u64) -> Result<ClipboardDiagnosis, SourceError> {
        self.1.lock().unwrap().push(deadline_ms);
        Ok(ClipboardDiagnosis::default())
    }
}

/// Every category on, no intervals, this deadline.
fn policy(deadline_ms: u64) -> Policy {
    let on = CategoryPolicy {
        enabled: true,
        minimum_interval_ms: Some(0),
        deadline_ms: Some(deadline_ms),
        ..CategoryPolicy::default()
    };
    Policy {
        categories: Category::ALL.iter().map(|category| (*category, on.clone())).collect(),
        ..Policy::default()
    }
}

fn agreed() -> ConsentUpdate {
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    Category::ALL.iter().fold(update, |update, category| update.grant(*category))
}

fn session(policy: Policy, sources: Vec<Source>) -> Arc<Session> {
    let session = Session::open(policy, sources).unwrap();
    session.update_consent(&agreed()).unwrap();
    session
}

fn collect(session: &Session) -> Arc<Snapshot> {
    let items = [Item::WebViewUserAgent, Item::NfcInformation];
    session.collect(Purpose::Feature, Some(items.into())).unwrap()
}

fn user_agent(snapshot: &Snapshot) -> Result<String, Missing> {
    match snapshot.missing().unwrap().get(&Item::WebViewUserAgent) {
        Some(missing) => Err(*missing),
        None => Ok(snapshot.features().unwrap().user_agent.unwrap()),
    }
}

fn unavailable(reason: Unavailable) -> Result<String, Missing> {
    Err(Missing::Unavailable(reason))
}

const LONG: u64 = 60_000;

/// A read that waits until it is let go, and tells when it has begun.
fn waiting() -> (Source, Receiver<()>, Sender<()>) {
    let (begun, has_begun) = channel();
    let (go, let_go) = channel::<()>();
    let (begun, let_go) = (Mutex::new(begun), Mutex::new(let_go));
    let source = reads(move || {
        let _ = begun.lock().unwrap().send(());
        let _ = let_go.lock().unwrap().recv();
        Ok("late".to_owned())
    });
    (source, has_begun, go)
}

#[test]
fn a_source_is_read_and_the_others_beside_it() {
    let session =
        session(policy(LONG), vec![reads(|| Ok("Agent/1.0".to_owned())), Source::Nfc(Arc::new(Present))]);
    let snapshot = collect(&session);
    assert_eq!(user_agent(&snapshot), Ok("Agent/1.0".to_owned()));
    assert!(snapshot.features().unwrap().nfc.is_some());
    let audited: HashSet<_> = session.audit().iter().map(|entry| entry.item).collect();
    assert_eq!(audited, [Item::NfcInformation, Item::WebViewUserAgent].into());
}

#[test]
fn a_source_that_hangs_times_out_and_is_busy_until_it_returns() {
    let (source, has_begun, go) = waiting();
    let session = session(policy(50), vec![source, Source::Nfc(Arc::new(Present))]);
    let snapshot = collect(&session);
    assert_eq!(user_agent(&snapshot), unavailable(Unavailable::TimedOut));
    assert!(snapshot.features().unwrap().nfc.is_some(), "the other source was on time");
    has_begun.recv().unwrap();
    let reads = session.audit().len();
    assert_eq!(user_agent(&collect(&session)), unavailable(Unavailable::Busy));
    assert_eq!(
        session.audit().len(),
        reads + 1,
        "a busy source is not read, so only the other is in the audit"
    );
    drop(go);
    // It returns now; from then on it is asked again.
    let begun = Instant::now();
    while user_agent(&collect(&session)) == unavailable(Unavailable::Busy) {
        assert!(begun.elapsed() < Duration::from_secs(30), "busy for ever");
    }
    assert_eq!(user_agent(&collect(&session)), Ok("late".to_owned()));
    assert_eq!(user_agent(&snapshot), unavailable(Unavailable::TimedOut), "what is late changes nothing");
}

#[test]
fn a_permission_question_that_hangs_times_out_too() {
    let source = Source::WebView(Arc::new(Scripted {
        permission: || {
            thread::sleep(Duration::from_millis(400));
            SystemPermission::Granted
        },
        read: || panic!("read although nobody knows whether it may be"),
    }));
    assert_eq!(user_agent(&collect(&session(policy(50), vec![source]))), unavailable(Unavailable::TimedOut));
}

#[test]
fn a_permission_question_that_fails_gives_its_reason() {
    struct Failing;
    impl WebViewSource for Failing {
        fn permission(&self) -> Result<SystemPermission, SourceError> {
            Err(SourceError::NotReady)
        }
        fn read(&self, _: u64) -> Result<String, SourceError> {
            panic!("read although nobody knows whether it may be")
        }
    }
    let session = session(policy(1_000), vec![Source::WebView(Arc::new(Failing))]);
    assert_eq!(user_agent(&collect(&session)), unavailable(Unavailable::NotReady));
}

#[test]
fn sources_of_one_collection_run_side_by_side() {
    // Each waits for the other: one after the other they would time out.
    let (first, second) = (channel::<()>(), channel::<()>());
    let (to_second, from_first) = (Mutex::new(first.0), Mutex::new(first.1));
    let (to_first, from_second) = (Mutex::new(second.0), Mutex::new(second.1));
    struct Meeting<T>(T);
    impl<T: Fn() -> bool + Send + Sync> NfcSource for Meeting<T> {
        fn permission(&self) -> Result<SystemPermission, SourceError> {
            Ok(SystemPermission::Granted)
        }
        fn read(&self, _: u64) -> Result<NfcInformation, SourceError> {
            Ok(NfcInformation { present: (self.0)(), enabled: None, host_card_emulation: None })
        }
    }
    let wait = Duration::from_secs(30);
    let nfc = Source::Nfc(Arc::new(Meeting(move || {
        to_second.lock().unwrap().send(()).unwrap();
        from_second.lock().unwrap().recv_timeout(wait).is_ok()
    })));
    let web_view = reads(move || {
        to_first.lock().unwrap().send(()).unwrap();
        from_first.lock().unwrap().recv_timeout(wait).map_err(|_| SourceError::Failed)?;
        Ok("met".to_owned())
    });
    let session = session(policy(LONG), vec![nfc, web_view]);
    let snapshot = collect(&session);
    assert_eq!(user_agent(&snapshot), Ok("met".to_owned()));
    assert_eq!(snapshot.features().unwrap().nfc.map(|nfc| nfc.present), Some(true));
}

/// What is left when both of a source's items are read, the first of which takes so long.
fn deadlines_of_both(deadline_ms: u64, takes: Duration) -> Vec<u64> {
    let slow = Arc::new(Slow(takes, Mutex::default()));
    let session = session(policy(deadline_ms), vec![Source::Clipboard(slow.clone())]);
    let items = [Item::ClipboardContent, Item::ClipboardTroubleshooting];
    session.collect(Purpose::Troubleshooting, Some(items.into())).unwrap();
    drop(session);
    // The source's thread is the other holder until it has returned.
    while Arc::strong_count(&slow) > 1 {
        thread::sleep(Duration::from_millis(1));
    }
    slow.1.lock().unwrap().clone()
}

#[test]
fn the_next_item_has_what_the_one_before_left_of_the_time() {
    let [first, second] = deadlines_of_both(LONG, Duration::from_millis(50))[..] else {
        panic!("both are read");
    };
    assert!(first <= LONG && second <= first - 50, "{first} {second}");
}

#[test]
fn an_item_that_nobody_waits_for_any_more_is_not_read() {
    assert_eq!(deadlines_of_both(500, Duration::from_millis(600)).len(), 1);
}

#[test]
fn a_source_that_panics_is_a_failed_read_and_nothing_more() {
    let calls = AtomicUsize::new(0);
    let source = reads(move || {
        assert!(calls.fetch_add(1, Ordering::SeqCst) > 0, "the first call panics");
        Ok("fine".to_owned())
    });
    let session = session(policy(LONG), vec![source]);
    assert_eq!(user_agent(&collect(&session)), unavailable(Unavailable::ReadFailed));
    assert_eq!(user_agent(&collect(&session)), Ok("fine".to_owned()));
}

#[test]
fn a_source_may_call_the_session() {
    static SESSION: OnceLock<Arc<Session>> = OnceLock::new();
    let session = SESSION.get_or_init(|| {
        let source = reads(|| {
            let session = SESSION.get().unwrap();
            assert_eq!(
                user_agent(&collect(session)),
                unavailable(Unavailable::Busy),
                "it is itself being read"
            );
            session.explain(Purpose::Feature).unwrap();
            session.update_consent(&ConsentUpdate::new().revoke(Category::Nfc)).unwrap();
            session.audit();
            Ok("back".to_owned())
        });
        session(policy(LONG), vec![source, Source::Nfc(Arc::new(Present))])
    });
    let snapshot = collect(session);
    assert_eq!(user_agent(&snapshot), Ok("back".to_owned()));
    assert_eq!(snapshot.features().unwrap().nfc, None);
    let nfc = snapshot.missing().unwrap().get(&Item::NfcInformation).copied();
    assert_eq!(nfc, Some(Missing::Withheld(Withheld::Revoked)));
}

#[test]
fn a_source_may_close_the_session() {
    static SESSION: OnceLock<Arc<Session>> = OnceLock::new();
    let source = || {
        reads(|| {
            SESSION.get().unwrap().close();
            Ok("closed".to_owned())
        })
    };
    let session = SESSION.get_or_init(|| session(policy(LONG), vec![source()]));
    assert_eq!(session.collect(Purpose::Feature, None).err(), Some(Error::Closed));
}

#[test]
fn the_system_is_asked_last_and_its_no_is_no_read() {
    for (permission, withheld) in [
        (SystemPermission::Denied, Withheld::Denied),
        (SystemPermission::Restricted, Withheld::Restricted),
        (SystemPermission::NotDetermined, Withheld::NotDetermined),
    ] {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let source = Source::WebView(Arc::new(Scripted {
            permission: move || {
                counter.fetch_add(1, Ordering::SeqCst);
                permission
            },
            read: || panic!("read although the system refuses"),
        }));
        let session = Session::open(policy(LONG), vec![source]).unwrap();
        collect(&session);
        session.update_consent(&agreed().age(Age::Unknown)).unwrap();
        collect(&session);
        session.update_consent(&agreed().revoke(Category::WebView)).unwrap();
        collect(&session);
        assert_eq!(asked.load(Ordering::SeqCst), 0, "asked although another layer refuses");
        session.update_consent(&agreed()).unwrap();
        assert_eq!(user_agent(&collect(&session)), Err(Missing::Withheld(withheld)));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert!(session.audit().is_empty());
    }
}

/// With an item that no other test of this process reads: intervals are the process's.
#[test]
fn the_systems_no_does_not_count_as_a_read() {
    let answers = Mutex::new(vec![SystemPermission::Granted, SystemPermission::Denied]);
    let source = Source::Idfa(Arc::new(Scripted {
        permission: move || answers.lock().unwrap().pop().unwrap(),
        read: || Ok("6D92078A-8246-4BA4-AE5B-76104861E7DC".to_owned()),
    }));
    let mut policy = policy(LONG);
    policy.categories.get_mut(&Category::Identifier).unwrap().minimum_interval_ms = Some(60_000);
    let session = session(policy, vec![source]);
    let missing = || {
        let snapshot = session.collect(Purpose::Feature, Some([Item::IdentifierIdfa].into())).unwrap();
        snapshot.missing().unwrap().get(&Item::IdentifierIdfa).copied()
    };
    assert_eq!(missing(), Some(Missing::Withheld(Withheld::Denied)));
    assert_eq!(missing(), None);
    assert!(matches!(missing(), Some(Missing::Withheld(Withheld::TooSoon { .. }))));
}

#[test]
fn precise_location_is_never_called_while_the_policy_says_fuzzy() {
    for accuracy in [LocationAccuracy::Fuzzy, LocationAccuracy::Precise] {
        let place = Arc::new(Place(AtomicUsize::new(0)));
        let policy = Policy { location_accuracy: accuracy, ..policy(LONG) };
        let session =
            session(policy, vec![Source::PreciseLocation(Arc::clone(&place) as Arc<dyn LocationSource>)]);
        for purpose in Purpose::ALL {
            let snapshot = session.collect(*purpose, None).unwrap();
            let located = snapshot.features().unwrap().precise_location.is_some();
            assert_eq!(located, accuracy == LocationAccuracy::Precise);
        }
        assert_eq!(place.0.load(Ordering::SeqCst) > 0, accuracy == LocationAccuracy::Precise);
    }
}

#[test]
fn eight_threads_at_once_get_a_value_or_busy() {
    let session = session(policy(LONG), vec![reads(|| Ok("one".to_owned()))]);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let answer = user_agent(&collect(&session));
                    assert!(
                        answer == Ok("one".to_owned()) || answer == unavailable(Unavailable::Busy),
                        "{answer:?}"
                    );
                }
            });
        }
    });
    assert_eq!(user_agent(&collect(&session)), Ok("one".to_owned()));
}

#[test]
fn without_a_source_linux_has_none() {
    let session = session(policy(LONG), Vec::new());
    assert_eq!(user_agent(&collect(&session)), unavailable(Unavailable::PlatformHasNone));
}

#[test]
fn two_sources_for_one_item_are_an_error_that_names_the_second() {
    let sources = vec![reads(|| Err(SourceError::Failed)), reads(|| Err(SourceError::Failed))];
    let Some(Error::Input { kind, field, .. }) = Session::open(Policy::default(), sources).err() else {
        panic!("two sources were taken");
    };
    assert_eq!((kind, field.as_str()), (InputKind::Duplicate, "sources[1]"));
}

#[test]
fn dropping_the_session_does_not_wait_for_a_source_that_hangs() {
    let (source, has_begun, go) = waiting();
    let session = session(policy(20), vec![source]);
    assert_eq!(user_agent(&collect(&session)), unavailable(Unavailable::TimedOut));
    has_begun.recv().unwrap();
    drop(session);
    drop(go);
}

#[test]
fn records_that_are_taken_back_during_a_collection_are_not_supplied() {
    static SESSION: OnceLock<Arc<Session>> = OnceLock::new();
    let source = || {
        reads(|| {
            SESSION.get().unwrap().supply(HostRecords::default()).unwrap();
            Ok("emptied".to_owned())
        })
    };
    let session = SESSION.get_or_init(|| session(policy(LONG), vec![source()]));
    let application =
        ApplicationInformation { name: Some("Shop".to_owned()), ..ApplicationInformation::default() };
    session.supply(HostRecords { application: Some(application), ..HostRecords::default() }).unwrap();
    let items = [Item::ApplicationName, Item::WebViewUserAgent];
    let snapshot = session.collect(Purpose::Feature, Some(items.into())).unwrap();
    assert_eq!(user_agent(&snapshot), Ok("emptied".to_owned()));
    let name = snapshot.missing().unwrap().get(&Item::ApplicationName).copied();
    assert_eq!(name, Some(Missing::Unavailable(Unavailable::NotSupplied)));
}
