//! The session over readers that wait, panic, re-enter and answer at will.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

mod fake;
mod retention;

use super::*;
use crate::agreement::{Category, Platform};
use crate::clock;
use crate::consent::Age;
use crate::device::Turns;
use crate::outcome::{Missing, Withheld};
use crate::policy::{CategoryPolicy, ItemPolicy};
use crate::values::Values;
use fake::Fake;

/// Answers the model and the process list with something, the rest with nothing.
fn answer(item: Item, values: &mut Values) -> Result<(), Unavailable> {
    if item == Item::DeviceModel {
        values.device.model = Some("model".to_owned());
    } else if item == Item::ProcessListProcesses {
        values.features.processes = Some(Vec::new());
    } else {
        return Err(Unavailable::NotStated);
    }
    Ok(())
}

/// Everything on, every item named, no intervals.
fn everything() -> Policy {
    let on = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
    let category = |category: &Category| {
        let items = Item::ALL.iter().filter(|item| item.category() == *category);
        let policy = CategoryPolicy {
            enabled: true,
            minimum_interval_ms: Some(0),
            items: items.map(|item| (*item, on.clone())).collect(),
            ..CategoryPolicy::default()
        };
        (*category, policy)
    };
    Policy { categories: Category::ALL.iter().map(category).collect(), ..Policy::default() }
}

fn agreed() -> ConsentUpdate {
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    Category::ALL.iter().fold(update, |update, category| update.grant(*category))
}

fn intervals() -> &'static Intervals {
    Box::leak(Box::new(Intervals::new()))
}

fn session(fake: Fake) -> Arc<Session> {
    session_with(&everything(), fake)
}

/// A session to which somebody has agreed.
fn session_with(policy: &Policy, fake: Fake) -> Arc<Session> {
    let session = Session::with_reader(policy, Arc::new(fake), Vec::new(), intervals()).unwrap();
    session.update_consent(&agreed()).unwrap();
    session
}

fn missing(snapshot: &Snapshot, item: Item) -> Option<Missing> {
    snapshot.missing().unwrap().get(&item).copied()
}

/// A reader that says when it has begun to read the model, and then waits until it is let go.
fn waiting() -> (Fake, Receiver<()>, Sender<()>) {
    let (begun, has_begun) = channel();
    let (go, let_go) = channel();
    let (begun, let_go) = (Mutex::new(begun), Mutex::new(let_go));
    let fake = Fake::new(move |item, values| {
        if item == Item::DeviceModel {
            begun.lock().unwrap().send(()).unwrap();
            let_go.lock().unwrap().recv_timeout(Duration::from_secs(60)).unwrap();
        }
        answer(item, values)
    });
    (fake, has_begun, go)
}

#[test]
fn the_reader_is_called_for_what_is_permitted_and_for_nothing_else() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let fake = Fake::new(move |item, values| {
        record.lock().unwrap().push(item);
        answer(item, values)
    });
    let session = Session::with_reader(&everything(), Arc::new(fake), Vec::new(), intervals()).unwrap();

    session.collect(Purpose::Feature, None).unwrap();
    assert!(seen.lock().unwrap().is_empty(), "nobody agreed, and it was called");

    let update = ConsentUpdate::new().age(Age::AtLeastMinimum).grant_for(Category::Device, Purpose::Feature);
    session.update_consent(&update).unwrap();
    session.collect(Purpose::Troubleshooting, None).unwrap();
    assert!(seen.lock().unwrap().is_empty(), "agreed to for the other purpose only");

    let named = [Item::DeviceModel, Item::DeviceCpu, Item::ProcessListProcesses];
    session.collect(Purpose::Feature, Some(named.into())).unwrap();
    assert_eq!(*seen.lock().unwrap(), [Item::DeviceModel, Item::DeviceCpu]);
}

#[test]
fn a_snapshot_holds_exactly_what_was_asked_for() {
    let session = session(Fake::new(answer));
    let asked = [Item::DeviceModel, Item::DeviceCpu, Item::ApplicationName];
    let snapshot = session.collect(Purpose::Feature, Some(asked.into())).unwrap();
    assert_eq!(snapshot.device().unwrap().model.as_deref(), Some("model"));
    let expected = [
        (Item::DeviceCpu, Missing::Unavailable(Unavailable::NotStated)),
        (Item::ApplicationName, Missing::Unavailable(Unavailable::NotSupplied)),
    ];
    assert_eq!(snapshot.missing().unwrap(), expected.into());
}

