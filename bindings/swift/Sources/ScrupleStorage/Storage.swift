import Foundation
import Scruple

extension Source {
    /// Reads ``Item/deviceStorageCapacity``, the total capacity of the volume that holds user data.
    ///
    /// Apple requires a reason for this read. This module's privacy manifest gives 85F4.1: the app shows the capacity
    /// to the person who uses it. So the value may not leave the device.
    public static var storage: Source { .storage(StorageReader()) }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/storage``
        @objc public static var storage: ObjectiveCSource { ObjectiveCSource(.storage) }
    }
#endif

/// Asks the file system that the app's own files are on.
struct StorageReader: StorageSource {
    func read(deadlineMs: UInt64) throws -> UInt64 {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: NSHomeDirectory())
        guard let size = attributes[.systemSize] as? NSNumber else { throw SourceError.failed }
        return size.uint64Value
    }
}
