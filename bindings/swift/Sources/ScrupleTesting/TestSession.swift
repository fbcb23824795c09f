import Foundation
import Scruple

/// Scruple's, not the Objective-C runtime's, whose name reaches every file that imports Foundation on Apple's systems.
typealias Category = Scruple.Category

/// A session for a host's own tests, in memory only. It calls nothing of the library and reads nothing of the machine.
///
/// It obeys consent, age, revocation and `close` as `Session` does, and gives the values that the test handed over. It
/// has no policy and no intervals, and it checks no values.
///
/// ```swift
/// var values = TestValues()
/// values.device.model = "Pixel 8"
/// let session = TestSession(values: values)
/// ```
public final class TestSession: SessionProtocol {
    private struct State {
        var isClosed = false
        var consent = TestConsent()
        var values: TestValues
        var audit: [AuditEntry] = []
        var live: [Weak] = []

        func missing(_ item: Item, for purpose: Purpose) -> Missing? {
            if let refusal = consent.refusal(item.category, for: purpose) {
                return .withheld(refusal)
            }
            if let reason = values.unavailable[item] {
                return .unavailable(reason)
            }
            return values.has(item) ? nil : .unavailable(.notStated)
        }
    }

    private struct Weak {
        weak var snapshot: TestSnapshot?
    }

    private let state: Guarded<State>

    /// A session with these values, to which nobody has agreed yet.
    public init(values: TestValues = TestValues()) {
        state = Guarded(State(values: values))
    }

    public func collect(for purpose: Purpose, items: Set<Item>?) async throws -> TestSnapshot {
        try Task.checkCancellation()
        let asked = items ?? Set(Item.allCases)
        return try open { state in
            var values = state.values
            var missing: [Item: Missing] = [:]
            for item in Item.allCases {
                missing[item] = state.missing(item, for: purpose)
                if missing[item] != nil || !asked.contains(item) {
                    values.clear(item)
                }
            }
            let snapshot = TestSnapshot(
                purpose: purpose,
                asked: asked,
                values: values,
                missing: missing.filter { asked.contains($0.key) }
            )
            let now = UInt64(Date().timeIntervalSince1970 * 1000)
            let read = Item.allCases.filter { asked.contains($0) && missing[$0] == nil }
            state.audit += read.map { AuditEntry(atMs: now, item: $0, purpose: purpose) }
            state.live.removeAll { $0.snapshot == nil }
            state.live.append(Weak(snapshot: snapshot))
            return snapshot
        }
    }

    public func supply(_ records: HostRecords) throws {
        try open { $0.values.take(records) }
    }

    public func updateConsent(_ update: ConsentUpdate) throws {
        try open { state in
            state.consent.update(update)
            for snapshot in state.live.compactMap(\.snapshot) {
                snapshot.withhold { [consent = state.consent] in consent.refusal($0, for: $1) }
            }
        }
    }

    public func explain(for purpose: Purpose) throws -> [Item: Decision] {
        try open { state in
            let decisions = Item.allCases.map { item in
                (item, state.consent.refusal(item.category, for: purpose).map(Decision.withheld) ?? .permitted)
            }
            return Dictionary(uniqueKeysWithValues: decisions)
        }
    }

    public func explainJson(for purpose: Purpose) throws -> String {
        let items = try explain(for: purpose).map { item, decision in
            switch decision {
            case .permitted: (item.id, ["permitted": true] as [String: Any])
            case .withheld(let reason): (item.id, ["withheld": ["layer": reason.layer.id, "reason": reason.id]])
            }
        }
        let explanation: [String: Any] = [
            "agreement": Policy.agreement,
            "purpose": purpose.id,
            "items": Dictionary(uniqueKeysWithValues: items),
        ]
        let json = try JSONSerialization.data(withJSONObject: explanation, options: .sortedKeys)
        return String(decoding: json, as: UTF8.self)
    }

    public func audit() -> [AuditEntry] {
        state.withLock(\.audit)
    }

    public func close() {
        state.withLock { state in
            state.isClosed = true
            state.values = TestValues()
            for snapshot in state.live.compactMap(\.snapshot) {
                snapshot.close()
            }
        }
    }

    private func open<Result>(_ body: (inout State) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard !state.isClosed else { throw ScrupleError.closed }
            return try body(&state)
        }
    }
}

extension TestSession: Redacted {}

/// What was agreed to in a test.
private struct TestConsent {
    private var age = Age.unknown
    private var granted: Set<Grant> = []
    private var everRevoked: Set<Grant> = []

    mutating func update(_ update: ConsentUpdate) {
        age = update.age ?? age
        granted = granted.union(update.granted).subtracting(update.revoked)
        everRevoked.formUnion(update.revoked)
    }

    func refusal(_ category: Category, for purpose: Purpose) -> Withheld? {
        let grant = Grant(category: category, purpose: purpose)
        guard granted.contains(grant) else { return everRevoked.contains(grant) ? .revoked : .notGranted }
        return switch age {
        case .unknown: .ageUnknown
        case .belowMinimum: .ageBelowMinimum
        case .atLeastMinimum: nil
        }
    }
}