#[test]
fn revoking_wipes_the_category_and_leaves_the_others() {
    let session = session(Fake::new(answer));
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    session.update_consent(&ConsentUpdate::new().revoke(Category::Device)).unwrap();
    assert_eq!(snapshot.device().err(), Some(Error::Revoked));
    let revoked = Some(Missing::Withheld(Withheld::Revoked));
    assert_eq!(missing(&snapshot, Item::DeviceModel), revoked);
    let not_stated = Some(Missing::Unavailable(Unavailable::NotStated));
    assert_eq!(missing(&snapshot, Item::DeviceCpu), not_stated, "it never had a value");
    assert!(snapshot.features().unwrap().processes.is_some());
    assert!(!snapshot.to_json().unwrap().contains("\"model\""), "the value is in the export");

    session.update_consent(&ConsentUpdate::new().revoke(Category::ProcessList)).unwrap();
    assert_eq!(snapshot.features().err(), Some(Error::Revoked));

    session.update_consent(&agreed()).unwrap();
    assert_eq!(snapshot.device().err(), Some(Error::Revoked), "agreeing again brings nothing back");
}

#[test]
fn revoking_one_purpose_leaves_the_other_purposes_snapshots() {
    let session = session(Fake::new(answer));
    let feature = session.collect(Purpose::Feature, None).unwrap();
    let troubleshooting = session.collect(Purpose::Troubleshooting, None).unwrap();
    let update = ConsentUpdate::new().revoke_for(Category::Device, Purpose::Troubleshooting);
    session.update_consent(&update).unwrap();
    assert!(feature.device().unwrap().model.is_some());
    assert_eq!(troubleshooting.device().err(), Some(Error::Revoked));
}

#[test]
fn an_age_below_the_minimum_wipes_everything() {
    let session = session(Fake::new(answer));
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    session.update_consent(&ConsentUpdate::new().age(Age::BelowMinimum)).unwrap();
    assert_eq!(snapshot.device().err(), Some(Error::Revoked));
    assert_eq!(snapshot.features().err(), Some(Error::Revoked));
    let below = Some(Missing::Withheld(Withheld::AgeBelowMinimum));
    assert_eq!(missing(&snapshot, Item::DeviceModel), below);
}

#[test]
fn a_collection_in_flight_delivers_nothing_of_what_is_revoked() {
    let (fake, has_begun, go) = waiting();
    let session = session(fake);
    thread::scope(|scope| {
        let collecting = scope.spawn(|| session.collect(Purpose::Feature, None).unwrap());
        has_begun.recv_timeout(Duration::from_secs(20)).unwrap();
        let revoking = scope.spawn(|| session.update_consent(&ConsentUpdate::new().revoke(Category::Device)));
        while session.explain(Purpose::Feature).unwrap()[&Item::DeviceModel] == Decision::Permitted {
            thread::yield_now();
        }
        // Agreeing again in between does not make the old reading lawful.
        session.update_consent(&ConsentUpdate::new().grant(Category::Device)).unwrap();
        go.send(()).unwrap();
        revoking.join().unwrap().unwrap();
        let snapshot = collecting.join().unwrap();
        assert_eq!(snapshot.device().err(), Some(Error::Revoked));
        assert_eq!(missing(&snapshot, Item::DeviceModel), Some(Missing::Withheld(Withheld::Revoked)));
        assert!(snapshot.features().unwrap().processes.is_some());
    });
}

#[test]
fn a_platform_that_hangs_is_waited_for_until_its_deadline() {
    let read = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&read);
    let fake = Fake::new(move |item, values| {
        record.lock().unwrap().push(item);
        if item == Item::DeviceCpu {
            thread::sleep(Duration::from_secs(3));
        }
        answer(item, values)
    });
    let mut policy = everything();
    policy.categories.get_mut(&Category::Device).unwrap().deadline_ms = Some(500);
    let session = session_with(&policy, fake.that_may_hang());

    let started = Instant::now();
    let items = [Item::DeviceModel, Item::DeviceCpu, Item::DeviceName];
    let snapshot = session.collect(Purpose::Feature, Some(items.into())).unwrap();
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(snapshot.device().unwrap().model.as_deref(), Some("model"));
    let timed_out = Some(Missing::Unavailable(Unavailable::TimedOut));
    assert_eq!(missing(&snapshot, Item::DeviceCpu), timed_out);
    assert_eq!(missing(&snapshot, Item::DeviceName), timed_out);

    // It holds up nobody, and what nobody waits for any more is not read.
    assert!(session.collect(Purpose::Feature, Some([Item::DeviceModel].into())).unwrap().device().is_ok());
    drop(session);
    thread::sleep(Duration::from_secs(3).saturating_sub(started.elapsed()));
    assert!(!read.lock().unwrap().contains(&Item::DeviceName));
}

