@_exported import Foundation
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

public final class UIPasteboard: NSObject, Sendable {
    private static let only = UIPasteboard()

    public class var general: UIPasteboard {
        Calls.note("UIPasteboard.general")
        return only
    }

    public var hasStrings: Bool {
        Calls.note("UIPasteboard.hasStrings")
        return pasteboard.value.hasStrings
    }

    /// From iOS 16 the person is asked here, and the caller waits.
    public var string: String? {
        Calls.note("UIPasteboard.string")
        return pasteboard.value.string()
    }

    public var types: [String] {
        Calls.note("UIPasteboard.types")
        return pasteboard.value.types
    }

    public func types(forItemSet itemSet: IndexSet?) -> [[String]]? {
        Calls.note("UIPasteboard.types(forItemSet:)")
        return [pasteboard.value.types] + pasteboard.value.otherTypes
    }

    public var numberOfItems: Int {
        Calls.note("UIPasteboard.numberOfItems")
        return pasteboard.value.numberOfItems
    }
}
