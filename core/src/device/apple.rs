//! Reads an Apple device by what its kernel answers to names (sysctl), or a recording of such answers.
//!
//! The screen and the device's name are UIKit's, on the main thread, and storage capacity needs a reason that Apple
//! requires: those are sources.

mod cpufamily;
mod kernel;
#[cfg(all(test, feature = "recorded-apple"))]
mod reads;

#[cfg(feature = "recorded-apple")]
use std::collections::HashMap;

use self::kernel::Kernel;
use crate::agreement::{Item, Platform, of_sources, supplied};
use crate::device::{Reader, Turns};
use crate::outcome::Unavailable;
use crate::secret::Secret;
use crate::values::{Cpu, CpuFeatures, IncrementalVersion, RunningProcess, SystemVersion, Values};

/// An Apple device.
#[derive(Debug)]
pub(crate) struct Apple(Kernel);

impl Apple {
    #[cfg(target_vendor = "apple")]
    pub(crate) fn live() -> Self {
        Self(Kernel::Live)
    }

    #[cfg(feature = "recorded-apple")]
    pub(crate) fn recorded(answers: HashMap<String, Vec<u8>>) -> Self {
        Self(Kernel::Recorded(Box::new(move |name| answers.get(name).cloned())))
    }

    fn read_one(&self, item: Item, values: &mut Values) -> Result<(), Unavailable> {
        let Values { device, features, .. } = values;
        match item {
            Item::DeviceModel => device.model = Some(self.model()?),
            Item::DeviceSystemVersion => device.system_version = Some(self.system_version()?),
            Item::DeviceFirmwareVersion => device.firmware_version = Some(self.0.text(kernel::BUILD)?),
            Item::DeviceCpu => device.cpu = Some(self.cpu()?),
            // Nobody else makes or brands them.
            Item::DeviceBrand => device.brand = Some("Apple".to_owned()),
            Item::DeviceManufacturer => device.manufacturer = Some("Apple".to_owned()),
            Item::DeviceIncrementalVersion => device.incremental_version = Some(self.incremental_version()?),
            Item::DevicePlatform => device.platform = Some(self.system()?.to_ascii_lowercase()),
            Item::ProcessListProcesses => features.processes = Some(vec![self.process()?]),
            // Sources read the first three; from iOS 16.4 nobody is told the others.
            Item::DeviceStorageCapacity
            | Item::DeviceResolution
            | Item::DeviceName
            | Item::DeviceMccMnc
            | Item::DeviceOperator
            | supplied!()
            | of_sources!() => return Err(Unavailable::PlatformHasNone),
        }
        Ok(())
    }

    /// What Apple calls the model that this runs on, such as `iPhone15,2`.
    fn model(&self) -> Result<String, Unavailable> {
        let machine = Secret::new(self.0.text(kernel::MACHINE)?);
        // A Mac says its processor's architecture, and to an app for iPads one iPad's model, whichever Mac it is.
        match system(machine.expose()) {
            Some(_) if self.supported().is_none() => Ok(machine.expose().clone()),
            Some(_) | None => self.0.text(kernel::MAC),
        }
    }

