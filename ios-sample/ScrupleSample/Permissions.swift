import AppTrackingTransparency
import CoreBluetooth
import CoreLocation
import Scruple

/// Lets iOS ask the person for what is agreed to, one question after the other. Scruple never asks by itself.
@MainActor
final class Permissions {
    private let location = LocationQuestion()
    private let bluetooth = BluetoothQuestion()

    /// Ends when the person has answered. What was answered before, iOS does not ask again.
    func ask(for categories: Set<Category>) async {
        if categories.contains(.identifier) {
            _ = await ATTrackingManager.requestTrackingAuthorization()
        }
        if categories.contains(.location) {
            await location.ask()
        }
        if categories.contains(.bluetooth) {
            await bluetooth.ask()
        }
    }
}

@MainActor
private final class LocationQuestion: NSObject, CLLocationManagerDelegate {
    private lazy var manager = CLLocationManager()
    private var answered: CheckedContinuation<Void, Never>?

    func ask() async {
        guard manager.authorizationStatus == .notDetermined else { return }
        await withCheckedContinuation { answered in
            self.answered = answered
            manager.delegate = self
            manager.requestWhenInUseAuthorization()
        }
    }

    /// Comes on the main thread, where the manager was made, and once at the beginning.
    nonisolated func locationManagerDidChangeAuthorization(_: CLLocationManager) {
        MainActor.assumeIsolated {
            guard manager.authorizationStatus != .notDetermined else { return }
            answered?.resume()
            answered = nil
        }
    }
}

@MainActor
private final class BluetoothQuestion: NSObject, CBCentralManagerDelegate {
    private var manager: CBCentralManager?
    private var answered: CheckedContinuation<Void, Never>?

    func ask() async {
        guard CBManager.authorization == .notDetermined else { return }
        await withCheckedContinuation { answered in
            self.answered = answered
            // Making it is what makes iOS ask.
            let options = [CBCentralManagerOptionShowPowerAlertKey: false]
            manager = CBCentralManager(delegate: self, queue: nil, options: options)
        }
        manager = nil
    }

    /// Comes on the main thread, since no queue was given: when the person has answered, or at once where there is no
    /// Bluetooth and so no question, as on a simulator.
    nonisolated func centralManagerDidUpdateState(_: CBCentralManager) {
        MainActor.assumeIsolated {
            answered?.resume()
            answered = nil
        }
    }
}
