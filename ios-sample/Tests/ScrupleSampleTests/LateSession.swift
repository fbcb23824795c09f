import Scruple
import ScrupleTesting

/// A session in memory that a test can hold up: a collection then ends although nobody waits for it any more.
final class LateSession: SessionProtocol {
    private let session: TestSession
    private let state = Guarded(State())

    private struct State {
        var isHeldUp = false
        var collected: [TestSnapshot] = []
        var supplied: HostRecords?
    }

    init(values: TestValues) {
        session = TestSession(values: values)
    }

    /// Whether collections wait.
    var isHeldUp: Bool {
        get { state.withLock(\.isHeldUp) }
        set { state.withLock { $0.isHeldUp = newValue } }
    }

    /// What was collected, whoever has it now.
    var collected: [TestSnapshot] { state.withLock(\.collected) }

    func collect(for purpose: Purpose, items: Set<Item>?) async throws -> TestSnapshot {
        // A task of its own is not cancelled with the caller's.
        try await Task { [self] in
            while isHeldUp { try await Task.sleep(nanoseconds: 1_000_000) }
            let snapshot = try await session.collect(for: purpose, items: items)
            state.withLock { $0.collected.append(snapshot) }
            return snapshot
        }.value
    }

    /// What was handed over last.
    var supplied: HostRecords? { state.withLock(\.supplied) }

    func supply(_ records: HostRecords) throws {
        state.withLock { $0.supplied = records }
        try session.supply(records)
    }

    func updateConsent(_ update: ConsentUpdate) throws { try session.updateConsent(update) }
    func explain(for purpose: Purpose) throws -> [Item: Decision] { try session.explain(for: purpose) }
    func explainJson(for purpose: Purpose) throws -> String { try session.explainJson(for: purpose) }
    func audit() -> [AuditEntry] { session.audit() }
    func close() { session.close() }
}
