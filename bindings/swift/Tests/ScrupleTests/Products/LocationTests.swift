import CoreLocation
import Foundation
import Scruple
import ScruplePreciseLocation
import StubCalls
import Testing

@testable import ScrupleLocation

private func fix(
    _ latitude: Double,
    _ longitude: Double,
    metresOff: Double = 10,
    ageSeconds: Double = 1
) -> CLLocation {
    CLLocation(
        coordinate: CLLocationCoordinate2D(latitude: latitude, longitude: longitude),
        altitude: 519,
        horizontalAccuracy: metresOff,
        verticalAccuracy: 3,
        timestamp: Date(timeIntervalSinceNow: -ageSeconds)
    )
}

private let munich = Coordinates(latitude: 48.137154, longitude: 11.576124)
private let hamburg = Coordinates(latitude: 53.550341, longitude: 10.000654)

private func fix(_ place: Coordinates, metresOff: Double = 10, ageSeconds: Double = 1) -> CLLocation {
    fix(place.latitude, place.longitude, metresOff: metresOff, ageSeconds: ageSeconds)
}

extension Products {
    @Suite struct Locations {
        init() async {
            await resetStubs()
            locationService.value.onStart = { $0.give(fix(munich)) }
        }

        private func session(
            _ accuracy: LocationAccuracy,
            deadlineMs: UInt64 = 10_000
        ) async throws -> Session {
            var policy = Policy.everything(deadlineMs: deadlineMs)
            policy.locationAccuracy = accuracy
            return try appleSession(policy, sources: [.fuzzyLocation, .preciseLocation])
        }

        private func fuzzy(deadlineMs: UInt64 = 10_000) async throws -> Result<Coordinates, Reason> {
            try await session(.fuzzy, deadlineMs: deadlineMs).feature(.locationFuzzy, \.fuzzyLocation)
        }

        private func precise(deadlineMs: UInt64 = 10_000) async throws -> Result<Coordinates, Reason> {
            try await session(.precise, deadlineMs: deadlineMs).feature(.locationPrecise, \.preciseLocation)
        }

        @Test(arguments: [CLAuthorizationStatus.authorizedWhenInUse, .authorizedAlways])
        func whereItIsAllowedItIsRead(status: CLAuthorizationStatus) async throws {
            locationService.value.status = status
            let cell = try await fuzzy().get()
            #expect(cell != munich && abs(cell.latitude - 48.13) < 1e-9 && abs(cell.longitude - 11.57) < 0.03)
            #expect(try await precise() == .success(munich))
            #expect(Calls.offMain.isEmpty)
            #expect(calls("CLLocation.speed") == 0)
            #expect(calls("CLLocationManager.requestWhenInUseAuthorization") == 0)
            try await eventually { locationManagers.count == 0 }
            #expect(calls("CLLocationManager.stopUpdatingLocation") == 2)
        }

        @Test(arguments: [
            (CLAuthorizationStatus.denied, Withheld.denied), (.restricted, .restricted),
            (.notDetermined, .notDetermined),
        ])
        func whereItIsNotNobodyAsksWhere(status: CLAuthorizationStatus, reason: Withheld) async throws {
            locationService.value.status = status
            #expect(try await fuzzy() == .failure(.withheld(reason)))
            #expect(try await precise() == .failure(.withheld(reason)))
            #expect(Calls.counts == ["CLLocationManager.init": 2, "CLLocationManager.authorizationStatus": 2])
        }

        @Test func fuzzyAsksForReducedAccuracyOnlyAndPreciseForTheBest() async throws {
            let asked = Guarded<[Double]>([])
            locationService.value.onStart = { updates in
                asked.withLock { $0.append(updates.desiredAccuracy) }
                updates.give(fix(munich))
            }
            _ = try await fuzzy()
            _ = try await precise()
            #expect(asked.withLock { $0 } == [kCLLocationAccuracyReduced, kCLLocationAccuracyBest])
        }

        @Test func withReducedAccuracyPreciseIsWithheldAndFuzzyIsNot() async throws {
            locationService.value.accuracy = .reducedAccuracy
            #expect(try await precise() == .failure(.withheld(.denied)))
            #expect(calls("CLLocationManager.startUpdatingLocation") == 0)
            #expect(try await fuzzy().get().latitude == 48.13)
        }

        @Test func preciseIsNotTouchedWhileThePolicyIsFuzzy() async throws {
            let answer = try await session(.fuzzy).feature(.locationPrecise, \.preciseLocation)
            #expect(answer == .failure(.withheld(.preciseWhileFuzzy)))
            #expect(Calls.total == 0)
        }

        @Test func whatWasTakenBackSinceTheGateIsNotRead() async throws {
            func isRefused(_ accuracy: Accuracy) async {
                await #expect(throws: SourceError.notPermitted) {
                    try await offThePool { try LocationReader(accuracy).read(deadlineMs: 10_000) }
                }
            }
            locationService.value.status = .denied
            await isRefused(.fuzzy)
            await isRefused(.precise)
            locationService.value.status = .authorizedWhenInUse
            locationService.value.accuracy = .reducedAccuracy
            await isRefused(.precise)
            #expect(calls("CLLocationManager.startUpdatingLocation") == 0)
        }

