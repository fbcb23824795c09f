//! Reads a Linux machine, or a recording of one.

use std::io;
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{CWD, Dir, Mode, OFlags, ResolveFlags, openat, openat2, statvfs};
use rustix::io::Errno;

use crate::agreement::{Item, Platform, of_sources, supplied};
use crate::device::scratch::Scratch;
use crate::device::{
    Cpu, IncrementalVersion, Reader, Resolution, SystemVersion, Turns, cpuinfo, os_release, text,
};
use crate::feature::Process;
use crate::outcome::Unavailable;
use crate::secret::Secret;
use crate::values::Values;

/// A Linux machine.
#[derive(Debug)]
pub(crate) struct Linux(Root);

/// Where paths begin.
#[derive(Debug)]
enum Root {
    /// This machine.
    Live,
    /// A recording. Links in it, absolute ones too, lead nowhere else.
    Recorded(OwnedFd),
}

/// The kernel's words about the processor, which Android's kernel has too.
#[cfg(any(target_os = "android", feature = "robolectric"))]
pub(super) fn cpu() -> Result<Cpu, Unavailable> {
    Pass::new(&Root::Live).cpu()
}

impl Linux {
    #[cfg(target_os = "linux")]
    pub(crate) fn live() -> Self {
        Self(Root::Live)
    }

    pub(crate) fn recorded(sysroot: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(Root::Recorded(openat(CWD, sysroot, flags, Mode::empty())?)))
    }
}

impl Reader for Linux {
    fn platform(&self) -> Platform {
        Platform::Linux
    }

    /// The kernel answers at once. A recording can lie anywhere.
    fn may_hang(&self) -> bool {
        matches!(self.0, Root::Recorded(_))
    }

    fn read(&self, turns: &mut dyn Turns) {
        let mut pass = Pass::new(&self.0);
        turns.each(&mut |item, values| pass.read(item, values));
    }
}

/// One pass over the machine: what two items need is read once.
struct Pass<'r> {
    root: &'r Root,
    scratch: Scratch,
    os_release: Option<Result<Secret<String>, Unavailable>>,
    vendor: Option<Result<Secret<String>, Unavailable>>,
}

/// No file of one line is longer.
const LINE: usize = 4 * 1024;
/// Several times the largest os-release.
const OS_RELEASE: usize = 64 * 1024;
/// A kernel with a thousand cores prints less.
const CPUINFO: usize = 4 * 1024 * 1024;

impl<'r> Pass<'r> {
    fn new(root: &'r Root) -> Self {
        Self { root, scratch: Scratch::default(), os_release: None, vendor: None }
    }

    fn read(&mut self, item: Item, values: &mut Values) -> Result<(), Unavailable> {
        let Values { device, features, .. } = values;
        match item {
            Item::DeviceStorageCapacity => device.storage_capacity = Some(self.storage_capacity()?),
            Item::DeviceModel => device.model = Some(self.model()?),
            Item::DeviceSystemVersion => device.system_version = Some(self.system_version()?),
            Item::DeviceFirmwareVersion => device.firmware_version = Some(self.dmi("bios_version")?),
            Item::DeviceResolution => device.resolution = Some(self.resolution()?),
            Item::DeviceCpu => device.cpu = Some(self.cpu()?),
            Item::DeviceBrand => device.brand = Some(self.brand()?),
            Item::DeviceIncrementalVersion => device.incremental_version = Some(self.incremental_version()?),
            Item::DeviceManufacturer => device.manufacturer = Some(self.vendor()?),
            Item::DeviceName => device.name = Some(self.name()?),
            Item::DevicePlatform => device.platform = Some(Platform::Linux.id().to_owned()),
            Item::ProcessListProcesses => features.processes = Some(self.processes()?),
            Item::DeviceMccMnc | Item::DeviceOperator | supplied!() | of_sources!() => {
                return Err(Unavailable::PlatformHasNone);
            }
        }
        Ok(())
    }

    fn storage_capacity(&self) -> Result<u64, Unavailable> {
        match self.root {
            Root::Live => {
                let storage = statvfs("/").map_err(refusal)?;
                storage.f_blocks.checked_mul(storage.f_frsize).ok_or(Unavailable::Malformed)
            }
            Root::Recorded(_) => Err(Unavailable::NotRecorded),
        }
    }

    fn model(&mut self) -> Result<String, Unavailable> {
        match self.dmi("product_name") {
            // Boards without DMI describe themselves by a device tree.
            Err(Unavailable::NoDmi) => {
                text::line(self.text("/proc/device-tree/model", LINE)?.ok_or(Unavailable::NoDmi)?)
            }
            model => model,
        }
    }

    fn brand(&mut self) -> Result<String, Unavailable> {
        self.dmi("product_family").or_else(|_| self.vendor())
    }

