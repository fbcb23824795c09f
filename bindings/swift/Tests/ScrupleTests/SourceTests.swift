import Dispatch
import Foundation
import Scruple
import Testing

/// What is thrown and must not be heard of again.
private struct Gossip: Error, CustomStringConvertible, LocalizedError {
    let description = "GOSSIP about a person"
    var errorDescription: String? { description }
}

/// Sources that throw, hang, lie, re-enter and wait for the main thread: the session stays usable, and says why.
@Suite(.timeLimit(.minutes(1))) struct SourceTests {
    @Test func aSourceIsRead() async throws {
        let session = try await agreedSession(sources: [.webView { "Agent/1.0" }])
        #expect(try await session.userAgent() == .success("Agent/1.0"))
        #expect(session.audit().map(\.item) == [.webViewUserAgent])
    }

    @Test(arguments: [
        (SourceError.unsupported, Unavailable.platformHasNone), (.disabled, .disabled), (.notReady, .notReady),
        (.notPermitted, .notPermitted), (.failed, .readFailed),
    ])
    func aKindThatIsThrownIsTheReason(error: SourceError, reason: Unavailable) async throws {
        let session = try await agreedSession(sources: [.webView { throw error }])
        #expect(try await session.userAgent() == .failure(.unavailable(reason)))
        let source = Source.webView(WebView(permits: { throw error }, read: { "read without an answer" }))
        let asking = try await agreedSession(sources: [source])
        #expect(try await asking.userAgent() == .failure(.unavailable(reason)))
    }

    @Test func whatElseIsThrownIsAFailureWithoutItsText() async throws {
        let session = try await agreedSession(sources: [.webView { throw Gossip() }])
        let snapshot = try await session.collect(for: .feature, items: [.webViewUserAgent])
        #expect(try snapshot.missing[.webViewUserAgent] == .unavailable(.readFailed))
        let everything = try
            "\(snapshot.toJson()) \(snapshot.missing) \(session.audit()) \(session.explainJson(for: .feature))"
        #expect(everything.contains("read_failed") && !everything.contains("GOSSIP"))
        let asking = try await agreedSession(
            sources: [.webView(WebView(permits: { throw Gossip() }, read: { "read without an answer" }))]
        )
        #expect(try await asking.userAgent() == .failure(.unavailable(.readFailed)))
    }

    @Test func aSourceThatHangsTimesOutAndIsBusyUntilItReturns() async throws {
        let gate = Turnstile()
        let session = try await agreedSession(
            .everything(deadlineMs: 50),
            sources: [
                .webView {
                    gate.wait()
                    return "late"
                }
            ]
        )
        let begun = Date()
        let late = try await session.collect(for: .feature, items: [.webViewUserAgent, .devicePlatform])
        #expect(Date().timeIntervalSince(begun) < 4, "it waited longer than the policy says")
        #expect(try late.missing[.webViewUserAgent] == .unavailable(.timedOut))
        #expect(try late.device.platform == "linux")
        #expect(try await session.userAgent() == .failure(.unavailable(.busy)))
        gate.open()
        while try await session.userAgent() == .failure(.unavailable(.busy)) {}
        #expect(try await session.userAgent() == .success("late"))
        #expect(try late.missing[.webViewUserAgent] == .unavailable(.timedOut), "what is late changes nothing")
    }

    @Test(arguments: [
        (SystemPermission.denied, Withheld.denied), (.restricted, .restricted), (.notDetermined, .notDetermined),
    ])
    func theSystemsNoIsNoRead(permission: SystemPermission, reason: Withheld) async throws {
        let source = Source.webView(WebView(permits: { permission }, read: { "read although the system refuses" }))
        let session = try await agreedSession(sources: [source])
        #expect(try await session.userAgent() == .failure(.withheld(reason)))
        #expect(session.audit().isEmpty)
    }

    @Test func nonsenseHasAReason() async throws {
        let nonsense: [(String, Unavailable)] = [
            ("", .notStated), (" \n ", .notStated), ("a\u{0}b", .malformed),
            (String(repeating: "x", count: 10 << 20), .tooLong),
        ]
        for (text, reason) in nonsense {
            let session = try await agreedSession(sources: [.webView { text }])
            #expect(try await session.userAgent() == .failure(.unavailable(reason)))
        }
        // Swift has no lone surrogates; whoever decodes some gets replacement characters, which are text.
        let replaced = String(decoding: [0x41, 0xd800, 0x42] as [UInt16], as: UTF16.self)
        let session = try await agreedSession(sources: [.webView { replaced }])
        #expect(try await session.userAgent() == .success("A\u{fffd}B"))
    }

    @Test(arguments: [
        (Double.nan, 0), (0, .nan), (.infinity, 0), (90.1, 0), (0, -180.1), (-.greatestFiniteMagnitude, 0),
    ])
    func noPlaceOnEarthIsMalformed(latitude: Double, longitude: Double) async throws {
        struct Place: LocationSource {
            let location: Coordinates
            func permission() -> SystemPermission { .granted }
            func read(deadlineMs: UInt64) -> Coordinates { location }
        }
        let place = Place(location: Coordinates(latitude: latitude, longitude: longitude))
        var policy = Policy.everything()
        policy.locationAccuracy = .precise
        let session = try await agreedSession(policy, sources: [.fuzzyLocation(place), .preciseLocation(place)])
        let snapshot = try await session.collect(for: .feature, items: [.locationFuzzy, .locationPrecise])
        let malformed = Missing.unavailable(.malformed)
        #expect(try snapshot.missing == [.locationFuzzy: malformed, .locationPrecise: malformed])
    }

    @Test func numbersAtTheirLimitsAndTooManyEntriesAreTaken() async throws {
        struct Crowd: BluetoothSource {
            func permission() -> SystemPermission { .granted }
            func forget() {}
            func read(deadlineMs: UInt64) -> BluetoothInformation {
                let device = BluetoothDevice(name: "00:11:22:33:44:55", rssi: .min, serviceUuids: ["x"])
                return BluetoothInformation(state: .on, nearby: Array(repeating: device, count: 1000), omitted: .max)
            }
            func diagnose(deadlineMs: UInt64) -> BluetoothDiagnosis {
                BluetoothDiagnosis(
                    state: .off,
                    permission: .denied,
                    scanErrors: Array(repeating: .min, count: 1000),
                    stateChanges: Array(repeating: .changing, count: 1000)
                )
            }
        }
        let session = try await agreedSession(sources: [.bluetooth(Crowd())])
        let snapshot = try await session.collect(for: .troubleshooting)
        let bluetooth = try #require(try snapshot.features.bluetooth)
        #expect(bluetooth.nearby?.count == 64 && bluetooth.omitted == 936)
        #expect(bluetooth.nearby?.first == BluetoothDevice(name: nil, rssi: .min, serviceUuids: []))
        #expect(try snapshot.features.bluetoothTroubleshooting?.scanErrors.count == 32)
    }

    @Test func aSourceMayCallTheSession() async throws {
        let held = Guarded<Session?>(nil)
        let session = try await agreedSession(sources: [
            .webView {
                guard let session = held.withLock({ $0 }) else { throw SourceError.failed }
                let again = blocking { try await session.userAgent() }
                guard try again.get() == .failure(.unavailable(.busy)) else { throw SourceError.failed }
                try session.updateConsent { $0.revoke(.device) }
                _ = try session.explain(for: .feature)
                _ = session.audit()
                return "back"
            }
        ])
        held.withLock { $0 = session }
        let snapshot = try await session.collect(for: .feature, items: [.webViewUserAgent, .devicePlatform])
        #expect(try snapshot.features.userAgent == "back")
        #expect(try snapshot.missing[.devicePlatform] == .withheld(.revoked))
        held.withLock { $0 = nil }
    }

    @Test func aSourceMayCloseTheSession() async throws {
        let held = Guarded<Session?>(nil)
        let session = try await agreedSession(sources: [
            .webView {
                held.withLock { $0 }?.close()
                return "closed"
            }
        ])
        held.withLock { $0 = session }
        await #expect(throws: ScrupleError.closed) { try await session.collect(for: .feature) }
        held.withLock { $0 = nil }
    }

    @Test func eightTasksAtOnceGetAValueOrBusy() async throws {
        let session = try await agreedSession(sources: [.webView { "one" }])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        let answer = try await session.userAgent()
                        #expect(answer == .success("one") || answer == .failure(.unavailable(.busy)))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await session.userAgent() == .success("one"))
    }

    @Test func aBlockedMainThreadIsNoDeadlock() async throws {
        let session = try await agreedSession(
            .everything(deadlineMs: 300),
            sources: [
                .webView { DispatchQueue.main.sync { "from main" } }
            ]
        )
        let answer = try await whileMainIsBlocked { try await session.userAgent() }
        #expect(answer == .failure(.unavailable(.timedOut)))
        #expect(try await onceItIsFree { try await session.userAgent() } == .success("from main"))
    }

    @Test func twoSourcesForOneItemAreRefused() async throws {
        let sources: [Source] = [.webView { "one" }, .webView { "two" }]
        do {
            _ = try await Session.open(policy: Policy(), sources: sources)
            Issue.record("two sources were taken")
        } catch ScrupleError.input(let kind, let field, _, _) {
            #expect(kind == .duplicate && field == "sources[1]")
        }
    }

    @Test func sourcesAreLetGoWithTheSession() async throws {
        final class Token: Sendable {}
        var token: Token? = Token()
        let watch = Weakly(token)
        var session: Session? = try await agreedSession(sources: [.webView { [token] in token == nil ? "" : "held" }])
        token = nil
        #expect(try await session?.userAgent() == .success("held"))
        session = nil
        // The worker's thread lets go in its own time.
        try await eventually { watch.value == nil }
    }
}

