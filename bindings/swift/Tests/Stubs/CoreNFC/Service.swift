import StubCalls

/// Whether the device can read tags.
public let readingAvailable = Script(true)
