//! A host's sources, as the bindings hand them over: tables of functions.

use std::mem::ManuallyDrop;
use std::sync::{Mutex, Once};

use uniffi_core::{RustBuffer, RustCallStatus, RustCallStatusCode};

use crate::buffer::{Argument, text, value};
use crate::functions::Session;
use crate::step;
use crate::tape::Tape;

/// A trait's functions, those of its life before those of its methods.
#[repr(C)]
struct Table<const METHODS: usize> {
    free: extern "C" fn(u64),
    clone: extern "C" fn(u64) -> u64,
    methods: [*const (); METHODS],
}

unsafe extern "C" {
    fn uniffi_scruple_fn_init_callback_vtable_bluetoothsource(table: &'static Table<3>);
    fn uniffi_scruple_fn_init_callback_vtable_clipboardsource(table: &'static Table<3>);
    fn uniffi_scruple_fn_init_callback_vtable_devicesource(table: &'static Table<2>);
    fn uniffi_scruple_fn_init_callback_vtable_idfasource(table: &'static Table<2>);
    fn uniffi_scruple_fn_init_callback_vtable_locationsource(table: &'static Table<2>);
    fn uniffi_scruple_fn_init_callback_vtable_nfcsource(table: &'static Table<2>);
    fn uniffi_scruple_fn_init_callback_vtable_processessource(table: &'static Table<1>);
    fn uniffi_scruple_fn_init_callback_vtable_storagesource(table: &'static Table<1>);
    fn uniffi_scruple_fn_init_callback_vtable_webviewsource(table: &'static Table<2>);
}

/// The session that sources call back.
static SESSION: Mutex<Option<Session>> = Mutex::new(None);

pub(crate) fn call_back(session: Option<&Session>) {
    let earlier = std::mem::replace(&mut *SESSION.lock().unwrap(), session.cloned());
    // Outside the lock: the last one to let go of a session closes it.
    drop(earlier);
}

/// Hands all tables over, once.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let permission = permission as *const ();
        let text = answer::<Text> as *const ();
        // SAFETY: each table lives for ever, and has its trait's functions in their order.
        unsafe {
            uniffi_scruple_fn_init_callback_vtable_bluetoothsource(table([
                permission,
                answer::<Bluetooth> as *const (),
                answer::<BluetoothDiagnosis> as *const (),
            ]));
            uniffi_scruple_fn_init_callback_vtable_clipboardsource(table([
                permission,
                answer::<ClipboardText> as *const (),
                answer::<ClipboardDiagnosis> as *const (),
            ]));
            uniffi_scruple_fn_init_callback_vtable_devicesource(table([
                answer::<Resolution> as *const (),
                text,
            ]));
            uniffi_scruple_fn_init_callback_vtable_idfasource(table([permission, text]));
            uniffi_scruple_fn_init_callback_vtable_locationsource(table([
                permission,
                answer::<Location> as *const (),
            ]));
            uniffi_scruple_fn_init_callback_vtable_nfcsource(table([permission, answer::<Nfc> as *const ()]));
            uniffi_scruple_fn_init_callback_vtable_processessource(table([answer::<Processes> as *const ()]));
            uniffi_scruple_fn_init_callback_vtable_storagesource(table([number as *const ()]));
            uniffi_scruple_fn_init_callback_vtable_webviewsource(table([permission, text]));
        }
    });
}

fn table<const METHODS: usize>(methods: [*const (); METHODS]) -> &'static Table<METHODS> {
    Box::leak(Box::new(Table { free, clone, methods }))
}

/// Some of the sources, as the list that `open` takes; now and then some that this platform has no use for, or one twice.
pub(crate) fn list() -> Argument {
    let kinds: Vec<i32> = match Tape.below(32) {
        30 => vec![7, 9, 10],
        31 => vec![2, 2],
        // All but the process list's, which the core reads here.
        _ => (1..=6).chain([8]).filter(|_| Tape.mostly()).collect(),
    };
    value(|to| {
        let mut kinds = kinds.iter();
        to.list(u8::try_from(kinds.len()).unwrap(), |to| {
            to.number(*kinds.next().unwrap());
            // Odd, as foreign handles are. All objects of a trait are one.
            to.large(1);
        });
    })
}

extern "C" fn free(_: u64) {}

extern "C" fn clone(handle: u64) -> u64 {
    handle
}

extern "C" fn permission(_: u64, to: &mut RustBuffer, status: &mut RustCallStatus) {
    if let Some(given) =
        outcome(status, || value(|to| to.number(if Tape.mostly() { 1 } else { Tape.byte().into() })))
    {
        *to = given.buffer();
    }
}

extern "C" fn answer<A: Answer>(_: u64, _: u64, to: &mut RustBuffer, status: &mut RustCallStatus) {
    if let Some(given) = outcome(status, A::given) {
        *to = given.buffer();
    }
}

extern "C" fn number(_: u64, _: u64, to: &mut u64, status: &mut RustCallStatus) {
    outcome(status, || {
        *to = u64::from(Tape.byte());
        Argument::default()
    });
}

/// Calls back, then gives a value or none, throws what it declared, or throws something else.
fn outcome(status: &mut RustCallStatus, value: impl FnOnce() -> Argument) -> Option<Argument> {
    if !Tape.mostly() {
        let session = SESSION.lock().unwrap().clone();
        if let Some(session) = session {
            step(&session);
        }
    }
    let (code, error) = match Tape.below(16) {
        11 => return None,
        // Of what it declared there are five kinds.
        12 => (RustCallStatusCode::Error, crate::value(|to| to.variant(6))),
        13 => (RustCallStatusCode::UnexpectedError, text()),
        // Says that it threw, and not what.
        14 => (RustCallStatusCode::Error, Argument::default()),
        15 => (RustCallStatusCode::Cancelled, Argument::default()),
        _ => return Some(value()),
    };
    status.code = code;
    status.error_buf = ManuallyDrop::new(error.buffer());
    None
}

/// What a method answers: a record's fields in their order.
trait Answer {
    fn write(to: &mut Argument);

    fn given() -> Argument {
        value(Self::write)
    }
}

struct Text;
struct Bluetooth;
struct BluetoothDiagnosis;
struct ClipboardText;
struct ClipboardDiagnosis;
struct Location;
struct Nfc;
struct Processes;
struct Resolution;

impl Answer for Text {
    fn write(to: &mut Argument) {
        to.text();
    }

    fn given() -> Argument {
        text()
    }
}

impl Answer for Bluetooth {
    fn write(to: &mut Argument) {
        to.variant(STATES);
        known(to);
        to.option(|to| {
            to.list(Tape.below(80), |to| {
                to.option(Argument::text);
                to.number(i32::from(Tape.byte()) - 128);
                to.list(Tape.below(20), Argument::text);
            });
        });
        to.number(-1);
    }
}

impl Answer for BluetoothDiagnosis {
    fn write(to: &mut Argument) {
        to.variant(STATES);
        to.variant(4);
        to.list(Tape.below(64), |to| to.number(Tape.byte().into()));
        to.list(Tape.below(64), |to| to.variant(STATES));
    }
}

impl Answer for ClipboardText {
    fn write(to: &mut Argument) {
        to.option(Argument::text);
        to.flag(Tape.flag());
    }
}

impl Answer for ClipboardDiagnosis {
    fn write(to: &mut Argument) {
        to.flag(Tape.flag());
        to.list(Tape.below(20), Argument::text);
        to.number(Tape.byte().into());
        to.option(|to| to.variant(4));
    }
}

impl Answer for Location {
    fn write(to: &mut Argument) {
        to.real();
        to.real();
    }
}

impl Answer for Nfc {
    fn write(to: &mut Argument) {
        to.flag(Tape.flag());
        known(to);
        known(to);
    }
}

impl Answer for Processes {
    fn write(to: &mut Argument) {
        to.list(Tape.below(8), |to| {
            to.number(Tape.byte().into());
            to.text();
        });
    }
}

impl Answer for Resolution {
    fn write(to: &mut Argument) {
        to.number(Tape.byte().into());
        to.number(Tape.byte().into());
        to.real();
        to.option(Argument::real);
    }
}

/// How many states an adapter can be in.
const STATES: usize = 6;

fn known(to: &mut Argument) {
    to.option(|to| to.flag(Tape.flag()));
}
