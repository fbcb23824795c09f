#if canImport(ObjectiveC)
    import Foundation

    /// ``Session`` for hosts in Objective-C, which know it as `SCRSession`.
    ///
    /// A host may call every method from any thread. Scruple calls completion handlers on the main queue. An error is a
    /// ``ScrupleError`` as an `NSError`.
    @objc(SCRSession)
    public final class ObjectiveCSession: NSObject, Sendable {
        private let session: Session

        /// The same session, for a host in both languages.
        public init(_ session: Session) {
            self.session = session
        }

        /// Opens a session on this device with a policy's JSON. Scruple reads nothing until consent is given.
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

        /// Changes consent. Before this returns, Scruple wipes the values that are no longer agreed to.
        ///
        /// - Throws: ``ScrupleError/closed``.
        @objc(updateConsent:error:)
        public func update(_ consent: ObjectiveCConsent) throws {
            try session.updateConsent(consent.update)
        }

        /// Takes over the host's records in JSON, in place of earlier ones: the fields of ``HostRecords``, and bytes in
        /// Base64.
        ///
        /// - Throws: As ``HostRecords/init(json:)`` and ``SessionProtocol/supply(_:)`` do.
        @objc(supplyRecords:error:)
        public func supply(records json: String) throws {
            try session.supply(HostRecords(json: json))
        }

        /// Reads every item that is permitted for the purpose.
        ///
        /// It fails as ``SessionProtocol/collect(for:items:)`` does. Cancelling the returned call ends it with an
        /// error.
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

        /// Reads the permitted ones of some items for the purpose.
        ///
        /// It fails as ``SessionProtocol/collect(for:items:)`` does. Cancelling the returned call ends it with an
        /// error.
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

        /// The latest reads: which item, when and for which purpose, never a value.
        @objc public func audit() -> [ObjectiveCAuditEntry] {
            session.audit().map(ObjectiveCAuditEntry.init)
        }

        /// Says as JSON for every item of the agreement whether it may be read now for the purpose. Scruple asks every
        /// layer except the operating system.
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

        /// The snapshot as JSON: every item that the host asked for, with its value or the reason why it has none.
        ///
        /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
        @objc(JSONWithError:)
        public func json() throws -> String {
            try snapshot.toJson()
        }

        /// The items that the host asked for and that have no value, each with the reason.
        ///
        /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
        @objc(missingWithError:)
        public func missing() throws -> [ObjectiveCMissing] {
            try snapshot.missing.map { ObjectiveCMissing($0.key, $0.value) }
        }

        /// Total capacity in bytes of the storage that holds user data, or 0 if there is none or the snapshot has
        /// ended. The app may show it to the person and may not send it off the device.
        @objc public func storageCapacity() -> UInt64 {
            (try? snapshot.device)?.storageCapacity ?? 0
        }

        /// The web view's user agent, or `nil` if there is none or the snapshot has ended.
        @objc public func userAgent() -> String? {
            (try? snapshot.features)?.userAgent
        }

        /// The answer for the platform delegate's `getAppDeviceInfo`. Each call reads the snapshot anew. Once the
        /// snapshot has ended, the answer is empty.
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
        /// When the read began.
        @objc public let date: Date
        /// The item.
        @objc public let item: ObjectiveCItem
        /// The purpose.
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

        /// Ends the wait at once, with an error. Scruple then wipes what it has read. If the call has ended, nothing
        /// happens.
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
