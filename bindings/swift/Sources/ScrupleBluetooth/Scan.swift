import CoreBluetooth
import Dispatch
import Foundation
import Scruple

/// The adapter's state, and one scan for what advertises itself by Low Energy; the system answers on a queue of its own.
final class Scan: NSObject, CBCentralManagerDelegate {
    /// More than the core passes on, which counts the rest; a bound for what is remembered meanwhile.
    private static let mostDevices = 1_000
    private static let mostServices = 100
    /// What the system says where it has no signal strength.
    private static let noStrength: Int32 = 127

    private struct State {
        var adapter: AdapterState?
        /// The system's objects tell devices apart, by identifiers that nobody asks them for, while the scan goes on.
        var found: [CBPeripheral: BluetoothDevice] = [:]
        var isOver = false
    }

    private let history: History
    private let state = Guarded(State())
    private let known = DispatchSemaphore(value: 0)
    private let interrupted = DispatchSemaphore(value: 0)
    private let queue = DispatchQueue(label: "dev.scruple.bluetooth")
    private var central: CBCentralManager?

    /// The person has allowed it, or the system would ask now. Nobody is asked to switch Bluetooth on.
    init(_ history: History) {
        self.history = history
        super.init()
        central = CBCentralManager(
            delegate: self,
            queue: queue,
            options: [CBCentralManagerOptionShowPowerAlertKey: false]
        )
    }

    /// Where the adapter stands; nil if the system does not say it in time.
    func state(withinMs milliseconds: UInt64) -> AdapterState? {
        _ = known.wait(timeout: .now() + .milliseconds(Int(clamping: milliseconds)))
        return state.withLock { $0.adapter }
    }

    /// What is near within that time; nil if the adapter went off meanwhile.
    func nearby(withinMs milliseconds: UInt64) -> [BluetoothDevice]? {
        queue.sync { central?.scanForPeripherals(withServices: nil, options: nil) }
        let end = DispatchTime.now() + .milliseconds(Int(clamping: milliseconds))
        guard interrupted.wait(timeout: end) == .timedOut else { return nil }
        return state.withLock { Array($0.found.values) }
    }

    /// Forgets which device was which. Whatever comes later is not even looked at.
    func end() {
        state.withLock { state in
            state.isOver = true
            state.found = [:]
        }
        queue.sync {
            if central?.state == .poweredOn {
                central?.stopScan()
            }
            central?.delegate = nil
            central = nil
        }
    }

    func centralManagerDidUpdateState(_ central: CBCentralManager) {
        let adapter = AdapterState(central.state)
        guard adapter != .unknown else { return }
        state.withLock { state in
            guard !state.isOver else { return }
            history.saw(adapter)
            if state.adapter == nil {
                known.signal()
            } else if state.adapter == .on && adapter != .on {
                interrupted.signal()
            }
            state.adapter = adapter
        }
    }

    func centralManager(
        _ central: CBCentralManager,
        didDiscover peripheral: CBPeripheral,
        advertisementData: [String: Any],
        rssi: NSNumber
    ) {
        let strength = rssi.int32Value
        guard strength != Self.noStrength else { return }
        state.withLock { state in
            let before = state.found[peripheral]
            guard !state.isOver, before != nil || state.found.count < Self.mostDevices else { return }
            // Names and services come in turns, in packets of few bytes.
            let name = advertisementData[CBAdvertisementDataLocalNameKey] as? String
            var services = before?.serviceUuids ?? []
            for service in advertisementData[CBAdvertisementDataServiceUUIDsKey] as? [CBUUID] ?? []
            where services.count < Self.mostServices && !services.contains(service.uuidString) {
                services.append(service.uuidString)
            }
            state.found[peripheral] = BluetoothDevice(
                name: name ?? before?.name,
                rssi: strength,
                serviceUuids: services
            )
        }
    }
}

extension AdapterState {
    fileprivate init(_ state: CBManagerState) {
        switch state {
        case .unsupported: self = .unsupported
        case .unauthorized: self = .unauthorized
        case .poweredOff: self = .off
        case .resetting: self = .changing
        case .poweredOn: self = .on
        default: self = .unknown
        }
    }
}
