@_exported import Foundation
import StubCalls

/// Follows `WKWebsiteDataStore`.
@MainActor open class WKWebsiteDataStore: NSObject {
    let isKept: Bool

    private init(isKept: Bool) {
        self.isKept = isKept
    }

    /// Follows `+[WKWebsiteDataStore nonPersistentDataStore]`.
    public class func nonPersistent() -> WKWebsiteDataStore { WKWebsiteDataStore(isKept: false) }

    /// Follows `+[WKWebsiteDataStore defaultDataStore]`.
    public class func `default`() -> WKWebsiteDataStore { WKWebsiteDataStore(isKept: true) }
}

/// Follows `WKWebViewConfiguration`.
@MainActor open class WKWebViewConfiguration: NSObject {
    /// Follows `-[WKWebViewConfiguration websiteDataStore]`.
    public var websiteDataStore: WKWebsiteDataStore = .default()
}

/// Follows `WKWebView`.
@MainActor open class WKWebView: NSObject {
    private let isKept: Bool

    /// Follows `-[WKWebView initWithFrame:configuration:]`.
    public init(frame: CGRect, configuration: WKWebViewConfiguration) {
        isKept = configuration.websiteDataStore.isKept
        super.init()
        Calls.note("WKWebView.init")
        webViews.add(self)
    }

    /// Follows `-[WKWebView evaluateJavaScript:completionHandler:]`.
    public func evaluateJavaScript(
        _ javaScriptString: String,
        completionHandler: (@MainActor @Sendable (Any?, (any Error)?) -> Void)? = nil
    ) {
        Calls.note("WKWebView.evaluateJavaScript")
        if isKept {
            Calls.note("WKWebView keeps what it loads")
        }
        // A web view that nobody holds answers nothing.
        evaluation.value(javaScriptString) { [weak self] value, error in
            if self != nil {
                completionHandler?(value, error)
            }
        }
    }
}
