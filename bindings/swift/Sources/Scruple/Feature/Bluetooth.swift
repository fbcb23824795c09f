internal import ScrupleBindings

/// The adapter's state.
public enum AdapterState: String, CaseIterable, Identifiable, Sendable {
    /// The system does not say.
    case unknown
    /// The device has none.
    case unsupported
    /// The app may not use it.
    case unauthorized
    /// It is off.
    case off
    /// It is starting, stopping or resetting.
    case changing
    /// It is on.
    case on

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension AdapterState {
    init(_ native: ScrupleBindings.AdapterState) {
        switch native {
        case .unknown: self = .unknown
        case .unsupported: self = .unsupported
        case .unauthorized: self = .unauthorized
        case .off: self = .off
        case .changing: self = .changing
        case .on: self = .on
        }
    }

    var native: ScrupleBindings.AdapterState {
        switch self {
        case .unknown: .unknown
        case .unsupported: .unsupported
        case .unauthorized: .unauthorized
        case .off: .off
        case .changing: .changing
        case .on: .on
        }
    }
}

/// The adapter and the devices near it.
public struct BluetoothInformation: Hashable, Sendable {
    /// The adapter's state.
    public var state: AdapterState
    /// Whether it supports Low Energy, if the system says so.
    public var lowEnergy: Bool?
    /// The devices near it, the strongest signal first, at most 64. It is absent if there was no scan.
    public var nearby: [BluetoothDevice]?
    /// How many devices were seen beyond those listed.
    public var omitted: UInt32

    /// Puts one together from its parts.
    public init(
        state: AdapterState,
        lowEnergy: Bool? = nil,
        nearby: [BluetoothDevice]? = nil,
        omitted: UInt32
    ) {
        self.state = state
        self.lowEnergy = lowEnergy
        self.nearby = nearby
        self.omitted = omitted
    }
}

extension BluetoothInformation: Redacted {
    init(_ native: ScrupleBindings.BluetoothInformation) {
        self.init(
            state: AdapterState(native.state),
            lowEnergy: native.lowEnergy,
            nearby: native.nearby?.map(BluetoothDevice.init),
            omitted: native.omitted
        )
    }

    var native: ScrupleBindings.BluetoothInformation {
        ScrupleBindings.BluetoothInformation(
            state: state.native,
            lowEnergy: lowEnergy,
            nearby: nearby?.map(\.native),
            omitted: omitted
        )
    }
}

/// A device nearby. The type has no field for an address or another identifier.
public struct BluetoothDevice: Hashable, Sendable {
    /// The name that it advertises, at most 248 bytes. It is absent if the device advertises no name, or one that
    /// contains an address.
    public var name: String?
    /// Signal strength in dBm.
    public var rssi: Int32
    /// The services that it advertises, by UUID, at most 16.
    public var serviceUuids: [String]

    /// Puts one together from its parts.
    public init(name: String? = nil, rssi: Int32, serviceUuids: [String] = []) {
        self.name = name
        self.rssi = rssi
        self.serviceUuids = serviceUuids
    }
}

extension BluetoothDevice: Redacted {
    init(_ native: ScrupleBindings.BluetoothDevice) {
        self.init(
            name: native.name,
            rssi: native.rssi,
            serviceUuids: native.serviceUuids
        )
    }

    var native: ScrupleBindings.BluetoothDevice {
        ScrupleBindings.BluetoothDevice(
            name: name,
            rssi: rssi,
            serviceUuids: serviceUuids
        )
    }
}

/// Why Bluetooth does not work.
public struct BluetoothDiagnosis: Hashable, Sendable {
    /// The adapter's state.
    public var state: AdapterState
    /// The app's permission, as the operating system states it.
    public var permission: SystemPermission
    /// The platform's error codes of the latest failed scans, at most 32.
    public var scanErrors: [Int32]
    /// The adapter's earlier states, the latest last, at most 32.
    public var stateChanges: [AdapterState]

    /// Puts one together from its parts.
    public init(
        state: AdapterState,
        permission: SystemPermission,
        scanErrors: [Int32] = [],
        stateChanges: [AdapterState] = []
    ) {
        self.state = state
        self.permission = permission
        self.scanErrors = scanErrors
        self.stateChanges = stateChanges
    }
}

extension BluetoothDiagnosis: Redacted {
    init(_ native: ScrupleBindings.BluetoothDiagnosis) {
        self.init(
            state: AdapterState(native.state),
            permission: SystemPermission(native.permission),
            scanErrors: native.scanErrors,
            stateChanges: native.stateChanges.map(AdapterState.init)
        )
    }

    var native: ScrupleBindings.BluetoothDiagnosis {
        ScrupleBindings.BluetoothDiagnosis(
            state: state.native,
            permission: permission.native,
            scanErrors: scanErrors,
            stateChanges: stateChanges.map(\.native)
        )
    }
}

/// Reads Bluetooth.
package protocol BluetoothSource: Sendable {
    /// Whether the app may ask the adapter. It never prompts the person.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// The adapter and, if the system permits a scan, the devices near it.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func read(deadlineMs: UInt64) throws -> BluetoothInformation

    /// Why Bluetooth does not work. The core asks for it without the system's permission too, since the lack of that is
    /// one of the answers.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func diagnose(deadlineMs: UInt64) throws -> BluetoothDiagnosis

    /// Forgets what it remembers for a diagnosis. The session calls it when consent is revoked. It returns at once.
    func forget()
}

extension Source {
    /// Reads `bluetooth.information` and `bluetooth.troubleshooting`.
    package static func bluetooth(_ reader: any BluetoothSource) -> Source {
        Source(native: { .bluetooth(BluetoothReader(reader: reader)) }, forget: reader.forget)
    }
}

/// The reader as the core calls it.
private final class BluetoothReader: ScrupleBindings.BluetoothSource {
    private let reader: any BluetoothSource

    init(reader: any BluetoothSource) {
        self.reader = reader
    }

    func permission() throws -> ScrupleBindings.SystemPermission {
        try reading { try reader.permission().native }
    }

    func read(deadlineMs: UInt64) throws -> ScrupleBindings.BluetoothInformation {
        try reading { try reader.read(deadlineMs: deadlineMs).native }
    }

    func diagnose(deadlineMs: UInt64) throws -> ScrupleBindings.BluetoothDiagnosis {
        try reading { try reader.diagnose(deadlineMs: deadlineMs).native }
    }
}
