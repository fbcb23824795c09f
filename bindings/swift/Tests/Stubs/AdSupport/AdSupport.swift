import Foundation
import StubCalls

/// What the system has for an identifier.
public let advertisingIdentifier = Script(UUID())

open class ASIdentifierManager: NSObject {
    private static let manager = Script(ASIdentifierManager())

    public class func shared() -> ASIdentifierManager {
        Calls.note("ASIdentifierManager.shared")
        return manager.value
    }

    public var advertisingIdentifier: UUID {
        Calls.note("ASIdentifierManager.advertisingIdentifier")
        return AdSupport.advertisingIdentifier.value
    }
}

extension ASIdentifierManager: @unchecked Sendable {}
