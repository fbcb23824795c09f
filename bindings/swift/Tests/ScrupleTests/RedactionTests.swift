import Foundation
import Scruple
import ScrupleTesting
import Testing

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
        testValues, TestSession(values: testValues), Source.webView { secret },
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

    /// The control: what is not redacted is found.
    @Test func whatIsPrintedIsSeen() {
        struct Plain { let name = secret }
        var dumped = ""
        dump(Plain(), to: &dumped)
        #expect(dumped.contains(secret) && "\(Plain())".contains(secret))
    }

    private func expectNoValue(in value: Any) {
        var dumped = ""
        dump(value, to: &dumped)
        for text in [dumped, "\(value)", String(reflecting: value), String(describing: value)] {
            #expect(!text.contains(secret) && !text.contains("48"), "\(text)")
        }
    }
}
