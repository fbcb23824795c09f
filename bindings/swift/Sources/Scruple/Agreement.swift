internal import ScrupleBindings

/// One datum that the agreement lists.
public enum Item: String, CaseIterable, Identifiable, Sendable {
    /// The user's profile picture.
    case applicationProfilePicture = "application.profile_picture"
    /// The id of the application's creator.
    case applicationCreatorId = "application.creator_id"
    /// The application's name.
    case applicationName = "application.name"
    /// The application's id on the platform.
    case applicationId = "application.id"
    /// The application's package name.
    case applicationPackageName = "application.package_name"
    /// A mini-program's name.
    case miniProgramName = "mini_program.name"
    /// A mini-program's id.
    case miniProgramId = "mini_program.id"
    /// A mini-program's classification tag.
    case miniProgramClassificationTag = "mini_program.classification_tag"
    /// A mini-program's introduction.
    case miniProgramIntroduction = "mini_program.introduction"
    /// A mini-program's description.
    case miniProgramDescription = "mini_program.description"
    /// A mini-program's version number.
    case miniProgramVersionNumber = "mini_program.version_number"
    /// A mini-program's version description.
    case miniProgramVersionDescription = "mini_program.version_description"
    /// A mini-program's code package.
    case miniProgramCodePackage = "mini_program.code_package"
    /// The addresses of a mini-program's code package, on the client and on the server.
    case miniProgramCodePackageAddress = "mini_program.code_package_address"
    /// A mini-program's domain name.
    case miniProgramDomainName = "mini_program.domain_name"
    /// The customer's permission configuration.
    case networkPermissionConfiguration = "network.permission_configuration"
    /// The customer's domain name configuration.
    case networkDomainConfiguration = "network.domain_configuration"
    /// Total capacity of the storage that holds user data.
    case deviceStorageCapacity = "device.storage_capacity"
    /// Mobile country code and mobile network code.
    case deviceMccMnc = "device.mcc_mnc"
    /// The device's model.
    case deviceModel = "device.model"
    /// The operating system's version.
    case deviceSystemVersion = "device.system_version"
    /// The firmware's version.
    case deviceFirmwareVersion = "device.firmware_version"
    /// The display's resolution.
    case deviceResolution = "device.resolution"
    /// The processor.
    case deviceCpu = "device.cpu"
    /// The brand that the device is sold under.
    case deviceBrand = "device.brand"
    /// The system build, and the version text that the system shows to a person.
    case deviceIncrementalVersion = "device.incremental_version"
    /// The device's manufacturer.
    case deviceManufacturer = "device.manufacturer"
    /// The name that its owner gave the device.
    case deviceName = "device.name"
    /// The operating system's name.
    case devicePlatform = "device.platform"
    /// The mobile operator's name.
    case deviceOperator = "device.operator"
    /// Apple's identifier for advertisers.
    case identifierIdfa = "identifier.idfa"
    /// The clipboard's text.
    case clipboardContent = "clipboard.content"
    /// Whether the clipboard can be read, and if not, why. Never its content.
    case clipboardTroubleshooting = "clipboard.troubleshooting"
    /// Fuzzy location: a cell of at least 3 km².
    case locationFuzzy = "location.fuzzy"
    /// Precise location. Scruple never reads it while the policy says fuzzy.
    case locationPrecise = "location.precise"
    /// The Bluetooth adapter and the devices near it.
    case bluetoothInformation = "bluetooth.information"
    /// Why Bluetooth does not work.
    case bluetoothTroubleshooting = "bluetooth.troubleshooting"
    /// Whether the device has near-field communication, and whether it is on.
    case nfcInformation = "nfc.information"
    /// The processes that the system shows to this process.
    case processListProcesses = "process_list.processes"
    /// The web view's user agent.
    case webViewUserAgent = "web_view.user_agent"

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }

    /// The category that it belongs to.
    public var category: Category {
        switch self {
        case .applicationProfilePicture,
            .applicationCreatorId,
            .applicationName,
            .applicationId,
            .applicationPackageName,
            .miniProgramName,
            .miniProgramId,
            .miniProgramClassificationTag,
            .miniProgramIntroduction,
            .miniProgramDescription,
            .miniProgramVersionNumber,
            .miniProgramVersionDescription,
            .miniProgramCodePackage,
            .miniProgramCodePackageAddress,
            .miniProgramDomainName:
            .application
        case .networkPermissionConfiguration, .networkDomainConfiguration: .networkConfiguration
        case .deviceStorageCapacity,
            .deviceMccMnc,
            .deviceModel,
            .deviceSystemVersion,
            .deviceFirmwareVersion,
            .deviceResolution,
            .deviceCpu,
            .deviceBrand,
            .deviceIncrementalVersion,
            .deviceManufacturer,
            .deviceName,
            .devicePlatform,
            .deviceOperator:
            .device
        case .identifierIdfa: .identifier
        case .clipboardContent, .clipboardTroubleshooting: .clipboard
        case .locationFuzzy, .locationPrecise: .location
        case .bluetoothInformation, .bluetoothTroubleshooting: .bluetooth
        case .nfcInformation: .nfc
        case .processListProcesses: .processList
        case .webViewUserAgent: .webView
        }
    }
}

