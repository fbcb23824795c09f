import Foundation
import Scruple
import Testing

/// The core's tests, whose vectors and recorded machines are for every language.
let coreTests = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../core/tests").standardized

extension Policy {
    /// Every category on, without intervals.
    static func everything(deadlineMs: UInt64 = 10_000, retentionMs: UInt64 = 60_000) -> Policy {
        let on = CategoryPolicy(enabled: true, minimumIntervalMs: 0, deadlineMs: deadlineMs)
        let categories = Category.allCases.map { ($0, on) }
        return Policy(retentionMs: retentionMs, categories: Dictionary(uniqueKeysWithValues: categories))
    }
}

extension SessionProtocol {
    /// Agrees to everything.
    func agree() throws {
        var update = ConsentUpdate()
        update.age = .atLeastMinimum
        for category in Category.allCases {
            update.grant(category)
        }
        try updateConsent(update)
    }
}

/// A session to which everything is agreed.
func agreedSession(_ policy: Policy = .everything(), sources: [Source] = []) async throws -> Session {
    let session = try await Session.open(policy: policy, sources: sources)
    try session.agree()
    return session
}

/// A web view that does what a test says.
struct WebView: WebViewSource {
    var permits: @Sendable () throws -> SystemPermission = { .granted }
    let read: @Sendable () throws -> String

    func permission() throws -> SystemPermission {
        try permits()
    }

    func read(deadlineMs: UInt64) throws -> String {
        try read()
    }
}

extension Source {
    static func webView(reading read: @escaping @Sendable () throws -> String) -> Source {
        .webView(WebView(read: read))
    }
}

extension Session {
    /// The user agent, or why there is none.
    func userAgent() async throws -> Result<String, Reason> {
        let snapshot = try await collect(for: .feature, items: [.webViewUserAgent])
        if let missing = try snapshot.missing[.webViewUserAgent] {
            return .failure(Reason(missing))
        }
        return .success(try #require(try snapshot.features.userAgent))
    }
}

/// `Missing` as an error, for `Result`.
struct Reason: Error, Equatable {
    let missing: Missing

    init(_ missing: Missing) {
        self.missing = missing
    }

    static func unavailable(_ reason: Unavailable) -> Reason {
        Reason(.unavailable(reason))
    }

    static func withheld(_ reason: Withheld) -> Reason {
        Reason(.withheld(reason))
    }
}

/// A gate that threads wait at until it is opened.
final class Turnstile: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func wait() {
        semaphore.wait()
        semaphore.signal()
    }

    func open() {
        semaphore.signal()
    }
}

/// Waits until it is so, for what happens on another thread.
func eventually(_ isSo: () async throws -> Bool, at location: SourceLocation = #_sourceLocation) async throws {
    for _ in 0..<2000 {
        if try await isSo() { return }
        try await Task.sleep(nanoseconds: 5_000_000)
    }
    Issue.record("it never came to be so", sourceLocation: location)
}

/// Blocks the main thread for as long as the body takes.
func whileMainIsBlocked<Value>(_ body: () async throws -> Value) async throws -> Value {
    let (blocked, gate) = (DispatchSemaphore(value: 0), Turnstile())
    DispatchQueue.main.async {
        blocked.signal()
        gate.wait()
    }
    while blocked.wait(timeout: .now()) == .timedOut {
        try await Task.sleep(nanoseconds: 1_000_000)
    }
    defer { gate.open() }
    return try await body()
}

/// What it answers once its reader has returned from an earlier call, and the main thread, which other tests need too, has
/// time.
func onceItIsFree<Value>(_ answer: () async throws -> Result<Value, Reason>) async throws -> Result<Value, Reason> {
    while true {
        switch try await answer() {
        case .failure(.unavailable(.busy)), .failure(.unavailable(.timedOut)):
            try await Task.sleep(nanoseconds: 5_000_000)
        case let other:
            return other
        }
    }
}
