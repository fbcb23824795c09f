import Foundation
import RecordedSessions
import Scruple
import ScrupleClipboard
import ScrupleTesting
import Testing

@testable import ScrupleFacade

private let secret = "SECRET"

/// Whatever prints a value prints its type and no more.
@Suite struct RedactionTests {
    private static let location = Coordinates(latitude: 48.137154, longitude: 11.576124)
    private static let nearby = BluetoothDevice(name: secret, rssi: -41, serviceUuids: [secret])
    private static let diagnosis = BluetoothDiagnosis(
        state: .on,
        permission: .granted,
        scanErrors: [481],
        stateChanges: []
    )
    private static let device = DeviceInformation(
        storageCapacity: 48_137_154,
        mccMnc: mccMnc,
        model: secret,
        systemVersion: systemVersion,
        resolution: resolution,
        cpu: cpu,
        incrementalVersion: incrementalVersion
    )
    private static let mccMnc = MccMnc(mcc: "481", mnc: secret)
    private static let systemVersion = SystemVersion(version: secret, name: secret)
    private static let resolution = Resolution(width: 48_137, height: 48_154, scale: 48.1)
    private static let cpu = Cpu(names: [secret], hardware: secret, cores: 481, features: [secret])
    private static let incrementalVersion = IncrementalVersion(incremental: secret, visual: secret)
    private static let picture = ProfilePicture(bytes: Data(secret.utf8))
    private static let application = ApplicationInformation(profilePicture: picture, name: secret)
    private static let codePackage = CodePackage(size: 48_137, sha256: secret, bytes: Data(secret.utf8))
    private static let address = CodePackageAddress(client: secret, server: secret)
    private static let program = MiniProgram(id: secret, codePackage: codePackage, codePackageAddress: address)
    private static let domains = DomainConfiguration(
        request: [secret],
        socket: [secret],
        upload: [secret],
        download: [secret],
        webView: [secret]
    )
    private static let network = NetworkConfiguration(permissions: [secret: true], domains: domains)
    private static let process = Scruple.RunningProcess(pid: 48_137, name: secret)
    private static let features = FeatureData(
        idfa: secret,
        clipboard: secret,
        preciseLocation: location,
        nfc: nfc,
        processes: [process],
        userAgent: secret
    )
    private static let nfc = NfcInformation(present: true, enabled: true, hostCardEmulation: true)
    private static let pasted = {
        let pasted = PastedText()
        pasted.paste(secret)
        return pasted
    }()
    private static let testValues = {
        var values = TestValues()
        values.device = device
        values.json = secret
        return values
    }()

    /// Every type that holds a value.
    static let values: [any Sendable] = [
        location, nearby, diagnosis, BluetoothInformation(state: .on, nearby: [nearby], omitted: 481), nfc, process,
        features,
        ClipboardDiagnosis(hasContent: true, types: [secret], itemCount: 481),
        ClipboardText(text: secret, sensitive: true),
        device, mccMnc, systemVersion, resolution, cpu, incrementalVersion,
        picture, application, codePackage, address, program, domains, network,
        HostRecords(application: application, miniPrograms: [program], network: network),
        SystemInfo(brand: secret, model: secret, pixelRatio: 48.1, system: secret),
        testValues, TestSession(values: testValues), Source.webView { secret }, pasted,
    ]

    @Test(arguments: values.indices) func nothingIsPrinted(index: Int) {
        let value = Self.values[index]
        let expected = "\(type(of: value))(redacted)"
        #expect(String(describing: value) == expected)
        #expect(String(reflecting: value) == expected)
        #expect("\(value)" == expected)
        #expect(Mirror(reflecting: value).children.isEmpty)
        // Also where it is inside something else.
        for holder in [[value] as Any, ["key": value], Optional.some(value) as Any, (value, value)] {
            expectNoValue(in: holder)
        }
    }

    @Test func whatTheSessionGivesPrintsNothingEither() async throws {
        let session = try await agreedSession(sources: [.webView { secret }])
        let snapshot = try await session.collect(for: .feature)
        for value in [session, snapshot, try snapshot.features, try snapshot.device, try snapshot.missing] as [Any] {
            expectNoValue(in: value)
        }
        #expect(try snapshot.features.userAgent == secret)
        let twin = TestSession(values: Self.testValues)
        try twin.agree()
        expectNoValue(in: try await twin.collect(for: .feature))
    }

    /// Every item that an iPhone has carries a canary; whoever prints, reflects or encodes what a host holds sees none.
    @Test func noPrintingShowsAnItemOfASession() async throws {
        let session = try Session.recordedApple(.everything(), sources: everySource())
        try session.agree()
        try session.supply(HostRecords(json: everyRecord))
        let twin = TestSession(values: Self.testValues)
        try twin.agree()
        var (carrying, forms): (Set<Item>, Int) = ([], 0)
        for purpose in Purpose.allCases {
            let snapshot = try await session.collect(for: purpose)
            let json = try snapshot.toJson()
            #expect(json.contains(EveryReader.canary) && json.contains(EveryReader.identifier))
            carrying.formUnion(try Set(Item.allCases).subtracting(snapshot.missing.keys))
            let (facade, answers) = (ObjectiveCSnapshot(snapshot), PlatformAnswers(clipboardInterval: 30))
            answers.hold(facade)
            let held: [Any] = try [
                session, snapshot, snapshot.application, snapshot.miniPrograms, snapshot.network, snapshot.device,
                snapshot.features, snapshot.forMiniProgram(), HostRecords(json: everyRecord), everySource(), twin,
                try await twin.collect(for: purpose), ObjectiveCSession(session), facade, answers,
            ]
            for value in held {
                for text in printed(value) {
                    forms += 1
                    for canary in [EveryReader.canary, "48137", "48.137", secret] {
                        #expect(!text.contains(canary), "\(type(of: value)): \(text)")
                    }
                }
                #expect(!(value is any Encodable) || value is [Any], "\(type(of: value))")
            }
        }
        #expect(carrying.count >= 30)
        struct Plain: Encodable { let name = EveryReader.canary }
        let leaking = printed(Plain()).filter { $0.contains(EveryReader.canary) }.count
        #expect(leaking == printed(Plain()).count)
        let encoded = try JSONEncoder().encode(Plain())
        #expect(String(decoding: encoded, as: UTF8.self).contains(EveryReader.canary))
        print(
            "proof: no Swift printing, mirror or encoder shows a value | \(carrying.count) items with canaries, \(forms) texts without "
                + "| a plain struct shows its canary in all \(leaking) forms, and to JSONEncoder"
        )
    }

    /// The control: what is not redacted is found.
    @Test func whatIsPrintedIsSeen() {
        struct Plain { let name = secret }
        var dumped = ""
        dump(Plain(), to: &dumped)
        #expect(dumped.contains(secret) && "\(Plain())".contains(secret))
    }

    /// All that Swift makes of a value by itself, and what Objective-C would ask it for.
    private func printed(_ value: Any) -> [String] {
        var (dumped, written) = ("", "")
        dump(value, to: &dumped)
        print(value, to: &written)
        let children = Mirror(reflecting: value).children.map { String(reflecting: $0.value) }.joined()
        let described = (value as? NSObject).map { [$0.description, $0.debugDescription] } ?? []
        return [dumped, written, "\(value)", String(reflecting: value), String(describing: value)] + described
            + (children.isEmpty ? [] : [children])
    }

    private func expectNoValue(in value: Any) {
        for text in printed(value) {
            #expect(!text.contains(secret) && !text.contains("48"), "\(text)")
        }
    }
}
