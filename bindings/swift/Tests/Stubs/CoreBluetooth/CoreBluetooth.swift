@_exported import Foundation
import StubCalls

// swift-format-ignore: AlwaysUseLowerCamelCase
public let CBCentralManagerOptionShowPowerAlertKey = "kCBInitOptionShowPowerAlert"
// swift-format-ignore: AlwaysUseLowerCamelCase
public let CBAdvertisementDataLocalNameKey = "kCBAdvDataLocalName"
// swift-format-ignore: AlwaysUseLowerCamelCase
public let CBAdvertisementDataServiceUUIDsKey = "kCBAdvDataServiceUUIDs"

public enum CBManagerAuthorization: Int, Sendable {
    case notDetermined = 0
    case restricted = 1
    case denied = 2
    case allowedAlways = 3
}

public enum CBManagerState: Int, Sendable {
    case unknown = 0
    case resetting = 1
    case unsupported = 2
    case unauthorized = 3
    case poweredOff = 4
    case poweredOn = 5
}

public final class CBUUID: NSObject, Sendable {
    public let uuidString: String

    public init(string: String) {
        uuidString = string
    }
}

public final class CBPeripheral: NSObject, Sendable {
    /// Forbidden: it tells devices apart for ever.
    public var identifier: UUID {
        Calls.note("CBPeripheral.identifier")
        return UUID()
    }

    /// Not what it advertises, but what the system remembers of it.
    public var name: String? {
        Calls.note("CBPeripheral.name")
        return "remembered"
    }
}

public protocol CBCentralManagerDelegate: NSObjectProtocol {
    func centralManagerDidUpdateState(_ central: CBCentralManager)
    func centralManager(
        _ central: CBCentralManager,
        didDiscover peripheral: CBPeripheral,
        advertisementData: [String: Any],
        rssi: NSNumber
    )
}

/// In Objective-C it is optional.
extension CBCentralManagerDelegate {
    public func centralManager(
        _ central: CBCentralManager,
        didDiscover peripheral: CBPeripheral,
        advertisementData: [String: Any],
        rssi: NSNumber
    ) {}
}

open class CBManager: NSObject {
    private let current = Script(CBManagerState.unknown)

    public class var authorization: CBManagerAuthorization {
        Calls.note("CBManager.authorization")
        return bluetoothService.value.authorization
    }

    public internal(set) var state: CBManagerState {
        get { current.value }
        set { current.value = newValue }
    }
}

open class CBCentralManager: CBManager {
    public weak var delegate: (any CBCentralManagerDelegate)?
    let queue: DispatchQueue

    public init(delegate: (any CBCentralManagerDelegate)?, queue: DispatchQueue?, options: [String: Any]? = nil) {
        self.delegate = delegate
        self.queue = queue ?? .main
        super.init()
        Calls.note("CBCentralManager.init")
        // The system asks the person here.
        if bluetoothService.value.authorization == .notDetermined {
            Calls.note("CBCentralManager asks for permission")
        }
        if options?[CBCentralManagerOptionShowPowerAlertKey] as? Bool != false {
            Calls.note("CBCentralManager asks for power")
        }
        centralManagers.add(self)
        bluetoothService.value.onInit(Central(self))
    }

    public func scanForPeripherals(withServices serviceUUIDs: [CBUUID]?, options: [String: Any]? = nil) {
        Calls.note("CBCentralManager.scanForPeripherals")
        bluetoothService.value.onScan(Central(self))
    }

    public func stopScan() {
        Calls.note("CBCentralManager.stopScan")
    }
}
