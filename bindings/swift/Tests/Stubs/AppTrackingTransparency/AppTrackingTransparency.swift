import Foundation
import StubCalls

/// Follows `ATTrackingManager`.
open class ATTrackingManager: NSObject {
    /// Follows `ATTrackingManagerAuthorizationStatus`.
    public enum AuthorizationStatus: UInt, Sendable {
        case notDetermined = 0
        case restricted = 1
        case denied = 2
        case authorized = 3
    }

    /// Follows `+[ATTrackingManager trackingAuthorizationStatus]`.
    public class var trackingAuthorizationStatus: AuthorizationStatus {
        Calls.note("ATTrackingManager.trackingAuthorizationStatus")
        return trackingAuthorization.value
    }

    /// Follows `+[ATTrackingManager requestTrackingAuthorizationWithCompletionHandler:]`.
    public class func requestTrackingAuthorization(
        completionHandler: @escaping @Sendable (AuthorizationStatus) -> Void
    ) {
        Calls.note("ATTrackingManager.requestTrackingAuthorization")
        completionHandler(trackingAuthorization.value)
    }
}
