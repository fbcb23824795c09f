import Foundation
import StubCalls

/// What the location service does.
public struct LocationService: Sendable {
    public var status = CLAuthorizationStatus.authorizedWhenInUse
    public var accuracy = CLAccuracyAuthorization.fullAccuracy
    /// When somebody asks for updates.
    public var onStart: @Sendable (LocationUpdates) -> Void = { _ in }

    public init() {}
}

/// What it does now.
public let locationService = Script(LocationService())

/// The managers that are held.
public let locationManagers = Alive<CLLocationManager>()

/// Somebody who asked for updates. As the system does, it tells them on the main thread, in a turn of its own.
public final class LocationUpdates: @unchecked Sendable {
    private weak var manager: CLLocationManager?
    /// What the manager was told to be content with.
    public let desiredAccuracy: CLLocationAccuracy

    init(_ manager: CLLocationManager) {
        self.manager = manager
        desiredAccuracy = manager.desiredAccuracy
    }

    public func give(_ locations: CLLocation..., on queue: DispatchQueue = .main) {
        queue.async {
            guard let manager = self.manager else { return }
            manager.delegate?.locationManager(manager, didUpdateLocations: locations)
        }
    }

    public func fail(_ error: any Error, on queue: DispatchQueue = .main) {
        queue.async {
            guard let manager = self.manager else { return }
            manager.delegate?.locationManager(manager, didFailWithError: error)
        }
    }
}
