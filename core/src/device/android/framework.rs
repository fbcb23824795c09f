//! The part of Android's framework that is called, resolved once. What an API level does not have is absent.

#![allow(unsafe_code, reason = "JNI is an interface of C functions")]

use std::ffi::CStr;

use jni_sys::{JNIEnv, jobject};

use super::java::{Field, Global, Method, Object, StaticField, StaticMethod};

/// Everything that is called.
pub(super) struct Framework {
    pub(super) security_exception: Global,
    pub(super) contexts: Option<Contexts>,
    pub(super) build: Option<Build>,
    pub(super) version: Option<Version>,
    pub(super) storage_stats: Option<StorageStats>,
    pub(super) stat_fs: Option<StatFs>,
    pub(super) telephony: Option<Telephony>,
    pub(super) subscriptions: Option<Subscriptions>,
    pub(super) displays: Option<Displays>,
    pub(super) settings: Option<Settings>,
    pub(super) activities: Option<Activities>,
}

/// `android.content.Context` and what it leads to.
pub(super) struct Contexts {
    pub(super) get_system_service: Method,
    pub(super) get_content_resolver: Method,
    pub(super) get_package_manager: Method,
    pub(super) has_system_feature: Method,
    /// The name of the one feature that is asked for.
    pub(super) telephony_feature: Global,
    pub(super) get_resources: Method,
    pub(super) get_display_metrics: Method,
    pub(super) density: Field,
}

/// `android.os.Build`. Its serial number and fingerprint have no place here.
pub(super) struct Build {
    pub(super) class: Global,
    pub(super) model: StaticField,
    pub(super) brand: StaticField,
    pub(super) manufacturer: StaticField,
    pub(super) display: StaticField,
    pub(super) supported_abis: StaticField,
    pub(super) get_radio_version: StaticMethod,
    pub(super) chip: Option<Chip>,
}

/// Of `Build`, from API level 31.
pub(super) struct Chip {
    pub(super) manufacturer: StaticField,
    pub(super) model: StaticField,
}

/// `android.os.Build.VERSION`.
pub(super) struct Version {
    pub(super) class: Global,
    pub(super) release: StaticField,
    pub(super) incremental: StaticField,
    pub(super) sdk_int: StaticField,
}

/// `android.app.usage.StorageStatsManager`, from API level 26.
pub(super) struct StorageStats {
    pub(super) class: Global,
    pub(super) get_total_bytes: Method,
    /// `android.os.storage.StorageManager`.
    pub(super) manager: Global,
    pub(super) uuid_default: StaticField,
}

/// `android.os.StatFs`.
pub(super) struct StatFs {
    pub(super) class: Global,
    pub(super) constructor: Method,
    pub(super) get_total_bytes: Method,
    /// `android.os.Environment`.
    pub(super) environment: Global,
    pub(super) get_data_directory: StaticMethod,
    pub(super) get_path: Method,
}

/// `android.telephony.TelephonyManager`.
pub(super) struct Telephony {
    pub(super) class: Global,
    pub(super) get_sim_operator: Method,
    pub(super) get_sim_operator_name: Method,
}

/// `android.telephony.SubscriptionManager`, from API level 24.
pub(super) struct Subscriptions {
    pub(super) class: Global,
    pub(super) get_default_data: StaticMethod,
    /// Of `TelephonyManager`.
    pub(super) create_for_subscription_id: Method,
}

/// `android.hardware.display.DisplayManager` and its displays' modes.
pub(super) struct Displays {
    pub(super) class: Global,
    pub(super) get_display: Method,
    pub(super) get_mode: Method,
    pub(super) get_physical_width: Method,
    pub(super) get_physical_height: Method,
}

/// `android.provider.Settings.Global`.
pub(super) struct Settings {
    pub(super) class: Global,
    pub(super) get_string: StaticMethod,
    /// The name of the one setting that is read.
    pub(super) device_name: Global,
}

/// `android.app.ActivityManager` and its running processes.
pub(super) struct Activities {
    pub(super) class: Global,
    pub(super) get_running_app_processes: Method,
    pub(super) size: Method,
    pub(super) get: Method,
    pub(super) pid: Field,
    pub(super) process_name: Field,
}

const STRING: &CStr = c"Ljava/lang/String;";
const TO_STRING: &CStr = c"()Ljava/lang/String;";
const TO_INT: &CStr = c"()I";
const TO_LONG: &CStr = c"()J";

