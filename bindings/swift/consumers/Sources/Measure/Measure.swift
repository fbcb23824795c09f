import Dispatch
import Scruple

/// What a collection of all device items costs from Swift, against one empty call: `cargo xtask bench --languages`.
// Rounds are sendable functions, which are no actor's: else each would hop to the main one and back.
@main struct Measure {
    static func main() async throws {
        let idle = try await Session.open(policy: Policy())
        // The name is off unless it is named.
        let on = CategoryPolicy(enabled: true, items: [.deviceName: ItemPolicy(enabled: true)])
        let session = try await Session.open(policy: Policy(categories: [.device: on]))
        try session.updateConsent {
            $0.age = .atLeastMinimum
            $0.grant(.device)
        }
        let items = Set(Item.allCases.filter { $0.category == .device })
        let held = try await session.collect(for: .feature, items: items)

        print("| Swift, release | median in µs |\n| --- | --- |")
        row("one empty call: `audit` of an empty session", median { _ = idle.audit() })
        row(
            "`collect` of all device items, and `close`",
            try await medianAwaiting { try await session.collect(for: .feature, items: items).close() }
        )
        row("`snapshot.device`", try median { _ = try held.device })
        row(
            "`collect`, `device` and `close`",
            try await medianAwaiting {
                let snapshot = try await session.collect(for: .feature, items: items)
                _ = try snapshot.device
                snapshot.close()
            }
        )
    }

    private static let rounds = 5_000
    private static let warmUp = 500

    private static func median(_ round: () throws -> Void) rethrows -> Double {
        var times: [UInt64] = []
        for number in 0..<warmUp + rounds {
            let start = DispatchTime.now().uptimeNanoseconds
            try round()
            let end = DispatchTime.now().uptimeNanoseconds
            if number >= warmUp { times.append(end - start) }
        }
        return microseconds(times)
    }

    private static func medianAwaiting(_ round: @Sendable () async throws -> Void) async rethrows -> Double {
        var times: [UInt64] = []
        for number in 0..<warmUp + rounds {
            let start = DispatchTime.now().uptimeNanoseconds
            try await round()
            let end = DispatchTime.now().uptimeNanoseconds
            if number >= warmUp { times.append(end - start) }
        }
        return microseconds(times)
    }

    private static func microseconds(_ times: [UInt64]) -> Double {
        Double(times.sorted()[times.count / 2]) / 1000
    }

    private static func row(_ name: String, _ microseconds: Double) {
        print("| \(name) | \((microseconds * 10).rounded() / 10) |")
    }
}
