//! Reads an Android device through the framework's own API, by JNI.

mod framework;
mod install;
mod java;

use std::sync::Arc;

use jni_sys::jvalue;
use zeroize::Zeroizing;

use crate::agreement::{Item, Platform, of_sources, supplied};
use crate::device::{Reader, Turns, linux};
use crate::outcome::Unavailable;
use crate::text;
use crate::values::{Cpu, IncrementalVersion, MccMnc, Process, Resolution, SystemVersion, Values};
use framework::{Activities, Build, Contexts, Displays, Framework, Telephony};
use install::Host;
use java::{Global, Java, Method, Object, StaticField};

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
        let Host { machine, framework, context } = &*self.0;
        let ran = Java::run(*machine, &framework.security_exception, |java| {
            let mut pass = Pass { java, framework, context: context.object(), telephony: None };
            turns.each(&mut |item, values| pass.read(item, values));
        });
        if let Err(reason) = ran {
            turns.each(&mut |_, _| Err(reason));
        }
    }
}

/// One pass over the device: what two items need is asked for once.
struct Pass<'p, 'l> {
    java: Java<'l>,
    framework: &'static Framework,
    context: Object<'p>,
    /// The manager of the SIM that data goes through.
    telephony: Option<Result<Object<'l>, Unavailable>>,
}

/// `Display.DEFAULT_DISPLAY`.
const DEFAULT_DISPLAY: i32 = 0;
/// `SubscriptionManager.INVALID_SUBSCRIPTION_ID`.
const NO_SUBSCRIPTION: i32 = -1;
/// More than any app has of its own.
const MOST_PROCESSES: i32 = 256;
/// Several times the most in use.
const MOST_ABIS: i32 = 16;

