import Scruple

/// What reading has met so far, the latest last: states only.
final class History: Sendable {
    /// As many as the core passes on.
    private static let most = 32

    private struct States {
        var current: AdapterState?
        var earlier: [AdapterState] = []
    }

    private let states = Guarded(States())

    /// Where the adapter stood last.
    var latest: AdapterState? { states.withLock { $0.current } }

    /// Where it stood before.
    var earlier: [AdapterState] { states.withLock { $0.earlier } }

    /// Forgets all of it.
    func clear() {
        states.withLock { $0 = States() }
    }

    /// Takes down where the adapter stands.
    func saw(_ state: AdapterState) {
        states.withLock { states in
            if let before = states.current, before != state {
                states.earlier = (states.earlier + [before]).suffix(Self.most)
            }
            states.current = state
        }
    }
}
