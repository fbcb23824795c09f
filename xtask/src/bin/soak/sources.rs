//! Sources as hosts have them: quick, slow, now and then late or in a panic.

use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use scruple::{
    Coordinates, IdfaSource, LocationSource, NfcInformation, NfcSource, Source, SourceError,
    SystemPermission, WebViewSource,
};

/// Each behaves in its own way, by how often it was called.
#[derive(Default)]
struct Quick;
#[derive(Default)]
struct Slow(AtomicU64);
#[derive(Default)]
struct Hanging(AtomicU64);
#[derive(Default)]
struct Panicking(AtomicU64);

/// All of them.
pub(crate) fn all() -> Vec<Source> {
    vec![
        Source::WebView(Arc::new(Quick)),
        Source::Nfc(Arc::new(Slow::default())),
        Source::FuzzyLocation(Arc::new(Hanging::default())),
        Source::Idfa(Arc::new(Panicking::default())),
    ]
}

/// Whether it is time again.
fn every(calls: &AtomicU64, so_many: u64) -> bool {
    calls.fetch_add(1, Ordering::Relaxed) % so_many == so_many - 1
}

impl WebViewSource for Quick {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        Ok("Agent/1.0".to_owned())
    }
}

impl NfcSource for Slow {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        let denied = every(&self.0, 50);
        Ok(if denied { SystemPermission::Denied } else { SystemPermission::Granted })
    }

    fn read(&self, _: u64) -> Result<NfcInformation, SourceError> {
        thread::sleep(Duration::from_micros(200));
        Ok(NfcInformation { present: true, enabled: Some(true), host_card_emulation: None })
    }
}

impl LocationSource for Hanging {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        if every(&self.0, 500) {
            thread::sleep(Duration::from_millis(100));
        }
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<Coordinates, SourceError> {
        if every(&self.0, 300) {
            thread::sleep(Duration::from_millis(150));
        }
        Ok(Coordinates { latitude: 48.1, longitude: 11.6 })
    }
}

impl IdfaSource for Panicking {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        if every(&self.0, 20) {
            panic::panic_any("now and then");
        }
        Ok("6D92078A-8246-4BA4-AE5B-76104861E7DC".to_owned())
    }
}
