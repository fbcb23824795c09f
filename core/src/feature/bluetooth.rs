//! Bluetooth: the adapter and what is near it, without addresses.

use zeroize::{Zeroize, Zeroizing};

use crate::feature::SourceError;
use crate::feature::call::Call;
use crate::gate::SystemPermission;
use crate::outcome::Missing;
use crate::text;
use crate::values::{BluetoothDiagnosis, BluetoothInformation};

/// Reads Bluetooth.
#[uniffi::export(foreign)]
pub trait BluetoothSource: Send + Sync {
    /// Whether the app may ask the adapter. It never prompts the person.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// The adapter and, if the system permits a scan, the devices near it.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<BluetoothInformation, SourceError>;

    /// Why Bluetooth does not work. The core asks for it without the system's permission too, since the lack of that is
    /// one of the answers.
    ///
    /// # Errors
    /// Why there is no value.
    fn diagnose(&self, deadline_ms: u64) -> Result<BluetoothDiagnosis, SourceError>;
}

const MOST_DEVICES: usize = 64;
const MOST_SERVICES: usize = 16;
const MOST_EVENTS: usize = 32;
/// As long as the Bluetooth specification lets a name be.
const LONGEST_NAME: usize = 248;

pub(super) fn read(source: &dyn BluetoothSource, call: &Call<'_>) -> Result<BluetoothInformation, Missing> {
    let mut bluetooth = call.ask(|deadline_ms| source.read(deadline_ms))?;
    bluetooth.omitted = 0;
    if let Some(nearby) = &mut bluetooth.nearby {
        nearby.sort_by_key(|device| std::cmp::Reverse(device.rssi));
        let surplus = nearby.len().saturating_sub(MOST_DEVICES);
        bluetooth.omitted = u32::try_from(surplus).unwrap_or(u32::MAX);
        cut(nearby, MOST_DEVICES);
        for device in nearby {
            let advertised = device.name.take().map(Zeroizing::new);
            device.name = advertised.and_then(|advertised| name(&advertised).map(str::to_owned));
            device.service_uuids.iter_mut().filter(|uuid| !is_uuid(uuid)).for_each(Zeroize::zeroize);
            device.service_uuids.retain(|uuid| !uuid.is_empty());
            cut(&mut device.service_uuids, MOST_SERVICES);
        }
    }
    Ok(bluetooth)
}

pub(super) fn diagnose(source: &dyn BluetoothSource, call: &Call<'_>) -> Result<BluetoothDiagnosis, Missing> {
    let mut diagnosis = call.ask(|deadline_ms| source.diagnose(deadline_ms))?;
    // The latest say most.
    let latest = |length: usize| length.saturating_sub(MOST_EVENTS);
    diagnosis.scan_errors.drain(..latest(diagnosis.scan_errors.len()));
    diagnosis.state_changes.drain(..latest(diagnosis.state_changes.len()));
    Ok(diagnosis)
}

/// An advertised name without the padding that devices fill its field up with.
fn name(advertised: &str) -> Option<&str> {
    let name = text::given_name(advertised).ok()?;
    (name.len() <= LONGEST_NAME && !holds_an_address(name)).then_some(name)
}

/// Shortens a list, wiping what falls off.
fn cut<T: Zeroize>(list: &mut Vec<T>, most: usize) {
    if let Some(surplus) = list.get_mut(most..) {
        surplus.iter_mut().for_each(Zeroize::zeroize);
    }
    list.truncate(most);
}

/// A service's UUID, of 16, 32 or 128 bits. The last could be a device's own identifier, but only if the device itself
/// advertises it as a service.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').map(str::len).collect();
    text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        && matches!(groups.as_slice(), [4] | [8] | [8, 4, 4, 4, 12])
}

