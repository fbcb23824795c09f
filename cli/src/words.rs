//! Reasons and values in words.

use scruple::{DeviceInformation, FeatureData, Item, Missing, Unavailable, Withheld};

/// A reason, in a sentence.
pub(crate) fn missing(missing: Missing) -> String {
    match missing {
        Missing::Withheld(reason) => withheld(reason),
        Missing::Unavailable(reason) => unavailable(reason).to_owned(),
    }
}

/// The layer that withholds, and why.
pub(crate) fn withheld(reason: Withheld) -> String {
    let why = match reason {
        Withheld::NotForThisPurpose => "not listed for this purpose",
        Withheld::SwitchedOff => "switched off",
        Withheld::PurposeOff => "not switched on for this purpose",
        Withheld::PreciseWhileFuzzy => "the host opts for fuzzy location",
        Withheld::NotGranted => "nobody agreed to it",
        Withheld::Revoked => "agreed to and taken back",
        Withheld::AgeUnknown => "not stated",
        Withheld::AgeBelowMinimum => "below the minimum",
        Withheld::TooSoon { remaining_ms } => {
            return format!("{}: read a moment ago, wait {remaining_ms} ms", reason.layer());
        }
        Withheld::Denied => "the operating system refuses it",
    };
    format!("{}: {why}", reason.layer())
}

fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::PlatformHasNone => "this platform has none",
        Unavailable::NotSupplied => "the host supplied none",
        Unavailable::NoTelephony => "no telephony",
        Unavailable::Headless => "no display",
        Unavailable::NoDmi => "the machine does not describe itself (no DMI)",
        Unavailable::Placeholder => "the vendor left a placeholder",
        Unavailable::NotStated => "the system does not say",
        Unavailable::NotPermitted => "the kernel refused",
        Unavailable::NotRecorded => "not recorded",
        Unavailable::Malformed => "what the system says is not well-formed",
        Unavailable::ReadFailed => "reading failed",
    }
}

/// A value, on one line.
pub(crate) fn value(item: Item, device: &DeviceInformation, features: &FeatureData) -> String {
    let text = |text: &Option<String>| text.clone();
    let value = match item {
        Item::DeviceStorageCapacity => device.storage_capacity.map(bytes),
        Item::DeviceMccMnc => device.mcc_mnc.as_ref().map(|code| format!("{} {}", code.mcc, code.mnc)),
        Item::DeviceModel => text(&device.model),
        Item::DeviceSystemVersion => device.system_version.as_ref().and_then(|system| {
            Some(match (&system.version, &system.name) {
                (Some(version), Some(name)) => format!("{version} ({name})"),
                (version, name) => version.as_ref().or(name.as_ref())?.clone(),
            })
        }),
        Item::DeviceFirmwareVersion => text(&device.firmware_version),
        Item::DeviceResolution => {
            device.resolution.as_ref().map(|display| format!("{} × {}", display.width, display.height))
        }
        Item::DeviceCpu => device.cpu.as_ref().map(|cpu| {
            let cores = if cpu.cores == 1 { "1 core".to_owned() } else { format!("{} cores", cpu.cores) };
            let mut parts = vec![cores];
            parts.extend((!cpu.names.is_empty()).then(|| cpu.names.join(" + ")));
            parts.extend(cpu.hardware.clone());
            parts.extend(cpu.max_frequency_khz.map(|khz| format!("up to {} MHz", khz / 1000)));
            parts.push(format!("{} features", cpu.features.len()));
            parts.join(", ")
        }),
        Item::DeviceBrand => text(&device.brand),
        Item::DeviceIncrementalVersion => {
            device.incremental_version.as_ref().map(|build| match &build.visual {
                Some(visual) => format!("{} ({visual})", build.incremental),
                None => build.incremental.clone(),
            })
        }
        Item::DeviceManufacturer => text(&device.manufacturer),
        Item::DeviceName => text(&device.name),
        Item::DevicePlatform => text(&device.platform),
        Item::DeviceOperator => text(&device.operator),
        Item::ProcessListProcesses => features.processes.as_ref().map(|processes| {
            let names: Vec<_> = processes.iter().take(6).map(|process| process.name.as_str()).collect();
            let more = if processes.len() > names.len() { ", …" } else { "" };
            format!("{} processes: {}{more}", processes.len(), names.join(", "))
        }),
        // Nothing reads these yet.
        Item::ApplicationProfilePicture
        | Item::ApplicationCreatorId
        | Item::ApplicationName
        | Item::ApplicationId
        | Item::ApplicationPackageName
        | Item::MiniProgramName
        | Item::MiniProgramId
        | Item::MiniProgramClassificationTag
        | Item::MiniProgramIntroduction
        | Item::MiniProgramDescription
        | Item::MiniProgramVersionNumber
        | Item::MiniProgramVersionDescription
        | Item::MiniProgramCodePackage
        | Item::MiniProgramCodePackageAddress
        | Item::MiniProgramDomainName
        | Item::NetworkPermissionConfiguration
        | Item::NetworkDomainConfiguration
        | Item::IdentifierIdfa
        | Item::ClipboardContent
        | Item::ClipboardTroubleshooting
        | Item::LocationFuzzy
        | Item::LocationPrecise
        | Item::BluetoothInformation
        | Item::BluetoothTroubleshooting
        | Item::NfcInformation
        | Item::WebViewUserAgent => None,
    };
    value.unwrap_or_default()
}

fn bytes(bytes: u64) -> String {
    let gigabytes = bytes as f64 / 1e9;
    format!("{gigabytes:.1} GB ({bytes} bytes)")
}
