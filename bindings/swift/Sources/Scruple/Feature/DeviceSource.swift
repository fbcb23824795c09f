internal import ScrupleBindings

/// Reads the device items of UIKit, which answers on the main thread only. It needs no permission.
package protocol DeviceSource: Sendable {
    /// The main display's resolution, with the device held upright.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func resolution(deadlineMs: UInt64) throws -> Resolution

    /// The name that its owner gave the device.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func name(deadlineMs: UInt64) throws -> String
}

extension Source {
    /// Reads `device.resolution` and `device.name`.
    package static func device(_ reader: any DeviceSource) -> Source {
        Source { .device(DeviceReader(reader: reader)) }
    }
}

/// The reader as the core calls it.
private final class DeviceReader: ScrupleBindings.DeviceSource {
    private let reader: any DeviceSource

    init(reader: any DeviceSource) {
        self.reader = reader
    }

    func resolution(deadlineMs: UInt64) throws -> ScrupleBindings.Resolution {
        try reading { try reader.resolution(deadlineMs: deadlineMs).native }
    }

    func name(deadlineMs: UInt64) throws -> String {
        try reading { try reader.name(deadlineMs: deadlineMs) }
    }
}
