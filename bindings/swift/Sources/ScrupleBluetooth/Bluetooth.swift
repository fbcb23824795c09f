import Foundation
import Scruple

extension Source {
    /// Reads ``Item/bluetoothInformation`` and ``Item/bluetoothTroubleshooting``: the adapter, and for half of the deadline what
    /// advertises itself near it by Low Energy. Identifiers of devices are not read. While the app is in the background, iOS tells
    /// it of none.
    ///
    /// It asks nobody for anything. The system asks the person when an app first makes a `CBCentralManager`, so this makes one
    /// only where `CBManager.authorization` says that it is allowed already; otherwise the first item is withheld. It does not
    /// ask anybody to switch Bluetooth on either.
    public static var bluetooth: Source { .bluetooth(BluetoothReader()) }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/bluetooth``
        @objc public static var bluetooth: ObjectiveCSource { ObjectiveCSource(.bluetooth) }
    }
#endif
