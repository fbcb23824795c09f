#if canImport(ObjectiveC)
    import Foundation

    /// ``Session`` for hosts in Objective-C, which know it as `SCRSession`.
    ///
    /// Every method may be called from any thread; completion handlers are called on the main queue. An error is a
    /// ``ScrupleError`` as an `NSError`.
    @objc(SCRSession)
    public final class ObjectiveCSession: NSObject, Sendable {
        private let session: Session

        /// The same session, for a host in both languages.
        public init(_ session: Session) {
            self.session = session
        }

        /// Opens a session on this device with a policy's JSON. Nothing is read, and nothing will be before consent is given.
        ///
        /// It fails as ``Policy/init(json:)`` and ``Session/open(policy:sources:)`` do.
        @objc(openWithPolicy:sources:completion:)
        public static func open(
            policy json: String,
            sources: [ObjectiveCSource],
            completion: @escaping @MainActor @Sendable (ObjectiveCSession?, (any Error)?) -> Void
        ) {
            completing(completion) {
                let policy = try Policy(json: json)
                return ObjectiveCSession(try await Session.open(policy: policy, sources: sources.map(\.source)))
            }
        }

        /// Changes what is agreed to. Values of a category that is no longer agreed to are wiped before this returns.
        ///
        /// - Throws: ``ScrupleError/closed``.
        @objc(updateConsent:error:)
        public func update(_ consent: ObjectiveCConsent) throws {
            try session.updateConsent(consent.update)
        }

        /// Takes over the host's records in JSON, in place of earlier ones: the fields of ``HostRecords``, bytes in Base64.
        ///
        /// - Throws: As ``HostRecords/init(json:)`` and ``SessionProtocol/supply(_:)`` do.
        @objc(supplyRecords:error:)
        public func supply(records json: String) throws {
            try session.supply(HostRecords(json: json))
        }

        /// Reads every item that is permitted for the purpose.
        ///
        /// It fails as ``SessionProtocol/collect(for:items:)`` does. Cancelling what is returned ends it with an error.
        @objc(collectForPurpose:completion:)
        @discardableResult
        public func collect(
            for purpose: ObjectiveCPurpose,
            completion: @escaping @MainActor @Sendable (ObjectiveCSnapshot?, (any Error)?) -> Void
        ) -> ObjectiveCCall {
            completing(completion) { [session] in
                ObjectiveCSnapshot(try await session.collect(for: purpose.swift))
            }
        }

        /// Reads those of some items that are permitted for the purpose.
        ///
        /// It fails as ``SessionProtocol/collect(for:items:)`` does. Cancelling what is returned ends it with an error.
        @objc(collectForPurpose:items:completion:)
        @discardableResult
        public func collect(
            for purpose: ObjectiveCPurpose,
            items: ObjectiveCItems,
            completion: @escaping @MainActor @Sendable (ObjectiveCSnapshot?, (any Error)?) -> Void
        ) -> ObjectiveCCall {
            let items = items.all
            return completing(completion) { [session] in
                ObjectiveCSnapshot(try await session.collect(for: purpose.swift, items: items))
            }
        }

        /// What was read, when and for which purpose: the latest reads, never a value.
        @objc public func audit() -> [ObjectiveCAuditEntry] {
            session.audit().map(ObjectiveCAuditEntry.init)
        }

        /// What may be read now for the purpose, as JSON, by every layer but the operating system, which is not asked.
        ///
        /// - Throws: ``ScrupleError/closed``.
        @objc(explainForPurpose:error:)
        public func explain(for purpose: ObjectiveCPurpose) throws -> String {
            try session.explainJson(for: purpose.swift)
        }

        /// Wipes every live snapshot. Every later call fails with ``ScrupleError/closed``.
        @objc public func close() {
            session.close()
        }
    }

    /// ``Snapshot`` for hosts in Objective-C, which know it as `SCRSnapshot`.
    @objc(SCRSnapshot)
    public final class ObjectiveCSnapshot: NSObject, Sendable {
        private let snapshot: Snapshot

        init(_ snapshot: Snapshot) {
            self.snapshot = snapshot
        }

        /// The snapshot as JSON: every item that was asked for, with its value or the reason.
        ///
        /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
        @objc(JSONWithError:)
        public func json() throws -> String {
            try snapshot.toJson()
        }

        /// The items that were asked for and have no value, each with the reason.
        ///
        /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
        @objc(missingWithError:)
        public func missing() throws -> [ObjectiveCMissing] {
            try snapshot.missing.map { ObjectiveCMissing($0.key, $0.value) }
        }

        /// Total capacity in bytes of the storage that holds user data, which may be shown to the person and may not leave the
        /// device; 0 if there is none or the snapshot has ended.
        @objc public func storageCapacity() -> UInt64 {
            (try? snapshot.device)?.storageCapacity ?? 0
        }

        /// The web view's user agent; `nil` if there is none or the snapshot has ended.
        @objc public func userAgent() -> String? {
            (try? snapshot.features)?.userAgent
        }

        /// What the platform delegate's `getAppDeviceInfo` may return, read anew at each call; empty after the end.
        @objc public func appDeviceInfo() -> [String: String] {
            snapshot.appDeviceInfo()
        }

        /// Wipes the values.
        @objc public func close() {
            snapshot.close()
        }
    }

    /// ``Source`` for hosts in Objective-C, which know it as `SCRSource`. Each capability's module has its own, such as
    /// `SCRSource.fuzzyLocation`.
    @objc(SCRSource)
    public final class ObjectiveCSource: NSObject, Sendable {
        let source: Source

        /// The same source, for a host in both languages.
        public init(_ source: Source) {
            self.source = source
        }
    }

    /// ``AuditEntry`` for hosts in Objective-C, which know it as `SCRAuditEntry`.
    @objc(SCRAuditEntry)
    public final class ObjectiveCAuditEntry: NSObject, Sendable {
        /// When.
        @objc public let date: Date
        /// What.
        @objc public let item: ObjectiveCItem
        /// What for.
        @objc public let purpose: ObjectiveCPurpose

        init(_ entry: AuditEntry) {
            date = Date(timeIntervalSince1970: TimeInterval(entry.atMs) / 1_000)
            item = ObjectiveCItem(entry.item)
            purpose = ObjectiveCPurpose(entry.purpose)
        }
    }

    /// A call that has not ended, for hosts in Objective-C, which know it as `SCRCall`.
    @objc(SCRCall)
    public final class ObjectiveCCall: NSObject, Sendable {
        private let task: Task<Void, Never>

        init(_ task: Task<Void, Never>) {
            self.task = task
        }

        /// Ends the wait at once, with an error; what is read by then is wiped. Nothing happens if it has ended.
        @objc public func cancel() {
            task.cancel()
        }
    }

    /// Makes a call, and tells on the main queue how it ended.
    @discardableResult
    private func completing<Value: Sendable>(
        _ completion: @escaping @MainActor @Sendable (Value?, (any Error)?) -> Void,
        _ call: @escaping @Sendable () async throws -> Value
    ) -> ObjectiveCCall {
        ObjectiveCCall(
            Task {
                do {
                    let value = try await call()
                    await completion(value, nil)
                } catch {
                    await completion(nil, error)
                }
            }
        )
    }
#endif
