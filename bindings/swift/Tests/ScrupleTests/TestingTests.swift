import Foundation
import Scruple
import ScrupleTesting
import Testing

/// The twin behaves as the session does.
@Suite struct TestingTests {
    private func twin() -> TestSession {
        var values = TestValues()
        values.device.model = "Pixel 8"
        values.device.systemVersion = SystemVersion(version: "14", name: "Android 14")
        values.device.resolution = Resolution(width: 1080, height: 2400, scale: 2.5)
        values.features.userAgent = "Agent/1.0"
        values.unavailable[.deviceOperator] = .noTelephony
        values.json = #"{"items": {}}"#
        return TestSession(values: values)
    }

    @Test func givesWhatTheTestHandedOverOnceItIsAgreedTo() async throws {
        let session = twin()
        #expect(try await session.collect(for: .feature).missing[.deviceModel] == .withheld(.notGranted))
        try session.updateConsent { $0.grant(.device) }
        #expect(try await session.collect(for: .feature).missing[.deviceModel] == .withheld(.ageUnknown))
        try session.updateConsent { $0.age = .belowMinimum }
        #expect(try await session.collect(for: .feature).missing[.deviceModel] == .withheld(.ageBelowMinimum))
        try session.updateConsent { $0.age = .atLeastMinimum }
        #expect(session.audit().isEmpty)

        let snapshot = try await session.collect(for: .feature)
        #expect(try snapshot.device.model == "Pixel 8")
        #expect(try snapshot.features.userAgent == nil)
        #expect(try snapshot.missing[.webViewUserAgent] == .withheld(.notGranted))
        #expect(try snapshot.missing[.deviceOperator] == .unavailable(.noTelephony))
        #expect(try snapshot.missing[.deviceCpu] == .unavailable(.notStated))
        #expect(try snapshot.toJson() == #"{"items": {}}"#)
        #expect(session.audit().map(\.item) == [.deviceModel, .deviceSystemVersion, .deviceResolution])

        let one = try await session.collect(for: .feature, items: [.deviceModel, .deviceName])
        #expect(try one.device == DeviceInformation(model: "Pixel 8"))
        #expect(try one.missing == [.deviceName: .unavailable(.notStated)])
    }

    @Test func answersTheMiniProgram() async throws {
        let session = twin()
        try session.agree()
        let snapshot = try await session.collect(for: .feature)
        let info = SystemInfo(
            model: "Pixel 8",
            pixelRatio: 2.5,
            screenWidth: 432,
            screenHeight: 960,
            system: "Android 14"
        )
        #expect(try snapshot.forMiniProgram() == info)
        #expect(snapshot.appDeviceInfo() == ["model": "Pixel 8", "system": "Android 14"])
    }

    @Test func theEndsAreTheSessions() async throws {
        let session = twin()
        try session.agree()
        let closed = try await session.collect(for: .feature)
        closed.close()
        try expectEveryRead(of: closed, toThrow: .closed)
        let expired = try await session.collect(for: .feature)
        expired.expire()
        try expectEveryRead(of: expired, toThrow: .expired)

        let revoked = try await session.collect(for: .feature)
        try session.updateConsent { $0.revoke(.device, .webView) }
        #expect(throws: ScrupleError.revoked) { try revoked.device }
        #expect(throws: ScrupleError.revoked) { try revoked.features }
        #expect(try revoked.missing[.deviceModel] == .withheld(.revoked))

        let last = try await session.collect(for: .feature)
        session.close()
        try expectEveryRead(of: last, toThrow: .closed)
        await #expect(throws: ScrupleError.closed) { try await session.collect(for: .feature) }
        #expect(throws: ScrupleError.closed) { try session.explain(for: .feature) }
    }

    @Test func recordsAreSupplied() async throws {
        let session = twin()
        try session.agree()
        let shop = ApplicationInformation(name: "Shop")
        try session.supply(HostRecords(application: shop, miniPrograms: [MiniProgram(id: "mp-1")]))
        let snapshot = try await session.collect(for: .feature, items: [.applicationName, .miniProgramId])
        #expect(try snapshot.application.name == "Shop")
        #expect(try snapshot.miniPrograms.map(\.id) == ["mp-1"])
    }

    /// A host's code takes either.
    @Test func isASession() async throws {
        func platform(of session: any SessionProtocol) async throws -> String? {
            try await session.collect(for: .feature).device.platform
        }
        #expect(try await platform(of: agreedSession()) == "linux")
        var values = TestValues()
        values.device.platform = "ios"
        let twin = TestSession(values: values)
        try twin.agree()
        #expect(try await platform(of: twin) == "ios")
    }

    /// Each item has a place of its own in the twin's values: the explanations of both are of the same form.
    @Test func explainsAsTheSessionDoes() async throws {
        let (twin, session) = (twin(), try await Session.open(policy: .everything()))
        for consent in [false, true] {
            if consent {
                try twin.agree()
                try session.agree()
            }
            #expect(
                try JSON(twin.explainJson(for: .troubleshooting))["agreement"]
                    == JSON(session.explainJson(for: .troubleshooting))["agreement"]
            )
            let precise = "location.precise"
            var (ours, theirs) = (
                try JSON(twin.explainJson(for: .troubleshooting))["items"]?.object,
                try JSON(session.explainJson(for: .troubleshooting))["items"]?.object
            )
            // The policies, which the twin does not know.
            for id in [precise, "device.name"] {
                ours?[id] = nil
                theirs?[id] = nil
            }
            #expect(ours == theirs && ours?.count == Item.allCases.count - 2)
        }
    }
}