/// Six pairs of hexadecimal digits with separators between, or twelve digits in a row: some devices advertise their
/// address as their name, or within it.
fn holds_an_address(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let separated = [':', '-', '.', ' ', '_'].iter().any(|separator| {
        let pairs: Vec<_> = name.split(*separator).collect();
        pairs.windows(6).any(|window| {
            window.iter().enumerate().all(|(at, part)| match at {
                // Words may touch the first and the last pair.
                0 => part.len() >= 2 && part.get(part.len() - 2..).is_some_and(digits),
                5 => part.get(..2).is_some_and(digits),
                _ => part.len() == 2 && digits(part),
            })
        })
    });
    let in_a_row = name
        .split(|c: char| !c.is_ascii_hexdigit())
        .any(|run| run.len() >= 12 && run.bytes().any(|byte| byte.is_ascii_digit()));
    separated || in_a_row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::AdapterState;

    #[test]
    fn names_that_hold_an_address_are_found() {
        for name in [
            "AA:BB:CC:DD:EE:FF",
            "aa-bb-cc-dd-ee-ff",
            "00.1a.7d.da.71.13",
            "00 1A 7D DA 71 13",
            "00_1a_7d_da_71_13",
            "Lamp 00:1a:7d:da:71:13",
            "Lamp00:1a:7d:da:71:13",
            "00:1a:7d:da:71:13 (lamp)",
            "x:00:1a:7d:da:71:13:y",
            "001A7DDA7113",
            "lamp_001a7dda7113x",
        ] {
            assert!(holds_an_address(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_names() {
        for name in [
            "",
            "Band 7",
            "WH-1000XM5",
            "AA:BB:CC:DD:EE",
            "AA:BB:CC:DD:EEE:FF",
            "AA:BB:CC:D:EE:FF",
            "AA:BB:CC:GG:EE:FF",
            "A:BB:CC:DD:EE:FF",
            "xG:BB:CC:DD:EE:FF",
            "AA:BB:CC:DD:EE:F",
            "AA:BB:CC:DD:EE:G1",
            "AA:BB-CC:DD-EE:FF",
            "001A7DDA711",
            "acedfadebaded",
            "12:30 to 14:45",
            "é:é:é:é:é:é",
        ] {
            assert!(!holds_an_address(name), "{name}");
        }
    }

    #[test]
    fn padding_goes_before_a_name_is_judged() {
        for (advertised, expected) in [
            ("Dive Computer 3\0", Some("Dive Computer 3")),
            ("Meter\0\0\0\0\0\0\0\0", Some("Meter")),
            ("\0Scale\0", Some("Scale")),
            ("Lamp  ", Some("Lamp")),
            (" \u{a0}Lamp\r\n\0", Some("Lamp")),
            ("Lamp\u{fffd}\u{fffd}", Some("Lamp")),
            ("Unknown Worlds", Some("Unknown Worlds")),
            ("\0", None),
            ("  \0\0", None),
            ("", None),
            ("N/A", None),
            ("(null)", None),
            ("a\0b", None),
            ("Lamp\u{1b}[31m", None),
            ("001A7DDA7113\0\0", None),
            ("\0 00:1a:7d:da:71:13 ", None),
        ] {
            assert_eq!(name(advertised), expected, "{advertised:?}");
        }
        let longest = "x".repeat(LONGEST_NAME);
        assert_eq!(name(&format!("{longest}\0\0\0")), Some(longest.as_str()));
        assert_eq!(name(&format!("{longest}x")), None);
    }

    #[test]
    fn services_have_uuids_of_three_lengths() {
        for uuid in ["180D", "0000180d", "0000180d-0000-1000-8000-00805f9b34fb"] {
            assert!(is_uuid(uuid), "{uuid}");
        }
        for other in [
            "",
            "180",
            "180G",
            "18-0D",
            "180D-",
            "0000180d-0000-1000-8000",
            "0000180d-0000-1000-8000-00805f9b34fg",
        ] {
            assert!(!is_uuid(other), "{other}");
        }
    }

    #[test]
    fn a_state_is_wiped_to_the_one_that_says_nothing() {
        let mut state = AdapterState::On;
        state.zeroize();
        assert_eq!(state, AdapterState::Unknown);
    }
}
