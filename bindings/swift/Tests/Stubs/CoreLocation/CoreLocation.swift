@_exported import Foundation
import StubCalls

/// Follows `CLLocationDegrees`.
public typealias CLLocationDegrees = Double
/// Follows `CLLocationAccuracy`.
public typealias CLLocationAccuracy = Double

/// Follows `CLLocationDistance`.
public typealias CLLocationDistance = Double
/// Follows `CLLocationSpeed`.
public typealias CLLocationSpeed = Double

/// Follows `kCLLocationAccuracyBest`.
public let kCLLocationAccuracyBest: CLLocationAccuracy = -1
/// Follows `kCLLocationAccuracyReduced`.
public let kCLLocationAccuracyReduced: CLLocationAccuracy = 10_000

/// Follows `CLLocationCoordinate2D`.
public struct CLLocationCoordinate2D: Sendable {
    public var latitude: CLLocationDegrees
    public var longitude: CLLocationDegrees

    public init(latitude: CLLocationDegrees, longitude: CLLocationDegrees) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

/// Follows `CLLocation`.
public final class CLLocation: NSObject, Sendable {
    /// Follows `-[CLLocation coordinate]`.
    public let coordinate: CLLocationCoordinate2D
    /// Follows `-[CLLocation horizontalAccuracy]`.
    public let horizontalAccuracy: CLLocationAccuracy
    /// Follows `-[CLLocation timestamp]`.
    public let timestamp: Date

    /// Follows `-[CLLocation initWithCoordinate:altitude:horizontalAccuracy:verticalAccuracy:timestamp:]`.
    public init(
        coordinate: CLLocationCoordinate2D,
        altitude: CLLocationDistance,
        horizontalAccuracy: CLLocationAccuracy,
        verticalAccuracy: CLLocationAccuracy,
        timestamp: Date
    ) {
        self.coordinate = coordinate
        self.horizontalAccuracy = horizontalAccuracy
        self.timestamp = timestamp
    }

    /// Forbidden, as is everything else that tells more than where.
    ///
    /// Follows `-[CLLocation speed]`.
    public var speed: CLLocationSpeed {
        Calls.note("CLLocation.speed")
        return 1
    }
}

/// Follows `CLAuthorizationStatus`.
public enum CLAuthorizationStatus: Int32, Sendable {
    case notDetermined = 0
    case restricted = 1
    case denied = 2
    case authorizedAlways = 3
    case authorizedWhenInUse = 4
}

/// Follows `CLAccuracyAuthorization`.
public enum CLAccuracyAuthorization: Int, Sendable {
    case fullAccuracy = 0
    case reducedAccuracy = 1
}

/// Follows `CLLocationManagerDelegate`.
public protocol CLLocationManagerDelegate: NSObjectProtocol {
    /// Follows `-[CLLocationManagerDelegate locationManager:didUpdateLocations:]`.
    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation])
    /// Follows `-[CLLocationManagerDelegate locationManager:didFailWithError:]`.
    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error)
    /// Follows `-[CLLocationManagerDelegate locationManagerDidChangeAuthorization:]`.
    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager)
}

/// In Objective-C they are optional.
extension CLLocationManagerDelegate {
    public func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {}
    public func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {}
    public func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {}
}

/// Follows `CLLocationManager`.
open class CLLocationManager: NSObject {
    /// Follows `-[CLLocationManager delegate]`.
    public weak var delegate: (any CLLocationManagerDelegate)?
    /// Follows `-[CLLocationManager desiredAccuracy]`.
    public var desiredAccuracy: CLLocationAccuracy = kCLLocationAccuracyBest

    /// Follows `-[CLLocationManager init]`.
    public override init() {
        super.init()
        Calls.note("CLLocationManager.init")
        locationManagers.add(self)
    }

    /// Follows `-[CLLocationManager authorizationStatus]`.
    public var authorizationStatus: CLAuthorizationStatus {
        Calls.note("CLLocationManager.authorizationStatus")
        return locationService.value.status
    }

    /// Follows `-[CLLocationManager accuracyAuthorization]`.
    public var accuracyAuthorization: CLAccuracyAuthorization {
        Calls.note("CLLocationManager.accuracyAuthorization")
        return locationService.value.accuracy
    }

    /// Follows `-[CLLocationManager requestWhenInUseAuthorization]`.
    public func requestWhenInUseAuthorization() {
        Calls.note("CLLocationManager.requestWhenInUseAuthorization")
    }

    /// Follows `-[CLLocationManager startUpdatingLocation]`.
    public func startUpdatingLocation() {
        Calls.note("CLLocationManager.startUpdatingLocation")
        locationService.value.onStart(LocationUpdates(self))
    }

    /// Follows `-[CLLocationManager stopUpdatingLocation]`.
    public func stopUpdatingLocation() {
        Calls.note("CLLocationManager.stopUpdatingLocation")
    }
}
