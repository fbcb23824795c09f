//! The C functions, each called as the generated bindings call it.

use std::mem::ManuallyDrop;
use std::sync::Arc;

use uniffi_core::{RustBuffer, RustCallStatus, RustCallStatusCode};

use crate::buffer::Argument;

unsafe extern "C" {
    fn uniffi_scruple_fn_constructor_session_open(
        policy: RustBuffer,
        sources: RustBuffer,
        status: &mut RustCallStatus,
    ) -> u64;
    fn uniffi_scruple_fn_free_session(handle: u64, status: &mut RustCallStatus);
    fn uniffi_scruple_fn_clone_session(handle: u64, status: &mut RustCallStatus) -> u64;
    fn uniffi_scruple_fn_method_session_audit(handle: u64, status: &mut RustCallStatus) -> RustBuffer;
    fn uniffi_scruple_fn_method_session_collect(
        handle: u64,
        purpose: RustBuffer,
        items: RustBuffer,
        status: &mut RustCallStatus,
    ) -> u64;
    fn uniffi_scruple_fn_method_session_end(handle: u64, status: &mut RustCallStatus);
    fn uniffi_scruple_fn_method_session_explain(
        handle: u64,
        purpose: RustBuffer,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    fn uniffi_scruple_fn_method_session_supply(handle: u64, records: RustBuffer, status: &mut RustCallStatus);
    fn uniffi_scruple_fn_method_session_update_consent(
        handle: u64,
        update: RustBuffer,
        status: &mut RustCallStatus,
    );
    fn uniffi_scruple_fn_free_snapshot(handle: u64, status: &mut RustCallStatus);
    fn uniffi_scruple_fn_clone_snapshot(handle: u64, status: &mut RustCallStatus) -> u64;
    fn uniffi_scruple_fn_method_snapshot_end(handle: u64, status: &mut RustCallStatus);
    safe fn uniffi_scruple_fn_method_snapshot_application(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_collected_at_ms(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> u64;
    safe fn uniffi_scruple_fn_method_snapshot_device(handle: u64, status: &mut RustCallStatus) -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_features(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_for_mini_program(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_lives_until_ms(handle: u64, status: &mut RustCallStatus)
    -> u64;
    safe fn uniffi_scruple_fn_method_snapshot_mini_programs(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_missing(handle: u64, status: &mut RustCallStatus)
    -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_network(handle: u64, status: &mut RustCallStatus)
    -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_on_device_only(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_purpose(handle: u64, status: &mut RustCallStatus)
    -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_to_json(handle: u64, status: &mut RustCallStatus)
    -> RustBuffer;
    safe fn uniffi_scruple_fn_method_snapshot_to_mini_program_json(
        handle: u64,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
    fn uniffi_scruple_fn_func_error_message(error: RustBuffer, status: &mut RustCallStatus) -> RustBuffer;
    fn uniffi_scruple_fn_func_policy_from_json(text: RustBuffer, status: &mut RustCallStatus) -> RustBuffer;
    fn uniffi_scruple_fn_func_host_records_from_json(
        text: RustBuffer,
        status: &mut RustCallStatus,
    ) -> RustBuffer;
}

/// A function of a snapshot that gives a value.
pub(crate) type Read = extern "C" fn(u64, &mut RustCallStatus) -> RustBuffer;

/// A function of a snapshot that gives a time.
pub(crate) type Time = extern "C" fn(u64, &mut RustCallStatus) -> u64;

pub(crate) const READS: &[Read] = &[
    uniffi_scruple_fn_method_snapshot_application,
    uniffi_scruple_fn_method_snapshot_device,
    uniffi_scruple_fn_method_snapshot_features,
    uniffi_scruple_fn_method_snapshot_for_mini_program,
    uniffi_scruple_fn_method_snapshot_mini_programs,
    uniffi_scruple_fn_method_snapshot_missing,
    uniffi_scruple_fn_method_snapshot_network,
    uniffi_scruple_fn_method_snapshot_on_device_only,
    uniffi_scruple_fn_method_snapshot_purpose,
    uniffi_scruple_fn_method_snapshot_to_json,
    uniffi_scruple_fn_method_snapshot_to_mini_program_json,
];

pub(crate) const TIMES: &[Time] =
    &[uniffi_scruple_fn_method_snapshot_collected_at_ms, uniffi_scruple_fn_method_snapshot_lives_until_ms];

/// Calls a function. What was handed over as it ought to be is never refused as something else.
fn call<T>(is_spoiled: bool, function: impl FnOnce(&mut RustCallStatus) -> T) -> Option<T> {
    let mut status = RustCallStatus::default();
    let given = function(&mut status);
    let said = ManuallyDrop::into_inner(status.error_buf).destroy_into_vec();
    match status.code {
        RustCallStatusCode::Success => Some(given),
        RustCallStatusCode::Error => {
            let mut status = RustCallStatus::default();
            // SAFETY: the buffer is Rust's own, and is given away.
            let message =
                unsafe { uniffi_scruple_fn_func_error_message(RustBuffer::from_vec(said), &mut status) };
            assert!(status.code == RustCallStatusCode::Success && !message.destroy_into_vec().is_empty());
            None
        }
        RustCallStatusCode::UnexpectedError | RustCallStatusCode::Cancelled => {
            assert!(is_spoiled, "{}", String::from_utf8_lossy(&said));
            None
        }
    }
}

/// Takes a value over and forgets it.
fn take(buffer: Option<RustBuffer>) {
    buffer.map(RustBuffer::destroy_into_vec);
}

/// A session's handle.
#[derive(Clone)]
pub(crate) struct Session(Arc<SessionHandle>);

struct SessionHandle(u64);

impl Drop for SessionHandle {
    fn drop(&mut self) {
        // SAFETY: the handle is of a session, and nobody else has it.
        call(false, |status| unsafe { uniffi_scruple_fn_free_session(self.0, status) });
    }
}

impl Session {
    pub(crate) fn open(policy: Argument, sources: Argument) -> Option<Self> {
        let is_spoiled = policy.is_spoiled || sources.is_spoiled;
        // SAFETY: both buffers are Rust's own, and are given away.
        let handle = call(is_spoiled, |status| unsafe {
            uniffi_scruple_fn_constructor_session_open(policy.buffer(), sources.buffer(), status)
        });
        handle.map(|handle| Self(Arc::new(SessionHandle(handle))))
    }

    /// Methods take their handle over, so each gets one of its own, as the bindings do it.
    fn handle(&self) -> u64 {
        // SAFETY: the handle is of a session that lives.
        call(false, |status| unsafe { uniffi_scruple_fn_clone_session(self.0.0, status) }).unwrap_or_default()
    }

    pub(crate) fn collect(&self, purpose: Argument, items: Argument) -> Option<Snapshot> {
        let is_spoiled = purpose.is_spoiled || items.is_spoiled;
        // SAFETY: the handle is of a session; the buffers are Rust's own. All are given away.
        let handle = call(is_spoiled, |status| unsafe {
            uniffi_scruple_fn_method_session_collect(self.handle(), purpose.buffer(), items.buffer(), status)
        });
        handle.map(Snapshot)
    }

    pub(crate) fn update_consent(&self, update: Argument) {
        // SAFETY: as above.
        call(update.is_spoiled, |status| unsafe {
            uniffi_scruple_fn_method_session_update_consent(self.handle(), update.buffer(), status)
        });
    }

    pub(crate) fn supply(&self, records: Argument) {
        // SAFETY: as above.
        call(records.is_spoiled, |status| unsafe {
            uniffi_scruple_fn_method_session_supply(self.handle(), records.buffer(), status)
        });
    }

    pub(crate) fn explain(&self, purpose: Argument) {
        // SAFETY: as above.
        take(call(purpose.is_spoiled, |status| unsafe {
            uniffi_scruple_fn_method_session_explain(self.handle(), purpose.buffer(), status)
        }));
    }

    pub(crate) fn audit(&self) {
        // SAFETY: as above.
        take(call(false, |status| unsafe { uniffi_scruple_fn_method_session_audit(self.handle(), status) }));
    }

    pub(crate) fn end(&self) {
        // SAFETY: as above.
        call(false, |status| unsafe { uniffi_scruple_fn_method_session_end(self.handle(), status) });
    }
}

/// A snapshot's handle.
pub(crate) struct Snapshot(u64);

impl Drop for Snapshot {
    fn drop(&mut self) {
        // SAFETY: the handle is of a snapshot, and nobody else has it.
        call(false, |status| unsafe { uniffi_scruple_fn_free_snapshot(self.0, status) });
    }
}

impl Snapshot {
    fn handle(&self) -> u64 {
        // SAFETY: the handle is of a snapshot that lives.
        call(false, |status| unsafe { uniffi_scruple_fn_clone_snapshot(self.0, status) }).unwrap_or_default()
    }

    pub(crate) fn read(&self, function: Read) {
        take(call(false, |status| function(self.handle(), status)));
    }

    pub(crate) fn time(&self, function: Time) {
        call(false, |status| function(self.handle(), status));
    }

    pub(crate) fn end(&self) {
        // SAFETY: the handle is of a snapshot, and is given away.
        call(false, |status| unsafe { uniffi_scruple_fn_method_snapshot_end(self.handle(), status) });
    }
}

/// The records that a text says.
pub(crate) fn records(text: Argument) -> Option<Argument> {
    // SAFETY: the buffer is Rust's own, and is given away.
    let records = call(false, |status| unsafe {
        uniffi_scruple_fn_func_host_records_from_json(text.buffer(), status)
    })?;
    Some(Argument { bytes: records.destroy_into_vec(), is_spoiled: false })
}

/// The policy that a text says.
pub(crate) fn parse(text: Argument) {
    // SAFETY: the buffer is Rust's own, and is given away.
    take(call(false, |status| unsafe { uniffi_scruple_fn_func_policy_from_json(text.buffer(), status) }));
}
