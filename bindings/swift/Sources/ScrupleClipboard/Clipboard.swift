import Scruple
import UIKit

extension Source {
    /// Reads ``Item/clipboardContent`` and, without the content, ``Item/clipboardTroubleshooting``.
    ///
    /// iOS tells without a prompt whether there is text. Only then, and only for the first of the two items, the text is read:
    /// iOS 15 tells the person so, and from iOS 16 the system asks first, unless the text is the app's own. What the person
    /// answers after the deadline is too late, so a host gives the category a generous ``CategoryPolicy/deadlineMs``.
    public static var clipboard: Source { .clipboard(ClipboardReader()) }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/clipboard``
        @objc public static var clipboard: ObjectiveCSource { ObjectiveCSource(.clipboard) }
    }
#endif

/// Asks what there is before it asks for the text. It never runs on the main thread, which would stand still for as long as
/// the person is asked.
struct ClipboardReader: ClipboardSource {
    /// What the person answers to the system's prompt is known from the read alone.
    func permission() -> SystemPermission { .granted }

    func read(deadlineMs: UInt64) throws -> ClipboardText {
        let pasteboard = UIPasteboard.general
        guard pasteboard.hasStrings else { return ClipboardText(sensitive: false) }
        guard let text = pasteboard.string else { throw SourceError.notPermitted }
        return ClipboardText(text: text, sensitive: false)
    }

    func diagnose(deadlineMs: UInt64) -> ClipboardDiagnosis {
        let pasteboard = UIPasteboard.general
        let items = pasteboard.numberOfItems
        return ClipboardDiagnosis(
            hasContent: items > 0,
            types: pasteboard.types,
            itemCount: UInt32(clamping: items),
            obstacle: items > 0 && !pasteboard.hasStrings ? .notText : nil
        )
    }
}
