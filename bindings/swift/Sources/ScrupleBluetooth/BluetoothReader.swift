import CoreBluetooth
import Scruple

/// Asks the system's Bluetooth service, if the app may.
struct BluetoothReader: BluetoothSource {
    private let history = History()

    func permission() -> SystemPermission {
        switch CBManager.authorization {
        case .allowedAlways: .granted
        case .notDetermined: .notDetermined
        case .restricted: .restricted
        default: .denied
        }
    }

    func read(deadlineMs: UInt64) throws -> BluetoothInformation {
        // Taken back since the gate asked.
        guard permission() == .granted else { throw SourceError.notPermitted }
        let scan = Scan(history)
        defer { scan.end() }
        guard let state = scan.state(withinMs: deadlineMs / 8) else { throw SourceError.notReady }
        let nearby = state == .on ? scan.nearby(withinMs: deadlineMs / 2) : nil
        return BluetoothInformation(
            state: history.latest ?? state,
            lowEnergy: state.hasLowEnergy,
            nearby: nearby,
            omitted: 0
        )
    }

    func forget() {
        history.clear()
    }

    func diagnose(deadlineMs: UInt64) -> BluetoothDiagnosis {
        let permission = permission()
        guard permission == .granted else {
            history.saw(.unauthorized)
            return BluetoothDiagnosis(
                state: .unauthorized,
                permission: permission,
                stateChanges: history.earlier
            )
        }
        let scan = Scan(history)
        defer { scan.end() }
        // After a read little may be left of the deadline; what that read saw is then the latest.
        let state = scan.state(withinMs: deadlineMs / 2) ?? history.latest
        // iOS has no codes of scans that failed.
        return BluetoothDiagnosis(
            state: state ?? .unknown,
            permission: permission,
            stateChanges: history.earlier
        )
    }
}

extension AdapterState {
    /// The system's states are those of Low Energy.
    fileprivate var hasLowEnergy: Bool? {
        switch self {
        case .unsupported: false
        case .off, .changing, .on: true
        case .unknown, .unauthorized: nil
        }
    }
}
