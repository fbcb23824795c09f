//! Reasons and values in words.

use scruple::{
    ApplicationInformation, BluetoothInformation, Coordinates, DeviceInformation, FeatureData, Item,
    MiniProgram, Missing, NetworkConfiguration, Unavailable, Withheld,
};

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
        Withheld::Sensitive => "it looks like sensitive data",
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
        Withheld::Restricted => "the operating system refuses it, whatever the person says",
        Withheld::NotDetermined => "nobody has asked the person yet",
    };
    format!("{}: {why}", reason.layer())
}

fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::PlatformHasNone => "this platform has none",
        Unavailable::NotSupplied => "the host supplied none",
        Unavailable::NoSource => "the host handed over no source",
        Unavailable::TimedOut => "the source was late",
        Unavailable::Busy => "the source is still busy",
        Unavailable::Disabled => "switched off",
        Unavailable::NotReady => "nothing yet",
        Unavailable::TooLong => "what the system says is too long",
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

/// Everything that a snapshot holds.
pub(crate) struct Groups {
    pub(crate) application: ApplicationInformation,
    pub(crate) mini_programs: Vec<MiniProgram>,
    pub(crate) network: NetworkConfiguration,
    pub(crate) device: DeviceInformation,
    pub(crate) features: FeatureData,
}

/// A value, on one line.
pub(crate) fn value(item: Item, groups: &Groups) -> String {
    let Groups { application, network, device, features, .. } = groups;
    let text = |text: &Option<String>| text.clone();
    // Of each mini-program.
    let programs = |field: fn(&MiniProgram) -> Option<String>| {
        Some(groups.mini_programs.iter().filter_map(field).collect::<Vec<_>>().join("; "))
    };
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
        Item::ApplicationProfilePicture => {
            application.profile_picture.as_ref().map(|picture| format!("{} bytes", picture.bytes.len()))
        }
        Item::ApplicationCreatorId => text(&application.creator_id),
        Item::ApplicationName => text(&application.name),
        Item::ApplicationId => text(&application.id),
        Item::ApplicationPackageName => text(&application.package_name),
        Item::MiniProgramName => programs(|program| program.name.clone()),
        Item::MiniProgramId => programs(|program| program.id.clone()),
        Item::MiniProgramClassificationTag => programs(|program| program.classification_tag.clone()),
        Item::MiniProgramIntroduction => programs(|program| program.introduction.clone()),
        Item::MiniProgramDescription => programs(|program| program.description.clone()),
        Item::MiniProgramVersionNumber => programs(|program| program.version_number.clone()),
        Item::MiniProgramVersionDescription => programs(|program| program.version_description.clone()),
        Item::MiniProgramCodePackage => programs(|program| {
            program.code_package.as_ref().map(|package| format!("{} bytes, SHA-256 {}", package.size, package.sha256))
        }),
        Item::MiniProgramCodePackageAddress => programs(|program| {
            let address = program.code_package_address.as_ref()?;
            let ends: Vec<_> = [&address.client, &address.server].into_iter().flatten().cloned().collect();
            Some(ends.join(" and "))
        }),
        Item::MiniProgramDomainName => programs(|program| program.domain_name.clone()),
        Item::NetworkPermissionConfiguration => {
            network.permissions.as_ref().map(|permissions| format!("{} permissions", permissions.len()))
        }
        Item::NetworkDomainConfiguration => network.domains.as_ref().map(|domains| {
            let [request, socket, upload, download, web_view] =
                [&domains.request, &domains.socket, &domains.upload, &domains.download, &domains.web_view].map(Vec::len);
            format!("{request} request, {socket} socket, {upload} upload, {download} download, {web_view} web view")
        }),
        Item::IdentifierIdfa => text(&features.idfa),
        Item::ClipboardContent => text(&features.clipboard),
        Item::ClipboardTroubleshooting => features.clipboard_troubleshooting.as_ref().map(|clipboard| {
            format!("content: {}, entries: {}", clipboard.has_content, clipboard.item_count)
        }),
        Item::LocationFuzzy => features.fuzzy_location.as_ref().map(place),
        Item::LocationPrecise => features.precise_location.as_ref().map(place),
        Item::BluetoothInformation => features.bluetooth.as_ref().map(nearby),
        Item::BluetoothTroubleshooting => {
            features.bluetooth_troubleshooting.as_ref().map(|bluetooth| bluetooth.state.to_string())
        }
        Item::NfcInformation => features.nfc.as_ref().map(|nfc| format!("present: {}", nfc.present)),
        Item::WebViewUserAgent => text(&features.user_agent),
    };
    // A value of several lines would break the table.
    value.unwrap_or_default().replace(char::is_control, " ")
}

fn place(place: &Coordinates) -> String {
    format!("{:.5}, {:.5}", place.latitude, place.longitude)
}

fn nearby(bluetooth: &BluetoothInformation) -> String {
    match &bluetooth.nearby {
        Some(nearby) => format!("{}, {} devices nearby", bluetooth.state, nearby.len()),
        None => bluetooth.state.to_string(),
    }
}

fn bytes(bytes: u64) -> String {
    let gigabytes = bytes as f64 / 1e9;
    format!("{gigabytes:.1} GB ({bytes} bytes)")
}
