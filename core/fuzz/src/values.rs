//! Values of every kind, as hostile as the fuzzer likes.

use std::collections::HashMap;

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use scruple::{
    AdapterState, ApplicationInformation, BluetoothDevice, BluetoothDiagnosis, BluetoothInformation,
    ClipboardDiagnosis, ClipboardObstacle, ClipboardText, CodePackage, CodePackageAddress, Coordinates, Cpu,
    DeviceInformation, DomainConfiguration, FeatureData, HostRecords, IncrementalVersion, MccMnc,
    MiniProgram, NetworkConfiguration, NfcInformation, ProfilePicture, Resolution, RunningProcess,
    SystemPermission, SystemVersion,
};

type Bytes<'b> = Unstructured<'b>;

/// A text, mostly short; now and then one thing over and over, longer than any limit.
pub fn text(from: &mut Bytes<'_>) -> Result<String> {
    repeated(from, 70_000)
}

/// One of many texts, which are no longer than a name may be, and a little more.
fn word(from: &mut Bytes<'_>) -> Result<String> {
    repeated(from, 600)
}

fn repeated(from: &mut Bytes<'_>, most: usize) -> Result<String> {
    let text = String::arbitrary(from)?;
    let times = if from.ratio(1, 32)? { from.int_in_range(1..=most)? } else { 1 };
    Ok(text.repeat(times.min(most / text.len().max(1)).max(1)))
}

fn some<T>(from: &mut Bytes<'_>, make: impl FnOnce(&mut Bytes<'_>) -> Result<T>) -> Result<Option<T>> {
    if from.ratio(3, 4)? { make(from).map(Some) } else { Ok(None) }
}

/// A list, mostly short; now and then one entry over and over, more than any limit.
fn list<T: Clone>(from: &mut Bytes<'_>, make: impl Fn(&mut Bytes<'_>) -> Result<T>) -> Result<Vec<T>> {
    let length = from.int_in_range(0..=4)?;
    let mut list = (0..length).map(|_| make(from)).collect::<Result<Vec<_>>>()?;
    if let (Some(last), true) = (list.last().cloned(), from.ratio(1, 16)?) {
        list.resize(from.int_in_range(0..=300)?, last);
    }
    Ok(list)
}

fn case<T: Copy>(from: &mut Bytes<'_>, cases: &[T]) -> Result<T> {
    from.choose(cases).copied()
}

/// A number, mostly one that could be meant.
fn number(from: &mut Bytes<'_>, most: f64) -> Result<f64> {
    if from.ratio(3, 4)? {
        Ok(most * (f64::from(i32::arbitrary(from)?) / f64::from(i32::MAX)))
    } else {
        f64::arbitrary(from)
    }
}

pub fn coordinates(from: &mut Bytes<'_>) -> Result<Coordinates> {
    Ok(Coordinates { latitude: number(from, 91.0)?, longitude: number(from, 181.0)? })
}

pub fn permission(from: &mut Bytes<'_>) -> Result<SystemPermission> {
    if from.ratio(3, 4)? { Ok(SystemPermission::Granted) } else { case(from, SystemPermission::ALL) }
}

pub fn clipboard(from: &mut Bytes<'_>) -> Result<ClipboardText> {
    Ok(ClipboardText { text: some(from, text)?, sensitive: from.ratio(1, 4)? })
}

pub fn clipboard_diagnosis(from: &mut Bytes<'_>) -> Result<ClipboardDiagnosis> {
    Ok(ClipboardDiagnosis {
        has_content: bool::arbitrary(from)?,
        types: list(from, word)?,
        item_count: u32::arbitrary(from)?,
        obstacle: some(from, |from| case(from, ClipboardObstacle::ALL))?,
    })
}

pub fn bluetooth(from: &mut Bytes<'_>) -> Result<BluetoothInformation> {
    let device = |from: &mut Bytes<'_>| {
        Ok(BluetoothDevice {
            name: some(from, word)?,
            rssi: i32::arbitrary(from)?,
            service_uuids: list(from, uuid)?,
        })
    };
    Ok(BluetoothInformation {
        state: case(from, AdapterState::ALL)?,
        low_energy: Arbitrary::arbitrary(from)?,
        nearby: some(from, |from| list(from, device))?,
        omitted: u32::arbitrary(from)?,
    })
}

/// One of the forms, or any text.
fn uuid(from: &mut Bytes<'_>) -> Result<String> {
    let number = u128::arbitrary(from)?;
    Ok(match from.int_in_range(0..=3)? {
        0 => format!("{:04x}", number as u16),
        1 => format!("{:08X}", number as u32),
        2 => identifier(number),
        _ => return word(from),
    })
}