    /// `board_vendor` is the main board's maker, not the machine's.
    fn vendor(&mut self) -> Result<String, Unavailable> {
        if self.vendor.is_none() {
            self.vendor = Some(self.dmi("sys_vendor").map(Secret::new));
        }
        match &self.vendor {
            Some(Ok(vendor)) => Ok(vendor.expose().clone()),
            Some(Err(reason)) => Err(*reason),
            None => Err(Unavailable::NoDmi),
        }
    }

    fn dmi(&mut self, name: &str) -> Result<String, Unavailable> {
        let text = self.text(&format!("/sys/class/dmi/id/{name}"), LINE)?;
        text::vendor_line(text.ok_or(Unavailable::NoDmi)?)
    }

    fn system_version(&mut self) -> Result<SystemVersion, Unavailable> {
        let (version, name) = (self.os_release("VERSION_ID")?, self.os_release("PRETTY_NAME")?);
        if version.is_none() && name.is_none() {
            return Err(Unavailable::NotStated);
        }
        Ok(SystemVersion { version, name, api_level: None })
    }

    fn incremental_version(&mut self) -> Result<IncrementalVersion, Unavailable> {
        let mut variable = |name| match self.os_release(name) {
            // The kernel still says its own.
            Err(Unavailable::NotStated) => Ok(None),
            value => value,
        };
        let (build, visual) = (variable("BUILD_ID")?.or(variable("IMAGE_VERSION")?), variable("VERSION")?);
        let incremental = match build {
            Some(build) => build,
            None => self.line("/proc/sys/kernel/osrelease")?,
        };
        Ok(IncrementalVersion { incremental, visual })
    }

    fn os_release(&mut self, name: &str) -> Result<Option<String>, Unavailable> {
        if self.os_release.is_none() {
            self.os_release = Some(self.os_release_text().map(Secret::new));
        }
        match &self.os_release {
            Some(Ok(text)) => {
                os_release::value(text.expose(), name).map(|value| text::line(&value)).transpose()
            }
            Some(Err(reason)) => Err(*reason),
            None => Ok(None),
        }
    }

    fn os_release_text(&mut self) -> Result<String, Unavailable> {
        for path in ["/etc/os-release", "/usr/lib/os-release"] {
            if let Some(text) = self.text(path, OS_RELEASE)? {
                return Ok(text.to_owned());
            }
        }
        Err(Unavailable::NotStated)
    }

    fn name(&mut self) -> Result<String, Unavailable> {
        // Files rather than uname(2), whose answer would stay on the stack.
        self.line(match self.root {
            Root::Live => "/proc/sys/kernel/hostname",
            Root::Recorded(_) => "/etc/hostname",
        })
    }

    fn cpu(&mut self) -> Result<Cpu, Unavailable> {
        let info = self.text("/proc/cpuinfo", CPUINFO)?.and_then(cpuinfo::parse);
        let possible = self.text("/sys/devices/system/cpu/possible", LINE);
        let possible = if_shown(possible)?.and_then(cpuinfo::count);
        let max_frequency_khz = if_shown(self.max_frequency_khz())?;
        if info.is_none() && possible.is_none() {
            return Err(Unavailable::NotStated);
        }
        let info = info.unwrap_or_default();
        Ok(Cpu {
            names: info.names,
            hardware: info.hardware,
            // A phone takes cores offline when it is idle.
            cores: possible.unwrap_or(0).max(info.online),
            max_frequency_khz,
            features: info.features,
            abis: Vec::new(),
        })
    }

    fn max_frequency_khz(&mut self) -> Result<Option<u64>, Unavailable> {
        const POLICIES: &str = "/sys/devices/system/cpu/cpufreq";
        let mut highest = None;
        for policy in self.names(POLICIES)?.into_iter().filter(|name| name.starts_with("policy")) {
            let path = format!("{POLICIES}/{policy}/cpuinfo_max_freq");
            let frequency = self.text(&path, LINE)?.and_then(|text| text.trim().parse().ok());
            highest = highest.max(frequency);
        }
        Ok(highest)
    }

    fn resolution(&mut self) -> Result<Resolution, Unavailable> {
        const CONNECTORS: &str = "/sys/class/drm";
        let mut connectors = self.names(CONNECTORS)?;
        connectors.retain(|name| name.contains('-'));
        // A built-in panel before whatever else is plugged in.
        let plugged_in =
            |name: &String| !["-eDP-", "-LVDS-", "-DSI-"].iter().any(|panel| name.contains(panel));
        connectors.sort_by(|a, b| (plugged_in(a), a).cmp(&(plugged_in(b), b)));
        for connector in connectors {
            let status = self.text(&format!("{CONNECTORS}/{connector}/status"), LINE)?;
            if status.is_some_and(|status| status.trim() == "connected") {
                if let Some(modes) = self.text(&format!("{CONNECTORS}/{connector}/modes"), OS_RELEASE)? {
                    if let Some(mode) = modes.lines().next() {
                        // Interlaced modes end in a letter.
                        return size(mode.trim_end_matches(char::is_alphabetic), 'x');
                    }
                }
            }
        }
        match self.text("/sys/class/graphics/fb0/virtual_size", LINE)? {
            Some(virtual_size) => size(virtual_size.trim(), ','),
            None => Err(Unavailable::Headless),
        }
    }

