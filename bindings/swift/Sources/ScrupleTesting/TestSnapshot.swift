import Foundation
import Scruple

/// The values that a ``TestSession`` collected.
public final class TestSnapshot: SnapshotProtocol {
    private struct State {
        var values: TestValues
        var missing: [Item: Missing]
        var purged: Set<Category> = []
        var end: ScrupleError?
    }

    public let purpose: Purpose
    private let now = UInt64(Date().timeIntervalSince1970 * 1000)
    private let asked: Set<Item>
    private let state: Guarded<State>

    init(purpose: Purpose, asked: Set<Item>, values: TestValues, missing: [Item: Missing]) {
        self.purpose = purpose
        self.asked = asked
        state = Guarded(State(values: values, missing: missing))
    }

    public var collectedAtMs: UInt64 {
        get throws { try live { [now] _ in now } }
    }

    /// The end of the default retention. ``expire()`` ends it earlier.
    public var livesUntilMs: UInt64 {
        get throws { try live { [now] _ in now + Policy().retentionMs } }
    }

    public var application: ApplicationInformation {
        get throws { try read(.application, \.application) }
    }

    public var miniPrograms: [MiniProgram] {
        get throws { try read(.application, \.miniPrograms) }
    }

    public var network: NetworkConfiguration {
        get throws { try read(.networkConfiguration, \.network) }
    }

    public var device: DeviceInformation {
        get throws { try read(.device, \.device) }
    }

    public var features: FeatureData {
        get throws {
            let (features, purged) = try live { ($0.values.features, $0.purged) }
            let ofFeatures = purged.subtracting([.application, .networkConfiguration, .device])
            guard ofFeatures.isEmpty || features != FeatureData() else { throw ScrupleError.revoked }
            return features
        }
    }

    public var missing: [Item: Missing] {
        get throws { try live(\.missing) }
    }

    public var onDeviceOnly: Set<Item> {
        get throws { try live { $0.values.has(.deviceStorageCapacity) ? [.deviceStorageCapacity] : [] } }
    }

    public var revoked: Set<Scruple.Category> {
        get throws { try live(\.purged) }
    }

    public func toJson() throws -> String {
        try live(\.values.json)
    }

    public func forMiniProgram() throws -> SystemInfo {
        let device = try device
        let display = device.resolution
        return SystemInfo(
            brand: device.brand,
            model: device.model,
            pixelRatio: display?.scale,
            screenWidth: display.map { (Double($0.width) / ($0.nativeScale ?? $0.scale)).rounded(.toNearestOrEven) },
            screenHeight: display.map { (Double($0.height) / ($0.nativeScale ?? $0.scale)).rounded(.toNearestOrEven) },
            system: device.systemVersion?.name ?? device.systemVersion?.version,
            platform: device.platform,
            cpuType: device.cpu?.hardware ?? device.cpu?.names.first,
            deviceAbi: device.cpu?.abis.first
        )
    }

    public func close() {
        end(with: .closed)
    }

    /// Ends the snapshot as the policy's retention does: every later read throws `ScrupleError.expired`.
    public func expire() {
        end(with: .expired)
    }

    /// Wipes each category that is no longer agreed to.
    func withhold(_ refusal: (Category, Purpose) -> Withheld?) {
        state.withLock { state in
            for item in asked where state.missing[item] == nil {
                guard let reason = refusal(item.category, purpose) else { continue }
                state.missing[item] = .withheld(reason)
                state.values.clear(item)
                state.purged.insert(item.category)
            }
        }
    }

    private func end(with error: ScrupleError) {
        state.withLock { state in
            state.end = state.end ?? error
            state.values = TestValues()
            state.missing = [:]
        }
    }

    private func read<Value>(_ category: Category, _ value: (TestValues) -> Value) throws -> Value {
        try live { state in
            guard !state.purged.contains(category) else { throw ScrupleError.revoked }
            return value(state.values)
        }
    }

    private func live<Result>(_ body: (State) throws -> Result) throws -> Result {
        try state.withLock { state in
            if let end = state.end { throw end }
            return try body(state)
        }
    }
}

extension TestSnapshot: Redacted {}
