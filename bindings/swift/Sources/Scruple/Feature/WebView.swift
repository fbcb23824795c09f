internal import ScrupleBindings

/// Reads the web view's user agent.
package protocol WebViewSource: Sendable {
    /// Whether a web view may be asked. Never prompts.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// The user agent.
    ///
    /// - Throws: ``SourceError``, if there is none.
    func read(deadlineMs: UInt64) throws -> String
}

extension Source {
    /// Reads `web_view.user_agent`.
    package static func webView(_ reader: any WebViewSource) -> Source {
        Source { .webView(WebViewReader(reader: reader)) }
    }
}

/// The reader as the core calls it.
private final class WebViewReader: ScrupleBindings.WebViewSource {
    private let reader: any WebViewSource

    init(reader: any WebViewSource) {
        self.reader = reader
    }

    func permission() throws -> ScrupleBindings.SystemPermission {
        try reading { try reader.permission().native }
    }

    func read(deadlineMs: UInt64) throws -> String {
        try reading { try reader.read(deadlineMs: deadlineMs) }
    }
}