    /// The system that this runs as: of an app for iPads it is iPadOS on a Mac and on a Vision Pro too.
    fn system(&self) -> Result<&'static str, Unavailable> {
        let machine = Secret::new(self.0.text(kernel::MACHINE)?);
        let of_a_mac = || self.0.text(kernel::MAC).map(|model| system(Secret::new(model).expose()));
        system(machine.expose())
            .map_or_else(of_a_mac, |system| Ok(Some(system)))?
            .ok_or(Unavailable::NotStated)
    }

    /// The version of iOS whose apps a Mac runs. Where there is none the system's own version is iOS's.
    fn supported(&self) -> Option<Secret<String>> {
        self.0.text(kernel::SUPPORTED).ok().map(Secret::new)
    }

    /// The system's version as apps know it, and on which other system it runs.
    fn system_version(&self) -> Result<SystemVersion, Unavailable> {
        let own = Secret::new(self.0.text(kernel::VERSION)?);
        let system = self.system().ok();
        let supported = self.supported().filter(|_| system.is_some_and(|system| system != MACOS));
        let name = system.map(|system| match &supported {
            // In one piece: a text that grows leaves its beginning behind.
            Some(version) => [system, " ", version.expose(), " on ", MACOS, " ", own.expose()].concat(),
            None if self.is_vision() => [system, " ", own.expose(), " on visionOS"].concat(),
            None => [system, " ", own.expose()].concat(),
        });
        let version = supported.unwrap_or(own).expose().clone();
        Ok(SystemVersion { version: Some(version), name, api_level: None })
    }

    /// Whether this is an app for iPads on a Vision Pro, whose kernel tells it the version of iOS in place of its own.
    fn is_vision(&self) -> bool {
        self.0.text(kernel::MACHINE).is_ok_and(|machine| Secret::new(machine).expose().starts_with(VISION))
    }

    fn incremental_version(&self) -> Result<IncrementalVersion, Unavailable> {
        let incremental = self.0.text(kernel::BUILD)?;
        // The build is visionOS's, and the version is not.
        let version = self.0.text(kernel::VERSION).ok().map(Secret::new).filter(|_| !self.is_vision());
        let visual = version.map(|version| [version.expose(), " (", &incremental, ")"].concat());
        Ok(IncrementalVersion { incremental, visual })
    }

    /// This process: iOS shows no other.
    fn process(&self) -> Result<RunningProcess, Unavailable> {
        Ok(RunningProcess { pid: std::process::id(), name: self.0.program()? })
    }

    fn cpu(&self) -> Result<Cpu, Unavailable> {
        let cores = self.0.number(kernel::CORES)?;
        let family = self.0.number(kernel::CPU_FAMILY).map_or(&[][..], cpufamily::cores);
        let subtype = self.0.number(kernel::CPU_SUBTYPE).ok();
        let processors = self.0.number(kernel::CPU_TYPE).ok().and_then(|of| architecture(of, subtype));
        // What the app runs as comes first: a processor for signed pointers runs apps without.
        let mut abis: Vec<_> = self.0.architecture().into_iter().collect();
        abis.extend(processors.map(str::to_owned).filter(|processors| !abis.contains(processors)));
        Ok(Cpu {
            names: family.iter().map(|&name| name.to_owned()).collect(),
            hardware: None,
            cores,
            max_frequency_khz: None,
            features: CpuFeatures::default(),
            abis,
        })
    }
}

impl Reader for Apple {
    fn platform(&self) -> Platform {
        Platform::Apple
    }

    /// The kernel answers at once.
    fn may_hang(&self) -> bool {
        false
    }

    fn read(&self, turns: &mut dyn Turns) {
        turns.each(&mut |item, values| self.read_one(item, values));
    }
}

/// The system of Macs.
const MACOS: &str = "macOS";

/// How the models of a Vision Pro begin.
const VISION: &str = "RealityDevice";

/// The system that an app runs as on a model.
fn system(model: &str) -> Option<&'static str> {
    if model.starts_with("iPhone") || model.starts_with("iPod") {
        Some("iOS")
    } else if model.starts_with("iPad") || model.starts_with(VISION) {
        Some("iPadOS")
    } else if model.contains("Mac") {
        Some(MACOS)
    } else {
        None
    }
}

/// An architecture's name by its numbers in `mach/machine.h`.
const fn architecture(cpu_type: u32, subtype: Option<u32>) -> Option<&'static str> {
    match (cpu_type, subtype) {
        // With signed pointers.
        (0x0100_000c, Some(2)) => Some("arm64e"),
        (0x0100_000c, _) => Some("arm64"),
        (0x0100_0007, _) => Some("x86_64"),
        _ => None,
    }
}
