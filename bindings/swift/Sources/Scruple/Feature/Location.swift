internal import ScrupleBindings

/// A place in WGS 84. It has no speed, altitude, bearing, accuracy or time, since each would tell more than the place.
public struct Coordinates: Hashable, Sendable {
    /// Degrees, from -90 to 90.
    public var latitude: Double
    /// Degrees, from -180 to 180.
    public var longitude: Double

    /// Puts one together from its parts.
    public init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

extension Coordinates: Redacted {
    init(_ native: ScrupleBindings.Coordinates) {
        self.init(
            latitude: native.latitude,
            longitude: native.longitude
        )
    }

    var native: ScrupleBindings.Coordinates {
        ScrupleBindings.Coordinates(
            latitude: latitude,
            longitude: longitude
        )
    }
}

/// Reads location: one reader for fuzzy location, another for precise.
package protocol LocationSource: Sendable {
    /// Whether the app may read location of this accuracy. It never prompts the person.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// Where the device is, in WGS 84.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func read(deadlineMs: UInt64) throws -> Coordinates
}

extension Source {
    /// Reads `location.fuzzy`.
    package static func fuzzyLocation(_ reader: any LocationSource) -> Source {
        Source { .fuzzyLocation(LocationReader(reader: reader)) }
    }

    /// Reads `location.precise`.
    package static func preciseLocation(_ reader: any LocationSource) -> Source {
        Source { .preciseLocation(LocationReader(reader: reader)) }
    }
}

/// The reader as the core calls it.
private final class LocationReader: ScrupleBindings.LocationSource {
    private let reader: any LocationSource

    init(reader: any LocationSource) {
        self.reader = reader
    }

    func permission() throws -> ScrupleBindings.SystemPermission {
        try reading { try reader.permission().native }
    }

    func read(deadlineMs: UInt64) throws -> ScrupleBindings.Coordinates {
        try reading { try reader.read(deadlineMs: deadlineMs).native }
    }
}