extension Item {
    init(_ native: ScrupleBindings.Item) {
        switch native {
        case .applicationProfilePicture: self = .applicationProfilePicture
        case .applicationCreatorId: self = .applicationCreatorId
        case .applicationName: self = .applicationName
        case .applicationId: self = .applicationId
        case .applicationPackageName: self = .applicationPackageName
        case .miniProgramName: self = .miniProgramName
        case .miniProgramId: self = .miniProgramId
        case .miniProgramClassificationTag: self = .miniProgramClassificationTag
        case .miniProgramIntroduction: self = .miniProgramIntroduction
        case .miniProgramDescription: self = .miniProgramDescription
        case .miniProgramVersionNumber: self = .miniProgramVersionNumber
        case .miniProgramVersionDescription: self = .miniProgramVersionDescription
        case .miniProgramCodePackage: self = .miniProgramCodePackage
        case .miniProgramCodePackageAddress: self = .miniProgramCodePackageAddress
        case .miniProgramDomainName: self = .miniProgramDomainName
        case .networkPermissionConfiguration: self = .networkPermissionConfiguration
        case .networkDomainConfiguration: self = .networkDomainConfiguration
        case .deviceStorageCapacity: self = .deviceStorageCapacity
        case .deviceMccMnc: self = .deviceMccMnc
        case .deviceModel: self = .deviceModel
        case .deviceSystemVersion: self = .deviceSystemVersion
        case .deviceFirmwareVersion: self = .deviceFirmwareVersion
        case .deviceResolution: self = .deviceResolution
        case .deviceCpu: self = .deviceCpu
        case .deviceBrand: self = .deviceBrand
        case .deviceIncrementalVersion: self = .deviceIncrementalVersion
        case .deviceManufacturer: self = .deviceManufacturer
        case .deviceName: self = .deviceName
        case .devicePlatform: self = .devicePlatform
        case .deviceOperator: self = .deviceOperator
        case .identifierIdfa: self = .identifierIdfa
        case .clipboardContent: self = .clipboardContent
        case .clipboardTroubleshooting: self = .clipboardTroubleshooting
        case .locationFuzzy: self = .locationFuzzy
        case .locationPrecise: self = .locationPrecise
        case .bluetoothInformation: self = .bluetoothInformation
        case .bluetoothTroubleshooting: self = .bluetoothTroubleshooting
        case .nfcInformation: self = .nfcInformation
        case .processListProcesses: self = .processListProcesses
        case .webViewUserAgent: self = .webViewUserAgent
        }
    }

