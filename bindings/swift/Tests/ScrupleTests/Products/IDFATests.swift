import AdSupport
import AppTrackingTransparency
import Foundation
import Scruple
import StubCalls
import Testing

@testable import ScrupleIDFA

extension Products {
    @Suite struct IDFA {
        init() async { await resetStubs() }

        private func idfa() async throws -> Result<String, Reason> {
            try await appleSession(sources: [.idfa]).feature(.identifierIdfa, \.idfa)
        }

        @Test func whereItIsAuthorisedItIsRead() async throws {
            trackingAuthorization.value = .authorized
            #expect(try await idfa() == .success(advertisingIdentifier.value.uuidString))
            #expect(calls("ASIdentifierManager.advertisingIdentifier") == 1)
        }

        @Test(arguments: [
            (ATTrackingManager.AuthorizationStatus.denied, Withheld.denied), (.restricted, .restricted),
            (.notDetermined, .notDetermined),
        ])
        func whereItIsNotNobodyLooksForIt(status: ATTrackingManager.AuthorizationStatus, reason: Withheld) async throws
        {
            trackingAuthorization.value = status
            #expect(try await idfa() == .failure(.withheld(reason)))
            #expect(Calls.counts == ["ATTrackingManager.trackingAuthorizationStatus": 1])
        }

        @Test func whatWasTakenBackSinceTheGateIsNotRead() {
            trackingAuthorization.value = .denied
            #expect(throws: SourceError.notPermitted) { try IDFAReader().read(deadlineMs: 1000) }
            #expect(calls("ASIdentifierManager.shared") == 0)
        }

        @Test func allZerosAreNone() async throws {
            trackingAuthorization.value = .authorized
            advertisingIdentifier.value = try #require(UUID(uuidString: "00000000-0000-0000-0000-000000000000"))
            #expect(try await idfa() == .failure(.unavailable(.placeholder)))
        }

        @Test func itDoesNotNeedTheMainThread() async throws {
            trackingAuthorization.value = .authorized
            let expected = advertisingIdentifier.value.uuidString
            #expect(try await whileMainIsBlocked { try await idfa() } == .success(expected))
        }

        @Test func itNeverAsks() async throws {
            for status in [ATTrackingManager.AuthorizationStatus.notDetermined, .restricted, .denied, .authorized] {
                trackingAuthorization.value = status
                _ = try await idfa()
            }
            #expect(calls("ATTrackingManager.requestTrackingAuthorization") == 0)
            // The control: whoever asks is noted.
            ATTrackingManager.requestTrackingAuthorization { _ in }
            #expect(calls("ATTrackingManager.requestTrackingAuthorization") == 1)
        }
    }
}
