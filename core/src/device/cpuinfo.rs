//! Parses `/proc/cpuinfo` and sysfs CPU masks by an allow-list of keys: many phones print a `Serial` among them.

/// What the text says of the processor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CpuInfo {
    /// The kinds of core, each once.
    pub(super) names: Vec<String>,
    pub(super) hardware: Option<String>,
    /// Cores that are online, which may be fewer than there are.
    pub(super) online: u32,
    pub(super) features: Vec<String>,
}

/// Reads the text; `None` if it says nothing of a processor.
pub(super) fn parse(text: &str) -> Option<CpuInfo> {
    let mut online = 0;
    let mut features = None;
    let mut hardware = None;
    let mut generic = None;
    let mut models = Vec::new();
    let mut parts = Vec::new();
    let mut implementer = None;
    for (key, value) in text.lines().filter_map(|line| line.split_once(':')) {
        let (key, value) = (key.trim_end(), value.trim());
        match key {
            "processor" => online += u32::from(value.parse::<u32>().is_ok()),
            "model name" => add(&mut models, value),
            "CPU implementer" => implementer = hexadecimal(value),
            "CPU part" => {
                if let (Some(implementer), Some(part)) = (implementer, hexadecimal(value)) {
                    add(&mut parts, (implementer, part));
                }
            }
            "flags" | "Features" | "isa" => features = features.or(Some(value)),
            "Hardware" => hardware = Some(value).filter(|value| !value.is_empty()),
            // Old ARM kernels print one line for all cores: `Processor` is not `processor`.
            "Processor" => generic = Some(value),
            _ => {}
        }
    }
    // On ARM the parts tell the cores apart; the model name is the same for all of them.
    if models.is_empty() {
        models.extend(generic);
    }
    let names: Vec<_> = if parts.is_empty() {
        models.into_iter().map(str::to_owned).collect()
    } else {
        parts.into_iter().map(|(implementer, part)| core_name(implementer, part)).collect()
    };
    let says_something = online > 0 || !names.is_empty() || hardware.is_some() || features.is_some();
    says_something.then(|| CpuInfo {
        names,
        hardware: hardware.map(str::to_owned),
        // A kernel built for one core may print no `processor` line.
        online: online.max(1),
        features: features.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect(),
    })
}

/// How many CPUs a sysfs mask such as `0-3,8-11` names.
pub(super) fn count(mask: &str) -> Option<u32> {
    mask.trim().split(',').try_fold(0_u32, |count, range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
        count.checked_add(last.checked_sub(first)?.checked_add(1)?)
    })
}

fn add<T: PartialEq>(known: &mut Vec<T>, next: T) {
    if !known.contains(&next) {
        known.push(next);
    }
}

