import Foundation
internal import ScrupleRecorded

@testable import Scruple

extension Scruple.Session {
    /// A session on a recorded machine: the same files under another root, and nothing of this machine.
    package static func recorded(_ policy: Scruple.Policy, sysroot: URL) throws -> Scruple.Session {
        Scruple.Session(try openRecorded(policy: policy.native, sysroot: sysroot.path))
    }

    /// A session on an Apple device whose kernel answers as recorded; everything else is as on the device.
    package static func recordedApple(
        _ policy: Scruple.Policy,
        kernel: [String: Data] = iPhone,
        sources: [Scruple.Source] = []
    ) throws -> Scruple.Session {
        let native = sources.map { $0.native() }
        let opened = try openRecordedApple(policy: policy.native, kernel: kernel, sources: native)
        return Scruple.Session(opened, sources: sources)
    }
}

/// What an iPhone 15 Pro's kernel answers.
package let iPhone: [String: Data] = {
    let texts = [
        "hw.machine": "iPhone16,1", "kern.osproductversion": "17.5.1", "kern.osversion": "21F90",
        "getprogname": "WeatherHost", "target_arch": "arm64",
    ]
    let numbers: [String: UInt32] = [
        "hw.ncpu": 6, "hw.cputype": 0x0100_000c, "hw.cpusubtype": 2, "hw.cpufamily": 0x2876_f5b5,
    ]
    let answers = numbers.mapValues { number in withUnsafeBytes(of: number) { Data($0) } }
    return answers.merging(texts.mapValues { Data($0.utf8 + [0]) }) { number, _ in number }
}()
