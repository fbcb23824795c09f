import Foundation
import ScrupleRecorded

@testable import Scruple

extension Scruple.Session {
    /// A session on a recorded machine: the same files under another root, and nothing of this machine.
    static func recorded(_ policy: Scruple.Policy, sysroot: URL) throws -> Scruple.Session {
        Scruple.Session(try openRecorded(policy: policy.native, sysroot: sysroot.path))
    }
}
