import Foundation
import StubCalls

/// What the system has for an identifier.
public let advertisingIdentifier = Script(UUID())