#[test]
fn what_comes_late_does_not_arrive_with_the_next_item() {
    let fake = Fake::new(|item, values| {
        if item == Item::DeviceModel {
            thread::sleep(Duration::from_millis(300));
        }
        answer(item, values)
    });
    let mut policy = everything();
    policy.categories.get_mut(&Category::Device).unwrap().deadline_ms = Some(50);
    let items = [Item::DeviceModel, Item::ProcessListProcesses];
    let session = session_with(&policy, fake.that_may_hang());
    let snapshot = session.collect(Purpose::Feature, Some(items.into())).unwrap();
    assert!(snapshot.features().unwrap().processes.is_some());
    assert_eq!(snapshot.device().unwrap().model, None);
}

#[test]
fn a_revocation_waits_for_what_is_being_read_and_nothing_of_it_is_read_afterwards() {
    for may_hang in [false, true] {
        let read = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&read);
        let (waits, has_begun, go) = waiting();
        let fake = Fake::new(move |item, values| {
            record.lock().unwrap().push(item);
            let answer = (waits.read)(item, values);
            thread::sleep(Duration::from_millis(20));
            answer
        });
        let session = session(Fake { may_hang, ..fake });
        thread::scope(|scope| {
            let collecting = scope.spawn(|| session.collect(Purpose::Feature, None).unwrap());
            has_begun.recv_timeout(Duration::from_secs(20)).unwrap();
            scope.spawn(move || {
                thread::sleep(Duration::from_millis(50));
                go.send(()).unwrap();
            });
            session.update_consent(&ConsentUpdate::new().revoke(Category::Device)).unwrap();
            let vault = session.gatekeeper.first_live().unwrap();
            assert!(!vault.is_held(), "somebody still holds a value");
            let read_before =
                read.lock().unwrap().iter().filter(|item| item.category() == Category::Device).count();
            collecting.join().unwrap();
            let read = read.lock().unwrap();
            assert_eq!(read.iter().filter(|item| item.category() == Category::Device).count(), read_before);
            assert!(read.contains(&Item::ProcessListProcesses), "what is still permitted goes on");
        });
    }
}

#[test]
fn closing_the_session_ends_snapshots_and_collections_in_flight() {
    let (fake, has_begun, go) = waiting();
    let session = session(fake);
    thread::scope(|scope| {
        go.send(()).unwrap();
        let live = session.collect(Purpose::Feature, None).unwrap();
        has_begun.recv_timeout(Duration::from_secs(20)).unwrap();
        let collecting = scope.spawn(|| session.collect(Purpose::Feature, None).err());
        has_begun.recv_timeout(Duration::from_secs(20)).unwrap();
        session.close();
        assert_eq!(live.device().err(), Some(Error::Closed));
        go.send(()).unwrap();
        assert_eq!(collecting.join().unwrap(), Some(Error::Closed));
    });
    assert_eq!(session.collect(Purpose::Feature, None).err(), Some(Error::Closed));
    assert_eq!(session.explain(Purpose::Feature).err(), Some(Error::Closed));
    assert_eq!(session.update_consent(&agreed()).err(), Some(Error::Closed));
    assert!(!session.audit().is_empty(), "the account of what was read stays");
}

#[test]
fn dropping_the_session_closes_its_snapshots() {
    let snapshot = session(Fake::new(answer)).collect(Purpose::Feature, None).unwrap();
    assert_eq!(snapshot.device().err(), Some(Error::Closed));
}

