//! The device items, as hosts read them.

use serde::Serialize;
use zeroize::Zeroize;

use crate::secret::redacted;
use crate::values::{CpuFeatures, MccMnc, one};

/// The device items of one snapshot. The snapshot's missing items give the reason for each one that is absent.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
pub struct DeviceInformation {
    /// Total capacity in bytes of the storage that holds user data.
    pub storage_capacity: Option<u64>,
    /// Country and network of the mobile operator whose SIM carries data, at home and abroad.
    pub mcc_mnc: Option<MccMnc>,
    /// The device's model: DMI product name or device tree model on Linux, `Build.MODEL` on Android, `hw.machine`, such
    /// as `iPhone15,2`, on Apple's platforms.
    pub model: Option<String>,
    /// The operating system's version.
    pub system_version: Option<SystemVersion>,
    /// The firmware's version: the BIOS's on Linux, the radio's on Android, the build on Apple's platforms.
    pub firmware_version: Option<String>,
    /// The resolution of the built-in or first connected display on Linux, of the default display on Android, and of
    /// the main display on Apple's platforms.
    pub resolution: Option<Resolution>,
    /// The processor.
    pub cpu: Option<Cpu>,
    /// The brand that the device is sold under.
    pub brand: Option<String>,
    /// The system build.
    pub incremental_version: Option<IncrementalVersion>,
    /// The device's manufacturer.
    pub manufacturer: Option<String>,
    /// The name that its owner gave the device: the host name on Linux, the setting `device_name` on Android,
    /// `UIDevice.name` on Apple's platforms. From iOS 16 `UIDevice.name` is the model's name unless the app has an
    /// entitlement for it.
    pub name: Option<String>,
    /// `linux`, `android`, `ios`, `ipados` or `macos`.
    pub platform: Option<String>,
    /// The name of the mobile operator whose SIM carries data.
    pub operator: Option<String>,
}

impl DeviceInformation {
    /// Takes over whatever the other has.
    pub(crate) fn absorb(&mut self, other: &mut Self) {
        let Self {
            storage_capacity,
            mcc_mnc,
            model,
            system_version,
            firmware_version,
            resolution,
            cpu,
            brand,
            incremental_version,
            manufacturer,
            name,
            platform,
            operator,
        } = self;
        one(storage_capacity, &mut other.storage_capacity);
        one(mcc_mnc, &mut other.mcc_mnc);
        one(model, &mut other.model);
        one(system_version, &mut other.system_version);
        one(firmware_version, &mut other.firmware_version);
        one(resolution, &mut other.resolution);
        one(cpu, &mut other.cpu);
        one(brand, &mut other.brand);
        one(incremental_version, &mut other.incremental_version);
        one(manufacturer, &mut other.manufacturer);
        one(name, &mut other.name);
        one(platform, &mut other.platform);
        one(operator, &mut other.operator);
    }
}

/// An operating system's version. It has a number, a name or both.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct SystemVersion {
    /// The number, such as `12`: `VERSION_ID` of os-release on Linux, `Build.VERSION.RELEASE` on Android,
    /// `kern.osproductversion` on Apple's platforms. A rolling distribution has none.
    pub version: Option<String>,
    /// The name with the version, such as `Debian GNU/Linux 12 (bookworm)`: `PRETTY_NAME` of os-release on Linux, such
    /// as `iOS 17.5.1` on Apple's platforms.
    pub name: Option<String>,
    /// The API level, such as 34, on Android.
    pub api_level: Option<u32>,
}

/// A system build, and the version text that the system shows to a person.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct IncrementalVersion {
    /// The build: `BUILD_ID` or `IMAGE_VERSION` of os-release, else the kernel's release, on Linux,
    /// `Build.VERSION.INCREMENTAL` on Android, and `kern.osversion` on Apple's platforms.
    pub incremental: String,
    /// The version text that the system shows to a person: `VERSION` of os-release on Linux, `Build.DISPLAY` on
    /// Android, version and build on Apple's platforms.
    pub visual: Option<String>,
}

/// A display's resolution.
#[derive(Clone, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Resolution {
    /// Width in physical pixels.
    pub width: u32,
    /// Height in physical pixels.
    pub height: u32,
    /// Drawn pixels per logical pixel: the display's density on Android, `scale` on Apple's platforms, and 1 on Linux,
    /// whose kernel scales nothing.
    pub scale: f64,
    /// Physical pixels per logical pixel, on Apple's platforms (`nativeScale`) and Android. It differs from `scale`
    /// where the system draws at another resolution than the panel's: it is 2.88 on an iPhone mini, whose `scale` is 3,
    /// and 3.5 on an Android phone set to a lower resolution, whose `scale` is 2.625.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub native_scale: Option<f64>,
}

/// A processor. Scruple never reads its serial number.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Cpu {
    /// The kinds of core, each once, in the kernel's order, such as `Cortex-A53`. Apple's cores have Apple's names,
    /// such as `Everest`. An ARM core that is newer than Scruple's table has its numbers:
    /// `implementer 0x48, part 0xd42`.
    pub names: Vec<String>,
    /// The cores' chip, where the framework (Android, API level 31) or the kernel states it. On some architectures the
    /// kernel states the machine instead.
    pub hardware: Option<String>,
    /// The number of cores, including those that are switched off.
    pub cores: u32,
    /// Highest frequency of any core, in kHz, where the kernel states it.
    pub max_frequency_khz: Option<u64>,
    /// Instruction set extensions, by the kernel's names.
    #[cfg_attr(feature = "development", schemars(with = "Vec<String>"))]
    pub features: CpuFeatures,
    /// On Android, the binary interfaces that the device runs, the preferred one first. On Apple's platforms, the
    /// processor's architecture.
    pub abis: Vec<String>,
}

impl Cpu {
    /// What begins the name of a core that has numbers only.
    pub(crate) const UNNAMED: &str = "implementer ";

    /// The first kind of core that has a name.
    pub(crate) fn first_name(&self) -> Option<&String> {
        self.names.iter().find(|name| !name.starts_with(Self::UNNAMED))
    }
}

redacted!(DeviceInformation, SystemVersion, IncrementalVersion, Resolution, Cpu);
