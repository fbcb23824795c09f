import Foundation
import RecordedSessions
import Scruple
import Testing

@Suite struct SessionTests {
    @Test func nothingIsReadBeforeConsent() async throws {
        let session = try await Session.open(policy: .everything())
        let snapshot = try await session.collect(for: .feature)
        #expect(try snapshot.missing.count == Item.allCases.count)
        #expect(try snapshot.missing[.deviceModel] == .withheld(.notGranted))
        #expect(session.audit().isEmpty)
    }

    @Test func whatIsPermittedIsReadAndAudited() async throws {
        let session = try await agreedSession()
        let before = Date().timeIntervalSince1970 * 1000
        let snapshot = try await session.collect(
            for: .troubleshooting,
            items: [.devicePlatform, .deviceCpu, .deviceOperator]
        )
        #expect(snapshot.purpose == .troubleshooting)
        let now = Date().timeIntervalSince1970 * 1000
        #expect(try (before.rounded(.down)...now).contains(Double(snapshot.collectedAtMs)))
        #expect(try Double(snapshot.livesUntilMs) > now)
        #expect(try snapshot.device.platform == "linux")
        #expect(try snapshot.device.cpu?.cores ?? 0 > 0)
        #expect(try snapshot.device.model == nil, "nobody asked for it")
        #expect(try snapshot.missing.keys.sorted { $0.id < $1.id } == [.deviceOperator])
        let audit = session.audit()
        #expect(Set(audit.map(\.item)).isSuperset(of: [.devicePlatform, .deviceCpu]))
        #expect(audit.allSatisfy { $0.purpose == .troubleshooting && Double($0.atMs) >= before.rounded(.down) })
    }

    @Test func theExportIsTheDocumentedJson() async throws {
        let snapshot = try await agreedSession().collect(for: .feature, items: [.devicePlatform])
        let json = try JSON(snapshot.toJson())
        #expect(json["agreement"]?.string == Policy.agreement)
        #expect(json["items"]?.object == ["device.platform": .object(["value": .string("linux")])])
    }

    @Test func closingASnapshotEndsItsReads() async throws {
        let session = try await agreedSession()
        let snapshot = try await session.collect(for: .feature)
        _ = try snapshot.device
        snapshot.close()
        try expectEveryRead(of: snapshot, toThrow: .closed)
        #expect(snapshot.purpose == .feature)
        snapshot.close()
        _ = try await session.collect(for: .feature)
    }

    @Test func closingASessionEndsEverything() async throws {
        let session = try await agreedSession()
        let snapshot = try await session.collect(for: .feature, items: [.devicePlatform])
        session.close()
        try expectEveryRead(of: snapshot, toThrow: .closed)
        await #expect(throws: ScrupleError.closed) { try await session.collect(for: .feature) }
        #expect(throws: ScrupleError.closed) { try session.supply(HostRecords()) }
        #expect(throws: ScrupleError.closed) { try session.updateConsent { $0.grant(.device) } }
        #expect(throws: ScrupleError.closed) { try session.explain(for: .feature) }
        #expect(throws: ScrupleError.closed) { try session.explainJson(for: .feature) }
        #expect(session.audit().map(\.item) == [.devicePlatform])
    }

    /// Swift lets go of an object after its last use, which for a session may be its collection.
    @Test func aSnapshotHoldsItsSession() async throws {
        var session: Session? = try await agreedSession()
        weak var held = session
        var snapshot = try await session?.collect(for: .feature)
        session = nil
        #expect(try snapshot?.device.platform == "linux")
        #expect(held != nil)
        snapshot = nil
        // The thread that waited for the collection lets go in its own time.
        try await eventually { held == nil }
    }

    @Test func theRetentionEndsASnapshot() async throws {
        let session = try await agreedSession(.everything(retentionMs: 1))
        let snapshot = try await session.collect(for: .feature)
        try await Task.sleep(nanoseconds: 20_000_000)
        try expectEveryRead(of: snapshot, toThrow: .expired)
    }

    @Test func revocationWipesACategoryOnly() async throws {
        let session = try await agreedSession()
        try session.supply(HostRecords(application: ApplicationInformation(name: "Shop")))
        let snapshot = try await session.collect(for: .feature)
        try session.updateConsent { $0.revoke(.device, .processList) }
        #expect(throws: ScrupleError.revoked) { try snapshot.device }
        #expect(throws: ScrupleError.revoked) { try snapshot.features }
        #expect(throws: ScrupleError.revoked) { try snapshot.forMiniProgram() }
        #expect(try snapshot.missing[.devicePlatform] == .withheld(.revoked))
        #expect(try snapshot.application.name == "Shop")
        #expect(snapshot.appDeviceInfo().isEmpty)
    }

