import Foundation
import RecordedSessions
import Scruple
import Testing

/// Apple's reader in the core, over an iPhone's recorded answers.
struct AppleTests {
    private struct Screen: DeviceSource {
        func resolution(deadlineMs: UInt64) throws -> Resolution {
            Resolution(width: 1179, height: 2556, scale: 3)
        }

        func name(deadlineMs: UInt64) throws -> String {
            throw SourceError.notReady
        }
    }

    private struct Volume: StorageSource {
        func read(deadlineMs: UInt64) throws -> UInt64 { 256_060_514_304 }
    }

    private func collect(_ sources: [Source]) async throws -> Snapshot {
        let name = ItemPolicy(enabled: true)
        let device = CategoryPolicy(enabled: true, minimumIntervalMs: 0, items: [.deviceName: name])
        let session = try Session.recordedApple(Policy(categories: [.device: device]), sources: sources)
        try session.agree()
        return try await session.collect(for: .feature)
    }

    @Test func theKernelAndTheSourcesAnswer() async throws {
        let snapshot = try await collect([.device(Screen()), .storage(Volume())])
        let device = try snapshot.device
        #expect(device.model == "iPhone16,1")
        #expect(device.systemVersion == SystemVersion(version: "17.5.1", name: "iOS 17.5.1"))
        #expect(device.firmwareVersion == "21F90")
        #expect(device.incrementalVersion == IncrementalVersion(incremental: "21F90", visual: "17.5.1 (21F90)"))
        #expect(device.cpu == Cpu(names: ["Coll"], cores: 6, abis: ["arm64", "arm64e"]))
        #expect(device.platform == "ios")
        #expect(device.brand == "Apple" && device.manufacturer == "Apple")
        #expect(device.resolution == Resolution(width: 1179, height: 2556, scale: 3))
        #expect(try snapshot.missing[.deviceName] == .unavailable(.notReady))
        #expect(try snapshot.missing[.deviceMccMnc] == .unavailable(.platformHasNone))
        #expect(
            snapshot.appDeviceInfo()
                == ["brand": "Apple", "model": "iPhone16,1", "system": "iOS 17.5.1", "platform": "ios"]
        )
    }

    @Test func storageCapacityIsShownAndNotSent() async throws {
        let snapshot = try await collect([.storage(Volume())])
        #expect(try snapshot.device.storageCapacity == 256_060_514_304)
        #expect(try snapshot.onDeviceOnly == [.deviceStorageCapacity])
        let json = try snapshot.toJson()
        #expect(json.contains(#""device.storage_capacity":{"on_device_only":true}"#))
        #expect(!json.contains("256060514304"))
    }

    @Test func withoutASourceItsItemsHaveNone() async throws {
        let snapshot = try await collect([])
        for item: Item in [.deviceStorageCapacity, .deviceResolution, .deviceName] {
            #expect(try snapshot.missing[item] == .unavailable(.noSource))
        }
        #expect(try snapshot.onDeviceOnly.isEmpty)
    }

    /// The library of these tests ends its process on a panic, as a phone's does.
    @Test(arguments: [nil, SystemPermission.granted])
    func whateverAnyMethodOfAnySourceThrowsIsAFailedRead(permission: SystemPermission?) async throws {
        let reader = Throwing(answer: permission)
        let sources: [Source] = [
            .idfa(reader), .clipboard(reader), .fuzzyLocation(reader), .preciseLocation(reader), .bluetooth(reader),
            .nfc(reader), .webView(reader), .device(reader), .storage(reader),
        ]
        var policy = Policy.everything()
        policy.locationAccuracy = .precise
        policy.categories[.device]?.items[.deviceName] = ItemPolicy(enabled: true)
        let session = try Session.recordedApple(policy, sources: sources)
        try session.agree()
        let items: Set<Item> = [
            .identifierIdfa, .clipboardContent, .clipboardTroubleshooting, .locationFuzzy, .locationPrecise,
            .bluetoothInformation, .bluetoothTroubleshooting, .nfcInformation, .webViewUserAgent,
            .deviceResolution, .deviceName, .deviceStorageCapacity,
        ]
        let snapshot = try await session.collect(for: .troubleshooting, items: items)
        let failed = Missing.unavailable(.readFailed)
        #expect(try snapshot.missing == Dictionary(uniqueKeysWithValues: items.map { ($0, failed) }))
        let again = try await session.collect(for: .feature, items: [.devicePlatform])
        #expect(try again.device.platform == "ios", "the session stays usable")
    }
}

/// Throws what no protocol declares, wherever it is asked.
private struct Throwing: BluetoothSource, ClipboardSource, DeviceSource, IdfaSource, LocationSource, NfcSource,
    StorageSource, WebViewSource
{
    struct Gossip: Error {}

    let answer: SystemPermission?

    func permission() throws -> SystemPermission {
        guard let answer else { throw Gossip() }
        return answer
    }

    func forget() {}
    func read(deadlineMs: UInt64) throws -> BluetoothInformation { throw Gossip() }
    func read(deadlineMs: UInt64) throws -> ClipboardText { throw Gossip() }
    func read(deadlineMs: UInt64) throws -> Coordinates { throw Gossip() }
    func read(deadlineMs: UInt64) throws -> NfcInformation { throw Gossip() }
    func read(deadlineMs: UInt64) throws -> String { throw Gossip() }
    func read(deadlineMs: UInt64) throws -> UInt64 { throw Gossip() }
    func diagnose(deadlineMs: UInt64) throws -> BluetoothDiagnosis { throw Gossip() }
    func diagnose(deadlineMs: UInt64) throws -> ClipboardDiagnosis { throw Gossip() }
    func resolution(deadlineMs: UInt64) throws -> Resolution { throw Gossip() }
    func name(deadlineMs: UInt64) throws -> String { throw Gossip() }
}
