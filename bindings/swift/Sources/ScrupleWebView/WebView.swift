import Dispatch
import Scruple
import WebKit

extension Source {
    /// Reads ``Item/webViewUserAgent``, the user agent that the app's web views send, unless one sets its own.
    ///
    /// It needs no permission. A web view says it on the main thread: it is made for the question, without anything to keep,
    /// and let go after the answer. While the main thread is blocked there is none.
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