    @Test func consentIsForAPurpose() async throws {
        let session = try await Session.open(policy: .everything())
        try session.updateConsent {
            $0.age = .atLeastMinimum
            $0.grant(.device, for: .troubleshooting)
        }
        #expect(try session.explain(for: .feature)[.devicePlatform] == .withheld(.notGranted))
        #expect(try session.explain(for: .troubleshooting)[.devicePlatform] == .permitted)
        try session.updateConsent { $0.revoke(.device, for: .troubleshooting) }
        #expect(try session.explain(for: .troubleshooting)[.devicePlatform] == .withheld(.revoked))
        try session.updateConsent { $0.age = .belowMinimum }
        try session.updateConsent { $0.grant(.device) }
        #expect(try session.explain(for: .feature)[.devicePlatform] == .withheld(.ageBelowMinimum))
    }

    @Test func tooSoonSaysHowLong() async throws {
        var policy = Policy.everything()
        policy[.processList].minimumIntervalMs = 86_400_000
        let session = try await agreedSession(policy)
        _ = try await session.collect(for: .feature, items: [.processListProcesses])
        guard case .withheld(.tooSoon(let remainingMs)) = try session.explain(for: .feature)[.processListProcesses]
        else {
            Issue.record("it may be read again already")
            return
        }
        #expect((1...86_400_000).contains(remainingMs))
    }

    @Test func hostRecordsAreGivenBack() async throws {
        let program = MiniProgram(
            id: "mp-1",
            name: "Cart",
            codePackage: CodePackage(size: 5, sha256: String(repeating: "0", count: 64)),
            codePackageAddress: CodePackageAddress(server: "https://cdn.example.com/cart.zip"),
            domainName: "cart.example.com"
        )
        let network = NetworkConfiguration(
            permissions: ["camera": false],
            domains: DomainConfiguration(
                request: ["https://api.example.com"],
                socket: [],
                upload: [],
                download: [],
                webView: []
            )
        )
        let picture = ProfilePicture(bytes: Data("GIF89a".utf8))
        let records = HostRecords(
            application: ApplicationInformation(profilePicture: picture, name: "Shop", packageName: "com.example.shop"),
            miniPrograms: [program],
            network: network
        )
        let session = try await agreedSession()
        try session.supply(records)
        let snapshot = try await session.collect(for: .feature)
        #expect(try snapshot.application == records.application)
        #expect(try snapshot.miniPrograms == [program])
        #expect(try snapshot.network == network)
        #expect(try snapshot.missing[.applicationCreatorId] == .unavailable(.notSupplied))
    }

    @Test func aMistakeInRecordsNamesItsField() async throws {
        let session = try await Session.open(policy: Policy())
        let records = HostRecords(miniPrograms: [MiniProgram(id: "white space")])
        #expect(inputError { try session.supply(records) } == "malformed mini_programs[0].id")
        #expect(inputError { try HostRecords(json: #"{"application": {"name": 1}}"#) } == "wrong_type application.name")
    }

    @Test func theSystemInfoIsTheMachines() async throws {
        let policy = Policy.everything()
        let session = try Session.recorded(policy, sysroot: coreTests.appendingPathComponent("sysroots/laptop"))
        try session.agree()
        let snapshot = try await session.collect(for: .feature)
        let (device, info) = (try snapshot.device, try snapshot.forMiniProgram())
        #expect(info.model == device.model && info.model != nil)
        #expect(info.system == device.systemVersion?.name && info.system != nil)
        #expect(info.screenWidth == device.resolution.map { Double($0.width) } && info.screenWidth != nil)
        let answer = snapshot.appDeviceInfo()
        #expect(Set(answer.keys) == ["brand", "model", "system", "platform"])
        #expect(answer["model"] == info.model && answer["brand"] == info.brand && answer["platform"] == "linux")
        snapshot.close()
        #expect(snapshot.appDeviceInfo().isEmpty)
    }

    @Test func anExpiredSnapshotAnswersTheDelegateWithNothing() async throws {
        let session = try await agreedSession(.everything(retentionMs: 1))
        let snapshot = try await session.collect(for: .feature)
        try await Task.sleep(nanoseconds: 20_000_000)
        #expect(snapshot.appDeviceInfo().isEmpty)
    }
}

/// The kind and the field of an input error.
func inputError<Value>(_ call: () throws -> Value) -> String? {
    do {
        _ = try call()
        return nil
    } catch ScrupleError.input(let kind, let field, _, _) {
        return "\(kind.id) \(field)"
    } catch {
        return "\(error)"
    }
}

/// Every read but that of the purpose.
func expectEveryRead(of snapshot: some SnapshotProtocol, toThrow error: ScrupleError) throws {
    #expect(throws: error) { try snapshot.application }
    #expect(throws: error) { try snapshot.miniPrograms }
    #expect(throws: error) { try snapshot.network }
    #expect(throws: error) { try snapshot.device }
    #expect(throws: error) { try snapshot.features }
    #expect(throws: error) { try snapshot.missing }
    #expect(throws: error) { try snapshot.toJson() }
    #expect(throws: error) { try snapshot.forMiniProgram() }
    #expect(snapshot.appDeviceInfo().isEmpty)
}
