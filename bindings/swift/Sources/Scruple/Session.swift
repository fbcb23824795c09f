internal import ScrupleBindings

/// What ``Session`` does, for a host's own tests: `ScrupleTesting` has a twin of it.
public protocol SessionProtocol<CollectedSnapshot>: AnyObject, Sendable {
    /// What a collection gives.
    associatedtype CollectedSnapshot: SnapshotProtocol

    /// Reads what is permitted for the purpose: all items (`nil`), or only those named.
    ///
    /// It ends at the longest deadline of a source that is asked. An item that is not permitted costs nothing: it is not
    /// read. Cancelling the task ends the wait at once with a `CancellationError`; what is read by then is wiped.
    ///
    /// - Throws: ``ScrupleError/closed`` if the session is or was meanwhile closed; ``ScrupleError/noThread``.
    func collect(for purpose: Purpose, items: Set<Item>?) async throws -> CollectedSnapshot

    /// Takes over the host's records, in place of earlier ones. They are held until the session ends or consent to their
    /// category is taken back, and given out through the gate only.
    ///
    /// - Throws: ``ScrupleError/input(kind:field:hint:position:)`` with the field that is not as it ought to be; then
    ///   nothing is taken over. ``ScrupleError/closed``.
    func supply(_ records: HostRecords) throws

    /// Changes what is agreed to. Values of a category that is no longer agreed to are wiped from every live snapshot
    /// before this returns, and a collection in flight delivers none of them.
    ///
    /// - Throws: ``ScrupleError/closed``.
    func updateConsent(_ update: ConsentUpdate) throws

    /// What may be read now for the purpose, by every layer but the operating system, which is not asked.
    ///
    /// - Throws: ``ScrupleError/closed``.
    func explain(for purpose: Purpose) throws -> [Item: Decision]

    /// The same as JSON.
    ///
    /// - Throws: ``ScrupleError/closed``.
    func explainJson(for purpose: Purpose) throws -> String

    /// What was read, when and for which purpose: the latest reads, never a value.
    func audit() -> [AuditEntry]

    /// Wipes every live snapshot. Collections in flight deliver nothing, and every later call but ``audit()`` throws
    /// ``ScrupleError/closed``.
    func close()
}

extension SessionProtocol {
    /// Reads every item that is permitted for the purpose.
    ///
    /// - Throws: As ``collect(for:items:)`` does.
    public func collect(for purpose: Purpose) async throws -> CollectedSnapshot {
        try await collect(for: purpose, items: nil)
    }

    /// Changes what is agreed to, as one:
    ///
    /// ```swift
    /// try session.updateConsent {
    ///     $0.age = .atLeastMinimum
    ///     $0.grant(.device, .webView)
    /// }
    /// ```
    ///
    /// - Throws: ``ScrupleError/closed``.
    public func updateConsent(_ change: (inout ConsentUpdate) -> Void) throws {
        var update = ConsentUpdate()
        change(&update)
        try updateConsent(update)
    }
}

/// What a host opens with a policy, once a process: holds consent, the audit and the live snapshots.
///
/// Every method may be called from any thread. Only ``collect(for:items:)`` reads the platform. A session is
/// closed when neither it nor a snapshot of it is held any more.
public final class Session: SessionProtocol {
    private let native: ScrupleBindings.Session
    private let sources: [Source]

    init(_ native: ScrupleBindings.Session, sources: [Source] = []) {
        self.native = native
        self.sources = sources
    }

    deinit {
        native.end()
    }

    /// Opens a session on this device. Nothing is read, and nothing will be before consent is given.
    ///
    /// - Throws: ``ScrupleError/input(kind:field:hint:position:)`` if the policy is out of range somewhere, or a source is
    ///   given twice.
    public static func open(policy: Policy, sources: [Source] = []) async throws -> Session {
        try await waiting {
            let sources = own + sources
            let opened = try translated {
                try ScrupleBindings.Session.open(policy: policy.native, sources: sources.map { $0.native() })
            }
            return Session(opened, sources: sources)
        }
    }

    #if os(iOS)
        /// What UIKit says of the device takes no permission, and so no module of its own.
        private static let own: [Source] = [.device(UIKitReader())]
    #else
        private static let own: [Source] = []
    #endif

    public func collect(for purpose: Purpose, items: Set<Item>?) async throws -> Snapshot {
        try await waiting {
            let asked = items.map { Set($0.map(\.native)) }
            let collected = try translated { try self.native.collect(purpose: purpose.native, items: asked) }
            return Snapshot(collected, of: self)
        }
    }

    public func supply(_ records: HostRecords) throws {
        try translated { try native.supply(records: records.native) }
    }

    public func updateConsent(_ update: ConsentUpdate) throws {
        try translated { try native.updateConsent(update: update.native) }
        if update.takesBack {
            forget()
        }
    }

    public func explain(for purpose: Purpose) throws -> [Item: Decision] {
        let decisions = try translated { try native.explain(purpose: purpose.native) }
        return Dictionary(uniqueKeysWithValues: decisions.map { (Item($0.key), Decision($0.value)) })
    }

    public func explainJson(for purpose: Purpose) throws -> String {
        try translated { try native.explainJson(purpose: purpose.native) }
    }

    public func audit() -> [AuditEntry] {
        native.audit().map(AuditEntry.init)
    }

    public func close() {
        native.end()
        forget()
    }

    /// What readers remember beside what they returned.
    private func forget() {
        for source in sources {
            source.forget()
        }
    }
}

extension Session: Redacted {}
