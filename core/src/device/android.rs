//! Reads an Android device through the framework's own API, by JNI.

mod framework;
mod install;
mod java;

use std::sync::Arc;

use jni::objects::{JString, Reference};
use jni::strings::JNIStr;
use jni::{Env, errors, jni_str};
use zeroize::Zeroizing;

use crate::agreement::{Item, Platform, of_sources, supplied};
use crate::device::{Reader, Turns, linux};
use crate::outcome::Unavailable;
use crate::text;
use crate::values::{Cpu, IncrementalVersion, MccMnc, Resolution, SystemVersion, Values};
use framework::{
    Build, CarrierManager, Chip, Context, Display, DisplayManager, DisplayMetrics, DualSimManager,
    Environment, GlobalSettings, ModeDisplay, StatFs, StorageManager, StorageStatsManager,
    SubscriptionManager, TelephonyManager, Version,
};
use install::Host;
use java::Answer;

/// An Android device, through the context that the host handed over.
#[derive(Debug)]
pub(crate) struct Android(Arc<Host>);

/// The device, once the host has handed its context over.
pub(crate) fn installed() -> Option<Android> {
    install::host().map(Android)
}

impl Reader for Android {
    fn platform(&self) -> Platform {
        Platform::Android
    }

    /// Some of the framework's answers come from another process.
    fn may_hang(&self) -> bool {
        true
    }

    fn read(&self, turns: &mut dyn Turns) {
        let ran = java::run(|env| {
            let mut pass = Pass { env, context: &self.0.context, telephony: None };
            turns.each(&mut |item, values| pass.read(item, values));
        });
        if let Err(reason) = ran {
            turns.each(&mut |_, _| Err(reason));
        }
    }
}

/// One pass over the device: what two items need is asked for once.
struct Pass<'p, 'l> {
    env: &'p mut Env<'l>,
    context: &'p Context<'static>,
    /// The manager of the SIM that data goes through.
    telephony: Option<Result<TelephonyManager<'l>, Unavailable>>,
}

/// A question that is answered with a text.
type Text<'l> = fn(&mut Env<'l>) -> errors::Result<JString<'l>>;

/// A question to a SIM's manager.
type OfSim<'l, T> = fn(&TelephonyManager<'l>, &mut Env<'l>) -> errors::Result<T>;

/// The system's services, by their names in `Context`: by their classes they are asked for from API level 23 only.
const DISPLAY: &JNIStr = jni_str!("display");
const STORAGE_STATS: &JNIStr = jni_str!("storagestats");
const TELEPHONY: &JNIStr = jni_str!("phone");
/// `Display.DEFAULT_DISPLAY`.
const DEFAULT_DISPLAY: i32 = 0;
/// `Surface.ROTATION_90` and `ROTATION_270`.
const TURNED: [i32; 2] = [1, 3];
/// `SubscriptionManager.INVALID_SUBSCRIPTION_ID`.
const NO_SUBSCRIPTION: i32 = -1;
/// Several times the most in use.
const MOST_ABIS: usize = 16;

