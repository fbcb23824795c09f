#if canImport(ObjectiveC)
    import Foundation

    /// ``Item`` for hosts in Objective-C, which know it as `SCRItem`.
    @objc(SCRItem)
    public enum ObjectiveCItem: Int, CaseIterable, Sendable {
        /// ``Item/applicationProfilePicture``
        case applicationProfilePicture
        /// ``Item/applicationCreatorId``
        case applicationCreatorId
        /// ``Item/applicationName``
        case applicationName
        /// ``Item/applicationId``
        case applicationId
        /// ``Item/applicationPackageName``
        case applicationPackageName
        /// ``Item/miniProgramName``
        case miniProgramName
        /// ``Item/miniProgramId``
        case miniProgramId
        /// ``Item/miniProgramClassificationTag``
        case miniProgramClassificationTag
        /// ``Item/miniProgramIntroduction``
        case miniProgramIntroduction
        /// ``Item/miniProgramDescription``
        case miniProgramDescription
        /// ``Item/miniProgramVersionNumber``
        case miniProgramVersionNumber
        /// ``Item/miniProgramVersionDescription``
        case miniProgramVersionDescription
        /// ``Item/miniProgramCodePackage``
        case miniProgramCodePackage
        /// ``Item/miniProgramCodePackageAddress``
        case miniProgramCodePackageAddress
        /// ``Item/miniProgramDomainName``
        case miniProgramDomainName
        /// ``Item/networkPermissionConfiguration``
        case networkPermissionConfiguration
        /// ``Item/networkDomainConfiguration``
        case networkDomainConfiguration
        /// ``Item/deviceStorageCapacity``
        case deviceStorageCapacity
        /// ``Item/deviceMccMnc``
        case deviceMccMnc
        /// ``Item/deviceModel``
        case deviceModel
        /// ``Item/deviceSystemVersion``
        case deviceSystemVersion
        /// ``Item/deviceFirmwareVersion``
        case deviceFirmwareVersion
        /// ``Item/deviceResolution``
        case deviceResolution
        /// ``Item/deviceCpu``
        case deviceCpu
        /// ``Item/deviceBrand``
        case deviceBrand
        /// ``Item/deviceIncrementalVersion``
        case deviceIncrementalVersion
        /// ``Item/deviceManufacturer``
        case deviceManufacturer
        /// ``Item/deviceName``
        case deviceName
        /// ``Item/devicePlatform``
        case devicePlatform
        /// ``Item/deviceOperator``
        case deviceOperator
        /// ``Item/identifierIdfa``
        case identifierIdfa
        /// ``Item/clipboardContent``
        case clipboardContent
        /// ``Item/clipboardTroubleshooting``
        case clipboardTroubleshooting
        /// ``Item/locationFuzzy``
        case locationFuzzy
        /// ``Item/locationPrecise``
        case locationPrecise
        /// ``Item/bluetoothInformation``
        case bluetoothInformation
        /// ``Item/bluetoothTroubleshooting``
        case bluetoothTroubleshooting
        /// ``Item/nfcInformation``
        case nfcInformation
        /// ``Item/processListProcesses``
        case processListProcesses
        /// ``Item/webViewUserAgent``
        case webViewUserAgent

        init(_ item: Item) {
            switch item {
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

        var swift: Item {
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

    /// The items that a host collects, for hosts in Objective-C, which know it as `SCRItems`. It belongs to one thread.
    @objc(SCRItems)
    public final class ObjectiveCItems: NSObject {
        private(set) var all: Set<Item> = []

        /// No items yet.
        @objc public override init() {}

        /// Adds an item.
        @objc public func add(_ item: ObjectiveCItem) {
            all.insert(item.swift)
        }
    }
#endif