#[test]
fn what_nothing_reads_says_whether_the_platform_has_it() {
    let reasons = |platform| {
        let session = session(Fake { platform, ..Fake::new(answer) });
        let items = [Item::LocationFuzzy, Item::IdentifierIdfa, Item::DeviceOperator];
        let snapshot = session.collect(Purpose::Feature, Some(items.into())).unwrap();
        items.map(|item| missing(&snapshot, item).unwrap().to_string())
    };
    let (no_source, none) = ("unavailable: no_source", "unavailable: platform_has_none");
    assert_eq!(reasons(Platform::Linux), [none, none, "unavailable: no_telephony"]);
    assert_eq!(reasons(Platform::Apple), [no_source, no_source, none]);
    assert_eq!(reasons(Platform::Android), [no_source, none, "unavailable: not_stated"]);
}

#[test]
fn nothing_of_a_snapshot_that_is_gone_is_kept() {
    let session = session(Fake::new(answer));
    let held = session.collect(Purpose::Feature, None).unwrap();
    for _ in 0..20 {
        drop(session.collect(Purpose::Feature, None).unwrap());
    }
    assert_eq!(session.gatekeeper.watched(), 2, "the one that is held, and the last until the next comes");
    assert!(held.device().unwrap().model.is_some());
}

#[test]
fn a_slow_reader_blocks_nobody_else() {
    let (fake, has_begun, go) = waiting();
    let session = session(fake);
    thread::scope(|scope| {
        let collecting = scope.spawn(|| session.collect(Purpose::Feature, None).map(|_| ()));
        has_begun.recv_timeout(Duration::from_secs(20)).unwrap();
        let (done, is_done) = channel();
        scope.spawn({
            let session = &session;
            move || {
                session.explain(Purpose::Feature).unwrap();
                session.update_consent(&ConsentUpdate::new().revoke(Category::Device)).unwrap();
                // Nothing permitted, so this one does not read.
                session.collect(Purpose::Feature, Some([Item::DeviceModel].into())).unwrap();
                session.audit();
                done.send(()).unwrap();
            }
        });
        let answered = is_done.recv_timeout(Duration::from_secs(30));
        go.send(()).unwrap();
        answered.expect("somebody waited for the reader");
        collecting.join().unwrap().unwrap();
    });
}

#[test]
fn a_reader_may_call_the_session() {
    static SESSION: OnceLock<Arc<Session>> = OnceLock::new();
    let session = SESSION.get_or_init(|| {
        session(Fake::new(|item, values| {
            let session = SESSION.get().expect("set before the first collection");
            session.explain(Purpose::Feature).unwrap();
            session.update_consent(&ConsentUpdate::new().revoke(Category::ProcessList)).unwrap();
            answer(item, values)
        }))
    });
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    assert!(snapshot.device().unwrap().model.is_some());
    assert_eq!(snapshot.features().err(), Some(Error::Revoked));
}

/// How often the platform is passed over, if this is taken back while the model is read.
fn passes(taken_back: Option<Category>) -> usize {
    #[derive(Debug)]
    struct Counted {
        passes: AtomicUsize,
        session: OnceLock<Arc<Session>>,
        taken_back: Option<Category>,
    }
    impl Reader for Counted {
        fn platform(&self) -> Platform {
            Platform::Linux
        }
        fn may_hang(&self) -> bool {
            false
        }
        fn read(&self, turns: &mut dyn Turns) {
            self.passes.fetch_add(1, Ordering::SeqCst);
            turns.each(&mut |item, values| {
                if item == Item::DeviceModel
                    && let (Some(session), Some(category)) = (self.session.get(), self.taken_back)
                {
                    session.update_consent(&ConsentUpdate::new().revoke(category)).unwrap();
                }
                answer(item, values)
            });
        }
    }
    let reader = Arc::new(Counted { passes: AtomicUsize::new(0), session: OnceLock::new(), taken_back });
    let session =
        Session::with_reader(&everything(), Arc::<Counted>::clone(&reader), Vec::new(), intervals()).unwrap();
    session.update_consent(&agreed()).unwrap();
    reader.session.set(Arc::clone(&session)).unwrap();
    let items = [Item::DeviceModel, Item::DeviceCpu, Item::DevicePlatform, Item::ProcessListProcesses];
    let snapshot = session.collect(Purpose::Feature, Some(items.into())).unwrap();
    let audited: Vec<_> = session.audit().iter().map(|entry| entry.item).collect();
    assert!(audited.contains(&Item::DeviceCpu) && audited.contains(&Item::DevicePlatform), "{audited:?}");
    assert!(snapshot.device().unwrap().model.is_some());
    reader.passes.load(Ordering::SeqCst)
}

