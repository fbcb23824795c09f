import Foundation
import StubCalls

/// What the person said.
public let trackingAuthorization = Script(ATTrackingManager.AuthorizationStatus.notDetermined)

open class ATTrackingManager: NSObject {
    public enum AuthorizationStatus: UInt, Sendable {
        case notDetermined = 0
        case restricted = 1
        case denied = 2
        case authorized = 3
    }

    public class var trackingAuthorizationStatus: AuthorizationStatus {
        Calls.note("ATTrackingManager.trackingAuthorizationStatus")
        return trackingAuthorization.value
    }

    public class func requestTrackingAuthorization(
        completionHandler: @escaping @Sendable (AuthorizationStatus) -> Void
    ) {
        Calls.note("ATTrackingManager.requestTrackingAuthorization")
        completionHandler(trackingAuthorization.value)
    }
}