impl<'l> Pass<'_, 'l> {
    fn read(&mut self, item: Item, values: &mut Values) -> Result<(), Unavailable> {
        let Values { device, features, .. } = values;
        match item {
            Item::DeviceStorageCapacity => device.storage_capacity = Some(self.storage_capacity()?),
            Item::DeviceMccMnc => device.mcc_mnc = Some(self.mcc_mnc()?),
            Item::DeviceModel => device.model = Some(self.build(|build| build.model)?),
            Item::DeviceSystemVersion => device.system_version = Some(self.system_version()?),
            Item::DeviceFirmwareVersion => device.firmware_version = Some(self.firmware_version()?),
            Item::DeviceResolution => device.resolution = Some(self.resolution()?),
            Item::DeviceCpu => device.cpu = Some(self.cpu()?),
            Item::DeviceBrand => device.brand = Some(self.build(|build| build.brand)?),
            Item::DeviceIncrementalVersion => device.incremental_version = Some(self.incremental_version()?),
            Item::DeviceManufacturer => device.manufacturer = Some(self.build(|build| build.manufacturer)?),
            Item::DeviceName => device.name = Some(self.name()?),
            Item::DevicePlatform => device.platform = Some(Platform::Android.id().to_owned()),
            Item::DeviceOperator => device.operator = Some(self.operator()?),
            Item::ProcessListProcesses => features.processes = Some(self.processes()?),
            supplied!() | of_sources!() => return Err(Unavailable::PlatformHasNone),
        }
        Ok(())
    }

    /// What the person is told that the device has: from API level 26 what it was sold with, below it the data partition.
    fn storage_capacity(&self) -> Result<u64, Unavailable> {
        let bytes = match &self.framework.storage_stats {
            Some(storage) => {
                let manager = self.service(&storage.class)?.ok_or(Unavailable::PlatformHasNone)?;
                let internal = self.java.static_object_field(&storage.manager, storage.uuid_default)?;
                self.java.long(manager, storage.get_total_bytes, &[internal.argument()])?
            }
            None => {
                let storage = has(&self.framework.stat_fs)?;
                let data = self.java.static_object(&storage.environment, storage.get_data_directory, &[])?;
                let path = self.java.object(data, storage.get_path, &[])?;
                let partition =
                    self.java.construct(&storage.class, storage.constructor, &[path.argument()])?;
                self.java.long(partition, storage.get_total_bytes, &[])?
            }
        };
        match u64::try_from(bytes) {
            Ok(0) => Err(Unavailable::NotStated),
            Ok(bytes) => Ok(bytes),
            Err(_) => Err(Unavailable::Malformed),
        }
    }

    /// The SIM's, at home and abroad: the visited network's would tell where the person is.
    fn mcc_mnc(&mut self) -> Result<MccMnc, Unavailable> {
        let code = self.sim(|telephony| telephony.get_sim_operator)?;
        MccMnc::from_operator_code(&code)
    }

    fn operator(&mut self) -> Result<String, Unavailable> {
        let name = self.sim(|telephony| telephony.get_sim_operator_name)?;
        text::vendor_line(&name)
    }

    /// What the SIM says to one question. Where there is no telephony the framework says nothing, or throws.
    fn sim(&mut self, question: fn(&Telephony) -> Method) -> Result<Zeroizing<String>, Unavailable> {
        match self.ask_sim(question) {
            Ok(answer) if !answer.is_empty() => Ok(answer),
            _ if !self.has_telephony()? => Err(Unavailable::NoTelephony),
            nothing => nothing.and(Err(Unavailable::NotStated)),
        }
    }

    fn ask_sim(&mut self, question: fn(&Telephony) -> Method) -> Result<Zeroizing<String>, Unavailable> {
        let manager = self.telephony.unwrap_or_else(|| self.default_data_sim());
        self.telephony = Some(manager);
        let answer = self.java.object(manager?, question(has(&self.framework.telephony)?), &[])?;
        self.java.text(answer)
    }

    /// Not by the kind of phone, which is none for tablets with a SIM too.
    fn has_telephony(&self) -> Result<bool, Unavailable> {
        let contexts = has(&self.framework.contexts)?;
        let packages = self.java.object(self.context, contexts.get_package_manager, &[])?;
        let feature = [contexts.telephony_feature.object().argument()];
        self.java.boolean(packages, contexts.has_system_feature, &feature)
    }

    /// Of two SIMs the one that data goes through, where the framework can tell (API level 24).
    fn default_data_sim(&self) -> Result<Object<'l>, Unavailable> {
        let telephony = self.framework.telephony.as_ref().ok_or(Unavailable::NoTelephony)?;
        let manager = self.service(&telephony.class)?.ok_or(Unavailable::NoTelephony)?;
        let Some(subscriptions) = &self.framework.subscriptions else { return Ok(manager) };
        let data = self.java.static_int(&subscriptions.class, subscriptions.get_default_data)?;
        if data == NO_SUBSCRIPTION {
            return Ok(manager);
        }
        let argument = [jvalue { i: data }];
        let of_data = self.java.object(manager, subscriptions.create_for_subscription_id, &argument)?;
        Ok(if of_data.is_null() { manager } else { of_data })
    }

    /// A field of `Build`, which a vendor may have left at "unknown".
    fn build(&self, field: fn(&Build) -> StaticField) -> Result<String, Unavailable> {
        let build = has(&self.framework.build)?;
        self.vendor_line(&build.class, field(build))
    }

    fn vendor_line(&self, class: &Global, field: StaticField) -> Result<String, Unavailable> {
        let value = self.java.static_object_field(class, field)?;
        text::vendor_line(&self.java.text(value)?)
    }

    fn system_version(&self) -> Result<SystemVersion, Unavailable> {
        let version = has(&self.framework.version)?;
        let release = self.vendor_line(&version.class, version.release)?;
        let level = self.java.static_int_field(&version.class, version.sdk_int)?;
        Ok(SystemVersion {
            name: Some(format!("Android {release}")),
            version: Some(release),
            api_level: u32::try_from(level).ok(),
        })
    }

    /// The radio's, which Settings calls the baseband version.
    fn firmware_version(&self) -> Result<String, Unavailable> {
        let build = has(&self.framework.build)?;
        let version = self.java.static_object(&build.class, build.get_radio_version, &[])?;
        text::vendor_line(&self.java.text(version)?)
    }

    fn incremental_version(&self) -> Result<IncrementalVersion, Unavailable> {
        let version = has(&self.framework.version)?;
        let incremental = self.java.static_object_field(&version.class, version.incremental)?;
        // Some builds are counted.
        let incremental = text::stated_line(&self.java.text(incremental)?)?;
        let visual = match self.build(|build| build.display) {
            Err(Unavailable::NotStated | Unavailable::Placeholder) => None,
            visual => Some(visual?),
        };
        Ok(IncrementalVersion { incremental, visual })
    }

    /// The default display's physical size, which does not change with rotation.
    fn resolution(&self) -> Result<Resolution, Unavailable> {
        let Displays { class, get_display, get_mode, get_physical_width, get_physical_height } =
            has(&self.framework.displays)?;
        let displays = self.service(class)?.ok_or(Unavailable::Headless)?;
        let number = [jvalue { i: DEFAULT_DISPLAY }];
        let display = self.java.object(displays, *get_display, &number)?;
        if display.is_null() {
            return Err(Unavailable::Headless);
        }
        let mode = self.java.object(display, *get_mode, &[])?;
        let width = self.java.int(mode, *get_physical_width, &[])?;
        let height = self.java.int(mode, *get_physical_height, &[])?;
        let scale = f64::from(self.density()?);
        match (u32::try_from(width), u32::try_from(height)) {
            (Ok(width @ 1..), Ok(height @ 1..)) if scale.is_finite() && scale > 0.0 => {
                Ok(Resolution { width, height, scale })
            }
            _ => Err(Unavailable::Malformed),
        }
    }

    fn density(&self) -> Result<f32, Unavailable> {
        let Contexts { get_resources, get_display_metrics, density, .. } = has(&self.framework.contexts)?;
        let resources = self.java.object(self.context, *get_resources, &[])?;
        let metrics = self.java.object(resources, *get_display_metrics, &[])?;
        self.java.float_field(metrics, *density)
    }

    /// The kernel's words for the cores; the framework's for the chip (API level 31) and the instruction sets.
    fn cpu(&self) -> Result<Cpu, Unavailable> {
        let mut cpu = linux::cpu()?;
        cpu.abis = self.abis()?;
        if let Some(chip) = self.chip()? {
            cpu.hardware = Some(chip);
        }
        Ok(cpu)
    }

    fn abis(&self) -> Result<Vec<String>, Unavailable> {
        let build = has(&self.framework.build)?;
        let array = self.java.static_object_field(&build.class, build.supported_abis)?;
        let count = self.java.array_length(array)?;
        if count > MOST_ABIS {
            return Err(Unavailable::TooLong);
        }
        (0..count)
            .map(|at| {
                let abi = self.java.array_element(array, at)?;
                text::line(&self.java.text(abi)?)
            })
            .collect()
    }

    fn chip(&self) -> Result<Option<String>, Unavailable> {
        let build = has(&self.framework.build)?;
        let Some(chip) = &build.chip else { return Ok(None) };
        let stated = |field| match self.vendor_line(&build.class, field) {
            Err(Unavailable::NotStated | Unavailable::Placeholder) => Ok(None),
            value => value.map(Some),
        };
        Ok(match (stated(chip.manufacturer)?, stated(chip.model)?) {
            (Some(maker), Some(model)) => Some(format!("{maker} {model}")),
            (maker, model) => model.or(maker),
        })
    }

    /// Given by its owner; the framework keeps it from API level 25.
    fn name(&self) -> Result<String, Unavailable> {
        let contexts = has(&self.framework.contexts)?;
        let settings = has(&self.framework.settings)?;
        let resolver = self.java.object(self.context, contexts.get_content_resolver, &[])?;
        let arguments = [resolver.argument(), settings.device_name.object().argument()];
        let name = self.java.static_object(&settings.class, settings.get_string, &arguments)?;
        text::given_name(&self.java.text(name)?).map(str::to_owned)
    }

    /// The app's own processes: the framework shows no others.
    fn processes(&self) -> Result<Vec<Process>, Unavailable> {
        let Activities { class, get_running_app_processes, size, get, .. } = has(&self.framework.activities)?;
        let manager = self.service(class)?.ok_or(Unavailable::PlatformHasNone)?;
        let list = self.java.object(manager, *get_running_app_processes, &[])?;
        if list.is_null() {
            return Err(Unavailable::NotStated);
        }
        let count = self.java.int(list, *size, &[])?;
        if count > MOST_PROCESSES {
            return Err(Unavailable::TooLong);
        }
        let mut processes = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
        for at in 0..count {
            let entry = self.java.object(list, *get, &[jvalue { i: at }])?;
            processes.push(self.process(entry)?);
        }
        processes.sort_unstable_by_key(|process| process.pid);
        Ok(processes)
    }

    fn process(&self, entry: Object<'_>) -> Result<Process, Unavailable> {
        let Activities { pid, process_name, .. } = has(&self.framework.activities)?;
        let pid = self.java.int_field(entry, *pid)?;
        let name = self.java.object_field(entry, *process_name)?;
        let name = text::line(&self.java.text(name)?)?;
        Ok(Process { pid: u32::try_from(pid).map_err(|_| Unavailable::Malformed)?, name })
    }

    /// A system service by its class; `None` if the device has none.
    fn service(&self, class: &Global) -> Result<Option<Object<'l>>, Unavailable> {
        let contexts = has(&self.framework.contexts)?;
        let service =
            self.java.object(self.context, contexts.get_system_service, &[class.object().argument()])?;
        if service.is_null() {
            return Ok(None);
        }
        // A context may be anybody's wrapper; calling the wrong class's method would be undefined.
        if self.java.is_instance(service, class) { Ok(Some(service)) } else { Err(Unavailable::Malformed) }
    }
}

/// What this API level has.
fn has<T>(part: &Option<T>) -> Result<&T, Unavailable> {
    part.as_ref().ok_or(Unavailable::PlatformHasNone)
}
