internal import ScrupleBindings

/// The device items of one snapshot. The snapshot's missing items give the reason for each one that is absent.
public struct DeviceInformation: Hashable, Sendable {
    /// Total capacity in bytes of the storage that holds user data. `ScrupleStorage` reads it. The app may show it to
    /// the person and may not send it off the device (``Snapshot/onDeviceOnly``).
    public var storageCapacity: UInt64?
    /// Country and network of the mobile operator, on Android. iOS tells no app.
    public var mccMnc: MccMnc?
    /// The device's model: `hw.machine`, such as `iPhone15,2`, or the DMI product name or device tree model on Linux.
    public var model: String?
    /// The operating system's version.
    public var systemVersion: SystemVersion?
    /// The system's build (`kern.osversion`), such as `21F90`, or the BIOS's version on Linux.
    public var firmwareVersion: String?
    /// The resolution of the main screen, or on Linux of the built-in or first connected display.
    public var resolution: Resolution?
    /// The processor.
    public var cpu: Cpu?
    /// The brand that the device is sold under.
    public var brand: String?
    /// The system build.
    public var incrementalVersion: IncrementalVersion?
    /// The device's manufacturer.
    public var manufacturer: String?
    /// The name that its owner gave the device: `UIDevice.name`, or the host name on Linux. From iOS 16 `UIDevice.name`
    /// is the model's name unless the app has an entitlement for it.
    public var name: String?
    /// `linux`, `android`, `ios`, `ipados` or `macos`.
    public var platform: String?
    /// The mobile operator's name, on Android. iOS tells no app.
    public var `operator`: String?

    /// Puts one together from its parts.
    public init(
        storageCapacity: UInt64? = nil,
        mccMnc: MccMnc? = nil,
        model: String? = nil,
        systemVersion: SystemVersion? = nil,
        firmwareVersion: String? = nil,
        resolution: Resolution? = nil,
        cpu: Cpu? = nil,
        brand: String? = nil,
        incrementalVersion: IncrementalVersion? = nil,
        manufacturer: String? = nil,
        name: String? = nil,
        platform: String? = nil,
        `operator`: String? = nil
    ) {
        self.storageCapacity = storageCapacity
        self.mccMnc = mccMnc
        self.model = model
        self.systemVersion = systemVersion
        self.firmwareVersion = firmwareVersion
        self.resolution = resolution
        self.cpu = cpu
        self.brand = brand
        self.incrementalVersion = incrementalVersion
        self.manufacturer = manufacturer
        self.name = name
        self.platform = platform
        self.operator = `operator`
    }
}

extension DeviceInformation: Redacted {
    init(_ native: ScrupleBindings.DeviceInformation) {
        self.init(
            storageCapacity: native.storageCapacity,
            mccMnc: native.mccMnc.map(MccMnc.init),
            model: native.model,
            systemVersion: native.systemVersion.map(SystemVersion.init),
            firmwareVersion: native.firmwareVersion,
            resolution: native.resolution.map(Resolution.init),
            cpu: native.cpu.map(Cpu.init),
            brand: native.brand,
            incrementalVersion: native.incrementalVersion.map(IncrementalVersion.init),
            manufacturer: native.manufacturer,
            name: native.name,
            platform: native.platform,
            operator: native.operator
        )
    }
}

/// Mobile country code and mobile network code. They are strings, since `02` and `002` are different networks.
public struct MccMnc: Hashable, Sendable {
    /// Three digits.
    public var mcc: String
    /// Two or three digits.
    public var mnc: String

    /// Puts one together from its parts.
    public init(mcc: String, mnc: String) {
        self.mcc = mcc
        self.mnc = mnc
    }
}

extension MccMnc: Redacted {
    init(_ native: ScrupleBindings.MccMnc) {
        self.init(
            mcc: native.mcc,
            mnc: native.mnc
        )
    }
}

/// An operating system's version. It has a number, a name or both.
public struct SystemVersion: Hashable, Sendable {
    /// The number, such as `17.5.1` (`kern.osproductversion`): `VERSION_ID` of os-release on Linux, where a rolling distribution
    /// has none.
    public var version: String?
    /// The name with the version, such as `iOS 17.5.1`: `PRETTY_NAME` of os-release on Linux.
    public var name: String?
    /// The API level, on Android.
    public var apiLevel: UInt32?

