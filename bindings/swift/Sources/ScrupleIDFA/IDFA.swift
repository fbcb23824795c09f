import AdSupport
import AppTrackingTransparency
import Foundation
import Scruple

extension Source {
    /// Reads ``Item/identifierIdfa``, Apple's identifier for advertisers.
    ///
    /// It never prompts the person: the host calls `ATTrackingManager.requestTrackingAuthorization` before it collects.
    /// Before that call the item is ``Withheld/notDetermined``, and after a refusal it is ``Withheld/denied``. In both
    /// cases the source does not look at the identifier.
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
