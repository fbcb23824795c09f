#if canImport(ObjectiveC)
    import Foundation

    /// ``Missing`` with its item, for hosts in Objective-C, which know it as `SCRMissing`.
    @objc(SCRMissing)
    public final class ObjectiveCMissing: NSObject, Sendable {
        /// The item that the host asked for and that has no value.
        @objc public let item: ObjectiveCItem
        /// The layer that withholds it, or `SCRLayerNone` where every layer permitted it but the platform gave no
        /// value.
        @objc public let layer: ObjectiveCLayer
        /// The reason.
        @objc public let reason: ObjectiveCReason
        /// The reason's stable name, the same in JSON and in every language.
        @objc public let name: String
        /// Seconds until it may be read again, or 0 unless the reason is that it was read too soon.
        @objc public let remaining: TimeInterval

        init(_ item: Item, _ missing: Missing) {
            self.item = ObjectiveCItem(item)
            name = missing.id
            switch missing {
            case .withheld(let withheld):
                layer = ObjectiveCLayer(withheld.layer)
                reason = ObjectiveCReason(withheld)
                remaining = withheld.remaining ?? 0
            case .unavailable(let unavailable):
                (layer, reason, remaining) = (.none, ObjectiveCReason(unavailable), 0)
            }
        }
    }

    /// ``Layer`` for hosts in Objective-C, which know it as `SCRLayer`.
    @objc(SCRLayer)
    public enum ObjectiveCLayer: Int, Sendable {
        /// None: every layer permitted it.
        case none
        /// ``Layer/agreement``
        case agreement
        /// ``Layer/policy``
        case policy
        /// ``Layer/consent``
        case consent
        /// ``Layer/age``
        case age
        /// ``Layer/interval``
        case interval
        /// ``Layer/system``
        case system

        init(_ layer: Layer) {
            switch layer {
            case .agreement: self = .agreement
            case .policy: self = .policy
            case .consent: self = .consent
            case .age: self = .age
            case .interval: self = .interval
            case .system: self = .system
            }
        }
    }

    /// ``Withheld`` and ``Unavailable`` for hosts in Objective-C, which know them as `SCRReason`.
    @objc(SCRReason)
    public enum ObjectiveCReason: Int, CaseIterable, Sendable {
        /// ``Withheld/notForThisPurpose``
        case notForThisPurpose
        /// ``Withheld/sensitive``
        case sensitive
        /// ``Withheld/switchedOff``
        case switchedOff
        /// ``Withheld/purposeOff``
        case purposeOff
        /// ``Withheld/preciseWhileFuzzy``
        case preciseWhileFuzzy
        /// ``Withheld/notGranted``
        case notGranted
        /// ``Withheld/revoked``
        case revoked
        /// ``Withheld/ageUnknown``
        case ageUnknown
        /// ``Withheld/ageBelowMinimum``
        case ageBelowMinimum
        /// ``Withheld/tooSoon(remainingMs:)``
        case tooSoon
        /// ``Withheld/denied``
        case denied
        /// ``Withheld/restricted``
        case restricted
        /// ``Withheld/notDetermined``
        case notDetermined
        /// ``Unavailable/platformHasNone``
        case platformHasNone
        /// ``Unavailable/notSupplied``
        case notSupplied
        /// ``Unavailable/noSource``
        case noSource
        /// ``Unavailable/timedOut``
        case timedOut
        /// ``Unavailable/busy``
        case busy
        /// ``Unavailable/disabled``
        case disabled
        /// ``Unavailable/notReady``
        case notReady
        /// ``Unavailable/noTelephony``
        case noTelephony
        /// ``Unavailable/headless``
        case headless
        /// ``Unavailable/noDmi``
        case noDmi
        /// ``Unavailable/placeholder``
        case placeholder
        /// ``Unavailable/notStated``
        case notStated
        /// ``Unavailable/notPermitted``
        case notPermitted
        /// ``Unavailable/notRecorded``
        case notRecorded
        /// ``Unavailable/tooLong``
        case tooLong
        /// ``Unavailable/malformed``
        case malformed
        /// ``Unavailable/readFailed``
        case readFailed

        init(_ withheld: Withheld) {
            switch withheld {
            case .notForThisPurpose: self = .notForThisPurpose
            case .sensitive: self = .sensitive
            case .switchedOff: self = .switchedOff
            case .purposeOff: self = .purposeOff
            case .preciseWhileFuzzy: self = .preciseWhileFuzzy
            case .notGranted: self = .notGranted
            case .revoked: self = .revoked
            case .ageUnknown: self = .ageUnknown
            case .ageBelowMinimum: self = .ageBelowMinimum
            case .tooSoon: self = .tooSoon
            case .denied: self = .denied
            case .restricted: self = .restricted
            case .notDetermined: self = .notDetermined
            }
        }

        init(_ unavailable: Unavailable) {
            switch unavailable {
            case .platformHasNone: self = .platformHasNone
            case .notSupplied: self = .notSupplied
            case .noSource: self = .noSource
            case .timedOut: self = .timedOut
            case .busy: self = .busy
            case .disabled: self = .disabled
            case .notReady: self = .notReady
            case .noTelephony: self = .noTelephony
            case .headless: self = .headless
            case .noDmi: self = .noDmi
            case .placeholder: self = .placeholder
            case .notStated: self = .notStated
            case .notPermitted: self = .notPermitted
            case .notRecorded: self = .notRecorded
            case .tooLong: self = .tooLong
            case .malformed: self = .malformed
            case .readFailed: self = .readFailed
            }
        }
    }
#endif
