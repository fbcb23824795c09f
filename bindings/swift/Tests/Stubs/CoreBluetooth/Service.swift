import Foundation
import StubCalls

/// What the Bluetooth service does.
public struct BluetoothService: Sendable {
    public var authorization = CBManagerAuthorization.allowedAlways
    /// When somebody makes a central manager: by default it is on.
    public var onInit: @Sendable (Central) -> Void = { $0.report(.poweredOn) }
    /// When somebody scans.
    public var onScan: @Sendable (Central) -> Void = { _ in }

    public init() {}
}

/// What it does now.
public let bluetoothService = Script(BluetoothService())

/// The central managers that are held.
public let centralManagers = Alive<CBCentralManager>()

/// A device that is near. As everywhere, what the system has for it stays on the queue that is told of it.
public final class NearbyDevice: @unchecked Sendable {
    let peripheral = CBPeripheral()

    public init() {}
}

/// Somebody's central manager. As the system does, it tells them on the queue that they named.
public final class Central: @unchecked Sendable {
    private weak var manager: CBCentralManager?
    private let queue: DispatchQueue

    init(_ manager: CBCentralManager) {
        self.manager = manager
        queue = manager.queue
    }

    public func report(_ state: CBManagerState, on other: DispatchQueue? = nil) {
        (other ?? queue).async {
            guard let manager = self.manager else { return }
            manager.state = state
            manager.delegate?.centralManagerDidUpdateState(manager)
        }
    }

    public func discover(
        _ device: NearbyDevice,
        name: String? = nil,
        services: [String] = [],
        rssi: Int,
        on other: DispatchQueue? = nil
    ) {
        (other ?? queue).async {
            guard let manager = self.manager else { return }
            var advertised: [String: Any] = [CBAdvertisementDataServiceUUIDsKey: services.map(CBUUID.init)]
            advertised[CBAdvertisementDataLocalNameKey] = name
            manager.delegate?.centralManager(
                manager,
                didDiscover: device.peripheral,
                advertisementData: advertised,
                rssi: NSNumber(value: rssi)
            )
        }
    }
}
