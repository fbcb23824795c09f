#if canImport(ObjectiveC)
    import Foundation

    /// ``ConsentUpdate`` for hosts in Objective-C, which know it as `SCRConsent`. It belongs to one thread.
    @objc(SCRConsent)
    public final class ObjectiveCConsent: NSObject {
        private(set) var update = ConsentUpdate()

        /// An update that changes nothing.
        @objc public override init() {}

        /// States the end user's age.
        @objc public func stateAge(_ age: ObjectiveCAge) {
            update.age = age.swift
        }

        /// Agrees to a category, for both purposes.
        @objc public func grant(_ category: ObjectiveCCategory) {
            update.grant(category.swift)
        }

        /// Agrees to a category for one purpose.
        @objc public func grant(_ category: ObjectiveCCategory, for purpose: ObjectiveCPurpose) {
            update.grant(category.swift, for: purpose.swift)
        }

        /// Revokes a category, for both purposes.
        @objc public func revoke(_ category: ObjectiveCCategory) {
            update.revoke(category.swift)
        }

        /// Revokes a category for one purpose.
        @objc public func revoke(_ category: ObjectiveCCategory, for purpose: ObjectiveCPurpose) {
            update.revoke(category.swift, for: purpose.swift)
        }
    }

    /// ``Purpose`` for hosts in Objective-C, which know it as `SCRPurpose`.
    @objc(SCRPurpose)
    public enum ObjectiveCPurpose: Int, Sendable {
        /// ``Purpose/feature``
        case feature
        /// ``Purpose/troubleshooting``
        case troubleshooting

        init(_ purpose: Purpose) {
            switch purpose {
            case .feature: self = .feature
            case .troubleshooting: self = .troubleshooting
            }
        }

        var swift: Purpose {
            switch self {
            case .feature: .feature
            case .troubleshooting: .troubleshooting
            }
        }
    }

    /// ``Age`` for hosts in Objective-C, which know it as `SCRAge`.
    @objc(SCRAge)
    public enum ObjectiveCAge: Int, Sendable {
        /// ``Age/unknown``
        case unknown
        /// ``Age/belowMinimum``
        case belowMinimum
        /// ``Age/atLeastMinimum``
        case atLeastMinimum

        var swift: Age {
            switch self {
            case .unknown: .unknown
            case .belowMinimum: .belowMinimum
            case .atLeastMinimum: .atLeastMinimum
            }
        }
    }

    /// ``Category`` for hosts in Objective-C, which know it as `SCRCategory`.
    @objc(SCRCategory)
    public enum ObjectiveCCategory: Int, Sendable {
        /// ``Category/application``
        case application
        /// ``Category/networkConfiguration``
        case networkConfiguration
        /// ``Category/device``
        case device
        /// ``Category/identifier``
        case identifier
        /// ``Category/clipboard``
        case clipboard
        /// ``Category/location``
        case location
        /// ``Category/bluetooth``
        case bluetooth
        /// ``Category/nfc``
        case nfc
        /// ``Category/processList``
        case processList
        /// ``Category/webView``
        case webView

        var swift: Category {
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
#endif