/// Cancelling the task ends the wait, at once, and nobody keeps what comes later.
@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    @Test func cancellingEndsTheWaitAtOnceAndTheLateSnapshotIsWiped() async throws {
        let (begun, gate) = (Turnstile(), Turnstile())
        let session = try await agreedSession(
            .everything(deadlineMs: 10_000),
            sources: [
                .webView {
                    begun.open()
                    gate.wait()
                    return "late"
                }
            ]
        )
        let collecting = Task { try await session.collect(for: .feature) }
        try await offThePool { begun.wait() }
        let cancelled = Date()
        collecting.cancel()
        await #expect(throws: CancellationError.self) { try await collecting.value }
        #expect(Date().timeIntervalSince(cancelled) < 5, "it waited for the source")
        gate.open()
        while try await session.userAgent() == .failure(.unavailable(.busy)) {}
        #expect(try await session.userAgent() == .success("late"))
    }

    @Test func aCancelledTaskDoesNotBegin() async throws {
        let session = try await agreedSession()
        let collecting = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await session.collect(for: .feature)
        }
        collecting.cancel()
        await #expect(throws: CancellationError.self) { try await collecting.value }
        let opening = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await Session.open(policy: Policy())
        }
        opening.cancel()
        await #expect(throws: CancellationError.self) { try await opening.value }
        #expect(session.audit().isEmpty)
    }

    /// More collections at once than the cooperative pool has threads: were they to wait on those, nothing else would run.
    @Test func waitingHoldsNoThreadOfThePool() async throws {
        let gate = Turnstile()
        let sessions = try await (0..<16).asyncMap { _ in
            try await agreedSession(sources: [
                .webView {
                    gate.wait()
                    return "at last"
                }
            ])
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for session in sessions {
                group.addTask {
                    let answer = try await session.userAgent()
                    #expect(answer == .success("at last"))
                }
            }
            // This task needs a thread of the pool to open the gate.
            group.addTask {
                try await Task.sleep(nanoseconds: 50_000_000)
                gate.open()
            }
            try await group.waitForAll()
        }
    }
}

struct Weakly<Object: AnyObject> {
    weak var value: Object?

    init(_ value: Object?) {
        self.value = value
    }
}

/// An asynchronous call from a thread that may block.
private func blocking<Value: Sendable>(_ call: @escaping @Sendable () async throws -> Value) -> Result<Value, any Error>
{
    let (done, result) = (DispatchSemaphore(value: 0), Guarded<Result<Value, any Error>?>(nil))
    Task {
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await call())
        } catch {
            outcome = .failure(error)
        }
        result.withLock { $0 = outcome }
        done.signal()
    }
    done.wait()
    return result.withLock { $0 } ?? .failure(Gossip())
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self {
            values.append(try await transform(element))
        }
        return values
    }
}