fn identifier(number: u128) -> String {
    let digits = format!("{number:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

/// Of the form, or any text.
pub fn idfa(from: &mut Bytes<'_>) -> Result<String> {
    if from.ratio(1, 2)? { Ok(identifier(u128::arbitrary(from)?)) } else { text(from) }
}

pub fn bluetooth_diagnosis(from: &mut Bytes<'_>) -> Result<BluetoothDiagnosis> {
    Ok(BluetoothDiagnosis {
        state: case(from, AdapterState::ALL)?,
        permission: case(from, SystemPermission::ALL)?,
        scan_errors: list(from, |from| i32::arbitrary(from))?,
        state_changes: list(from, |from| case(from, AdapterState::ALL))?,
    })
}

pub fn nfc(from: &mut Bytes<'_>) -> Result<NfcInformation> {
    Ok(NfcInformation {
        present: bool::arbitrary(from)?,
        enabled: Arbitrary::arbitrary(from)?,
        host_card_emulation: Arbitrary::arbitrary(from)?,
    })
}

pub fn processes(from: &mut Bytes<'_>) -> Result<Vec<RunningProcess>> {
    list(from, |from| Ok(RunningProcess { pid: u32::arbitrary(from)?, name: word(from)? }))
}

pub fn resolution(from: &mut Bytes<'_>) -> Result<Resolution> {
    Ok(Resolution {
        width: u32::arbitrary(from)?,
        height: u32::arbitrary(from)?,
        scale: number(from, 4.0)?,
        native_scale: some(from, |from| number(from, 4.0))?,
    })
}

pub fn device(from: &mut Bytes<'_>) -> Result<DeviceInformation> {
    Ok(DeviceInformation {
        storage_capacity: Arbitrary::arbitrary(from)?,
        mcc_mnc: some(from, |from| Ok(MccMnc { mcc: text(from)?, mnc: text(from)? }))?,
        model: some(from, text)?,
        system_version: some(from, |from| {
            Ok(SystemVersion {
                version: some(from, text)?,
                name: some(from, text)?,
                api_level: Arbitrary::arbitrary(from)?,
            })
        })?,
        firmware_version: some(from, text)?,
        resolution: some(from, resolution)?,
        cpu: some(from, |from| {
            Ok(Cpu {
                names: list(from, word)?,
                hardware: some(from, text)?,
                cores: u32::arbitrary(from)?,
                max_frequency_khz: Arbitrary::arbitrary(from)?,
                features: list(from, word)?.iter().map(String::as_str).collect(),
                abis: list(from, word)?,
            })
        })?,
        brand: some(from, text)?,
        incremental_version: some(from, |from| {
            Ok(IncrementalVersion { incremental: text(from)?, visual: some(from, text)? })
        })?,
        manufacturer: some(from, text)?,
        name: some(from, text)?,
        platform: some(from, text)?,
        operator: some(from, text)?,
    })
}

pub fn features(from: &mut Bytes<'_>) -> Result<FeatureData> {
    Ok(FeatureData {
        idfa: some(from, text)?,
        clipboard: some(from, text)?,
        clipboard_troubleshooting: some(from, clipboard_diagnosis)?,
        fuzzy_location: some(from, coordinates)?,
        precise_location: some(from, coordinates)?,
        bluetooth: some(from, bluetooth)?,
        bluetooth_troubleshooting: some(from, bluetooth_diagnosis)?,
        nfc: some(from, nfc)?,
        processes: some(from, processes)?,
        user_agent: some(from, text)?,
    })
}

pub fn records(from: &mut Bytes<'_>) -> Result<HostRecords> {
    let program = |from: &mut Bytes<'_>| {
        Ok(MiniProgram {
            id: some(from, text)?,
            name: some(from, text)?,
            classification_tag: some(from, text)?,
            introduction: some(from, text)?,
            description: some(from, text)?,
            version_number: some(from, text)?,
            version_description: some(from, text)?,
            code_package: some(from, |from| {
                Ok(CodePackage {
                    size: u64::arbitrary(from)?,
                    sha256: text(from)?,
                    bytes: Arbitrary::arbitrary(from)?,
                })
            })?,
            code_package_address: some(from, |from| {
                Ok(CodePackageAddress { client: some(from, text)?, server: some(from, text)? })
            })?,
            domain_name: some(from, text)?,
        })
    };
    Ok(HostRecords {
        application: some(from, |from| {
            Ok(ApplicationInformation {
                profile_picture: some(from, |from| {
                    Ok(ProfilePicture { bytes: Arbitrary::arbitrary(from)? })
                })?,
                creator_id: some(from, text)?,
                name: some(from, text)?,
                id: some(from, text)?,
                package_name: some(from, text)?,
            })
        })?,
        mini_programs: list(from, program)?,
        network: some(from, |from| {
            let permissions = list(from, |from| Ok((word(from)?, bool::arbitrary(from)?)));
            Ok(NetworkConfiguration {
                permissions: some(from, |_| permissions)?.map(HashMap::from_iter),
                domains: some(from, |from| {
                    Ok(DomainConfiguration {
                        request: list(from, word)?,
                        socket: list(from, word)?,
                        upload: list(from, word)?,
                        download: list(from, word)?,
                        web_view: list(from, word)?,
                    })
                })?,
            })
        })?,
    })
}
