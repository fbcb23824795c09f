#if canImport(UIKit)
    import Scruple
    import UIKit

    extension Source {
        /// Reads ``Item/clipboardContent`` and, without the content, ``Item/clipboardTroubleshooting``.
        ///
        /// iOS says without a prompt whether there is text and of which types. The source reads the text only if there
        /// is one, only if no type marks it as a secret, and only for the first of the two items. iOS 15 tells the
        /// person of that read. From iOS 16 the system asks the person first, unless the text is the app's own. An
        /// answer after the deadline is too late, so a host gives the category a generous
        /// ``CategoryPolicy/deadlineMs``.
        public static var clipboard: Source { .clipboard(ClipboardReader()) }
    }

    #if canImport(ObjectiveC)
        extension ObjectiveCSource {
            /// ``Source/clipboard``
            @objc public static var clipboard: ObjectiveCSource { ObjectiveCSource(.clipboard) }
        }
    #endif

    /// What the types begin with by which password managers mark a secret, in lower case: the convention of
    /// nspasteboard.org, and older ones of single apps.
    private let concealing = ["org.nspasteboard.concealedtype", "com.agilebits.onepassword", "net.antelle.keeweb"]

    /// Asks what there is before it asks for the text. It never runs on the main thread, which would stand still for as
    /// long as the person is asked.
    struct ClipboardReader: ClipboardSource {
        /// What the person answers to the system's prompt is known from the read alone.
        func permission() -> SystemPermission { .granted }

        func read(deadlineMs: UInt64) throws -> ClipboardText {
            let pasteboard = UIPasteboard.general
            guard pasteboard.hasStrings else { return ClipboardText(sensitive: false) }
            guard !isConcealed(pasteboard) else { return ClipboardText(sensitive: true) }
            guard let text = pasteboard.string else { throw SourceError.notPermitted }
            // Another app may have put another content there while the person was asked.
            return isConcealed(pasteboard)
                ? ClipboardText(sensitive: true) : ClipboardText(text: text, sensitive: false)
        }

        /// Whether an item has a type by which password managers mark a secret. The types are told without a prompt.
        private func isConcealed(_ pasteboard: UIPasteboard) -> Bool {
            let types = (pasteboard.types(forItemSet: nil) ?? [pasteboard.types]).joined()
            return types.contains { type in concealing.contains { type.lowercased().hasPrefix($0) } }
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
#endif
