//! The device items as mini-programs know them.

use serde::Serialize;
use zeroize::Zeroize;

use crate::secret::redacted;
use crate::values::{DeviceInformation, Resolution};

/// The device items that the mini-program platform has a name for, under those names (`getSystemInfo`,
/// `getDeviceInfo`).
#[derive(Clone, Default, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[serde(rename_all = "camelCase")]
pub struct SystemInfo {
    /// The device's brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The device's model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Drawn pixels per logical pixel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixel_ratio: Option<f64>,
    /// Width of the display in logical pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_width: Option<f64>,
    /// Height of the display in logical pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_height: Option<f64>,
    /// The operating system's name with its version, or the version alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The operating system's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// The chip, or the first kind of core that has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_type: Option<String>,
    /// The binary interface that the device prefers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_abi: Option<String>,
}

redacted!(SystemInfo);

impl SystemInfo {
    pub(crate) fn of(device: &DeviceInformation) -> Self {
        let display = device.resolution.as_ref();
        let logical = |pixels: u32, display: &Resolution| {
            (f64::from(pixels) / display.native_scale.unwrap_or(display.scale)).round_ties_even()
        };
        let system = device.system_version.as_ref();
        let cpu = device.cpu.as_ref();
        Self {
            brand: device.brand.clone(),
            model: device.model.clone(),
            pixel_ratio: display.map(|display| display.scale),
            screen_width: display.map(|display| logical(display.width, display)),
            screen_height: display.map(|display| logical(display.height, display)),
            system: system.and_then(|system| system.name.clone().or(system.version.clone())),
            platform: device.platform.clone(),
            cpu_type: cpu.and_then(|cpu| cpu.hardware.as_ref().or(cpu.first_name()).cloned()),
            device_abi: cpu.and_then(|cpu| cpu.abis.first().cloned()),
        }
    }
}
