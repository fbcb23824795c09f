import StubCalls

/// What the person said.
public let trackingAuthorization = Script(ATTrackingManager.AuthorizationStatus.notDetermined)
