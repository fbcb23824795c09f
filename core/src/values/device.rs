//! The device items, as hosts read them.

use serde::Serialize;
use zeroize::Zeroize;

use crate::secret::redacted;
use crate::values::{CpuFeatures, MccMnc, one};

/// The device items of one snapshot. What is absent has its reason in the snapshot's missing items.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
pub struct DeviceInformation {
    /// Total capacity in bytes of the storage that holds user data.
    pub storage_capacity: Option<u64>,
    /// Country and network of the mobile operator: of the SIM that data goes through, at home and abroad.
    pub mcc_mnc: Option<MccMnc>,
    /// The device's model: DMI product name or device tree model on Linux, `Build.MODEL` on Android, `hw.machine` such as
    /// `iPhone15,2` on Apple's.
    pub model: Option<String>,
    /// The operating system's version.
    pub system_version: Option<SystemVersion>,
    /// The firmware's version: the BIOS's on Linux, the radio's on Android, the build on Apple's.
    pub firmware_version: Option<String>,
    /// The built-in or first connected display; the default one on Android, the main one on Apple's.
    pub resolution: Option<Resolution>,
    /// The processor.
    pub cpu: Option<Cpu>,
    /// The brand that the device is sold under.
    pub brand: Option<String>,
    /// The system build.
    pub incremental_version: Option<IncrementalVersion>,
    /// Who makes the device.
    pub manufacturer: Option<String>,
    /// The name that its owner gave the device: the host name on Linux, the setting `device_name` on Android, `UIDevice.name`
    /// on Apple's, where it is the model's name without an entitlement from iOS 16.
    pub name: Option<String>,
    /// `linux`, `android`, `ios`, `ipados` or `macos`.
    pub platform: Option<String>,
    /// The mobile operator's name, by the SIM that data goes through.
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

/// An operating system's version. At least one of the two is there.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct SystemVersion {
    /// The number, such as `12`: `VERSION_ID` of os-release on Linux, `Build.VERSION.RELEASE` on Android,
    /// `kern.osproductversion` on Apple's. A rolling distribution has none.
    pub version: Option<String>,
    /// The name with the version, such as `Debian GNU/Linux 12 (bookworm)`: `PRETTY_NAME` of os-release on Linux,
    /// such as `iOS 17.5.1` on Apple's.
    pub name: Option<String>,
    /// The API level, such as 34, on Android.
    pub api_level: Option<u32>,
}

/// A system build, and what a person is shown of it.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct IncrementalVersion {
    /// The build: `BUILD_ID` or `IMAGE_VERSION` of os-release, else the kernel's release on Linux;
    /// `Build.VERSION.INCREMENTAL` on Android; `kern.osversion` on Apple's.
    pub incremental: String,
    /// What a person is shown: `VERSION` of os-release on Linux, `Build.DISPLAY` on Android, version
    /// and build on Apple's.
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
    /// Pixels that are drawn to one logical pixel: the display's density on Android, `scale` on Apple's; 1 on Linux, whose kernel
    /// scales nothing.
    pub scale: f64,
    /// Physical pixels to one logical pixel, on Apple's platforms (`nativeScale`) and Android. It differs from `scale` where a
    /// screen is drawn on other pixels than the panel has: 2.88 on an iPhone mini, which draws 3; 3.5 on an Android phone
    /// that is set to fewer pixels and draws 2.625.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub native_scale: Option<f64>,
}

/// A processor. Serial numbers are never read into it.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Cpu {
    /// The kinds of core, each once, in the kernel's order, such as `Cortex-A53`; by Apple's names on Apple's, such as
    /// `Everest`. An ARM core that is newer than the table has its numbers: `implementer 0x48, part 0xd42`.
    pub names: Vec<String>,
    /// The chip that they are on, where the framework (Android, API level 31) or the kernel says so; on some
    /// architectures the kernel says the machine instead.
    pub hardware: Option<String>,
    /// Cores that are there, those that are switched off included.
    pub cores: u32,
    /// Highest frequency of any core, in kHz, where the kernel says so.
    pub max_frequency_khz: Option<u64>,
    /// Instruction set extensions, by the kernel's names.
    #[cfg_attr(feature = "development", schemars(with = "Vec<String>"))]
    pub features: CpuFeatures,
    /// Binary interfaces that apps can have, the preferred one first, on Android; the processor's architecture on Apple's.
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
