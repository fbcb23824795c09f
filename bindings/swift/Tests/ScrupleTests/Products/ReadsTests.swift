import AppTrackingTransparency
import CoreBluetooth
import CoreLocation
import Foundation
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

/// A row of the table: an item, and an entry of Apple's frameworks.
private struct Read: Hashable, CustomStringConvertible {
    let item: String
    let entry: String

    var description: String { "\(item) \(entry)" }
}

extension Products {
    /// `docs/reads.tsv` says what each item reads of Apple's frameworks: each is collected alone.
    @Suite struct Reads {
        init() async {
            await resetStubs()
            locationService.value.onStart = { $0.give(location) }
            bluetoothService.value.onInit = { $0.report(.poweredOn) }
            pasteboard.value.hasStrings = true
            trackingAuthorization.value = .authorized
        }

        private func read(_ item: Item) async throws -> Set<Read> {
            var policy = Policy.everything(deadlineMs: 2_000)
            policy.locationAccuracy = .precise
            policy[.device].items[.deviceName] = ItemPolicy(enabled: true)
            let fuzzy: Source = item == .locationFuzzy ? .fuzzyLocation : .preciseLocation
            if item == .locationFuzzy { policy.locationAccuracy = .fuzzy }
            let sources: [Source] = [
                .device(UIKitReader()), .storage, .idfa, fuzzy, .bluetooth, .nfc, .clipboard, .webView,
            ]
            let session = try appleSession(policy, sources: sources)
            await aTurnOfTheMainThread()
            Calls.reset()
            // Some are for troubleshooting alone, and no purpose reads more than it.
            _ = try await session.collect(for: .troubleshooting, items: [item])
            session.close()
            await aTurnOfTheMainThread()
            return Set(Calls.counts.keys.map { Read(item: item.id, entry: $0) })
        }

        @Test func eachItemReadsWhatIsListedAndNothingElse() async throws {
            let table = coreTests.appendingPathComponent("../../docs/reads.tsv")
            let rows = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
            let listed = Set(
                rows.filter { $0[0] == "apple" && $0[2] == "swift" }.map { Read(item: $0[1], entry: $0[3]) }
            )
            var found: Set<Read> = []
            for item in Item.allCases {
                found.formUnion(try await read(item))
            }
            #expect(found.subtracting(listed).map(\.description).sorted() == [], "read, and not listed")
            #expect(listed.subtracting(found).map(\.description).sorted() == [], "listed, and not read")
            // The control: the vendor's identifier and a device's own, which the stand-ins would note too.
            let forbidden = ["UIDevice.identifierForVendor", "CBPeripheral.identifier", "CLLocation.speed"]
            #expect(!listed.contains { forbidden.contains($0.entry) })
            Calls.reset()
            _ = await UIDevice.current.identifierForVendor
            #expect(Calls.counts.keys.contains(forbidden[0]))
            let items = Set(found.map(\.item)).count
            print(
                "proof: Swift's readers call what docs/reads.tsv lists | \(items) items, \(found.count) entries of Apple's"
                    + " frameworks; \(Item.allCases.count - items) items call none | an identifier that is read: noted"
            )
        }
    }
}
