import Foundation
import RecordedSessions
import Scruple
import ScrupleTesting
import SwiftUI
import Testing

@testable import ScrupleConsentUI

/// What a person is asked, and what becomes of the answer.
@Suite struct ConsentTests {
    /// Device information for both purposes, location for one, and the clipboard off.
    private let policy: Policy = {
        var policy = Policy(categories: [.device: .on, .location: .on, .clipboard: CategoryPolicy()])
        policy[.location].purposes = [.troubleshooting]
        policy[.device].items[.deviceCpu] = ItemPolicy(enabled: false)
        policy[.device].items[.deviceBrand] = ItemPolicy(enabled: true, purposes: [.feature])
        return policy
    }()

    private func session() throws -> Session { try Session.recordedApple(policy) }

    @Test func aRowIsWhatThePolicyHasSwitchedOn() throws {
        let form = try ConsentForm(of: session())
        #expect(form.rows.map(\.category) == [.device, .location])
        #expect(form.rows.map(\.purposes) == [[.feature, .troubleshooting], [.troubleshooting]])
        let device = try #require(form.rows.first).items
        let feature = try #require(device[.feature])
        #expect(feature.contains(.deviceModel) && feature.contains(.deviceBrand))
        #expect(!feature.contains(.deviceCpu), "the policy leaves it off")
        #expect(!feature.contains(.deviceName), "the policy does not name it")
        #expect(device[.troubleshooting] == feature.filter { $0 != .deviceBrand })
        #expect(form.rows.last?.items == [.troubleshooting: [.locationFuzzy]], "the policy opts for fuzzy location")
    }

    @Test func withEverythingOnEveryItemIsAskedForOnce() throws {
        var everything = Policy.everything()
        everything.locationAccuracy = .precise
        everything[.device].items[.deviceName] = ItemPolicy(enabled: true)
        let form = try ConsentForm(of: Session.recordedApple(everything))
        #expect(form.rows.map(\.category) == Scruple.Category.allCases)
        let troubleshooting = form.rows.flatMap { $0.items[.troubleshooting] ?? [] }
        #expect(troubleshooting == Item.allCases)
        let feature = form.rows.flatMap { $0.items[.feature] ?? [] }
        #expect(feature == Item.allCases.filter { !$0.id.hasSuffix(".troubleshooting") })
        #expect(try ConsentForm(of: Session.recordedApple(Policy())).rows.isEmpty)
    }

    @Test func allIsOffAndAsksForNothing() throws {
        let session = try session()
        let form = try ConsentForm(of: session)
        #expect(form.chosen.isEmpty && !form[.device] && !form[.location, .troubleshooting])
        #expect(try form.update(of: session) == ConsentUpdate())
        #expect(session.audit().isEmpty)
    }

    @Test func whatIsOnIsAgreedToAndNothingElse() throws {
        let session = try session()
        var form = try ConsentForm(of: session)
        form[.device, .feature] = true
        form[.location] = true
        var expected = ConsentUpdate()
        expected.grant(.device, for: .feature)
        expected.grant(.location, for: .troubleshooting)
        #expect(try form.update(of: session) == expected)
        #expect(form[.device] && !form[.device, .troubleshooting])
    }

    @Test func aCategorysSwitchIsForAllItsPurposes() throws {
        var form = try ConsentForm(of: session())
        form[.device] = true
        #expect(form[.device, .feature] && form[.device, .troubleshooting])
        form[.device, .feature] = false
        #expect(form[.device], "it is read for one purpose still")
        form[.device] = false
        #expect(form.chosen.isEmpty)
    }

    @Test func whatIsNotOfferedStaysOff() throws {
        var form = try ConsentForm(of: session())
        form[.clipboard] = true
        form[.location, .feature] = true
        #expect(form.chosen.isEmpty)
    }

    @Test(arguments: [Age.unknown, .belowMinimum, .atLeastMinimum])
    func whatStandsIsShownAndWhatIsSwitchedOffIsTakenBack(age: Age) async throws {
        let session = try session()
        try session.updateConsent {
            $0.age = age
            $0.grant(.device)
        }
        // A read begins an interval, which is no matter of consent.
        _ = try await session.collect(for: .feature)
        var form = try ConsentForm(of: session)
        #expect(form.chosen.count == 2 && form[.device] && !form[.location])
        form[.device, .troubleshooting] = false
        let update = try form.update(of: session)
        #expect(update.revoked == [Grant(category: .device, purpose: .troubleshooting)] && update.age == nil)
        try session.updateConsent(update)
        #expect(try ConsentForm(of: session) == form)

        form[.device] = false
        try session.updateConsent(form.update(of: session))
        #expect(try ConsentForm(of: session).chosen.isEmpty, "one form serves many changes")
        let never = try session.explain(for: .troubleshooting)[.locationFuzzy]
        #expect(never == .withheld(.notGranted), "nobody took back what nobody gave")
    }

