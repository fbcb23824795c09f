internal import ScrupleBindings

/// Reads the web view's user agent.
package protocol WebViewSource: Sendable {
    /// Whether the app may ask a web view. It never prompts the person.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// The user agent.
    ///
    /// - Throws: ``SourceError``, if there is no value.
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