#[test]
fn what_a_pass_remembers_ends_with_a_revocation() {
    assert_eq!(passes(None), 1, "the control");
    assert_eq!(passes(Some(Category::ProcessList)), 2, "a second one reads what is still permitted");
}

#[test]
fn a_panicking_reader_costs_one_item() {
    for may_hang in [false, true] {
        let fake = Fake::new(|item, values| {
            assert_ne!(item, Item::DeviceCpu, "this one panics");
            answer(item, values)
        });
        let session = session(Fake { may_hang, ..fake });
        let snapshot = session.collect(Purpose::Feature, None).unwrap();
        let failed = Some(Missing::Unavailable(Unavailable::ReadFailed));
        assert_eq!(missing(&snapshot, Item::DeviceCpu), failed);
        assert!(snapshot.device().unwrap().model.is_some(), "what was read before");
        assert!(snapshot.features().unwrap().processes.is_some(), "and after");
        let audited: Vec<_> = session.audit().iter().map(|entry| entry.item).collect();
        assert!(audited.contains(&Item::DeviceCpu) && audited.contains(&Item::DeviceModel), "{audited:?}");
    }
}

#[test]
fn two_sessions_share_the_minimum_interval() {
    let mut policy = everything();
    policy.categories.get_mut(&Category::ProcessList).unwrap().minimum_interval_ms = Some(60_000);
    let shared = intervals();
    let open = || {
        let session = Session::with_reader(&policy, Arc::new(Fake::new(answer)), Vec::new(), shared).unwrap();
        session.update_consent(&agreed()).unwrap();
        session
    };
    let sessions = [open(), open()];
    let read = AtomicUsize::new(0);
    thread::scope(|scope| {
        for session in sessions.iter().cycle().take(8) {
            scope.spawn(|| {
                let processes = Some([Item::ProcessListProcesses].into());
                let snapshot = session.collect(Purpose::Feature, processes).unwrap();
                match missing(&snapshot, Item::ProcessListProcesses) {
                    None => drop(read.fetch_add(1, Ordering::SeqCst)),
                    Some(Missing::Withheld(Withheld::TooSoon { remaining_ms })) => {
                        assert!((1..=60_000).contains(&remaining_ms));
                    }
                    other => panic!("{other:?}"),
                }
            });
        }
    });
    assert_eq!(read.load(Ordering::SeqCst), 1);
    let explained = sessions[1].explain(Purpose::Feature).unwrap();
    let too_soon = explained.get(&Item::ProcessListProcesses);
    assert!(matches!(too_soon, Some(Decision::Withheld(Withheld::TooSoon { .. }))), "{too_soon:?}");
}

#[test]
fn feature_data_has_an_interval_unless_the_policy_says_another() {
    let on = CategoryPolicy { enabled: true, ..CategoryPolicy::default() };
    let categories = [(Category::ProcessList, on.clone()), (Category::Device, on)];
    let policy = Policy { categories: categories.into(), ..Policy::default() };
    assert_eq!(policy.rule(Item::ProcessListProcesses).minimum_interval_ms, 30_000);
    assert_eq!(policy.rule(Item::DeviceModel).minimum_interval_ms, 0);
}

#[test]
fn the_audit_lists_what_was_read_and_nothing_else() {
    let session = session(Fake::new(answer));
    session
        .collect(Purpose::Troubleshooting, Some([Item::DeviceModel, Item::ApplicationName].into()))
        .unwrap();
    let audit = session.audit();
    let read: Vec<_> = audit.iter().map(|entry| (entry.item, entry.purpose)).collect();
    assert_eq!(read, [(Item::DeviceModel, Purpose::Troubleshooting)]);
    let now = clock::since_epoch_ms();
    assert!(audit.iter().all(|entry| entry.at_ms.abs_diff(now) < 60_000));
}

#[test]
fn nothing_prints_a_value() {
    let session = session(Fake::new(|_, values| {
        values.device.model = Some("canary".to_owned());
        Ok(())
    }));
    let snapshot = session.collect(Purpose::Feature, None).unwrap();
    let printed = format!(
        "{session:?} {snapshot:?} {:?} {:?} {:?} {:?}",
        snapshot.device(),
        snapshot.features(),
        snapshot.missing(),
        session.audit()
    );
    assert!(!printed.contains("canary"), "{printed}");
    assert!(snapshot.to_json().unwrap().contains("canary"), "the control: the value is there");
}
