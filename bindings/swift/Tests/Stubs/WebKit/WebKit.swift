@_exported import Foundation
import StubCalls

/// What a web view tells when it has evaluated an expression.
public typealias Completion = @MainActor @Sendable (Any?, (any Error)?) -> Void

/// What a web view does when it is asked for the value of an expression.
public typealias Evaluation = @MainActor @Sendable (String, @escaping Completion) -> Void

/// What it does now: by default it answers in the main thread's next turn, as the system does.
public let evaluation = Script<Evaluation> { _, answer in
    DispatchQueue.main.async { answer("Mozilla/5.0 (iPhone)", nil) }
}

/// The web views that are held.
public let webViews = Alive<WKWebView>()

@MainActor public final class WKWebsiteDataStore {
    public let isPersistent: Bool

    private init(isPersistent: Bool) {
        self.isPersistent = isPersistent
    }

    public class func nonPersistent() -> WKWebsiteDataStore { WKWebsiteDataStore(isPersistent: false) }

    public class func `default`() -> WKWebsiteDataStore { WKWebsiteDataStore(isPersistent: true) }
}

@MainActor public final class WKWebViewConfiguration {
    public var websiteDataStore = WKWebsiteDataStore.default()

    public init() {}
}

@MainActor open class WKWebView {
    private let isPersistent: Bool

    public init(frame: CGRect, configuration: WKWebViewConfiguration) {
        isPersistent = configuration.websiteDataStore.isPersistent
        Calls.note("WKWebView.init")
        webViews.add(self)
    }

    public func evaluateJavaScript(
        _ javaScriptString: String,
        completionHandler: (@MainActor @Sendable (Any?, (any Error)?) -> Void)? = nil
    ) {
        Calls.note("WKWebView.evaluateJavaScript")
        if isPersistent {
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
