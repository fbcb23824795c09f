import Scruple

/// The values that a ``TestSession`` reads, as a test sets them.
public struct TestValues: Sendable {
    /// The application. `supply` replaces it.
    public var application = ApplicationInformation()
    /// The mini-programs. `supply` replaces them.
    public var miniPrograms: [MiniProgram] = []
    /// The network configuration. `supply` replaces it.
    public var network = NetworkConfiguration()
    /// The device items.
    public var device = DeviceInformation()
    /// The feature items.
    public var features = FeatureData()
    /// Why items have no value. An item that is not listed is `not_stated`. A listed item is never read.
    public var unavailable: [Item: Unavailable] = [:]
    /// The answer of `toJson`. A test session does not write the library's JSON.
    public var json = "{}"

    /// No values. A test fills in the ones that it needs.
    public init() {}
}

extension TestValues: Redacted {}

extension TestValues {
    func has(_ item: Item) -> Bool {
        slot(of: item).isFull(self)
    }

    mutating func clear(_ item: Item) {
        slot(of: item).clear(&self)
    }

    mutating func take(_ records: HostRecords) {
        application = records.application ?? ApplicationInformation()
        miniPrograms = records.miniPrograms
        network = records.network ?? NetworkConfiguration()
    }

    private func slot(of item: Item) -> any Slot {
        switch item {
        case .applicationProfilePicture: Field(path: \.application.profilePicture)
        case .applicationCreatorId: Field(path: \.application.creatorId)
        case .applicationName: Field(path: \.application.name)
        case .applicationId: Field(path: \.application.id)
        case .applicationPackageName: Field(path: \.application.packageName)
        case .miniProgramName: EachProgram(path: \.name)
        case .miniProgramId: EachProgram(path: \.id)
        case .miniProgramClassificationTag: EachProgram(path: \.classificationTag)
        case .miniProgramIntroduction: EachProgram(path: \.introduction)
        case .miniProgramDescription: EachProgram(path: \.description)
        case .miniProgramVersionNumber: EachProgram(path: \.versionNumber)
        case .miniProgramVersionDescription: EachProgram(path: \.versionDescription)
        case .miniProgramCodePackage: EachProgram(path: \.codePackage)
        case .miniProgramCodePackageAddress: EachProgram(path: \.codePackageAddress)
        case .miniProgramDomainName: EachProgram(path: \.domainName)
        case .networkPermissionConfiguration: Field(path: \.network.permissions)
        case .networkDomainConfiguration: Field(path: \.network.domains)
        case .deviceStorageCapacity: Field(path: \.device.storageCapacity)
        case .deviceMccMnc: Field(path: \.device.mccMnc)
        case .deviceModel: Field(path: \.device.model)
        case .deviceSystemVersion: Field(path: \.device.systemVersion)
        case .deviceFirmwareVersion: Field(path: \.device.firmwareVersion)
        case .deviceResolution: Field(path: \.device.resolution)
        case .deviceCpu: Field(path: \.device.cpu)
        case .deviceBrand: Field(path: \.device.brand)
        case .deviceIncrementalVersion: Field(path: \.device.incrementalVersion)
        case .deviceManufacturer: Field(path: \.device.manufacturer)
        case .deviceName: Field(path: \.device.name)
        case .devicePlatform: Field(path: \.device.platform)
        case .deviceOperator: Field(path: \.device.operator)
        case .identifierIdfa: Field(path: \.features.idfa)
        case .clipboardContent: Field(path: \.features.clipboard)
        case .clipboardTroubleshooting: Field(path: \.features.clipboardTroubleshooting)
        case .locationFuzzy: Field(path: \.features.fuzzyLocation)
        case .locationPrecise: Field(path: \.features.preciseLocation)
        case .bluetoothInformation: Field(path: \.features.bluetooth)
        case .bluetoothTroubleshooting: Field(path: \.features.bluetoothTroubleshooting)
        case .nfcInformation: Field(path: \.features.nfc)
        case .processListProcesses: Field(path: \.features.processes)
        case .webViewUserAgent: Field(path: \.features.userAgent)
        }
    }
}

/// Where an item's value is.
private protocol Slot {
    func isFull(_ values: TestValues) -> Bool
    func clear(_ values: inout TestValues)
}

private struct Field<Value>: Slot {
    let path: WritableKeyPath<TestValues, Value?>

    func isFull(_ values: TestValues) -> Bool {
        values[keyPath: path] != nil
    }

    func clear(_ values: inout TestValues) {
        values[keyPath: path] = nil
    }
}

/// The same field of every mini-program.
private struct EachProgram<Value>: Slot {
    let path: WritableKeyPath<MiniProgram, Value?>

    func isFull(_ values: TestValues) -> Bool {
        values.miniPrograms.contains { $0[keyPath: path] != nil }
    }

    func clear(_ values: inout TestValues) {
        for index in values.miniPrograms.indices {
            values.miniPrograms[index][keyPath: path] = nil
        }
    }
}
