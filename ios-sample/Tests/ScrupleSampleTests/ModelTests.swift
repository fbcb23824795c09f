import Foundation
import Scruple
import Testing

@testable import ScrupleSample

/// A host's own tests: of its logic, with Scruple's session in memory.
@MainActor @Suite struct ModelTests {
    @Test func beforeConsentNothingHasAValue() async {
        let app = await SampleUnderTest.opened()
        #expect(app.values.isEmpty)
        await app.collected()
        #expect(app.reason(.deviceModel) == .withheld(.notGranted))
        #expect(app.screen.audit.isEmpty)
    }

    @Test func aSwitchAloneAgreesToNothing() async {
        let app = await SampleUnderTest.opened()
        app.model.state(.atLeastMinimum)
        app.model.turn([.device], on: true)
        #expect(app.reason(.deviceModel) == .withheld(.notGranted))
        app.model.agree()
        guard case .unread = app.screen.outcomes[.deviceModel] else {
            Issue.record("permitted, and not read yet")
            return
        }
    }

    @Test func whatIsAgreedToHasItsValueOrAReason() async {
        let app = await SampleUnderTest.agreed(to: [.device, .application])
        #expect(app.values[.deviceModel]?.device.model == "iPhone15,2")
        #expect(app.values[.applicationName]?.application.name == "Example Shop")
        #expect(app.reason(.deviceOperator) == .unavailable(.notStated))
        #expect(app.reason(.webViewUserAgent) == .withheld(.notGranted))
        #expect(app.sessions[0].supplied?.network == nil, "what is not agreed to is not handed over")
        let other = await SampleUnderTest.agreed(to: [.networkConfiguration])
        #expect(other.values[.networkPermissionConfiguration]?.network.permissions?.count == 1)
        #expect(other.sessions[0].supplied?.application == nil)
    }

    @Test func switchingOffTakesBackAndKeepsTheRest() async {
        let app = await SampleUnderTest.agreed(to: [.device, .webView])
        app.model.turn([.device], on: false)
        #expect(app.reason(.deviceModel) == .withheld(.revoked))
        #expect(app.values[.webViewUserAgent]?.features.userAgent == "Mozilla/5.0")
        #expect(app.screen.agreed == [.webView])
    }

    @Test func switchingOffWhatNobodyAgreedToTakesNothingBack() async {
        let app = await SampleUnderTest.opened()
        app.model.turn([.device], on: true)
        app.model.turn([.device], on: false)
        #expect(app.reason(.deviceModel) == .withheld(.notGranted))
    }

    @Test func revokingLeavesNothing() async {
        let app = await SampleUnderTest.agreed(to: Set(Category.allCases))
        #expect(app.values[.deviceModel] != nil)
        app.model.revoke()
        #expect(app.values.isEmpty)
        #expect(app.reason(.deviceModel) == .withheld(.revoked))
        #expect(app.screen.chosen.isEmpty && app.screen.agreed.isEmpty)
        #expect(!app.screen.audit.isEmpty)
    }

    @Test func whatIsCollectedWhenNobodyLooksIsLetGo() async {
        let app = await SampleUnderTest.agreed(to: [.device])
        let session = app.sessions[0]
        session.isHeldUp = true
        app.model.collect()
        #expect(app.screen.phase == .collecting)
        app.model.leave()
        #expect(app.screen.phase == .idle)
        session.isHeldUp = false
        await app.until { _ in session.collected.count == 2 && (try? session.collected[1].missing) == nil }
        #expect(app.values.isEmpty)
        #expect(throws: ScrupleError.closed) { try session.collected[1].device }
    }

    @Test func valuesGoWhenTheRetentionIsOver() async {
        let app = await SampleUnderTest.agreed(to: [.device])
        #expect(app.values[.deviceModel] != nil)
        #expect(app.waits == [60_000])
        app.endWait()
        await app.until { $0.values.isEmpty }
        #expect(app.screen.agreed == [.device], "consent stays")
    }

    @Test func valuesGoWhenNobodyLooks() async {
        let app = await SampleUnderTest.agreed(to: [.device])
        app.model.leave()
        #expect(app.values.isEmpty)
        await app.collected()
        #expect(app.values[.deviceModel] != nil)
    }

    @Test func anotherPurposeStartsAnew() async {
        let app = await SampleUnderTest.agreed(to: [.device])
        app.model.choose(.troubleshooting)
        #expect(app.values.isEmpty)
        app.model.choose(.troubleshooting)
        await app.collected()
        #expect(app.values[.deviceModel] != nil)
        #expect(app.screen.audit.first?.purpose == .troubleshooting)
    }

    @Test func anotherPolicyIsAnotherSession() async {
        let app = await SampleUnderTest.agreed(to: [.device])
        app.model.choose(.precise)
        #expect(app.screen.outcomes.isEmpty, "nothing of the old one")
        await app.settled()
        #expect(app.accuracies == [.fuzzy, .precise])
        #expect(throws: ScrupleError.closed) { try app.sessions[0].explain(for: .feature) }
        #expect(app.reason(.deviceModel) == .withheld(.notGranted))
        #expect(app.screen.age == .atLeastMinimum, "stated again")
        await app.agree(to: [.device])
        #expect(app.values[.deviceModel] != nil)
    }

    @Test func aFailureIsShownAndAnotherSessionClearsIt() async {
        let app = await SampleUnderTest.opened()
        app.sessions[0].close()
        app.model.collect()
        await app.until { $0.screen.phase == .idle }
        #expect(app.screen.failure == ScrupleError.closed.description)
        app.model.choose(.precise)
        await app.settled()
        #expect(app.screen.failure == nil)
    }

    @Test func withoutASessionThereIsAReasonAndNothingBreaks() async {
        let model = Model { _ in throw ScrupleError.noThread }
        await eventually { model.screen.phase == .idle }
        #expect(model.screen.failure == ScrupleError.noThread.description)
        model.state(.atLeastMinimum)
        model.turn(Set(Category.allCases), on: true)
        model.agree()
        model.collect()
        model.revoke()
        model.leave()
        #expect(model.screen.outcomes.isEmpty)
    }

    @Test func whatIsTappedWhileTheSessionOpensIsNotLost() async {
        let app = SampleUnderTest()
        app.model.state(.atLeastMinimum)
        app.model.turn([.device], on: true)
        app.model.leave()
        #expect(app.screen.phase == .opening)
        await app.settled()
        app.model.agree()
        await app.collected()
        #expect(app.values[.deviceModel] != nil)
    }

    @Test func everyChangeIsTold() async {
        let app = await SampleUnderTest.agreed(to: [.device])
        var told: [Screen] = []
        app.model.changed = { told.append($0) }
        app.model.revoke()
        #expect(told.last?.agreed.isEmpty == true)
        #expect(told.last?.outcomes.count == Item.allCases.count)
    }
}