    var native: ScrupleBindings.Item {
        switch self {
        case .applicationProfilePicture: .applicationProfilePicture
        case .applicationCreatorId: .applicationCreatorId
        case .applicationName: .applicationName
        case .applicationId: .applicationId
        case .applicationPackageName: .applicationPackageName
        case .miniProgramName: .miniProgramName
        case .miniProgramId: .miniProgramId
        case .miniProgramClassificationTag: .miniProgramClassificationTag
        case .miniProgramIntroduction: .miniProgramIntroduction
        case .miniProgramDescription: .miniProgramDescription
        case .miniProgramVersionNumber: .miniProgramVersionNumber
        case .miniProgramVersionDescription: .miniProgramVersionDescription
        case .miniProgramCodePackage: .miniProgramCodePackage
        case .miniProgramCodePackageAddress: .miniProgramCodePackageAddress
        case .miniProgramDomainName: .miniProgramDomainName
        case .networkPermissionConfiguration: .networkPermissionConfiguration
        case .networkDomainConfiguration: .networkDomainConfiguration
        case .deviceStorageCapacity: .deviceStorageCapacity
        case .deviceMccMnc: .deviceMccMnc
        case .deviceModel: .deviceModel
        case .deviceSystemVersion: .deviceSystemVersion
        case .deviceFirmwareVersion: .deviceFirmwareVersion
        case .deviceResolution: .deviceResolution
        case .deviceCpu: .deviceCpu
        case .deviceBrand: .deviceBrand
        case .deviceIncrementalVersion: .deviceIncrementalVersion
        case .deviceManufacturer: .deviceManufacturer
        case .deviceName: .deviceName
        case .devicePlatform: .devicePlatform
        case .deviceOperator: .deviceOperator
        case .identifierIdfa: .identifierIdfa
        case .clipboardContent: .clipboardContent
        case .clipboardTroubleshooting: .clipboardTroubleshooting
        case .locationFuzzy: .locationFuzzy
        case .locationPrecise: .locationPrecise
        case .bluetoothInformation: .bluetoothInformation
        case .bluetoothTroubleshooting: .bluetoothTroubleshooting
        case .nfcInformation: .nfcInformation
        case .processListProcesses: .processListProcesses
        case .webViewUserAgent: .webViewUserAgent
        }
    }
}

/// Items that a policy switches on and a person agrees to together.
public enum Category: String, CaseIterable, Identifiable, Sendable {
    /// The application and its mini-programs (part A).
    case application
    /// Permission and domain configuration (part B).
    case networkConfiguration = "network_configuration"
    /// Device information (part C).
    case device
    /// Device identifiers (part D).
    case identifier
    /// The clipboard (part D).
    case clipboard
    /// Location (part D).
    case location
    /// Bluetooth (part D).
    case bluetooth
    /// Near-field communication (part D).
    case nfc
    /// The device's process list (part D).
    case processList = "process_list"
    /// The web view's user agent (part D).
    case webView = "web_view"

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension Category {
    init(_ native: ScrupleBindings.Category) {
        switch native {
        case .application: self = .application
        case .networkConfiguration: self = .networkConfiguration
        case .device: self = .device
        case .identifier: self = .identifier
        case .clipboard: self = .clipboard
        case .location: self = .location
        case .bluetooth: self = .bluetooth
        case .nfc: self = .nfc
        case .processList: self = .processList
        case .webView: self = .webView
        }
    }

    var native: ScrupleBindings.Category {
        switch self {
        case .application: .application
        case .networkConfiguration: .networkConfiguration
        case .device: .device
        case .identifier: .identifier
        case .clipboard: .clipboard
        case .location: .location
        case .bluetooth: .bluetooth
        case .nfc: .nfc
        case .processList: .processList
        case .webView: .webView
        }
    }
}

/// Why an item is read. The agreement gives these two purposes and no other.
public enum Purpose: String, CaseIterable, Identifiable, Sendable {
    /// Providing the platform's feature.
    case feature
    /// Finding out why the feature does not work.
    case troubleshooting

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension Purpose {
    init(_ native: ScrupleBindings.Purpose) {
        switch native {
        case .feature: self = .feature
        case .troubleshooting: self = .troubleshooting
        }
    }

    var native: ScrupleBindings.Purpose {
        switch self {
        case .feature: .feature
        case .troubleshooting: .troubleshooting
        }
    }
}
