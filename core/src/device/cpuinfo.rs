//! Parses `/proc/cpuinfo`, whose keys each architecture has of its own, and sysfs CPU masks. Keys are an allow-list: many
//! phones print a `Serial` among them, mainframes an `identification`.

use crate::device::arm_parts;
use crate::text;
use crate::values::{Cpu, CpuFeatures};

/// What the text says of the processor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CpuInfo {
    /// The kinds of core, each once.
    pub(crate) names: Vec<String>,
    pub(crate) hardware: Option<String>,
    /// Cores that are online, which may be fewer than there are.
    pub(crate) online: u32,
    pub(crate) features: CpuFeatures,
}

/// What a line says, by its key.
#[derive(Clone, Copy)]
enum Key {
    /// A core's number; on old ARM kernels text for all of them.
    Processor,
    /// The number is in the key: `processor 0` on s390, `processor [0]` on ARC.
    NumberedProcessor,
    /// How many there are.
    Count,
    Implementer,
    Part,
    Name(NameKey),
    CpuFamily,
    Features,
    /// Some kernels list what they run and what was added to it apart.
    Isa,
    AddedToIsa,
    Hardware(HardwareKey),
    VendorNumber,
}

/// Keys for a core's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameKey {
    ModelName,
    CpuModel,
    Microarchitecture,
    CpuType,
    Cpu,
    /// On old ARM kernels one line for all cores: `Processor` is not `processor`.
    ForAll,
    Vendor,
}

/// The best first.
const NAME_KEYS: &[NameKey] = &[
    NameKey::ModelName,
    NameKey::CpuModel,
    NameKey::Microarchitecture,
    NameKey::CpuType,
    NameKey::Cpu,
    NameKey::ForAll,
    NameKey::Vendor,
];

/// Keys for the chip, or the machine that it is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HardwareKey {
    Hardware,
    SystemType,
    Machine,
    Platform,
    Type,
}

/// The best first.
const HARDWARE_KEYS: &[HardwareKey] = &[
    HardwareKey::Hardware,
    HardwareKey::SystemType,
    HardwareKey::Machine,
    HardwareKey::Platform,
    HardwareKey::Type,
];

/// In whatever case a kernel prints it; `None` for a key that says nothing here.
fn key(text: &str) -> Option<Key> {
    let mut lower = [0; 20];
    let lower = lower.get_mut(..text.len())?;
    lower.copy_from_slice(text.as_bytes());
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"processor" => Key::Processor,
        b"model name" => Key::Name(NameKey::ModelName),
        // x86; SuperH; ARM, LoongArch, s390; SPARC; PA-RISC.
        b"flags" | b"cpu flags" | b"features" | b"cpucaps" | b"capabilities" => Key::Features,
        b"cpu implementer" => Key::Implementer,
        b"cpu part" => Key::Part,
        b"vendor_id" => Key::Name(NameKey::Vendor),
        b"processor name" => Key::Name(NameKey::ForAll),
        // MIPS, Alpha; RISC-V; SuperH; POWER, SPARC, PA-RISC, Alpha, m68k.
        b"cpu model" => Key::Name(NameKey::CpuModel),
        b"uarch" => Key::Name(NameKey::Microarchitecture),
        b"cpu type" => Key::Name(NameKey::CpuType),
        b"cpu" => Key::Name(NameKey::Cpu),
        b"cpu family" => Key::CpuFamily,
        b"isa" => Key::Isa,
        b"ases implemented" => Key::AddedToIsa,
        // ARM; MIPS, LoongArch, Alpha; POWER, SuperH; POWER; SPARC.
        b"hardware" => Key::Hardware(HardwareKey::Hardware),
        b"system type" => Key::Hardware(HardwareKey::SystemType),
        b"machine" => Key::Hardware(HardwareKey::Machine),
        b"platform" => Key::Hardware(HardwareKey::Platform),
        b"type" => Key::Hardware(HardwareKey::Type),
        // s390; Alpha; SPARC.
        b"# processors" | b"cpus detected" | b"ncpus probed" => Key::Count,
        b"mvendorid" => Key::VendorNumber,
        other => {
            let number = other.strip_prefix(b"processor ")?;
            let number = number.strip_prefix(b"[").unwrap_or(number);
            return number.first().is_some_and(u8::is_ascii_digit).then_some(Key::NumberedProcessor);
        }
    })
}

