import Foundation
import Scruple
import ScrupleStorage
import Testing

extension Products {
    /// Of this machine: `FileManager` is here too.
    @Suite struct Storage {
        @Test func theFileSystemsSizeIsReadAndNotSent() async throws {
            var volume = statvfs()
            try #require(statvfs(NSHomeDirectory(), &volume) == 0)
            let size = UInt64(volume.f_blocks) * UInt64(volume.f_frsize)
            let snapshot = try await appleSession(sources: [.storage])
                .collect(for: .feature, items: [.deviceStorageCapacity])
            #expect(try snapshot.device.storageCapacity == size && size > 0)
            #expect(try snapshot.onDeviceOnly == [.deviceStorageCapacity])
            #expect(try !snapshot.toJson().contains(String(size)))
        }
    }
}
