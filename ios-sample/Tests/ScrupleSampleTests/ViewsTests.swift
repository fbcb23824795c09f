import Scruple
import ScrupleTesting
import SwiftUI
import Testing

@testable import ScrupleSample

/// The real views, over stand-ins that draw nothing and tell what is in them: what a person sees, and what a tap does.
@MainActor @Suite struct ViewsTests {
    /// A person in front of the app.
    @MainActor private final class Person {
        let session: TestSession
        let store: Store
        let view: MainView

        init() async {
            var values = TestValues()
            values.device.model = "iPhone15,2"
            let session = TestSession(values: values)
            self.session = session
            store = Store { _ in
            } open: { _ in
                Opened(session: session, records: HostRecords(), retentionMs: 60_000)
            }
            view = MainView(store: store, texts: Language.english.words)
            await settled()
        }

        func settled() async {
            await eventually { store.screen.phase == .idle && !store.isAsking }
        }

        var seen: [Element] { view.elements() }
        var texts: [String] { seen.compactMap { if case .text(let text) = $0 { text } else { nil } } }
        var spoken: [String] { seen.compactMap { if case .spoken(let text) = $0 { text } else { nil } } }

        /// The labels of the switches, and whether each is on.
        var switches: [(label: String, isOn: Binding<Bool>)] {
            seen.compactMap { if case .toggle(let label, let isOn) = $0 { (label, isOn) } else { nil } }
        }

        func turn(_ label: String, on: Bool) throws {
            try #require(switches.first { $0.label.hasPrefix(label) }).isOn.wrappedValue = on
        }

        func isChosen(_ label: String) throws -> Bool {
            try choice(label).isChosen
        }

        func choose(_ label: String) throws {
            try choice(label).choose()
        }

        private func choice(_ label: String) throws -> (isChosen: Bool, choose: @MainActor () -> Void) {
            let found = seen.compactMap { element in
                if case .choice(label, let isChosen, let choose) = element { (isChosen, choose) } else { nil }
            }
            return try #require(found.first)
        }

        func button(_ label: String) throws -> (isEnabled: Bool, press: @MainActor () -> Void) {
            let found = seen.compactMap { element in
                if case .button(label, let isEnabled, let press) = element { (isEnabled, press) } else { nil }
            }
            return try #require(found.count == 1 ? found.first : nil)
        }

        /// Agrees to device information, and looks at what comes of it.
        func agree() async throws {
            try choose("Old enough to consent")
            try turn("Device information", on: true)
            try button("agree").press()
            await settled()
        }
    }

    @Test func theConsentComesFirst() async throws {
        let person = await Person()
        #expect(try person.isChosen("tab_consent"))
        #expect(
            try person.isChosen("Not stated") && person.isChosen("Feature") && person.isChosen("Fuzzy location only")
        )
        #expect(person.switches.count == 1 + Category.allCases.count)
        #expect(person.switches.allSatisfy { !$0.isOn.wrappedValue })
        #expect(try person.button("agree").isEnabled)
        #expect(try !person.button("revoke").isEnabled, "there is nothing to take back")
        let asked = person.switches.map(\.label).filter { $0.hasSuffix("\nasks_permission") }
        #expect(asked.count == 4)
    }

    @Test func agreeingShowsTheValues() async throws {
        let person = await Person()
        try await person.agree()
        #expect(try person.isChosen("tab_items"))
        #expect(person.texts.contains("iPhone15,2") && person.texts.contains("device.model"))
        #expect(person.texts.contains("Values: 1 · Withheld: 27 · Unavailable: 12"))
        #expect(person.spoken.contains("Model. iPhone15,2"))
        #expect(person.spoken.count == Item.allCases.count, "a row is one stop")
        #expect(person.texts.filter { $0 == "Withheld" }.count == 27)
    }

    @Test func revokingEmptiesTheScreen() async throws {
        let person = await Person()
        try await person.agree()
        try person.button("revoke").press()
        #expect(!person.texts.contains("iPhone15,2"))
        #expect(person.spoken.allSatisfy { $0.contains(". Withheld, Consent: ") })
        #expect(try !person.button("revoke").isEnabled)
        try person.choose("tab_consent")
        #expect(person.switches.allSatisfy { !$0.isOn.wrappedValue })
    }

    @Test func aSwitchTakesBackWhatItIsFor() async throws {
        let person = await Person()
        try person.turn("categories_all", on: true)
        #expect(person.switches.allSatisfy { $0.isOn.wrappedValue })
        try await person.agree()
        try person.choose("tab_consent")
        try person.turn("Device information", on: false)
        #expect(
            person.switches.filter { !$0.isOn.wrappedValue }.map(\.label) == ["categories_all", "Device information"]
        )
        try person.choose("tab_items")
        #expect(person.spoken.contains("Model. Withheld, Consent: taken back"))
    }

    @Test func theAuditIsLive() async throws {
        let person = await Person()
        try person.choose("tab_audit")
        #expect(person.texts.contains("audit_empty"))
        try person.choose("tab_consent")
        try await person.agree()
        try person.choose("tab_audit")
        #expect(!person.texts.contains("audit_empty"))
        #expect(person.texts.contains { $0.hasSuffix(" · Model · Feature") })
    }

    @Test func theOtherChoicesAreTheModels() async throws {
        let person = await Person()
        try person.choose("Troubleshooting")
        try person.choose("Precise location, too")
        await person.settled()
        #expect(person.store.screen.purpose == .troubleshooting)
        #expect(person.store.screen.accuracy == .precise)
        #expect(try person.isChosen("Troubleshooting") && person.isChosen("Precise location, too"))
    }

    @Test func nothingIsOnTheAppSwitcher() async throws {
        let person = await Person()
        let covers = { person.seen.contains { if case .colour("AccentColor") = $0 { true } else { false } } }
        #expect(!covers())
        EnvironmentValues.current.scenePhase = .inactive
        defer { EnvironmentValues.current.scenePhase = .active }
        #expect(covers())
    }

    @Test func largeLettersShowTheSame() async throws {
        let person = await Person()
        try await person.agree()
        let before = person.texts
        EnvironmentValues.current.dynamicTypeSize = .accessibility5
        defer { EnvironmentValues.current.dynamicTypeSize = .large }
        #expect(person.texts == before)
        #expect(try person.button("revoke").isEnabled)
    }
}
