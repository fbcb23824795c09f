import Dispatch

/// Where calls wait that block: never on a thread of the cooperative pool, whose few threads must not be held.
private let queue = DispatchQueue(label: "dev.scruple.waiting", qos: .userInitiated, attributes: .concurrent)

/// Makes a blocking call, and waits for its value without holding a thread.
///
/// Cancelling the task ends the wait at once with a `CancellationError`. A call that has not begun by then is not made,
/// and the value of one that has is let go when it comes.
func waiting<Value: Sendable>(for call: @escaping @Sendable () throws -> Value) async throws -> Value {
    let wait = Wait<Value>()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            guard wait.begin(continuation) else { return }
            queue.async {
                guard wait.isOn else { return }
                wait.end(with: Result(catching: call))
            }
        }
    } onCancel: {
        wait.end(with: .failure(CancellationError()))
    }
}

/// One wait, which ends once: with the call's result or by cancellation, whichever is first.
private final class Wait<Value: Sendable>: Sendable {
    private enum State {
        case notBegun
        case on(CheckedContinuation<Value, any Error>)
        case ended
    }

    private let state = Guarded(State.notBegun)

    var isOn: Bool {
        state.withLock { if case .on = $0 { true } else { false } }
    }

    /// False, with the continuation resumed, if it was cancelled before it began.
    func begin(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
        let begun = state.withLock { state in
            guard case .notBegun = state else { return false }
            state = .on(continuation)
            return true
        }
        if !begun {
            continuation.resume(throwing: CancellationError())
        }
        return begun
    }

    /// Does nothing if it has ended before.
    func end(with result: Result<Value, any Error>) {
        let before = state.withLock { state in
            defer { state = .ended }
            return state
        }
        if case .on(let continuation) = before {
            continuation.resume(with: result)
        }
    }
}
