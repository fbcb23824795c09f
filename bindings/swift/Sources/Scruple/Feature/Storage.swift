internal import ScrupleBindings

/// Reads the storage's capacity, for which Apple requires a reason. It needs no permission.
package protocol StorageSource: Sendable {
    /// Total capacity in bytes of the volume that holds user data.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func read(deadlineMs: UInt64) throws -> UInt64
}

extension Source {
    /// Reads `device.storage_capacity`.
    package static func storage(_ reader: any StorageSource) -> Source {
        Source { .storage(StorageReader(reader: reader)) }
    }
}

/// The reader as the core calls it.
private final class StorageReader: ScrupleBindings.StorageSource {
    private let reader: any StorageSource

    init(reader: any StorageSource) {
        self.reader = reader
    }

    func read(deadlineMs: UInt64) throws -> UInt64 {
        try reading { try reader.read(deadlineMs: deadlineMs) }
    }
}
