import Foundation

extension Policy {
    /// ``retentionMs`` in seconds.
    public var retention: TimeInterval {
        get { TimeInterval(milliseconds: retentionMs) }
        set { retentionMs = newValue.milliseconds }
    }
}

extension CategoryPolicy {
    /// ``minimumIntervalMs`` in seconds.
    public var minimumInterval: TimeInterval? {
        get { minimumIntervalMs.map(TimeInterval.init(milliseconds:)) }
        set { minimumIntervalMs = newValue?.milliseconds }
    }

    /// ``deadlineMs`` in seconds.
    public var deadline: TimeInterval? {
        get { deadlineMs.map(TimeInterval.init(milliseconds:)) }
        set { deadlineMs = newValue?.milliseconds }
    }
}

extension ItemPolicy {
    /// ``minimumIntervalMs`` in seconds.
    public var minimumInterval: TimeInterval? {
        get { minimumIntervalMs.map(TimeInterval.init(milliseconds:)) }
        set { minimumIntervalMs = newValue?.milliseconds }
    }
}

extension Withheld {
    /// Seconds until an item that was ``tooSoon(remainingMs:)`` may be read again, or `nil` for another reason.
    public var remaining: TimeInterval? {
        if case .tooSoon(let remainingMs) = self { TimeInterval(milliseconds: remainingMs) } else { nil }
    }
}

extension AuditEntry {
    /// ``atMs`` as a date.
    public var at: Date {
        Date(timeIntervalSince1970: TimeInterval(milliseconds: atMs))
    }
}

extension SnapshotProtocol {
    /// ``collectedAtMs`` as a date.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    public var collectedAt: Date {
        get throws { Date(timeIntervalSince1970: TimeInterval(milliseconds: try collectedAtMs)) }
    }

    /// ``livesUntilMs`` as a date.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    public var livesUntil: Date {
        get throws { Date(timeIntervalSince1970: TimeInterval(milliseconds: try livesUntilMs)) }
    }

    /// Why the snapshot has ended: ``ScrupleError/closed`` or ``ScrupleError/expired``. The stream gives it within a
    /// second of the end, as its only element.
    ///
    /// ```swift
    /// for await end in snapshot.end { show(end) }
    /// ```
    public var end: AsyncStream<ScrupleError> {
        AsyncStream { continuation in
            // It asks. To tell, the library would have to call Swift from the thread that wipes, and one call that does not return would
            // keep every later snapshot's values alive. And the stream keeps none alive: if nobody else holds the snapshot, it has ended.
            let task = Task { [weak self] in
                while let until = try self?.untilItsEnd() {
                    try await Task.sleep(nanoseconds: UInt64(min(max(until, 0.01), 1) * 1e9))
                }
                throw ScrupleError.closed
            }
            let waiting = Task {
                if case .failure(let end as ScrupleError) = await task.result {
                    continuation.yield(end)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in
                task.cancel()
                waiting.cancel()
            }
        }
    }

    private func untilItsEnd() throws -> TimeInterval {
        try livesUntil.timeIntervalSinceNow
    }
}

extension TimeInterval {
    fileprivate init(milliseconds: UInt64) {
        self = TimeInterval(milliseconds) / 1_000
    }

    fileprivate var milliseconds: UInt64 {
        UInt64(rounding: self * 1_000)
    }
}

extension UInt64 {
    /// The nearest; what is negative or no number is 0, and what is more than fits the most.
    init(rounding number: Double) {
        self = number > 0 ? UInt64(exactly: number.rounded()) ?? .max : 0
    }
}