impl Framework {
    /// Resolves it through the class loader of the Java method that calls, with no exception pending; `None` if there is
    /// no memory left.
    pub(super) fn resolve(env: *mut JNIEnv) -> Option<Self> {
        let find = Finder(env);
        Some(Self {
            security_exception: find.class(c"java/lang/SecurityException")?,
            contexts: find.contexts(),
            build: find.build(),
            version: find.version(),
            storage_stats: find.storage_stats(),
            stat_fs: find.stat_fs(),
            telephony: find.telephony(),
            subscriptions: find.subscriptions(),
            displays: find.displays(),
            settings: find.settings(),
            activities: find.activities(),
        })
    }
}

/// Resolves classes and ids; what is not found is `None`.
struct Finder(*mut JNIEnv);

/// Calls a function of JNI's that resolves something; what it throws says that there is no such thing.
macro_rules! find {
    ($finder:ident, $function:ident($($argument:expr),*)) => {{
        let env = $finder.0;
        // SAFETY: the environment is this thread's, no exception is pending, classes are live, and names end in NUL.
        let found = unsafe { ((**env).v1_1.$function)(env, $($argument),*) };
        // SAFETY: clearing is allowed at any time.
        unsafe { ((**env).v1_1.ExceptionClear)(env) };
        (!found.is_null()).then_some(found)
    }};
}

impl Finder {
    fn class(&self, name: &CStr) -> Option<Global> {
        let class = find!(self, FindClass(name.as_ptr()))?;
        self.global(class)
    }

    fn string(&self, text: &CStr) -> Option<Global> {
        let string = find!(self, NewStringUTF(text.as_ptr()))?;
        self.global(string)
    }

    /// A reference that stays, in place of the one that the caller's frame holds.
    fn global(&self, found: jobject) -> Option<Global> {
        // SAFETY: JNI has just returned it for this frame.
        Global::new(self.0, unsafe { Object::from_raw(found) })
    }

    fn method(&self, class: &Global, name: &CStr, signature: &CStr) -> Option<Method> {
        find!(self, GetMethodID(class.class(), name.as_ptr(), signature.as_ptr())).map(Method)
    }

    fn static_method(&self, class: &Global, name: &CStr, signature: &CStr) -> Option<StaticMethod> {
        find!(self, GetStaticMethodID(class.class(), name.as_ptr(), signature.as_ptr())).map(StaticMethod)
    }

    fn field(&self, class: &Global, name: &CStr, signature: &CStr) -> Option<Field> {
        find!(self, GetFieldID(class.class(), name.as_ptr(), signature.as_ptr())).map(Field)
    }

    fn static_field(&self, class: &Global, name: &CStr, signature: &CStr) -> Option<StaticField> {
        find!(self, GetStaticFieldID(class.class(), name.as_ptr(), signature.as_ptr())).map(StaticField)
    }

    fn contexts(&self) -> Option<Contexts> {
        let context = self.class(c"android/content/Context")?;
        let packages = self.class(c"android/content/pm/PackageManager")?;
        let resources = self.class(c"android/content/res/Resources")?;
        let metrics = self.class(c"android/util/DisplayMetrics")?;
        Some(Contexts {
            get_system_service: self.method(
                &context,
                c"getSystemService",
                c"(Ljava/lang/Class;)Ljava/lang/Object;",
            )?,
            get_content_resolver: self.method(
                &context,
                c"getContentResolver",
                c"()Landroid/content/ContentResolver;",
            )?,
            get_package_manager: self.method(
                &context,
                c"getPackageManager",
                c"()Landroid/content/pm/PackageManager;",
            )?,
            has_system_feature: self.method(&packages, c"hasSystemFeature", c"(Ljava/lang/String;)Z")?,
            telephony_feature: self.string(c"android.hardware.telephony")?,
            get_resources: self.method(&context, c"getResources", c"()Landroid/content/res/Resources;")?,
            get_display_metrics: self.method(
                &resources,
                c"getDisplayMetrics",
                c"()Landroid/util/DisplayMetrics;",
            )?,
            density: self.field(&metrics, c"density", c"F")?,
        })
    }

    fn build(&self) -> Option<Build> {
        let class = self.class(c"android/os/Build")?;
        Some(Build {
            model: self.static_field(&class, c"MODEL", STRING)?,
            brand: self.static_field(&class, c"BRAND", STRING)?,
            manufacturer: self.static_field(&class, c"MANUFACTURER", STRING)?,
            display: self.static_field(&class, c"DISPLAY", STRING)?,
            supported_abis: self.static_field(&class, c"SUPPORTED_ABIS", c"[Ljava/lang/String;")?,
            get_radio_version: self.static_method(&class, c"getRadioVersion", TO_STRING)?,
            chip: self.chip(&class),
            class,
        })
    }

