import AdSupport
import AppTrackingTransparency
import Foundation
import Scruple

extension Source {
    /// Reads ``Item/identifierIdfa``, Apple's identifier for advertisers.
    ///
    /// It asks nobody for anything: the host calls `ATTrackingManager.requestTrackingAuthorization` before it collects.
    /// Before that the item is ``Withheld/notDetermined``, after a refusal ``Withheld/denied``, and the identifier is not
    /// looked at.
    public static var idfa: Source { .idfa(IDFAReader()) }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/idfa``
        @objc public static var idfa: ObjectiveCSource { ObjectiveCSource(.idfa) }
    }
#endif

/// Asks the system's tracking authorisation, and only with it for the identifier.
struct IDFAReader: IdfaSource {
    func permission() -> SystemPermission {
        switch ATTrackingManager.trackingAuthorizationStatus {
        case .authorized: .granted
        case .notDetermined: .notDetermined
        case .restricted: .restricted
        default: .denied
        }
    }

    func read(deadlineMs: UInt64) throws -> String {
        // Taken back since the gate asked.
        guard permission() == .granted else { throw SourceError.notPermitted }
        return ASIdentifierManager.shared().advertisingIdentifier.uuidString
    }
}