    @Test func aClosedSessionIsAskedNothing() throws {
        let session = TestSession()
        let form = try ConsentForm(of: session)
        #expect(form.rows.count == Scruple.Category.allCases.count)
        session.close()
        #expect(throws: ScrupleError.closed) { try ConsentForm(of: session) }
        #expect(throws: ScrupleError.closed) { try form.update(of: session) }
    }
}

/// The list over a stand-in that draws nothing and tells what is in it: what a person sees and hears, and what a tap does.
@MainActor @Suite struct ConsentListTests {
    @State private var form: ConsentForm
    private let session: Session

    init() throws {
        var policy = Policy(categories: [.location: .on, .nfc: .on])
        policy[.location].purposes = [.feature]
        session = try Session.recordedApple(policy)
        _form = State(wrappedValue: try ConsentForm(of: session))
    }

    private func seen(_ words: ConsentWords) -> [Element] { ConsentList($form, words: words).elements() }

    private func switches(_ words: ConsentWords) -> [(label: String, isOn: Binding<Bool>)] {
        seen(words).compactMap { if case .toggle(let label, let isOn) = $0 { (label, isOn) } else { nil } }
    }

    @Test(arguments: ["en", "zh-Hans"]) func aRowSaysWhatIsReadAndWhatFor(code: String) throws {
        let words = try Strings.module(code).words
        let expected = [
            "en": [
                "Location\nFeature: Fuzzy location", "NFC", "Feature\nNFC information",
                "Troubleshooting\nNFC information",
            ],
            "zh-Hans": ["位置\n功能：模糊位置", "NFC", "功能\nNFC 信息", "故障排查\nNFC 信息"],
        ]
        #expect(switches(words).map(\.label) == expected[code])
        #expect(switches(words).allSatisfy { !$0.isOn.wrappedValue })
    }

    @Test func aScreenReaderSaysAllOfARow() throws {
        let spoken = try seen(Strings.module("en").words).compactMap {
            if case .spoken(let text) = $0 { text } else { nil }
        }
        #expect(
            spoken == [
                "Location. Feature: Fuzzy location", "NFC. Feature: NFC information",
                "NFC. Troubleshooting: NFC information",
            ]
        )
    }

    @Test func aTapChangesTheFormAndNothingElse() throws {
        let taps = switches(.bundled)
        taps[0].isOn.wrappedValue = true
        taps[3].isOn.wrappedValue = true
        #expect(switches(.bundled).map(\.isOn.wrappedValue) == [true, true, false, true])
        #expect(
            form.chosen == [
                Grant(category: .location, purpose: .feature), Grant(category: .nfc, purpose: .troubleshooting),
            ]
        )
        #expect(try ConsentForm(of: session).chosen.isEmpty, "nobody told the session")
        taps[1].isOn.wrappedValue = false
        #expect(switches(.bundled).map(\.isOn.wrappedValue) == [true, false, false, false])
    }
}

/// The words of the module, and of the sample, which are the Android sample's.
@Suite struct ConsentWordsTests {
    @Test(arguments: ["en", "zh-Hans"]) func theyAreTheSamples(code: String) throws {
        let (own, samples) = (try Strings.module(code).texts, try Strings.sample(code).texts)
        #expect(own.count == 2 + Scruple.Category.allCases.count + Purpose.allCases.count + Item.allCases.count)
        for (name, text) in own { #expect(samples[name] == text, "\(name)") }
    }

    @Test func aFormOfEverythingHasEveryWord() throws {
        let form = try ConsentForm(of: Session.recordedApple(.everything()))
        for words in try [Strings.module("en").words, Strings.module("zh-Hans").words, .bundled] {
            for row in form.rows {
                for purpose in row.purposes {
                    let spoken = words.spoken(row, for: purpose)
                    #expect(spoken.wholeMatch(of: /[^_]+(\. |。)[^_]+(: |：)[^_]+/) != nil, "\(spoken)")
                }
            }
        }
    }

    @Test func aHostsWordsTakeTheirPlace() throws {
        let form = try ConsentForm(of: Session.recordedApple(Policy(categories: [.nfc: .on])))
        let words = ConsentWords { $0.hasPrefix("category_") ? "Funk" : $0 == "spoken" ? "%1$@ – %2$@" : $0 }
        let row = try #require(form.rows.first)
        #expect(words.spoken(row, for: .feature) == "Funk – value_named")
    }
}

/// A file of texts, in one language.
private struct Strings {
    let texts: [String: String]

    static func module(_ code: String) throws -> Strings {
        try Strings("bindings/swift/Sources/ScrupleConsentUI", code)
    }
    static func sample(_ code: String) throws -> Strings { try Strings("ios-sample/ScrupleSample", code) }

    private init(_ folder: String, _ code: String) throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../..").standardized
        let file = root.appendingPathComponent("\(folder)/\(code).lproj/Localizable.strings")
        let list = try PropertyListSerialization.propertyList(from: Data(contentsOf: file), format: nil)
        texts = try #require(list as? [String: String])
    }

    var words: ConsentWords { ConsentWords { [texts] in texts[$0] ?? $0 } }
}
