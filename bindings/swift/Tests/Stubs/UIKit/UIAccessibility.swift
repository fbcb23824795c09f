import StubCalls

public enum UIAccessibility {
    public struct Notification: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let announcement = Notification(rawValue: 1008)
    }

    /// Tells a screen reader.
    @MainActor public static func post(notification: Notification, argument: Any?) {
        Calls.note("UIAccessibility.post")
    }
}