    fn processes(&mut self) -> Result<Vec<Process>, Unavailable> {
        let mut pids: Vec<u32> = self.names("/proc")?.iter().filter_map(|name| name.parse().ok()).collect();
        pids.sort_unstable();
        let mut processes = Vec::with_capacity(pids.len());
        for pid in pids {
            match self.bytes(&format!("/proc/{pid}/comm"), LINE) {
                Ok(Some(comm)) => processes.push(Process { pid, name: process_name(comm) }),
                // It ended meanwhile, or is not ours to see.
                Ok(None) | Err(Unavailable::NotPermitted) => {}
                Err(reason) => return Err(reason),
            }
        }
        match (processes.is_empty(), self.root) {
            (false, _) => Ok(processes),
            // A process always sees itself, where there is a /proc.
            (true, Root::Live) => Err(Unavailable::NotPermitted),
            (true, Root::Recorded(_)) => Err(Unavailable::NotRecorded),
        }
    }

    /// A file of one line.
    fn line(&mut self, path: &str) -> Result<String, Unavailable> {
        text::line(self.text(path, LINE)?.ok_or(Unavailable::NotStated)?)
    }

    /// A file's text; `None` if there is no such file.
    fn text(&mut self, path: &str, limit: usize) -> Result<Option<&str>, Unavailable> {
        let bytes = self.bytes(path, limit)?;
        bytes.map(|bytes| std::str::from_utf8(bytes).map_err(|_| Unavailable::Malformed)).transpose()
    }

    fn bytes(&mut self, path: &str, limit: usize) -> Result<Option<&[u8]>, Unavailable> {
        match self.root.open(path, OFlags::empty()) {
            Ok(file) => match self.scratch.fill(limit, |space| rustix::io::read(&file, space)) {
                Ok(Some(bytes)) => Ok(Some(bytes)),
                Ok(None) => Err(Unavailable::Malformed),
                // A process that ends between the two calls.
                Err(Errno::SRCH) => Ok(None),
                Err(errno) => Err(refusal(errno)),
            },
            Err(errno) if is_absent(errno) => Ok(None),
            Err(errno) => Err(refusal(errno)),
        }
    }

    /// A directory's entries; none if there is no such directory.
    fn names(&self, path: &str) -> Result<Vec<String>, Unavailable> {
        let directory = match self.root.open(path, OFlags::DIRECTORY).and_then(Dir::new) {
            Ok(directory) => directory,
            Err(errno) if is_absent(errno) => return Ok(Vec::new()),
            Err(errno) => return Err(refusal(errno)),
        };
        directory
            .map(|entry| Ok(entry.map_err(refusal)?.file_name().to_string_lossy().into_owned()))
            .collect()
    }
}

impl Root {
    fn open(&self, path: &str, kind: OFlags) -> rustix::io::Result<OwnedFd> {
        // Without NONBLOCK a recording with a pipe in it would hang.
        let flags = kind | OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        match self {
            Self::Live => openat(CWD, path, flags, Mode::empty()),
            Self::Recorded(root) => openat2(root, path, flags, Mode::empty(), ResolveFlags::IN_ROOT),
        }
    }
}

fn is_absent(errno: Errno) -> bool {
    [Errno::NOENT, Errno::NOTDIR, Errno::SRCH].contains(&errno)
}

fn refusal(errno: Errno) -> Unavailable {
    match errno {
        Errno::ACCESS | Errno::PERM => Unavailable::NotPermitted,
        Errno::ISDIR => Unavailable::Malformed,
        _ => Unavailable::ReadFailed,
    }
}

/// A detail that the kernel need not show: some Androids keep sysfs from apps.
fn if_shown<T>(detail: Result<Option<T>, Unavailable>) -> Result<Option<T>, Unavailable> {
    match detail {
        Err(Unavailable::NotPermitted) => Ok(None),
        detail => detail,
    }
}

fn size(text: &str, separator: char) -> Result<Resolution, Unavailable> {
    let (width, height) = text.split_once(separator).ok_or(Unavailable::Malformed)?;
    match (width.parse(), height.parse()) {
        (Ok(width @ 1..), Ok(height @ 1..)) => Ok(Resolution { width, height, scale: 1.0 }),
        _ => Err(Unavailable::Malformed),
    }
}

/// The kernel cuts names at 15 bytes, in the midst of a character if need be.
fn process_name(comm: &[u8]) -> String {
    let name = String::from_utf8_lossy(comm);
    name.trim_end_matches('\n').replace(char::is_control, "\u{fffd}")
}
