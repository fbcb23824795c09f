import Foundation
import Scruple

extension Source {
    /// Reads ``Item/bluetoothInformation`` and ``Item/bluetoothTroubleshooting``: the adapter, and the devices near it
    /// that advertise themselves by Low Energy. It scans for half of the deadline. It reads no identifiers of devices.
    /// While the app is in the background, iOS tells it of no device.
    ///
    /// It never prompts the person. The system prompts the person when an app first makes a `CBCentralManager`, so this
    /// source makes one only where `CBManager.authorization` says that it is allowed already. Otherwise the first item
    /// is withheld. It does not ask the person to switch Bluetooth on either.
    public static var bluetooth: Source { .bluetooth(BluetoothReader()) }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/bluetooth``
        @objc public static var bluetooth: ObjectiveCSource { ObjectiveCSource(.bluetooth) }
    }
#endif
