@_exported import Foundation
import StubCalls

/// Follows `UIPasteboard`.
open class UIPasteboard: NSObject {
    nonisolated(unsafe) private static let only = UIPasteboard()

    /// Follows `+[UIPasteboard generalPasteboard]`.
    public class var general: UIPasteboard {
        Calls.note("UIPasteboard.general")
        return only
    }

    /// Follows `-[UIPasteboard hasStrings]`.
    public var hasStrings: Bool {
        Calls.note("UIPasteboard.hasStrings")
        return pasteboard.value.hasStrings
    }

    /// From iOS 16 the person is asked here, and the caller waits.
    ///
    /// Follows `-[UIPasteboard string]`.
    public var string: String? {
        Calls.note("UIPasteboard.string")
        return pasteboard.value.string()
    }

    /// Follows `-[UIPasteboard pasteboardTypes]`.
    public var types: [String] {
        Calls.note("UIPasteboard.types")
        return pasteboard.value.types
    }

    /// Follows `-[UIPasteboard pasteboardTypesForItemSet:]`.
    public func types(forItemSet itemSet: IndexSet?) -> [[String]]? {
        Calls.note("UIPasteboard.types(forItemSet:)")
        return [pasteboard.value.types] + pasteboard.value.otherTypes
    }

    /// Follows `-[UIPasteboard numberOfItems]`.
    public var numberOfItems: Int {
        Calls.note("UIPasteboard.numberOfItems")
        return pasteboard.value.numberOfItems
    }
}