        @Test func withoutAnAnswerItEndsBeforeTheDeadlineAndLetsGo() async throws {
            locationService.value.onStart = { _ in }
            let (answer, took) = try await timed { try await fuzzy(deadlineMs: 2_000) }
            #expect(answer == .failure(.unavailable(.notReady)) && took < 4_000)
            try await eventually { locationManagers.count == 0 }
            #expect(calls("CLLocationManager.stopUpdatingLocation") == 1)
        }

        @Test func aLateAnswerIsThrownAway() async throws {
            let kept = Guarded<LocationUpdates?>(nil)
            locationService.value.onStart = { updates in kept.withLock { $0 = updates } }
            let session = try await session(.precise, deadlineMs: 2_000)
            let first = try await session.feature(.locationPrecise, \.preciseLocation)
            #expect(first == .failure(.unavailable(.notReady)))
            kept.withLock { $0 }?.give(fix(hamburg))
            locationService.value.onStart = { $0.give(fix(munich)) }
            let second = try await onceItIsFree { try await session.feature(.locationPrecise, \.preciseLocation) }
            #expect(second == .success(munich))
        }

        @Test func ofTwoTheMoreAccurateIsKept() async throws {
            locationService.value.onStart = { updates in
                updates.give(fix(hamburg, metresOff: 3_000))
                updates.give(fix(munich, metresOff: 80), fix(hamburg, metresOff: 90))
            }
            #expect(try await precise(deadlineMs: 2_000) == .success(munich))
        }

        @Test func oneThatIsAccurateEnoughEndsTheWait() async throws {
            locationService.value.onStart = { updates in
                updates.give(fix(munich, metresOff: 50))
                updates.give(fix(munich, metresOff: 5))
                updates.fail(CLError(.network))
            }
            let (answer, took) = try await timed { try await precise(deadlineMs: 30_000) }
            #expect(answer == .success(munich) && took < 25_000)
        }

        @Test func itMayAnswerOnAnotherThread() async throws {
            locationService.value.onStart = { $0.give(fix(munich), on: .global()) }
            #expect(try await precise() == .success(munich))
        }

        @Test func aFailureIsOneUnlessTheSystemGoesOn() async throws {
            locationService.value.onStart = { $0.fail(CLError(.denied)) }
            #expect(try await fuzzy() == .failure(.unavailable(.notPermitted)))
            locationService.value.onStart = { $0.fail(CLError(.network)) }
            #expect(try await fuzzy() == .failure(.unavailable(.readFailed)))
            locationService.value.onStart = { $0.fail(CocoaError(.fileNoSuchFile)) }
            #expect(try await fuzzy() == .failure(.unavailable(.readFailed)))
            locationService.value.onStart = { updates in
                updates.fail(CLError(.locationUnknown))
                updates.give(fix(munich))
            }
            #expect(try await precise() == .success(munich))
        }

        @Test func whatIsNoPlaceOrTooOldIsNoAnswer() async throws {
            locationService.value.onStart = { updates in
                updates.give(fix(hamburg, metresOff: -1), fix(hamburg, ageSeconds: 600), fix(hamburg, ageSeconds: -600))
                updates.give()
            }
            #expect(try await precise(deadlineMs: 2_000) == .failure(.unavailable(.notReady)))
            // With reduced accuracy the system itself has a place a few times an hour only.
            locationService.value.onStart = { $0.give(fix(munich, metresOff: 8_000, ageSeconds: 1_200)) }
            #expect(try await fuzzy().get().latitude == 48.13)
            locationService.value.onStart = { $0.give(fix(.nan, .infinity)) }
            #expect(try await fuzzy() == .failure(.unavailable(.malformed)))
            locationService.value.onStart = { $0.give(fix(90.1, -180.1)) }
            #expect(try await precise() == .failure(.unavailable(.malformed)))
        }

        @Test func aBlockedMainThreadIsNoDeadlock() async throws {
            let session = try await session(.fuzzy, deadlineMs: 200)
            let answer = try await whileMainIsBlocked { try await session.feature(.locationFuzzy, \.fuzzyLocation) }
            #expect(answer == .failure(.unavailable(.timedOut)))
            #expect(calls("CLLocationManager.startUpdatingLocation") == 0)
            let afterwards = try await onceItIsFree { try await session.feature(.locationFuzzy, \.fuzzyLocation) }
            #expect(try afterwards.get().latitude == 48.13)
        }

        @Test func aTurnOfTheMainThreadThatIsTooLateIsNotTaken() async throws {
            try await isTooLate { try LocationReader(.fuzzy).read(deadlineMs: 50) }
        }
    }
}

extension Accuracy {
    fileprivate static let fuzzy = Accuracy(desired: 1, needsFull: false, metres: .infinity, ageSeconds: .infinity)
    fileprivate static let precise = Accuracy(desired: 1, needsFull: true, metres: 50, ageSeconds: 120)
}
