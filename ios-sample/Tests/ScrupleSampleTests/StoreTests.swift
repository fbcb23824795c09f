import Foundation
import Scruple
import ScrupleTesting
import Testing

@testable import ScrupleSample

/// What the views change, and in which order the app asks.
@MainActor @Suite struct StoreTests {
    /// A store over a session in memory, which remembers what iOS was to ask about.
    @MainActor private final class App {
        var asked: [Set<ScrupleSample.Category>] = []
        /// What was on the screen when the person had answered.
        var before: [Outcome?] = []
        let session: TestSession
        private(set) var store: Store!

        init() async {
            var values = TestValues()
            values.device.model = "iPhone15,2"
            session = TestSession(values: values)
            store = Store { [unowned self] categories in
                asked.append(categories)
                #expect(store.isAsking)
                // A person takes longer.
                try? await Task.sleep(nanoseconds: 20_000_000)
                before.append(store.screen.outcomes[.deviceModel])
            } open: { [session] _ in
                Opened(session: session, records: HostRecords(), retentionMs: 60_000)
            }
            await until { $0.screen.phase == .idle }
        }

        func until(_ isSo: (Store) -> Bool) async {
            await eventually { isSo(store) }
        }

        var model: String? {
            if case .value(let values) = store.screen.outcomes[.deviceModel] { values.device.model } else { nil }
        }
    }

    @Test func consentComesFirstThenWhatIOSAsksThenTheCollection() async {
        let app = await App()
        app.store.age = .atLeastMinimum
        app.store.chosen[contains: .device] = true
        #expect(app.asked.isEmpty && app.session.audit().isEmpty)
        app.store.agree()
        await app.until { !$0.isAsking && $0.screen.phase == .idle }
        #expect(app.asked == [[.device]])
        guard case .unread = app.before.first ?? nil else {
            Issue.record("agreed to, and not read while iOS asks")
            return
        }
        #expect(app.model == "iPhone15,2")
    }

    @Test func aSwitchThatIsTurnedOffTakesBack() async {
        let app = await App()
        app.store.age = .atLeastMinimum
        app.store.chosen.isFull = true
        #expect(app.store.chosen == Set(Category.allCases))
        app.store.agree()
        await app.until { !$0.isAsking && $0.screen.phase == .idle }
        #expect(app.model != nil)
        app.store.chosen[contains: .device] = false
        #expect(app.model == nil)
        #expect(!app.store.chosen.isFull && app.store.screen.agreed.count == Category.allCases.count - 1)
        app.store.chosen.isFull = false
        #expect(app.store.screen.agreed.isEmpty)
    }

    @Test func thePurposeAndThePolicyAreTheModels() async {
        let app = await App()
        app.store.purpose = .troubleshooting
        #expect(app.store.screen.purpose == .troubleshooting && app.store.purpose == .troubleshooting)
        app.store.accuracy = .precise
        #expect(app.store.screen.accuracy == .precise && app.store.accuracy == .precise)
        #expect(app.store.age == .unknown)
    }
}