impl<'l> Pass<'_, 'l> {
    fn read(&mut self, item: Item, values: &mut Values) -> Result<(), Unavailable> {
        let Values { device, .. } = values;
        match item {
            Item::DeviceStorageCapacity => device.storage_capacity = Some(self.storage_capacity()?),
            Item::DeviceMccMnc => device.mcc_mnc = Some(self.mcc_mnc()?),
            Item::DeviceModel => device.model = Some(self.vendor_line(Build::model)?),
            Item::DeviceSystemVersion => device.system_version = Some(self.system_version()?),
            Item::DeviceFirmwareVersion => {
                device.firmware_version = Some(self.vendor_line(Build::get_radio_version)?)
            }
            Item::DeviceResolution => device.resolution = Some(self.resolution()?),
            Item::DeviceCpu => device.cpu = Some(self.cpu()?),
            Item::DeviceBrand => device.brand = Some(self.vendor_line(Build::brand)?),
            Item::DeviceIncrementalVersion => device.incremental_version = Some(self.incremental_version()?),
            Item::DeviceManufacturer => device.manufacturer = Some(self.vendor_line(Build::manufacturer)?),
            Item::DeviceName => device.name = Some(self.name()?),
            Item::DevicePlatform => device.platform = Some(Platform::Android.id().to_owned()),
            Item::DeviceOperator => device.operator = Some(self.operator()?),
            Item::ProcessListProcesses | supplied!() | of_sources!() => {
                return Err(Unavailable::PlatformHasNone);
            }
        }
        Ok(())
    }

    /// What the person is told that the device has: from API level 26 what it was sold with. Below it, and where that service
    /// fails, the size of the data partition.
    fn storage_capacity(&mut self) -> Result<u64, Unavailable> {
        if self.level()? < 26 {
            return self.data_partition();
        }
        self.sold_with().or_else(|reason| self.data_partition().map_err(|_| reason))
    }

    fn sold_with(&mut self) -> Result<u64, Unavailable> {
        let manager = self.service::<StorageStatsManager<'_>>(STORAGE_STATS, Unavailable::PlatformHasNone)?;
        let internal = StorageManager::uuid_default(self.env).or_reason(self.env)?;
        size(manager.get_total_bytes(self.env, internal).or_reason(self.env)?)
    }

    fn data_partition(&mut self) -> Result<u64, Unavailable> {
        let data = Environment::get_data_directory(self.env).or_reason(self.env)?;
        let path = data.get_path(self.env).or_reason(self.env)?;
        let partition = StatFs::new(self.env, path).or_reason(self.env)?;
        size(partition.get_total_bytes(self.env).or_reason(self.env)?)
    }

    /// The SIM's, at home and abroad: the visited network's would tell where the person is.
    fn mcc_mnc(&mut self) -> Result<MccMnc, Unavailable> {
        let code = self.sim(TelephonyManager::get_sim_operator)?;
        MccMnc::from_operator_code(&code)
    }

    /// The name that the SIM carries; else the one that Android knows its issuer by (API level 28); else, at home only, the network's.
    fn operator(&mut self) -> Result<String, Unavailable> {
        let of_sim = match self.sim(TelephonyManager::get_sim_operator_name) {
            Err(Unavailable::NoTelephony) => return Err(Unavailable::NoTelephony),
            name => name.and_then(|name| text::vendor_line(&name)),
        };
        of_sim.or_else(|reason| self.carrier().or_else(|_| self.home_network()).map_err(|_| reason))
    }

    fn carrier(&mut self) -> Result<String, Unavailable> {
        if self.level()? < 28 {
            return Err(Unavailable::PlatformHasNone);
        }
        let name = self.ask_sim(|manager, env| {
            let manager = env.as_cast::<CarrierManager<'_>>(manager)?;
            let name = manager.get_sim_carrier_id_name(env)?;
            if name.is_null() { Ok(JString::null()) } else { name.to_string(env) }
        })?;
        text::vendor_line(&name)
    }

    /// Abroad it would tell where the person is.
    fn home_network(&mut self) -> Result<String, Unavailable> {
        if self.of_sim(|manager, env| manager.is_network_roaming(env))? {
            return Err(Unavailable::NotStated);
        }
        text::vendor_line(&self.ask_sim(TelephonyManager::get_network_operator_name)?)
    }

    /// What the SIM says to one question. Where there is no telephony the framework says nothing, or throws.
    fn sim(&mut self, question: OfSim<'l, JString<'l>>) -> Result<Zeroizing<String>, Unavailable> {
        match self.ask_sim(question) {
            Ok(answer) if !answer.is_empty() => Ok(answer),
            _ if !self.has_telephony()? => Err(Unavailable::NoTelephony),
            nothing => nothing.and(Err(Unavailable::NotStated)),
        }
    }

    fn ask_sim(&mut self, question: OfSim<'l, JString<'l>>) -> Result<Zeroizing<String>, Unavailable> {
        let answer = self.of_sim(question)?;
        java::text(self.env, &answer)
    }

    fn of_sim<T>(&mut self, question: OfSim<'l, T>) -> Result<T, Unavailable> {
        let manager = self.telephony.take().unwrap_or_else(|| self.default_data_sim());
        let manager = self.telephony.insert(manager).as_ref().map_err(|reason| *reason)?;
        question(manager, self.env).or_reason(self.env)
    }

    /// Not by the kind of phone, which is none for tablets with a SIM too.
    fn has_telephony(&mut self) -> Result<bool, Unavailable> {
        let packages = self.context.get_package_manager(self.env).or_reason(self.env)?;
        let feature =
            JString::from_jni_str(self.env, jni_str!("android.hardware.telephony")).or_reason(self.env)?;
        packages.has_system_feature(self.env, feature).or_reason(self.env)
    }

    /// Of two SIMs the one that data goes through, where the framework can tell (API level 24).
    fn default_data_sim(&mut self) -> Result<TelephonyManager<'l>, Unavailable> {
        let manager = self.service::<TelephonyManager<'_>>(TELEPHONY, Unavailable::NoTelephony)?;
        if self.level()? < 24 {
            return Ok(manager);
        }
        let data = SubscriptionManager::get_default_data_subscription_id(self.env).or_reason(self.env)?;
        if data == NO_SUBSCRIPTION {
            return Ok(manager);
        }
        let dual = self.env.as_cast::<DualSimManager<'_>>(&manager).or_reason(self.env)?;
        let of_data = dual.create_for_subscription_id(self.env, data).or_reason(self.env)?;
        Ok(if of_data.is_null() { manager } else { of_data })
    }

    /// A text that a vendor may have left at "unknown".
    fn vendor_line(&mut self, question: Text<'l>) -> Result<String, Unavailable> {
        text::vendor_line(&self.text(question)?)
    }

    fn text(&mut self, question: Text<'l>) -> Result<Zeroizing<String>, Unavailable> {
        let answer = question(self.env).or_reason(self.env)?;
        java::text(self.env, &answer)
    }

    fn level(&mut self) -> Result<i32, Unavailable> {
        Version::sdk_int(self.env).or_reason(self.env)
    }

    fn system_version(&mut self) -> Result<SystemVersion, Unavailable> {
        let release = self.vendor_line(Version::release)?;
        Ok(SystemVersion {
            name: Some(["Android ", &release].concat()),
            version: Some(release),
            api_level: u32::try_from(self.level()?).ok(),
        })
    }

    fn incremental_version(&mut self) -> Result<IncrementalVersion, Unavailable> {
        // Some builds are counted.
        let incremental = text::stated_line(&self.text(Version::incremental)?)?;
        Ok(IncrementalVersion { incremental, visual: self.stated(Build::display)? })
    }

    /// A vendor's text; `None` if there is none, or none that says anything.
    fn stated(&mut self, question: Text<'l>) -> Result<Option<String>, Unavailable> {
        match self.vendor_line(question) {
            Err(Unavailable::NotStated | Unavailable::Placeholder) => Ok(None),
            value => value.map(Some),
        }
    }

    /// The default display in its natural orientation: its panel's pixels, and how apps are drawn on it. Size and density of the drawing
    /// come from one place, which knows what the person or the vendor set in place of the panel's own.
    fn resolution(&mut self) -> Result<Resolution, Unavailable> {
        let displays = self.service::<DisplayManager<'_>>(DISPLAY, Unavailable::Headless)?;
        let display = displays.get_display(self.env, DEFAULT_DISPLAY).or_reason(self.env)?;
        if display.is_null() {
            return Err(Unavailable::Headless);
        }
        let metrics = DisplayMetrics::new(self.env).or_reason(self.env)?;
        display.get_real_metrics(self.env, &metrics).or_reason(self.env)?;
        let width = metrics.width_pixels(self.env).or_reason(self.env)?;
        let height = metrics.height_pixels(self.env).or_reason(self.env)?;
        let scale = f64::from(metrics.density(self.env).or_reason(self.env)?);
        let is_turned = TURNED.contains(&display.get_rotation(self.env).or_reason(self.env)?);
        let drawn = Size::of(width, height)?.turned(is_turned);
        let panel =
            self.panel(&display).map_or(drawn, |panel| panel.turned(panel.is_wide() != drawn.is_wide()));
        if !(scale.is_finite() && scale > 0.0) {
            return Err(Unavailable::Malformed);
        }
        let native_scale = scale * f64::from(panel.width) / f64::from(drawn.width);
        Ok(Resolution { width: panel.width, height: panel.height, scale, native_scale: Some(native_scale) })
    }

    /// The pixels of the panel in use, where the framework tells (API level 23).
    fn panel(&mut self, display: &Display<'l>) -> Option<Size> {
        if self.level().ok()? < 23 {
            return None;
        }
        let display = self.env.as_cast::<ModeDisplay<'_>>(display).or_reason(self.env).ok()?;
        let mode = display.get_mode(self.env).or_reason(self.env).ok()?;
        let width = mode.get_physical_width(self.env).or_reason(self.env).ok()?;
        let height = mode.get_physical_height(self.env).or_reason(self.env).ok()?;
        Size::of(width, height).ok()
    }

    /// The kernel's words for the cores; the framework's for the chip (API level 31) and the instruction sets. What one of them
    /// fails to say is left out; without any word for the cores there is no processor.
    fn cpu(&mut self) -> Result<Cpu, Unavailable> {
        let mut cpu = linux::cpu()?;
        cpu.abis = self.abis().unwrap_or_default();
        if let Some(chip) = self.chip() {
            cpu.hardware = Some(chip);
        }
        Ok(cpu)
    }

    fn abis(&mut self) -> Result<Vec<String>, Unavailable> {
        let abis = Build::supported_abis(self.env).or_reason(self.env)?;
        let count = abis.len(self.env).or_reason(self.env)?;
        let mut lines = Vec::new();
        java::entries(self.env, count, MOST_ABIS, &mut |env, at| {
            let abi = abis.get_element(env, at).or_reason(env)?;
            lines.push(text::line(&java::text(env, &abi)?)?);
            Ok(())
        })?;
        Ok(lines)
    }

    fn chip(&mut self) -> Option<String> {
        if self.level().ok()? < 31 {
            return None;
        }
        match (self.vendor_line(Chip::manufacturer).ok(), self.vendor_line(Chip::model).ok()) {
            (Some(maker), Some(model)) => Some([maker.as_str(), " ", &model].concat()),
            (maker, model) => model.or(maker),
        }
    }

    /// Given by its owner; the framework keeps it from API level 25.
    fn name(&mut self) -> Result<String, Unavailable> {
        let resolver = self.context.get_content_resolver(self.env).or_reason(self.env)?;
        let setting = JString::from_jni_str(self.env, jni_str!("device_name")).or_reason(self.env)?;
        let name = GlobalSettings::get_string(self.env, resolver, setting).or_reason(self.env)?;
        text::given_name(&java::text(self.env, &name)?).map(str::to_owned)
    }

    /// A system service by its name, or the reason that the device has none.
    fn service<C: Reference>(
        &mut self,
        name: &'static JNIStr,
        none: Unavailable,
    ) -> Result<C::Kind<'l>, Unavailable> {
        let name = JString::from_jni_str(self.env, name).or_reason(self.env)?;
        let service = self.context.get_system_service(self.env, name).or_reason(self.env)?;
        if service.is_null() {
            return Err(none);
        }
        // A context may be anybody's wrapper.
        self.env.cast_local::<C>(service).or_reason(self.env)
    }
}

/// Pixels.
#[derive(Clone, Copy)]
struct Size {
    width: u32,
    height: u32,
}

impl Size {
    fn of(width: i32, height: i32) -> Result<Self, Unavailable> {
        match (u32::try_from(width), u32::try_from(height)) {
            (Ok(width @ 1..), Ok(height @ 1..)) => Ok(Self { width, height }),
            _ => Err(Unavailable::Malformed),
        }
    }

    const fn is_wide(self) -> bool {
        self.width > self.height
    }

    const fn turned(self, is_turned: bool) -> Self {
        if is_turned { Self { width: self.height, height: self.width } } else { self }
    }
}

fn size(bytes: i64) -> Result<u64, Unavailable> {
    match u64::try_from(bytes) {
        Ok(0) => Err(Unavailable::NotStated),
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(Unavailable::Malformed),
    }
}
