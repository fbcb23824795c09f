import AppTrackingTransparency
import CoreBluetooth
import CoreLocation
import Scruple
import ScrupleBluetooth
import ScrupleClipboard
import ScrupleIDFA
import ScrupleLocation
import ScrupleNFC
import ScruplePreciseLocation
import ScrupleStorage
import ScrupleWebView
import StubCalls
import Testing
import UIKit

@testable import ScrupleUIKit

private let location = CLLocation(
    coordinate: CLLocationCoordinate2D(latitude: 1, longitude: 1),
    altitude: 0,
    horizontalAccuracy: 1,
    verticalAccuracy: 1,
    timestamp: Date()
)

extension Products {
    /// What is off is not called: not a single entry of Apple's frameworks.
    @Suite struct Silence {
        init() async {
            await resetStubs()
            locationService.value.onStart = { $0.give(location) }
            pasteboard.value.hasStrings = true
            trackingAuthorization.value = .authorized
        }

        private let sources: [Source] = [
            .device(UIKitReader()), .storage, .idfa, .fuzzyLocation, .preciseLocation, .bluetooth, .nfc, .clipboard,
            .webView,
        ]

        /// How many calls it takes to collect everything for both purposes.
        private func calls(_ policy: Policy, agreed: Bool = true) async throws -> Int {
            Calls.reset()
            let session = try Session.recordedApple(policy, sources: sources)
            if agreed {
                try session.agree()
            }
            for purpose in Purpose.allCases {
                _ = try session.explain(for: purpose)
                _ = try await session.collect(for: purpose)
            }
            return Calls.total
        }

        @Test(arguments: LocationAccuracy.allCases) func whatIsOffIsNotCalled(accuracy: LocationAccuracy) async throws {
            var everything = Policy.everything(deadlineMs: 2_000)
            everything.locationAccuracy = accuracy
            let off = try await calls(Policy(locationAccuracy: accuracy))
            #expect(off == 0, "\(Calls.counts)")
            let refused = try await calls(everything, agreed: false)
            #expect(refused == 0, "\(Calls.counts)")
            print("calls of Apple's frameworks, everything off: \(off); everything on, without consent: \(refused)")

            let ofTheirOwn: Set<Category> = [
                .device, .identifier, .clipboard, .location, .bluetooth, .nfc, .webView,
            ]
            for category in Category.allCases {
                let only = Policy(locationAccuracy: accuracy, categories: [category: everything[category]])
                let count = try await calls(only)
                #expect((count > 0) == ofTheirOwn.contains(category), "\(category)")
                print("calls of Apple's frameworks, only \(category.id) on: \(count)")
            }
        }
    }
}
