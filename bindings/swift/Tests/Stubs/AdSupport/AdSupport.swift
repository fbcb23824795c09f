import Foundation
import StubCalls

/// Follows `ASIdentifierManager`.
open class ASIdentifierManager: NSObject {
    nonisolated(unsafe) private static let manager = ASIdentifierManager()

    /// Follows `+[ASIdentifierManager sharedManager]`.
    public class func shared() -> ASIdentifierManager {
        Calls.note("ASIdentifierManager.shared")
        return manager
    }

    /// Follows `-[ASIdentifierManager advertisingIdentifier]`.
    public var advertisingIdentifier: UUID {
        Calls.note("ASIdentifierManager.advertisingIdentifier")
        return AdSupport.advertisingIdentifier.value
    }
}