fn hexadecimal(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

/// The core's name from the main id register, by the makers' reference manuals; its numbers where it is not known.
fn core_name(implementer: u32, part: u32) -> String {
    let name = match (implementer, part) {
        (0x41, 0xb76) => "ARM1176",
        (0x41, 0xc05) => "Cortex-A5",
        (0x41, 0xc07) => "Cortex-A7",
        (0x41, 0xc08) => "Cortex-A8",
        (0x41, 0xc09) => "Cortex-A9",
        (0x41, 0xc0e) => "Cortex-A17",
        (0x41, 0xc0f) => "Cortex-A15",
        (0x41, 0xd03) => "Cortex-A53",
        (0x41, 0xd04) => "Cortex-A35",
        (0x41, 0xd05) => "Cortex-A55",
        (0x41, 0xd07) => "Cortex-A57",
        (0x41, 0xd08) => "Cortex-A72",
        (0x41, 0xd09) => "Cortex-A73",
        (0x41, 0xd0a) => "Cortex-A75",
        (0x41, 0xd0b) => "Cortex-A76",
        (0x41, 0xd0c) => "Neoverse-N1",
        (0x41, 0xd0d) => "Cortex-A77",
        (0x41, 0xd40) => "Neoverse-V1",
        (0x41, 0xd41) => "Cortex-A78",
        (0x41, 0xd44) => "Cortex-X1",
        (0x41, 0xd46) => "Cortex-A510",
        (0x41, 0xd47) => "Cortex-A710",
        (0x41, 0xd48) => "Cortex-X2",
        (0x41, 0xd49) => "Neoverse-N2",
        (0x41, 0xd4b) => "Cortex-A78C",
        (0x41, 0xd4c) => "Cortex-X1C",
        (0x41, 0xd4d) => "Cortex-A715",
        (0x41, 0xd4e) => "Cortex-X3",
        (0x41, 0xd4f) => "Neoverse-V2",
        (0x41, 0xd80) => "Cortex-A520",
        (0x41, 0xd81) => "Cortex-A720",
        (0x41, 0xd82) => "Cortex-X4",
        (0x41, 0xd85) => "Cortex-X925",
        (0x41, 0xd87) => "Cortex-A725",
        (0x51, 0x00f | 0x02d) => "Scorpion",
        (0x51, 0x04d | 0x06f) => "Krait",
        (0x51, 0x201 | 0x211) => "Kryo-Silver",
        (0x51, 0x205) => "Kryo-Gold",
        (0x51, 0x800) => "Kryo-2XX-Gold",
        (0x51, 0x801) => "Kryo-2XX-Silver",
        (0x51, 0x802) => "Kryo-3XX-Gold",
        (0x51, 0x803) => "Kryo-3XX-Silver",
        (0x51, 0x804) => "Kryo-4XX-Gold",
        (0x51, 0x805) => "Kryo-4XX-Silver",
        (0x51, 0x001) => "Oryon",
        _ => return format!("implementer {implementer:#04x}, part {part:#05x}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! phone {
        ($name:literal) => {
            include_str!(concat!("../../tests/phones/", $name, "/cpuinfo"))
        };
    }

    /// Cores, names, hardware and the last feature of each recorded machine.
    #[test]
    fn recorded_machines() {
        for (text, online, names, hardware, last_feature) in [
            (phone!("galaxy-s4-us"), 4, &["Krait"][..], Some("SAMSUNG JF"), "vfpv4"),
            (
                phone!("galaxy-s7-us"),
                4,
                &["Kryo-Silver", "Kryo-Gold"],
                Some("Qualcomm Technologies, Inc MSM8996"),
                "crc32",
            ),
            (phone!("leagoo-t5c"), 8, &["Spreadtrum SC9853I-IA"], Some("Spreadtrum SC9853I-IA"), "erms"),
            (phone!("lg-k10-eu"), 4, &["Cortex-A53"], Some("Qualcomm Technologies, Inc MSM8916"), "vfpd32"),
            (
                phone!("moto-g-gen4"),
                8,
                &["Cortex-A53"],
                Some("Qualcomm Technologies, Inc MSM8952"),
                "evtstrm",
            ),
            (phone!("nexus4"), 4, &["Krait"], Some("QCT APQ8064 MAKO"), "vfpv4"),
            (
                phone!("nexus5x"),
                6,
                &["Cortex-A53", "Cortex-A57"],
                Some("Qualcomm Technologies, Inc MSM8992"),
                "crc32",
            ),
            (phone!("raspberrypi3"), 4, &["Cortex-A53"], Some("BCM2709"), "crc32"),
            (
                phone!("xiaomi-redmi-note-4"),
                8,
                &["Cortex-A53"],
                Some("Qualcomm Technologies, Inc MSM8953"),
                "crc32",
            ),
            (phone!("zenfone-2"), 4, &["Intel(R) Atom(TM) CPU  Z3580  @ 1.33GHz"], None, "erms"),
        ] {
            let info = parse(text).expect("says something");
            assert_eq!(info.online, online, "{names:?}");
            assert_eq!(info.names, names);
            assert_eq!(info.hardware.as_deref(), hardware);
            assert_eq!(info.features.last().map(String::as_str), Some(last_feature));
            assert!(!info.features.contains(&String::new()));
        }
    }

    #[test]
    fn one_core_without_a_processor_line() {
        let info = parse("Processor\t: ARMv6-compatible processor rev 7 (v6l)\nFeatures\t: swp half\n\nHardware\t: BCM2708\n").expect("says something");
        assert_eq!((info.online, info.names), (1, vec!["ARMv6-compatible processor rev 7 (v6l)".to_owned()]));
    }

    #[test]
    fn an_unknown_core_keeps_its_numbers() {
        let info = parse("processor : 0\nCPU implementer : 0x99\nCPU part : 0x1\n").expect("says something");
        assert_eq!(info.names, ["implementer 0x99, part 0x001"]);
    }

    #[test]
    fn a_text_about_nothing_gives_nothing() {
        for text in ["", "\n\n", "Serial : 00001234\n", "no colon", "CPU part : 0xd03\n"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn masks() {
        for (mask, cpus) in [("0\n", 1), ("0-1\n", 2), ("0-3,8-11", 8), ("0,2,4", 3)] {
            assert_eq!(count(mask), Some(cpus));
        }
        for mask in ["", "\n", "3-0", "0-", "a", "0-4294967295", "0;1"] {
            assert_eq!(count(mask), None, "{mask:?}");
        }
    }
}
