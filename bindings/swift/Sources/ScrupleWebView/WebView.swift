import Dispatch
import Scruple
import WebKit

extension Source {
    /// Reads ``Item/webViewUserAgent``, the user agent that the app's web views send. A web view may set another of its
    /// own.
    ///
    /// It needs no permission. It makes a web view on the main thread for the question, which stores nothing, and lets
    /// it go after the answer. While the main thread is blocked, there is no answer.
    public static var webView: Source { .webView(WebViewReader()) }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/webView``
        @objc public static var webView: ObjectiveCSource { ObjectiveCSource(.webView) }
    }
#endif

/// Asks a web view of its own.
struct WebViewReader: WebViewSource {
    func permission() -> SystemPermission { .granted }

    func read(deadlineMs: UInt64) throws -> String {
        let answer = Answer<String>(deadlineMs: deadlineMs)
        let page = Page()
        defer {
            DispatchQueue.main.async { page.close() }
        }
        try onMain(deadlineMs: deadlineMs) { page.ask(answer) }
        return try answer.wait()
    }
}

/// A web view while it is asked: it answers only as long as somebody holds it.
@MainActor private final class Page {
    private var view: WKWebView?

    nonisolated init() {}

    func ask(_ answer: Answer<String>) {
        let configuration = WKWebViewConfiguration()
        configuration.websiteDataStore = .nonPersistent()
        let view = WKWebView(frame: .zero, configuration: configuration)
        view.evaluateJavaScript("navigator.userAgent") { value, _ in
            answer.give((value as? String).map(Result.success) ?? .failure(SourceError.failed))
        }
        self.view = view
    }

    func close() {
        view = nil
    }
}
