internal import ScrupleBindings

/// Reads how large the storage is, for which Apple requires a reason. No permission is needed.
package protocol StorageSource: Sendable {
    /// Total capacity in bytes of the volume that holds user data.
    ///
    /// - Throws: ``SourceError``, if there is none.
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
