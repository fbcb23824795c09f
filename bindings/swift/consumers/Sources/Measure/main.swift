import Dispatch
import Scruple

// What a collection of all device items costs from Swift, against one empty call:
// `swift run -c release --package-path bindings/swift/consumers Measure`.

/// The median of many rounds, after some that warm up, in microseconds.
func median(rounds: Int = 2_000, _ round: () async throws -> Void) async throws -> Double {
    var times: [UInt64] = []
    for number in 0..<rounds + rounds / 10 {
        let start = DispatchTime.now().uptimeNanoseconds
        try await round()
        let end = DispatchTime.now().uptimeNanoseconds
        if number >= rounds / 10 { times.append(end - start) }
    }
    times.sort()
    return Double(times[times.count / 2]) / 1000
}

func row(_ name: String, _ microseconds: Double) {
    print("| \(name) | \((microseconds * 10).rounded() / 10) |")
}

let session = try await Session.open(policy: Policy(categories: [.device: .on]))
try session.updateConsent {
    $0.age = .atLeastMinimum
    $0.grant(.device)
}
let idle = try await Session.open(policy: Policy())
let device = Set(Item.allCases.filter { $0.category == .device })
let held = try await session.collect(for: .feature, items: device)

print("| Swift, release | median in µs |\n| --- | --- |")
row("`audit` of an empty session: one empty call", try await median { _ = idle.audit() })
row(
    "`collect` of nothing: the way to the queue and back",
    try await median {
        try await session.collect(for: .feature, items: []).close()
    }
)
row(
    "`collect` of all device items",
    try await median {
        _ = try await session.collect(for: .feature, items: device)
    }
)
row(
    "`snapshot.device`",
    try await median(rounds: 500) {
        _ = try held.device
    }
)
row(
    "`collect`, `device` and `close`",
    try await median {
        let snapshot = try await session.collect(for: .feature, items: device)
        _ = try snapshot.device
        snapshot.close()
    }
)
held.close()
