import Dispatch

/// Runs what needs the main thread on it, for a reader, which never runs there.
///
/// It waits for its turn no longer than the deadline, so that a blocked main thread is no deadlock. A turn that comes later
/// is not taken.
///
/// - Throws: What `work` throws; ``SourceError/notReady``, if the main thread had no time.
package func onMain<Value: Sendable>(
    deadlineMs: UInt64,
    _ work: @escaping @MainActor @Sendable () throws -> Value
) throws -> Value {
    let answer = Answer<Value>(deadlineMs: deadlineMs)
    DispatchQueue.main.async {
        guard answer.isAwaited else { return }
        answer.give(Result { try MainActor.assumeIsolated(work) })
    }
    return try answer.wait()
}

/// What one thread waits for and another gives, until a deadline: the first counts, and what is late is let go.
package final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case awaited
        case given(Result<Value, any Error>)
        case over
    }

    private let state = Guarded(State.awaited)
    private let given = DispatchSemaphore(value: 0)
    private let deadline: DispatchTime

    /// An answer that is awaited from now on.
    package init(deadlineMs: UInt64) {
        deadline = .now() + .milliseconds(Int(clamping: deadlineMs))
    }

    /// Whether it would still count.
    package var isAwaited: Bool {
        state.withLock { state in
            if case .awaited = state { DispatchTime.now() < deadline } else { false }
        }
    }

    /// Gives it, from any thread. Only the first in time does anything.
    package func give(_ result: Result<Value, any Error>) {
        guard isAwaited else { return }
        let isFirst = state.withLock { state in
            guard case .awaited = state else { return false }
            state = .given(result)
            return true
        }
        if isFirst {
            given.signal()
        }
    }

    /// The answer, which is let go with it.
    ///
    /// If there is none it ends a little after the deadline, when the core waits no more: so the reason is always the core's
    /// own, that time is over.
    ///
    /// - Throws: What was given as an error; ``SourceError/notReady``, if nothing was.
    package func wait() throws -> Value {
        _ = given.wait(timeout: deadline + .seconds(1))
        let last = state.withLock { state in
            defer { state = .over }
            return state
        }
        guard case .given(let result) = last else { throw SourceError.notReady }
        return try result.get()
    }
}
