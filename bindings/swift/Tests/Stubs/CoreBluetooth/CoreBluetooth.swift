@_exported import Foundation
import StubCalls

/// Follows `CBCentralManagerOptionShowPowerAlertKey`.
// swift-format-ignore: AlwaysUseLowerCamelCase
public let CBCentralManagerOptionShowPowerAlertKey: String = "kCBInitOptionShowPowerAlert"
/// Follows `CBAdvertisementDataLocalNameKey`.
// swift-format-ignore: AlwaysUseLowerCamelCase
public let CBAdvertisementDataLocalNameKey: String = "kCBAdvDataLocalName"
/// Follows `CBAdvertisementDataServiceUUIDsKey`.
// swift-format-ignore: AlwaysUseLowerCamelCase
public let CBAdvertisementDataServiceUUIDsKey: String = "kCBAdvDataServiceUUIDs"

/// Follows `CBManagerAuthorization`.
public enum CBManagerAuthorization: Int, Sendable {
    case notDetermined = 0
    case restricted = 1
    case denied = 2
    case allowedAlways = 3
}

/// Follows `CBManagerState`.
public enum CBManagerState: Int, Sendable {
    case unknown = 0
    case resetting = 1
    case unsupported = 2
    case unauthorized = 3
    case poweredOff = 4
    case poweredOn = 5
}

/// Follows `CBUUID`.
open class CBUUID: NSObject {
    /// Follows `-[CBUUID UUIDString]`.
    public let uuidString: String

    /// Follows `+[CBUUID UUIDWithString:]`.
    public init(string: String) {
        uuidString = string
    }
}

/// Follows `CBPeer`.
open class CBPeer: NSObject {
    /// Forbidden: it tells devices apart for ever.
    ///
    /// Follows `-[CBPeer identifier]`.
    public var identifier: UUID {
        Calls.note("CBPeripheral.identifier")
        return UUID()
    }
}

/// Follows `CBPeripheral`.
open class CBPeripheral: CBPeer {
    /// Not what it advertises, but what the system remembers of it.
    ///
    /// Follows `-[CBPeripheral name]`.
    public var name: String? {
        Calls.note("CBPeripheral.name")
        return "remembered"
    }
}

/// Follows `CBCentralManagerDelegate`.
public protocol CBCentralManagerDelegate: NSObjectProtocol {
    /// Follows `-[CBCentralManagerDelegate centralManagerDidUpdateState:]`.
    func centralManagerDidUpdateState(_ central: CBCentralManager)
    /// Follows `-[CBCentralManagerDelegate centralManager:didDiscoverPeripheral:advertisementData:RSSI:]`.
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

/// Follows `CBManager`.
open class CBManager: NSObject {
    private let current = Script(CBManagerState.unknown)

    /// Follows `+[CBManager authorization]`.
    public class var authorization: CBManagerAuthorization {
        Calls.note("CBManager.authorization")
        return bluetoothService.value.authorization
    }

    /// Follows `-[CBManager state]`.
    public internal(set) var state: CBManagerState {
        get { current.value }
        set { current.value = newValue }
    }
}

/// Follows `CBCentralManager`.
open class CBCentralManager: CBManager {
    /// Follows `-[CBCentralManager delegate]`.
    public weak var delegate: (any CBCentralManagerDelegate)?
    let queue: DispatchQueue

    /// Follows `-[CBCentralManager initWithDelegate:queue:options:]`.
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

    /// Follows `-[CBCentralManager scanForPeripheralsWithServices:options:]`.
    public func scanForPeripherals(withServices serviceUUIDs: [CBUUID]?, options: [String: Any]? = nil) {
        Calls.note("CBCentralManager.scanForPeripherals")
        bluetoothService.value.onScan(Central(self))
    }

    /// Follows `-[CBCentralManager stopScan]`.
    public func stopScan() {
        Calls.note("CBCentralManager.stopScan")
    }
}