/// Reads the text; `None` if it says nothing of a processor.
pub(crate) fn parse(text: &str) -> Option<CpuInfo> {
    let mut said = Said::default();
    for (name, value) in text.lines().filter_map(|line| line.split_once(':')) {
        if let Some(key) = key(name.trim()) {
            said.line(key, value.trim());
        }
    }
    said.finish()
}

/// What was said, line by line.
#[derive(Default)]
struct Said<'t> {
    processors: u32,
    counted: u32,
    core: Core<'t>,
    cores: Vec<Core<'t>>,
    names: Vec<(NameKey, &'t str)>,
    hardware: Vec<(HardwareKey, &'t str)>,
    /// s390's number for the machine.
    mainframe: Option<&'t str>,
    is_pa_risc: bool,
    features: Option<&'t str>,
    isa: Option<&'t str>,
    added_to_isa: Option<&'t str>,
    risc_v_vendor: Option<u32>,
}

/// An ARM core, as far as it is said.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Core<'t> {
    implementer: Option<u32>,
    part: Option<u32>,
    model: Option<&'t str>,
}

impl<'t> Said<'t> {
    fn line(&mut self, key: Key, value: &'t str) {
        match key {
            Key::Processor if value.parse::<u32>().is_ok() => {
                self.processors += 1;
                self.core_ends();
            }
            Key::Processor => add(&mut self.names, (NameKey::ForAll, value)),
            Key::NumberedProcessor => {
                self.processors += 1;
                match value.split(',').find_map(|part| part.trim().strip_prefix("machine =")) {
                    Some(machine) => self.mainframe = Some(machine.trim()),
                    None => add(&mut self.names, (NameKey::Cpu, value)),
                }
            }
            Key::Count => self.counted = value.parse().ok().and_then(believed).unwrap_or(self.counted),
            Key::Implementer => {
                if self.core.part.is_some() {
                    self.core_ends();
                }
                self.core.implementer = hexadecimal(value);
            }
            Key::Part => self.core.part = hexadecimal(value),
            Key::Name(name) => {
                if name == NameKey::ModelName {
                    self.core.model = Some(value);
                }
                add(&mut self.names, (name, value));
            }
            Key::CpuFamily => self.is_pa_risc |= value.starts_with("PA-RISC"),
            Key::Features => self.features = self.features.or_else(|| stated(value)),
            Key::Isa => self.isa = self.isa.or_else(|| stated(value)),
            Key::AddedToIsa => self.added_to_isa = self.added_to_isa.or_else(|| stated(value)),
            Key::Hardware(hardware) => add(&mut self.hardware, (hardware, value)),
            Key::VendorNumber => self.risc_v_vendor = hexadecimal(value),
        }
    }

    fn core_ends(&mut self) {
        let core = std::mem::take(&mut self.core);
        if core.implementer.is_some() && core.part.is_some() {
            add(&mut self.cores, core);
        }
    }

    fn finish(mut self) -> Option<CpuInfo> {
        self.core_ends();
        let online = self.processors.min(MOST_CORES).max(self.counted);
        let (names, hardware, features) = (self.names(), self.hardware(), self.features());
        let says_something = online > 0 || !names.is_empty() || hardware.is_some() || !features.is_empty();
        // A kernel built for one core may print no `processor` line.
        says_something.then(|| CpuInfo { names, hardware, online: online.max(1), features })
    }

    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for core in &self.cores {
            core.name().into_iter().for_each(|name| add(&mut names, name));
        }
        if !names.is_empty() {
            return names;
        }
        let said = |wanted| {
            let lines = self.names.iter().filter(move |(key, _)| *key == wanted);
            lines.filter_map(|(_, name)| text::vendor_line(name).ok())
        };
        if let (Some(machine), Some(vendor)) = (self.mainframe, said(NameKey::Vendor).next()) {
            if let Ok(name) = text::vendor_line(&[vendor.as_str(), " ", machine].concat()) {
                return vec![name];
            }
        }
        // PA-RISC's model name is the machine's.
        let keys = if self.is_pa_risc { &[NameKey::Cpu] } else { NAME_KEYS };
        for key in keys {
            said(*key).for_each(|name| add(&mut names, name));
            if !names.is_empty() {
                return names;
            }
        }
        self.risc_v_vendor.and_then(risc_v_vendor).map(str::to_owned).into_iter().collect()
    }

    fn hardware(&self) -> Option<String> {
        if let Some(name) = self.mainframe.and_then(mainframe) {
            return Some(name.to_owned());
        }
        if self.is_pa_risc {
            let model = self.names.iter().find(|(key, _)| *key == NameKey::ModelName);
            return model.and_then(|(_, model)| text::vendor_line(model).ok());
        }
        let said = |wanted: &HardwareKey| {
            let mut lines = self.hardware.iter().filter(|(key, _)| key == wanted);
            lines.find_map(|(_, hardware)| text::vendor_line(hardware).ok())
        };
        HARDWARE_KEYS.iter().find_map(said)
    }

    fn features(&self) -> CpuFeatures {
        match (self.features, self.isa) {
            // SPARC's have commas between them.
            (Some(features), _) if !features.contains([' ', '\t']) => features.split(',').collect(),
            (Some(features), _) => CpuFeatures::of_line(features),
            (None, Some(isa)) if isa.starts_with("rv") => isa.split('_').collect(),
            (None, isa) => isa.into_iter().chain(self.added_to_isa).collect(),
        }
    }
}

