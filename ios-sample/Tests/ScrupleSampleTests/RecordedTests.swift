import Foundation
import RecordedSessions
import Scruple
import Testing

@testable import ScrupleSample

/// The app's model over the real library and the app's own policies: an iPhone whose kernel answers as recorded, and readers
/// of the test's in place of those that need Apple's frameworks.
@MainActor @Suite struct RecordedTests {
    private struct Volume: StorageSource {
        func read(deadlineMs: UInt64) throws -> UInt64 { 256_060_514_304 }
    }

    private struct Place: LocationSource {
        var answer = SystemPermission.granted
        func permission() throws -> SystemPermission { answer }
        func read(deadlineMs: UInt64) throws -> Coordinates { Coordinates(latitude: 52.5163, longitude: 13.3777) }
    }

    private struct Browser: WebViewSource {
        func permission() throws -> SystemPermission { .granted }
        func read(deadlineMs: UInt64) throws -> String { "Mozilla/5.0 (iPhone)" }
    }

    private let words = Language.english.words

    /// Intervals are the process's, and other tests read too.
    private func app(location: SystemPermission = .granted, intervals: Bool = false) async -> Model {
        let model = Model { accuracy in
            let name = accuracy == .fuzzy ? "scruple.json" : "scruple-precise.json"
            var policy = try Policy(contentsOf: Files.sample.appendingPathComponent(name))
            for category in Category.allCases where !intervals {
                policy[category].minimumIntervalMs = 0
            }
            let place = Place(answer: location)
            let sources: [Source] = [
                .storage(Volume()), .fuzzyLocation(place), .preciseLocation(place), .webView(Browser()),
            ]
            let records = try Files.text(Files.sample.appendingPathComponent("host-records.json"))
            return Opened(
                session: try Session.recordedApple(policy, sources: sources),
                records: try HostRecords(json: records),
                retentionMs: policy.retentionMs
            )
        }
        await model.settled()
        return model
    }

    private func row(_ item: Item, _ model: Model) -> String {
        words.row(item, model.screen.outcomes[item]).spoken
    }

    private func agree(_ model: Model, to categories: Set<ScrupleSample.Category> = Set(Category.allCases)) async {
        model.state(.atLeastMinimum)
        model.turn(categories, on: true)
        model.agree()
        model.collect()
        await model.settled()
    }

    @Test func beforeConsentEverythingIsWithheld() async {
        let model = await app()
        #expect(words.status(model.screen) == "No values · Permitted: 0 · Withheld: 40")
        #expect(row(.deviceModel, model) == "Model. Withheld, Consent: nobody agreed to it")
        #expect(row(.clipboardTroubleshooting, model).hasSuffix("Agreement: not listed for this purpose"))
        #expect(row(.locationPrecise, model).hasSuffix("Host policy: fuzzy location only"))
        #expect(model.screen.audit.isEmpty)
    }

    @Test func withoutAnAgeNothingIsRead() async {
        let model = await app()
        model.turn([.device], on: true)
        model.agree()
        #expect(row(.deviceModel, model) == "Model. Withheld, Age: not stated")
        model.state(.belowMinimum)
        model.collect()
        await model.settled()
        #expect(row(.deviceModel, model) == "Model. Withheld, Age: too young")
        #expect(model.screen.audit.isEmpty)
    }

    @Test func whatIsAgreedToIsShown() async throws {
        let model = await app()
        await agree(model)
        #expect(row(.deviceModel, model) == "Model. iPhone16,1")
        #expect(row(.deviceSystemVersion, model) == "System version. iOS 17.5.1")
        #expect(row(.deviceCpu, model) == "Processor. 6 cores, Coll, arm64, arm64e")
        #expect(row(.deviceStorageCapacity, model) == "Storage capacity. 256.06 GB (stays on this device)")
        #expect(row(.deviceMccMnc, model) == "MCC and MNC. Unavailable, iOS has none")
        #expect(row(.deviceName, model) == "Device name. Unavailable, the app has no source for it")
        #expect(row(.locationFuzzy, model) != "Fuzzy location. 52.5163°, 13.3777°")
        #expect(row(.locationFuzzy, model).hasPrefix("Fuzzy location. 52.5"))
        #expect(row(.webViewUserAgent, model) == "User agent. Mozilla/5.0 (iPhone)")
        #expect(row(.processListProcesses, model) == "Processes. 1 process: WeatherHost")
        #expect(row(.miniProgramName, model) == "Mini-program name. Orders")
        #expect(row(.networkDomainConfiguration, model) == "Domain configuration. 2 domains")
        let audit = model.screen.audit
        #expect(audit.contains { $0.item == .locationFuzzy } && !audit.contains { $0.item == .locationPrecise })
        #expect(audit.map(words.line).allSatisfy { $0.hasSuffix(" · Feature") })
    }

    @Test func aRefusalByIOSIsSaidSo() async {
        let model = await app(location: .denied)
        await agree(model)
        #expect(row(.locationFuzzy, model) == "Fuzzy location. Withheld, iOS: permission denied")
        #expect(row(.deviceModel, model) == "Model. iPhone16,1", "the others stay")
    }

    @Test func revokingEmptiesTheScreenBeforeItReturns() async {
        let model = await app()
        await agree(model)
        model.revoke()
        for item in Item.allCases {
            guard case .missing(.withheld) = model.screen.outcomes[item] else {
                Issue.record("\(item.id) is on the screen")
                continue
            }
        }
        #expect(row(.deviceModel, model) == "Model. Withheld, Consent: taken back")
        #expect(!model.screen.audit.isEmpty, "what was read stays known")
    }

    @Test func onlyTheOtherPolicyReadsPreciseLocation() async {
        let model = await app()
        model.choose(.precise)
        await model.settled()
        await agree(model, to: [.location])
        #expect(row(.locationPrecise, model) == "Precise location. 52.5163°, 13.3777°")
    }

    @Test func featureDataIsNotReadAgainAtOnce() async {
        let model = await app(intervals: true)
        await agree(model, to: [.webView, .device])
        model.collect()
        await model.settled()
        #expect(row(.webViewUserAgent, model).hasPrefix("User agent. Withheld, Interval: just read, wait "))
        #expect(row(.deviceModel, model) == "Model. iPhone16,1")
    }
}

extension Model {
    /// Waits until it has opened its session or collected.
    fileprivate func settled() async {
        await eventually { screen.phase == .idle && !screen.outcomes.isEmpty }
    }
}
