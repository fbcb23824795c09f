import AdSupport
import AppTrackingTransparency
import CoreBluetooth
import CoreLocation
import CoreNFC
import Foundation
import RecordedSessions
import Scruple
import StubCalls
import Testing
import UIKit
import WebKit

/// The readers over Apple's frameworks, each through a real session, with stand-ins for the frameworks. Those are the
/// process's own, so the tests run one after another.
@Suite(.serialized, .timeLimit(.minutes(2))) struct Products {}

/// Every stand-in as it began, and no call noted: what the test before left to the main thread is over by then.
func resetStubs() async {
    await aTurnOfTheMainThread()
    trackingAuthorization.reset()
    advertisingIdentifier.reset()
    CoreNFC.readingAvailable.reset()
    pasteboard.reset()
    hardware.reset()
    evaluation.reset()
    locationService.reset()
    bluetoothService.reset()
    Calls.reset()
}

/// Waits until the main thread has done what it was given so far.
func aTurnOfTheMainThread() async {
    await withCheckedContinuation { turn in DispatchQueue.main.async { turn.resume() } }
}

/// How often that was called.
func calls(_ name: String) -> Int {
    Calls.counts[name] ?? 0
}

/// A session on a recorded iPhone, to which everything is agreed.
func appleSession(_ policy: Policy = .everything(), sources: [Source]) throws -> Session {
    let session = try Session.recordedApple(policy, sources: sources)
    try session.agree()
    return session
}

extension Session {
    /// What one collection says of one item: its value, or why there is none.
    func feature<Value>(
        _ item: Item,
        _ value: KeyPath<FeatureData, Value?>,
        for purpose: Purpose = .feature
    ) async throws -> Result<Value, Reason> {
        let snapshot = try await collect(for: purpose, items: [item])
        if let missing = try snapshot.missing[item] {
            return .failure(Reason(missing))
        }
        return .success(try #require(try snapshot.features[keyPath: value]))
    }
}

/// What the body gave, and how long it took in milliseconds.
func timed<Value>(_ body: () async throws -> Value) async throws -> (Value, Double) {
    let begun = DispatchTime.now().uptimeNanoseconds
    let value = try await body()
    return (value, Double(DispatchTime.now().uptimeNanoseconds - begun) / 1e6)
}

/// A blocking call, on a thread of its own.
func offThePool<Value: Sendable>(_ call: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: call)) }
    }
}

/// The reader's turn of the main thread comes when it has given up, and is not taken. The reader itself says when: the core, which
/// waits no longer either, counts from a little earlier.
func isTooLate<Value: Sendable>(_ read: @escaping @Sendable () throws -> Value) async throws {
    try await whileMainIsBlocked {
        await #expect(throws: SourceError.notReady) { try await offThePool(read) }
    }
    await aTurnOfTheMainThread()
    #expect(Calls.total == 0, "the main thread's turn was too late")
}