impl Core<'_> {
    /// The name of a core that ARM makes is ARM's; another maker's kernel may print its own, which is the better one.
    fn name(self) -> Option<String> {
        let (implementer, part) = self.implementer.zip(self.part)?;
        let kind = arm_parts::name(implementer, part);
        let own = self
            .model
            .filter(|model| !names_the_architecture(model))
            .and_then(|model| text::vendor_line(model).ok());
        Some(match (kind, own) {
            (Some(kind), _) if implementer == arm_parts::ARM => kind.to_owned(),
            (_, Some(own)) => own,
            (Some(kind), None) => kind.to_owned(),
            (None, None) => format!("{}{implementer:#04x}, part {part:#05x}", Cpu::UNNAMED),
        })
    }
}

/// What every ARM kernel prints, such as `ARMv7 Processor rev 4 (v7l)`.
fn names_the_architecture(model: &str) -> bool {
    let starts = |with: &str| model.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    ["ARMv", "AArch64", "ARM Processor"].into_iter().any(starts)
}

/// IBM's name for a machine's number (z/Architecture Principles of Operation, and IBM's announcements).
fn mainframe(machine: &str) -> Option<&'static str> {
    Some(match machine {
        "2064" => "IBM z900",
        "2066" => "IBM z800",
        "2084" => "IBM z990",
        "2086" => "IBM z890",
        "2094" => "IBM z9 EC",
        "2096" => "IBM z9 BC",
        "2097" => "IBM z10 EC",
        "2098" => "IBM z10 BC",
        "2817" => "IBM z196",
        "2818" => "IBM z114",
        "2827" => "IBM zEC12",
        "2828" => "IBM zBC12",
        "2964" => "IBM z13",
        "2965" => "IBM z13s",
        "3906" => "IBM z14",
        "3907" => "IBM z14 ZR1",
        "8561" | "8562" => "IBM z15",
        "3931" | "3932" => "IBM z16",
        "9175" => "IBM z17",
        _ => return None,
    })
}

/// A RISC-V maker by JEDEC's number (Linux, `arch/riscv/include/asm/vendorid_list.h`).
fn risc_v_vendor(number: u32) -> Option<&'static str> {
    Some(match number {
        0x029 => "Microchip",
        0x127 => "MIPS",
        0x31e => "Andes",
        0x489 => "SiFive",
        0x5b7 => "T-Head",
        0x61f => "Ventana",
        0x710 => "SpacemiT",
        _ => return None,
    })
}

/// How many CPUs a sysfs mask such as `0-3,8-11` names.
pub(crate) fn count(mask: &str) -> Option<u32> {
    let count = mask.trim().split(',').try_fold(0_u32, |count, range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
        count.checked_add(last.checked_sub(first)?.checked_add(1)?)
    });
    count.and_then(believed)
}

/// Twice as many as any kernel can be built for.
const MOST_CORES: u32 = 16 * 1024;

/// A number of cores that a machine may have.
fn believed(cores: u32) -> Option<u32> {
    (cores <= MOST_CORES).then_some(cores)
}

fn add<T: PartialEq>(known: &mut Vec<T>, next: T) {
    if !known.contains(&next) {
        known.push(next);
    }
}

fn hexadecimal(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    u32::from_str_radix(digits, 16).ok()
}

/// Words that can be shown, with blanks between them.
fn stated(text: &str) -> Option<&str> {
    (!text.is_empty() && !text.contains(|c: char| c.is_control() && c != '\t')).then_some(text)
}

#[cfg(test)]
mod tests;
