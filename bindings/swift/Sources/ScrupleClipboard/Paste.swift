import Foundation
import Scruple

/// A text that a person pasted by a control of the system (`PasteButton`, `UIPasteControl`), for which iOS shows no
/// prompt.
///
/// It holds the text until it is collected, replaced or forgotten. It gives the text to the gate like the clipboard's
/// own:
///
/// ```swift
/// let pasted = PastedText()
/// let session = try await Session.open(policy: .bundled("scruple"), sources: [.pasted(pasted)])
/// // In PasteButton's action
/// pasted.paste(text)
/// let snapshot = try await session.collect(for: .feature, items: [.clipboardContent])
/// ```
public final class PastedText: Sendable {
    private let text = Guarded<String?>(nil)

    /// Nothing pasted yet.
    public init() {}

    /// Takes over a pasted text, in place of an earlier one.
    public func paste(_ text: String) {
        self.text.withLock { $0 = text }
    }

    /// The text, which is let go with it.
    fileprivate func take() -> String? {
        text.withLock { text in
            defer { text = nil }
            return text
        }
    }

    fileprivate var isThere: Bool { text.withLock { $0 != nil } }
}

extension PastedText: Redacted {}

extension Source {
    /// Reads ``Item/clipboardContent`` and ``Item/clipboardTroubleshooting`` from the text that the person pasted,
    /// never from the clipboard. A host uses it in place of ``clipboard``.
    public static func pasted(_ text: PastedText) -> Source { .clipboard(PasteReader(pasted: text)) }
}

/// Gives what was pasted, once.
struct PasteReader: ClipboardSource {
    let pasted: PastedText

    func permission() -> SystemPermission { .granted }

    func read(deadlineMs: UInt64) throws -> ClipboardText {
        guard let text = pasted.take() else { throw SourceError.notReady }
        return ClipboardText(text: text, sensitive: false)
    }

    func diagnose(deadlineMs: UInt64) -> ClipboardDiagnosis {
        let isThere = pasted.isThere
        return ClipboardDiagnosis(
            hasContent: isThere,
            types: isThere ? ["public.utf8-plain-text"] : [],
            itemCount: isThere ? 1 : 0,
            obstacle: nil
        )
    }

    func forget() {
        _ = pasted.take()
    }
}
