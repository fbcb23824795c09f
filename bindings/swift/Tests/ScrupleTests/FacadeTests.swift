import Foundation
import RecordedSessions
import Scruple
import Testing

@testable import ScrupleFacade

/// What Objective-C hosts call, as Swift alone.
struct FacadeTests {
    private func session(_ policy: Policy = .everything()) throws -> ObjectiveCSession {
        let session = ObjectiveCSession(try Session.recordedApple(policy))
        let consent = ObjectiveCConsent()
        consent.stateAge(.atLeastMinimum)
        for category in [ObjectiveCCategory.device, .application, .processList] {
            consent.grant(category)
        }
        try session.update(consent)
        return session
    }

    private func collect(
        _ session: ObjectiveCSession,
        _ items: [ObjectiveCItem]? = nil
    ) async throws -> ObjectiveCSnapshot {
        try await withCheckedThrowingContinuation { answered in
            let completion: @MainActor @Sendable (ObjectiveCSnapshot?, (any Error)?) -> Void = { snapshot, error in
                #expect((snapshot == nil) != (error == nil))
                answered.resume(with: snapshot.map(Result.success) ?? .failure(error ?? ScrupleError.internal))
            }
            if let items {
                let asked = ObjectiveCItems()
                items.forEach(asked.add)
                session.collect(for: .feature, items: asked, completion: completion)
            } else {
                session.collect(for: .feature, completion: completion)
            }
        }
    }

    @Test func singleItemsAreCollected() async throws {
        let session = try session()
        let snapshot = try await collect(session, [.deviceModel, .identifierIdfa])
        let json = try snapshot.json()
        #expect(json.contains("iPhone16,1") && !json.contains("device.cpu"))
        #expect(try snapshot.missing().map(\.item) == [.identifierIdfa])
        let entry = try #require(session.audit().first)
        #expect(session.audit().count == 1 && entry.item == .deviceModel && entry.purpose == .feature)
        #expect(abs(entry.date.timeIntervalSinceNow) < 60)
    }

    @Test func whyThereIsNoneHasTypes() async throws {
        let session = try session()
        let missing = try await collect(session).missing()
        func why(_ item: ObjectiveCItem) throws -> ObjectiveCMissing {
            try #require(missing.first { $0.item == item })
        }
        let idfa = try why(.identifierIdfa)
        #expect(idfa.layer == .consent && idfa.reason == .notGranted && idfa.name == "not_granted")
        let code = try why(.deviceMccMnc)
        #expect(code.layer == .none && code.reason == .platformHasNone && code.remaining == 0)
        let soon = ObjectiveCMissing(.deviceModel, .withheld(.tooSoon(remainingMs: 1_500)))
        #expect(soon.reason == .tooSoon && soon.layer == .interval && soon.remaining == 1.5)
    }

    @Test func everyItemAndReasonHasItsOwn() {
        #expect(ObjectiveCItem.allCases.map(\.swift) == Item.allCases)
        #expect(Item.allCases.map(ObjectiveCItem.init) == ObjectiveCItem.allCases)
        let reasons = Unavailable.allCases.map { ObjectiveCReason($0) }
        #expect(Set(reasons).count == Unavailable.allCases.count)
    }

    @Test func recordsAreSuppliedAsJSON() async throws {
        let session = try session()
        try session.supply(records: #"{"application": {"name": "Weather"}}"#)
        #expect(try await collect(session, [.applicationName]).json().contains("Weather"))
        #expect(throws: ScrupleError.self) { try session.supply(records: #"{"application": {"nam": "x"}}"#) }
    }

    @Test func aCollectionIsCancelled() async throws {
        let session = try session()
        let error: any Error = try await withCheckedThrowingContinuation { ended in
            session.collect(for: .feature) { snapshot, error in
                snapshot?.close()
                ended.resume(returning: error ?? ScrupleError.internal)
            }.cancel()
        }
        // It may have been over before it was cancelled.
        #expect(error is CancellationError || error as? ScrupleError == .internal)
    }

    @Test func theDelegatesAnswersComeFromTheSnapshotThatIsHeld() async throws {
        let answers = PlatformAnswers(clipboardInterval: 30)
        #expect(answers.getAppDeviceInfo().isEmpty && answers.getAppIPhoneModel().isEmpty)
        #expect(answers.customUserAgent("theirs") == "theirs" && answers.getClipboardInterval() == 30)
        let session = try session()
        let first = try await collect(session)
        answers.hold(first)
        #expect(answers.getAppDeviceInfo()["system"] as? String == "iOS 17.5.1")
        #expect(answers.getAppIPhoneModel() == "iPhone16,1")
        answers.hold(first)
        #expect(answers.getAppIPhoneModel() == "iPhone16,1", "the same one is not closed")
        answers.hold(try await collect(session))
        #expect(throws: ScrupleError.closed) { try first.json() }
        session.close()
        #expect(answers.getAppDeviceInfo().isEmpty && answers.getAppIPhoneModel().isEmpty)
        answers.hold(nil)
        #expect(answers.getAppDeviceInfo().isEmpty)
    }
}