    fn chip(&self, build: &Global) -> Option<Chip> {
        Some(Chip {
            manufacturer: self.static_field(build, c"SOC_MANUFACTURER", STRING)?,
            model: self.static_field(build, c"SOC_MODEL", STRING)?,
        })
    }

    fn version(&self) -> Option<Version> {
        let class = self.class(c"android/os/Build$VERSION")?;
        Some(Version {
            release: self.static_field(&class, c"RELEASE", STRING)?,
            incremental: self.static_field(&class, c"INCREMENTAL", STRING)?,
            sdk_int: self.static_field(&class, c"SDK_INT", c"I")?,
            class,
        })
    }

    fn storage_stats(&self) -> Option<StorageStats> {
        let class = self.class(c"android/app/usage/StorageStatsManager")?;
        let manager = self.class(c"android/os/storage/StorageManager")?;
        Some(StorageStats {
            get_total_bytes: self.method(&class, c"getTotalBytes", c"(Ljava/util/UUID;)J")?,
            uuid_default: self.static_field(&manager, c"UUID_DEFAULT", c"Ljava/util/UUID;")?,
            class,
            manager,
        })
    }

    fn stat_fs(&self) -> Option<StatFs> {
        let class = self.class(c"android/os/StatFs")?;
        let environment = self.class(c"android/os/Environment")?;
        let file = self.class(c"java/io/File")?;
        Some(StatFs {
            constructor: self.method(&class, c"<init>", c"(Ljava/lang/String;)V")?,
            get_total_bytes: self.method(&class, c"getTotalBytes", TO_LONG)?,
            get_data_directory: self.static_method(&environment, c"getDataDirectory", c"()Ljava/io/File;")?,
            get_path: self.method(&file, c"getPath", TO_STRING)?,
            class,
            environment,
        })
    }

    fn telephony(&self) -> Option<Telephony> {
        let class = self.class(c"android/telephony/TelephonyManager")?;
        Some(Telephony {
            get_sim_operator: self.method(&class, c"getSimOperator", TO_STRING)?,
            get_sim_operator_name: self.method(&class, c"getSimOperatorName", TO_STRING)?,
            class,
        })
    }

    fn subscriptions(&self) -> Option<Subscriptions> {
        let class = self.class(c"android/telephony/SubscriptionManager")?;
        let telephony = self.class(c"android/telephony/TelephonyManager")?;
        Some(Subscriptions {
            get_default_data: self.static_method(&class, c"getDefaultDataSubscriptionId", TO_INT)?,
            create_for_subscription_id: self.method(
                &telephony,
                c"createForSubscriptionId",
                c"(I)Landroid/telephony/TelephonyManager;",
            )?,
            class,
        })
    }

    fn displays(&self) -> Option<Displays> {
        let class = self.class(c"android/hardware/display/DisplayManager")?;
        let display = self.class(c"android/view/Display")?;
        let mode = self.class(c"android/view/Display$Mode")?;
        Some(Displays {
            get_display: self.method(&class, c"getDisplay", c"(I)Landroid/view/Display;")?,
            get_mode: self.method(&display, c"getMode", c"()Landroid/view/Display$Mode;")?,
            get_physical_width: self.method(&mode, c"getPhysicalWidth", TO_INT)?,
            get_physical_height: self.method(&mode, c"getPhysicalHeight", TO_INT)?,
            class,
        })
    }

    fn settings(&self) -> Option<Settings> {
        let class = self.class(c"android/provider/Settings$Global")?;
        Some(Settings {
            get_string: self.static_method(
                &class,
                c"getString",
                c"(Landroid/content/ContentResolver;Ljava/lang/String;)Ljava/lang/String;",
            )?,
            device_name: self.string(c"device_name")?,
            class,
        })
    }

    fn activities(&self) -> Option<Activities> {
        let class = self.class(c"android/app/ActivityManager")?;
        let list = self.class(c"java/util/List")?;
        let process = self.class(c"android/app/ActivityManager$RunningAppProcessInfo")?;
        Some(Activities {
            get_running_app_processes: self.method(
                &class,
                c"getRunningAppProcesses",
                c"()Ljava/util/List;",
            )?,
            size: self.method(&list, c"size", TO_INT)?,
            get: self.method(&list, c"get", c"(I)Ljava/lang/Object;")?,
            pid: self.field(&process, c"pid", c"I")?,
            process_name: self.field(&process, c"processName", STRING)?,
            class,
        })
    }
}
