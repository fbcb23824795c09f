internal import ScrupleBindings

/// The functions of a ``Session``. In a host's tests a test session takes its place: `ScrupleTesting` has one.
public protocol SessionProtocol<CollectedSnapshot>: AnyObject, Sendable {
    /// The snapshot that a collection gives.
    associatedtype CollectedSnapshot: SnapshotProtocol

    /// Reads the permitted items for the purpose: all of them (`nil`), or only those named.
    ///
    /// It ends by the longest deadline of the sources that it asks. An item that is not permitted costs nothing:
    /// Scruple does not read it. Cancelling the task ends the wait at once with a `CancellationError`. Scruple then
    /// wipes what it has read.
    ///
    /// - Throws: ``ScrupleError/closed`` if the session is closed, or was closed meanwhile. ``ScrupleError/noThread``
    ///   if the system cannot start the thread that enforces the retention.
    func collect(for purpose: Purpose, items: Set<Item>?) async throws -> CollectedSnapshot

    /// Takes over the host's records, in place of earlier ones. The session holds them until it ends or consent to
    /// their category is revoked. It gives them out through the gate only.
    ///
    /// - Throws: ``ScrupleError/input(kind:field:hint:position:)`` names a field that is wrong, and the session takes
    ///   nothing over. ``ScrupleError/closed`` if the session is closed.
    func supply(_ records: HostRecords) throws

    /// Changes consent. Before this returns, Scruple wipes from every live snapshot the values that are no longer
    /// agreed to, and the host's records of each category that no purpose permits any more. A collection in flight
    /// delivers none of these values.
    ///
    /// - Throws: ``ScrupleError/closed``.
    func updateConsent(_ update: ConsentUpdate) throws

    /// Says for every item of the agreement whether it may be read now for the purpose. Scruple asks every layer except
    /// the operating system.
    ///
    /// - Throws: ``ScrupleError/closed``.
    func explain(for purpose: Purpose) throws -> [Item: Decision]

    /// The same as JSON.
    ///
    /// - Throws: ``ScrupleError/closed``.
    func explainJson(for purpose: Purpose) throws -> String

    /// The latest reads: which item, when and for which purpose, never a value.
    func audit() -> [AuditEntry]

    /// Wipes every live snapshot. Collections in flight deliver nothing, and every later call except ``audit()`` throws
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

    /// Changes consent in one update:
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

/// A host opens one session in each process, with a policy. It holds consent, the audit and the live snapshots.
///
/// A host may call every method from any thread. Only ``collect(for:items:)`` reads items. A session closes when the
/// host holds neither it nor a snapshot of it any more.
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

    /// Opens a session on this device. Scruple reads nothing until consent is given.
    ///
    /// - Throws: ``ScrupleError/input(kind:field:hint:position:)`` if a field of the policy is out of range, or two
    ///   sources read the same item.
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
