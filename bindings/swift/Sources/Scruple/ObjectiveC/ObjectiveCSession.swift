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

        /// Reads every item that is permitted for the purpose.
        ///
        /// It fails as ``SessionProtocol/collect(for:items:)`` does.
        @objc(collectForPurpose:completion:)
        public func collect(
            for purpose: ObjectiveCPurpose,
            completion: @escaping @MainActor @Sendable (ObjectiveCSnapshot?, (any Error)?) -> Void
        ) {
            completing(completion) { [session] in
                ObjectiveCSnapshot(try await session.collect(for: purpose.swift))
            }
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

    /// Makes a call, and tells on the main queue how it ended.
    private func completing<Value: Sendable>(
        _ completion: @escaping @MainActor @Sendable (Value?, (any Error)?) -> Void,
        _ call: @escaping @Sendable () async throws -> Value
    ) {
        Task {
            do {
                let value = try await call()
                await completion(value, nil)
            } catch {
                await completion(nil, error)
            }
        }
    }
#endif
