import Foundation
import StubCalls

/// What is on the pasteboard, and what the person says when the system asks.
public struct Pasteboard: Sendable {
    /// What is told without a prompt.
    public var hasStrings = false
    public var types: [String] = []
    /// The types of the items after the first.
    public var otherTypes: [[String]] = []
    public var numberOfItems = 0
    /// What is told after the prompt, which may block for long.
    public var string: @Sendable () -> String? = { nil }

    public init() {}
}

/// What is on it now.
public let pasteboard = Script(Pasteboard())

/// What the device's display and its owner's name for it are.
public struct Hardware: Sendable {
    public var nativeBounds = CGRect(x: 0, y: 0, width: 1179, height: 2556)
    public var nativeScale: CGFloat = 3
    public var scale: CGFloat = 3
    public var name = "iPhone"

    public init() {}
}

/// What it is now.
public let hardware = Script(Hardware())