    /// Puts one together from its parts.
    public init(version: String? = nil, name: String? = nil, apiLevel: UInt32? = nil) {
        self.version = version
        self.name = name
        self.apiLevel = apiLevel
    }
}

extension SystemVersion: Redacted {
    init(_ native: ScrupleBindings.SystemVersion) {
        self.init(
            version: native.version,
            name: native.name,
            apiLevel: native.apiLevel
        )
    }
}

/// A system build, and the version text that the system shows to a person.
public struct IncrementalVersion: Hashable, Sendable {
    /// The build, such as `21F90` (`kern.osversion`): `BUILD_ID` or `IMAGE_VERSION` of os-release, else the kernel's release on
    /// Linux.
    public var incremental: String
    /// The version text that the system shows to a person, such as `17.5.1 (21F90)`: `VERSION` of os-release on Linux.
    public var visual: String?

    /// Puts one together from its parts.
    public init(incremental: String, visual: String? = nil) {
        self.incremental = incremental
        self.visual = visual
    }
}

extension IncrementalVersion: Redacted {
    init(_ native: ScrupleBindings.IncrementalVersion) {
        self.init(
            incremental: native.incremental,
            visual: native.visual
        )
    }
}

/// A display's resolution.
public struct Resolution: Hashable, Sendable {
    /// Width in physical pixels.
    public var width: UInt32
    /// Height in physical pixels.
    public var height: UInt32
    /// Drawn pixels per logical pixel (`scale`), and 1 on Linux, whose kernel scales nothing.
    public var scale: Double
    /// Physical pixels per logical pixel (`nativeScale`), where the system states it: 2.88 on an iPhone mini, whose
    /// `scale` is 3.
    public var nativeScale: Double?

    /// Puts one together from its parts.
    public init(width: UInt32, height: UInt32, scale: Double, nativeScale: Double? = nil) {
        self.width = width
        self.height = height
        self.scale = scale
        self.nativeScale = nativeScale
    }
}

extension Resolution: Redacted {
    init(_ native: ScrupleBindings.Resolution) {
        self.init(
            width: native.width,
            height: native.height,
            scale: native.scale,
            nativeScale: native.nativeScale
        )
    }

    var native: ScrupleBindings.Resolution {
        ScrupleBindings.Resolution(
            width: width,
            height: height,
            scale: scale,
            nativeScale: nativeScale
        )
    }
}

/// A processor. Scruple never reads its serial number.
public struct Cpu: Hashable, Sendable {
    /// The kinds of core, each once, by Apple's names (`hw.cpufamily`), such as `Everest`, or in the kernel's order on
    /// Linux.
    public var names: [String]
    /// The cores' chip, where the kernel states it. Apple's kernel does not.
    public var hardware: String?
    /// The number of cores, including those that are switched off.
    public var cores: UInt32
    /// Highest frequency of any core, in kHz, where the kernel states it. Apple's kernel does not.
    public var maxFrequencyKhz: UInt64?
    /// Instruction set extensions, by the kernel's names, on Linux and Android.
    public var features: [String]
    /// The processor's architecture, such as `arm64e`.
    public var abis: [String]

    /// Puts one together from its parts.
    public init(
        names: [String] = [],
        hardware: String? = nil,
        cores: UInt32,
        maxFrequencyKhz: UInt64? = nil,
        features: [String] = [],
        abis: [String] = []
    ) {
        self.names = names
        self.hardware = hardware
        self.cores = cores
        self.maxFrequencyKhz = maxFrequencyKhz
        self.features = features
        self.abis = abis
    }
}

extension Cpu: Redacted {
    init(_ native: ScrupleBindings.Cpu) {
        self.init(
            names: native.names,
            hardware: native.hardware,
            cores: native.cores,
            maxFrequencyKhz: native.maxFrequencyKhz,
            features: native.features,
            abis: native.abis
        )
    }
}
