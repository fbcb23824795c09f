internal import ScrupleBindings

/// What the system says about the clipboard, without the content.
public struct ClipboardDiagnosis: Hashable, Sendable {
    /// Whether there is content.
    public var hasContent: Bool
    /// The content's media types or type identifiers, at most 16.
    public var types: [String]
    /// How many entries the content has.
    public var itemCount: UInt32
    /// Why the content cannot be read, if it cannot.
    public var obstacle: ClipboardObstacle?

    /// Puts one together from its parts.
    public init(
        hasContent: Bool,
        types: [String] = [],
        itemCount: UInt32,
        obstacle: ClipboardObstacle? = nil
    ) {
        self.hasContent = hasContent
        self.types = types
        self.itemCount = itemCount
        self.obstacle = obstacle
    }
}

extension ClipboardDiagnosis: Redacted {
    init(_ native: ScrupleBindings.ClipboardDiagnosis) {
        self.init(
            hasContent: native.hasContent,
            types: native.types,
            itemCount: native.itemCount,
            obstacle: native.obstacle.map(ClipboardObstacle.init)
        )
    }

    var native: ScrupleBindings.ClipboardDiagnosis {
        ScrupleBindings.ClipboardDiagnosis(
            hasContent: hasContent,
            types: types,
            itemCount: itemCount,
            obstacle: obstacle?.native
        )
    }
}

/// Why the clipboard's content cannot be read.
public enum ClipboardObstacle: String, CaseIterable, Identifiable, Sendable {
    /// The app is not in the foreground.
    case notFocused = "not_focused"
    /// The person or the system refused.
    case refused
    /// The content is not text.
    case notText = "not_text"

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension ClipboardObstacle {
    init(_ native: ScrupleBindings.ClipboardObstacle) {
        switch native {
        case .notFocused: self = .notFocused
        case .refused: self = .refused
        case .notText: self = .notText
        }
    }

    var native: ScrupleBindings.ClipboardObstacle {
        switch self {
        case .notFocused: .notFocused
        case .refused: .refused
        case .notText: .notText
        }
    }
}

/// A clipboard source's answer. The core keeps only the text, and only if it is not sensitive.
package struct ClipboardText: Hashable, Sendable {
    /// The text, if the content is text.
    package var text: String?
    /// Whether the system, or the app that put it there, marked it as sensitive.
    package var sensitive: Bool

    /// Puts one together from its parts.
    package init(text: String? = nil, sensitive: Bool) {
        self.text = text
        self.sensitive = sensitive
    }
}

extension ClipboardText: Redacted {
    var native: ScrupleBindings.ClipboardText {
        ScrupleBindings.ClipboardText(
            text: text,
            sensitive: sensitive
        )
    }
}

/// Reads the clipboard.
package protocol ClipboardSource: Sendable {
    /// Whether the app may read the content. It never prompts the person.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// The content. The system may show the person a notice or a prompt, so the core calls it for `clipboard.content`
    /// only.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func read(deadlineMs: UInt64) throws -> ClipboardText

    /// What the system says about the clipboard, without the content.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func diagnose(deadlineMs: UInt64) throws -> ClipboardDiagnosis

    /// Forgets what it remembers beside its answers.
    func forget()
}

extension ClipboardSource {
    /// It remembers nothing.
    package func forget() {}
}

extension Source {
    /// Reads `clipboard.content` and `clipboard.troubleshooting`.
    package static func clipboard(_ reader: any ClipboardSource) -> Source {
        Source(native: { .clipboard(ClipboardReader(reader: reader)) }, forget: { reader.forget() })
    }
}

/// The reader as the core calls it.
private final class ClipboardReader: ScrupleBindings.ClipboardSource {
    private let reader: any ClipboardSource

    init(reader: any ClipboardSource) {
        self.reader = reader
    }

    func permission() throws -> ScrupleBindings.SystemPermission {
        try reading { try reader.permission().native }
    }

    func read(deadlineMs: UInt64) throws -> ScrupleBindings.ClipboardText {
        try reading { try reader.read(deadlineMs: deadlineMs).native }
    }

    func diagnose(deadlineMs: UInt64) throws -> ScrupleBindings.ClipboardDiagnosis {
        try reading { try reader.diagnose(deadlineMs: deadlineMs).native }
    }
}
