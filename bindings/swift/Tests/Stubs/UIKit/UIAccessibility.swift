import StubCalls

extension UIAccessibility {
    /// Follows `UIAccessibilityNotifications`.
    public struct Notification: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Follows `UIAccessibilityAnnouncementNotification`.
        public static let announcement: Notification = Notification(rawValue: 1008)
    }

    /// Tells a screen reader.
    ///
    /// Follows `UIAccessibilityPostNotification`.
    @MainActor public static func post(notification: Notification, argument: Any?) {
        Calls.note("UIAccessibility.post")
    }
}
