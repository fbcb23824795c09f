@_exported import Foundation
import StubCalls

public typealias CLLocationDegrees = Double
public typealias CLLocationAccuracy = Double

public let kCLLocationAccuracyBest: CLLocationAccuracy = -1
public let kCLLocationAccuracyReduced: CLLocationAccuracy = 10_000

public struct CLLocationCoordinate2D: Sendable {
    public var latitude: CLLocationDegrees
    public var longitude: CLLocationDegrees

    public init(latitude: CLLocationDegrees, longitude: CLLocationDegrees) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

public final class CLLocation: NSObject, Sendable {
    public let coordinate: CLLocationCoordinate2D
    public let horizontalAccuracy: CLLocationAccuracy
    public let timestamp: Date

    public init(
        coordinate: CLLocationCoordinate2D,
        altitude: Double,
        horizontalAccuracy: CLLocationAccuracy,
        verticalAccuracy: CLLocationAccuracy,
        timestamp: Date
    ) {
        self.coordinate = coordinate
        self.horizontalAccuracy = horizontalAccuracy
        self.timestamp = timestamp
    }

    /// Forbidden, as is everything else that tells more than where.
    public var speed: Double {
        Calls.note("CLLocation.speed")
        return 1
    }
}

public enum CLAuthorizationStatus: Int32, Sendable {
    case notDetermined = 0
    case restricted = 1
    case denied = 2
    case authorizedAlways = 3
    case authorizedWhenInUse = 4
}

public enum CLAccuracyAuthorization: Int, Sendable {
    case fullAccuracy = 0
    case reducedAccuracy = 1
}

public struct CLError: Error {
    public enum Code: Int, Sendable {
        case locationUnknown = 0
        case denied = 1
        case network = 2
    }

    public let code: Code

    public init(_ code: Code) {
        self.code = code
    }
}

public protocol CLLocationManagerDelegate: NSObjectProtocol {
    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation])
    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error)
    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager)
}

/// In Objective-C they are optional.
extension CLLocationManagerDelegate {
    public func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {}
    public func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {}
    public func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {}
}

open class CLLocationManager: NSObject {
    public weak var delegate: (any CLLocationManagerDelegate)?
    public var desiredAccuracy: CLLocationAccuracy = kCLLocationAccuracyBest

    public override init() {
        super.init()
        Calls.note("CLLocationManager.init")
        locationManagers.add(self)
    }

    public var authorizationStatus: CLAuthorizationStatus {
        Calls.note("CLLocationManager.authorizationStatus")
        return locationService.value.status
    }

    public var accuracyAuthorization: CLAccuracyAuthorization {
        Calls.note("CLLocationManager.accuracyAuthorization")
        return locationService.value.accuracy
    }

    public func requestWhenInUseAuthorization() {
        Calls.note("CLLocationManager.requestWhenInUseAuthorization")
    }

    public func startUpdatingLocation() {
        Calls.note("CLLocationManager.startUpdatingLocation")
        locationService.value.onStart(LocationUpdates(self))
    }

    public func stopUpdatingLocation() {
        Calls.note("CLLocationManager.stopUpdatingLocation")
    }
}
