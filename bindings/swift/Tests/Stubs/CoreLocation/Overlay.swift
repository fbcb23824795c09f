/// What Swift makes of an `NSError` of this framework.
public struct CLError: Error {
    /// Follows `CLError`.
    public enum Code: Int, Sendable {
        case locationUnknown = 0
        case denied = 1
        case network = 2
    }

    public let code: Code

    public init(_ code: Code) {
        self.code = code
    }
}
