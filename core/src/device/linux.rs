//! Reads a Linux machine, or a recording of one.

#[cfg(all(target_os = "linux", feature = "development"))]
pub(crate) mod record;
mod root;

use std::fmt::Write as _;
#[cfg(target_os = "linux")]
use std::{io, path::Path};

use rustix::fs::{OFlags, RawDir};
use zeroize::Zeroizing;

use self::root::{Root, Storage, is_absent, refusal};
use crate::agreement::{Item, Platform, of_sources, supplied};
use crate::device::scratch::{Ends, Scratch};
use crate::device::{Reader, Turns, cpuinfo, os_release};
use crate::outcome::Unavailable;
use crate::secret::Secret;
use crate::text;
use crate::values::{Cpu, IncrementalVersion, Resolution, RunningProcess, SystemVersion, Values};

/// A Linux machine.
#[derive(Debug)]
pub(crate) struct Linux(Root);

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

    #[cfg(target_os = "linux")]
    pub(crate) fn recorded(sysroot: &Path) -> io::Result<Self> {
        Ok(Self(Root::recorded(sysroot)?))
    }
}

impl Reader for Linux {
    fn platform(&self) -> Platform {
        Platform::Linux
    }

    /// The kernel answers at once. A recording can lie anywhere.
    fn may_hang(&self) -> bool {
        self.0.is_recorded()
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
    /// Where the kernel writes a directory's entries, which name no person and no device: it stays empty.
    names: Vec<u8>,
    os_release: Option<Result<OsRelease, Unavailable>>,
    vendor: Option<Result<Secret<String>, Unavailable>>,
}

/// What is read of os-release.
#[derive(Clone, Copy)]
enum Variable {
    VersionId,
    PrettyName,
    BuildId,
    ImageVersion,
    Version,
}

/// In the order of [`Variable`].
const VARIABLES: [&str; 5] = ["VERSION_ID", "PRETTY_NAME", "BUILD_ID", "IMAGE_VERSION", "VERSION"];
type OsRelease = [Option<Zeroizing<String>>; VARIABLES.len()];

/// The most that a file may hold, and how its end is known: a line; a few lines that the kernel gives in one piece.
const LINE: (usize, Ends) = (4 * 1024, Ends::WithALine);
const LINES: (usize, Ends) = (64 * 1024, Ends::WithALine);
/// A kernel with a thousand cores prints less.
const CPUINFO: (usize, Ends) = (4 * 1024 * 1024, Ends::WithNothing);
/// Room for the entries of one call.
const NAMES: usize = 8 * 1024;
const CPUS: &str = "/sys/devices/system/cpu";

impl<'r> Pass<'r> {
    fn new(root: &'r Root) -> Self {
        Self { root, scratch: Scratch::default(), names: Vec::new(), os_release: None, vendor: None }
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

    /// Of the storage that a person's data is on. The root of an image-based system is its image.
    fn storage_capacity(&mut self) -> Result<u64, Unavailable> {
        let mut why = Unavailable::NotStated;
        let mut read_only = None;
        for place in ["/home", "/var", "/"] {
            match self.root.storage(place, &mut self.scratch) {
                Ok(Some(Storage { bytes: bytes @ 1.., is_read_only: false })) => return Ok(bytes),
                Ok(Some(Storage { bytes: bytes @ 1.., is_read_only: true })) => read_only = Some(bytes),
                // An automounter's directory has no blocks of its own.
                Ok(_) => {}
                Err(reason) => why = reason,
            }
        }
        read_only.ok_or(why)
    }

    fn model(&mut self) -> Result<String, Unavailable> {
        let dmi = self.dmi("product_name");
        // Boards describe themselves by a device tree, and boot loaders make up a DMI for them.
        otherwise(dmi, Unavailable::NoDmi, || {
            const LINK: &str = "/proc/device-tree/model";
            // Of the kernel's link a recording may have the target alone.
            let is_linked = !self.root.is_recorded() || self.text(LINK, LINE)?.is_some();
            let tree = if is_linked { LINK } else { "/sys/firmware/devicetree/base/model" };
            text::vendor_line(self.text(tree, LINE)?.ok_or(Unavailable::NoDmi)?)
        })
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
        let (version, name) = (self.os_release(Variable::VersionId), self.os_release(Variable::PrettyName));
        match (version, name) {
            (Err(Unavailable::NotStated), Err(reason)) | (Err(reason), Err(_)) => Err(reason),
            (version, name) => Ok(SystemVersion { version: version.ok(), name: name.ok(), api_level: None }),
        }
    }

    fn incremental_version(&mut self) -> Result<IncrementalVersion, Unavailable> {
        let build = self.os_release(Variable::BuildId).or_else(|_| self.os_release(Variable::ImageVersion));
        // The kernel still says its own.
        let incremental =
            otherwise(build, Unavailable::NotStated, || self.line("/proc/sys/kernel/osrelease"))?;
        Ok(IncrementalVersion { incremental, visual: self.os_release(Variable::Version).ok() })
    }

    fn os_release(&mut self, variable: Variable) -> Result<String, Unavailable> {
        if self.os_release.is_none() {
            self.os_release = Some(self.os_release_values());
        }
        let values = match &self.os_release {
            Some(Ok(values)) => values,
            Some(Err(reason)) => return Err(*reason),
            None => return Err(Unavailable::NotStated),
        };
        let value = values.get(variable as usize).and_then(Option::as_ref).ok_or(Unavailable::NotStated)?;
        // What is not UTF-8 spoils its own line only.
        if value.contains(char::REPLACEMENT_CHARACTER) {
            return Err(Unavailable::Malformed);
        }
        match text::stated_line(value) {
            // A template that nobody filled in.
            Err(Unavailable::Placeholder) => Err(Unavailable::NotStated),
            value => value,
        }
    }

    /// Of the first file that assigns something.
    fn os_release_values(&mut self) -> Result<OsRelease, Unavailable> {
        let mut why = Unavailable::NotStated;
        for path in ["/etc/os-release", "/usr/lib/os-release"] {
            match self.bytes(path, LINES) {
                Ok(Some(bytes)) if bytes.contains(&b'=') => {
                    let text = lossy(bytes);
                    return Ok(os_release::values(&text, VARIABLES));
                }
                Ok(_) => {}
                Err(reason) => why = reason,
            }
        }
        Err(why)
    }

    /// Files rather than uname, whose answer would stay on the stack.
    fn name(&mut self) -> Result<String, Unavailable> {
        let mut why = Unavailable::NotStated;
        for path in ["/proc/sys/kernel/hostname", "/etc/hostname"] {
            let text = match self.text(path, LINES) {
                Ok(text) => text.unwrap_or_default(),
                Err(reason) => {
                    why = reason;
                    continue;
                }
            };
            let line = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
            match text::given_name(line.clone().find(|line| !line.is_empty()).unwrap_or_default()) {
                Ok(name) => return Ok(name.to_owned()),
                Err(Unavailable::NotStated) => {}
                Err(reason) => why = reason,
            }
        }
        Err(why)
    }

    fn cpu(&mut self) -> Result<Cpu, Unavailable> {
        let info = self.text("/proc/cpuinfo", CPUINFO).map(|text| text.and_then(cpuinfo::parse));
        // A core that is switched off stays present; possible are also the slots that the kernel keeps room for.
        let there = self.count("present").or_else(|| self.count("possible"));
        let info = match (info, there) {
            (Err(reason), None) => return Err(reason),
            (Ok(None), None) => return Err(Unavailable::NotStated),
            (info, _) => info.ok().flatten().unwrap_or_default(),
        };
        let cores = there.unwrap_or(0).max(info.online);
        Ok(Cpu {
            names: info.names,
            hardware: info.hardware,
            cores,
            max_frequency_khz: self.max_frequency_khz(cores),
            features: info.features,
            abis: Vec::new(),
        })
    }

    /// How many cores a mask of sysfs names, which some Androids keep from apps.
    fn count(&mut self, mask: &str) -> Option<u32> {
        self.text(&format!("{CPUS}/{mask}"), LINE).ok().flatten().and_then(cpuinfo::count)
    }

    fn max_frequency_khz(&mut self, cores: u32) -> Option<u64> {
        let policies = self.names(&format!("{CPUS}/cpufreq")).unwrap_or_default();
        let policies = policies.iter().filter(|name| name.starts_with("policy"));
        let highest = policies.filter_map(|policy| self.frequency(&format!("cpufreq/{policy}"))).max();
        // Kernels before 4.3 have it with each core, and then with the first.
        highest.or_else(|| {
            let first = self.frequency("cpu0/cpufreq")?;
            (1..cores).filter_map(|core| self.frequency(&format!("cpu{core}/cpufreq"))).chain([first]).max()
        })
    }

    fn frequency(&mut self, of: &str) -> Option<u64> {
        let text = self.text(&format!("{CPUS}/{of}/cpuinfo_max_freq"), LINE).ok().flatten()?;
        text.trim().parse().ok().filter(|frequency| *frequency > 0)
    }

    fn resolution(&mut self) -> Result<Resolution, Unavailable> {
        let display = self.display();
        otherwise(display, Unavailable::Headless, || self.frame_buffer())
    }

    /// The first mode of the built-in panel, or of whatever is plugged in.
    fn display(&mut self) -> Result<Resolution, Unavailable> {
        const CONNECTORS: &str = "/sys/class/drm";
        let mut connectors = self.names(CONNECTORS)?;
        connectors.retain(|name| name.contains('-'));
        let plugged_in =
            |name: &String| !["-eDP-", "-LVDS-", "-DSI-"].iter().any(|panel| name.contains(panel));
        connectors.sort_by(|a, b| (plugged_in(a), a).cmp(&(plugged_in(b), b)));
        let mut why = Unavailable::Headless;
        for connector in connectors {
            let status = self.text(&format!("{CONNECTORS}/{connector}/status"), LINE);
            if !matches!(status, Ok(Some(status)) if status.trim() == "connected") {
                continue;
            }
            match self.text(&format!("{CONNECTORS}/{connector}/modes"), LINES) {
                Ok(modes) => match modes.and_then(|modes| modes.lines().next()).map(size) {
                    Some(Ok(resolution)) => return Ok(resolution),
                    Some(Err(reason)) => why = reason,
                    None => {}
                },
                Err(reason) => why = reason,
            }
        }
        Err(why)
    }

    /// The mode that is set, else the first that can be. Its virtual size counts pages and padding that nobody sees.
    fn frame_buffer(&mut self) -> Result<Resolution, Unavailable> {
        let mut why = Unavailable::Headless;
        for modes in ["mode", "modes"] {
            let modes = self.text(&format!("/sys/class/graphics/fb0/{modes}"), LINES)?;
            let Some(modes) = modes else { continue };
            match modes.lines().find(|mode| !mode.trim().is_empty()) {
                // A letter for where the mode is from, as in `U:1920x1080p-60`.
                Some(mode) => return size(mode.split_once(':').map_or(mode, |(_, mode)| mode)),
                None => why = Unavailable::NotStated,
            }
        }
        Err(why)
    }

    fn processes(&mut self) -> Result<Vec<RunningProcess>, Unavailable> {
        let mut pids = self.pids()?;
        pids.sort_unstable();
        let mut processes = Vec::with_capacity(pids.len());
        let mut path = String::new();
        for pid in pids {
            path.clear();
            let _ = write!(path, "/proc/{pid}/comm");
            match self.bytes(&path, LINE) {
                Ok(Some(comm)) => processes.push(RunningProcess { pid, name: process_name(comm) }),
                // It ended meanwhile, or is not ours to see.
                Ok(None) | Err(Unavailable::NotPermitted) => {}
                Err(reason) => return Err(reason),
            }
        }
        match (processes.is_empty(), self.root.is_recorded()) {
            (false, _) => Ok(processes),
            // A process always sees itself, where there is a /proc.
            (true, false) => Err(Unavailable::NotPermitted),
            (true, true) => Err(Unavailable::NotRecorded),
        }
    }

    /// A file of one line.
    fn line(&mut self, path: &str) -> Result<String, Unavailable> {
        text::line(self.text(path, LINE)?.ok_or(Unavailable::NotStated)?)
    }

    /// A file's text; `None` if there is no such file.
    fn text(&mut self, path: &str, how: (usize, Ends)) -> Result<Option<&str>, Unavailable> {
        let bytes = self.bytes(path, how)?;
        bytes.map(|bytes| std::str::from_utf8(bytes).map_err(|_| Unavailable::Malformed)).transpose()
    }

    fn bytes(&mut self, path: &str, how: (usize, Ends)) -> Result<Option<&[u8]>, Unavailable> {
        self.root.read(path, how, &mut self.scratch)
    }

    /// A directory's entries; none if there is no such directory.
    fn names(&mut self, path: &str) -> Result<Vec<String>, Unavailable> {
        let mut names = Vec::new();
        self.entries(path, |name| names.extend(std::str::from_utf8(name).map(str::to_owned)))?;
        Ok(names)
    }

    /// The entries of `/proc` that are numbers.
    fn pids(&mut self) -> Result<Vec<u32>, Unavailable> {
        let mut pids = Vec::new();
        self.entries("/proc", |name| {
            let digit = |byte: &u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
            let pid = name.iter().try_fold(0_u32, |pid, byte| pid.checked_mul(10)?.checked_add(digit(byte)?));
            pids.extend(pid);
        })?;
        Ok(pids)
    }

    fn entries(&mut self, path: &str, mut entry: impl FnMut(&[u8])) -> Result<(), Unavailable> {
        let directory = match self.root.open(path, OFlags::DIRECTORY) {
            Ok(directory) => directory,
            Err(errno) if is_absent(errno) => return Ok(()),
            Err(errno) => return Err(refusal(errno)),
        };
        self.names.reserve(NAMES);
        let mut entries = RawDir::new(directory, self.names.spare_capacity_mut());
        while let Some(found) = entries.next() {
            entry(found.map_err(refusal)?.file_name().to_bytes());
        }
        Ok(())
    }
}

/// What a source says, else what the next one says; of two reasons the first, unless it is that there is no such source.
fn otherwise<T>(
    said: Result<T, Unavailable>,
    absent: Unavailable,
    next: impl FnOnce() -> Result<T, Unavailable>,
) -> Result<T, Unavailable> {
    let Err(reason) = said else { return said };
    next().map_err(|other| if reason == absent { other } else { reason })
}

/// A mode such as `1920x1080`, whatever stands after its numbers: `i` for interlaced, `p-60` for 60 pictures a second.
fn size(mode: &str) -> Result<Resolution, Unavailable> {
    let (width, height) = mode.trim().split_once('x').ok_or(Unavailable::Malformed)?;
    let height = height.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    match (width.parse(), height.parse()) {
        (Ok(width @ 1..), Ok(height @ 1..)) => {
            Ok(Resolution { width, height, scale: 1.0, native_scale: None })
        }
        _ => Err(Unavailable::Malformed),
    }
}

/// The kernel cuts names at 15 bytes, in the midst of a character if need be.
fn process_name(comm: &[u8]) -> String {
    let end = comm.iter().rposition(|byte| *byte != b'\n').map_or(0, |last| last + 1);
    let name = lossy(comm.get(..end).unwrap_or_default());
    let mut printable = String::with_capacity(3 * name.len());
    let shown = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    printable.extend(name.chars().map(shown));
    printable
}

/// The text with what is not UTF-8 replaced. It never grows, so no part of it is left behind.
fn lossy(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(3 * bytes.len()));
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}
