internal import ScrupleBindings

/// The device items that the mini-program platform has a name for, under those names (`getSystemInfo`,
/// `getDeviceInfo`).
public struct SystemInfo: Hashable, Sendable {
    /// The device's brand.
    public var brand: String?
    /// The device's model.
    public var model: String?
    /// Drawn pixels per logical pixel.
    public var pixelRatio: Double?
    /// Width of the display in logical pixels.
    public var screenWidth: Double?
    /// Height of the display in logical pixels.
    public var screenHeight: Double?
    /// The operating system's name with its version, or the version alone.
    public var system: String?
    /// The operating system's name.
    public var platform: String?
    /// The chip, or the first kind of core.
    public var cpuType: String?
    /// The binary interface that the device prefers.
    public var deviceAbi: String?

    /// Puts one together from its parts.
    public init(
        brand: String? = nil,
        model: String? = nil,
        pixelRatio: Double? = nil,
        screenWidth: Double? = nil,
        screenHeight: Double? = nil,
        system: String? = nil,
        platform: String? = nil,
        cpuType: String? = nil,
        deviceAbi: String? = nil
    ) {
        self.brand = brand
        self.model = model
        self.pixelRatio = pixelRatio
        self.screenWidth = screenWidth
        self.screenHeight = screenHeight
        self.system = system
        self.platform = platform
        self.cpuType = cpuType
        self.deviceAbi = deviceAbi
    }
}

extension SystemInfo: Redacted {
    init(_ native: ScrupleBindings.SystemInfo) {
        self.init(
            brand: native.brand,
            model: native.model,
            pixelRatio: native.pixelRatio,
            screenWidth: native.screenWidth,
            screenHeight: native.screenHeight,
            system: native.system,
            platform: native.platform,
            cpuType: native.cpuType,
            deviceAbi: native.deviceAbi
        )
    }
}
