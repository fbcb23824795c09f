import Foundation
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
