import Confinement
import Foundation
import RecordedSessions
import Scruple

// The whole life of a session in a process that ends at any write to a file, socket, program or process. Without arguments it is
// who starts it, and whoever breaks a rule, and says what became of each.

/// What a confined process may not do.
let violations: [String: () -> Void] = [
    "a file": { _ = open("/tmp/scruple-confined", O_CREAT | O_WRONLY, 0o600) },
    "a change of a file's mode": { _ = chmod("/tmp/scruple-confined", 0o600) },
    "a directory": { _ = mkdir("/tmp/scruple-confined", 0o700) },
    "a socket": { _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) },
    "a socket of Unix": { _ = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) },
    "a program": { execv("/bin/true", [nil]) },
    "a process": {
        var child: pid_t = 0
        posix_spawn(&child, "/bin/true", nil, nil, [nil], nil)
    },
    "a preference": {
        UserDefaults.standard.set(true, forKey: "scruple")
        UserDefaults.standard.synchronize()
    },
]

/// How many items had a value, of all that there are.
func lifecycle() async throws -> Int {
    let on = CategoryPolicy(enabled: true, minimumIntervalMs: 0)
    let categories = Dictionary(uniqueKeysWithValues: Category.allCases.map { ($0, on) })
    let policy = Policy(retentionMs: 1_000, categories: categories)
    let session = try await Session.open(policy: policy, sources: everySource(onApple: false))
    try session.supply(HostRecords(json: everyRecord))
    do {
        try session.supply(HostRecords(json: "{"))
        throw Unexpected.isFine
    } catch is ScrupleError {}
    _ = try await session.collect(for: .feature)
    try session.updateConsent {
        $0.age = .atLeastMinimum
        $0.grant(Category.allCases)
    }
    var read = 0
    for purpose in [Purpose.feature, .troubleshooting] {
        let snapshot = try await session.collect(for: purpose)
        read = max(read, try Item.allCases.count - snapshot.missing.count)
        _ = try (snapshot.toJson(), snapshot.device, snapshot.features, snapshot.application, snapshot.forMiniProgram())
        snapshot.close()
    }
    let revoked = try await session.collect(for: .feature)
    let expired = try await session.collect(for: .feature)
    let inFlight = Task { try await session.collect(for: .feature) }
    try session.updateConsent { $0.revoke(Category.allCases) }
    _ = await inFlight.result
    guard case .failure = Result(catching: { try revoked.device }) else { throw Unexpected.isFine }
    try await Task.sleep(nanoseconds: 1_200_000_000)
    guard case .failure(ScrupleError.expired) = Result(catching: { try expired.missing }) else {
        throw Unexpected.isFine
    }
    _ = try (session.explainJson(for: .feature), session.audit())
    session.close()
    guard case .failure = Result(catching: { try session.explainJson(for: .feature) }) else { throw Unexpected.isFine }
    return read
}

enum Unexpected: Error { case isFine }

/// Runs this program again, and says how it ended: the signal, or nothing after an exit with 0.
func ending(_ argument: String) throws -> Int32? {
    let program = Process()
    program.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    program.arguments = [argument]
    try program.run()
    program.waitUntilExit()
    if program.terminationReason == .uncaughtSignal { return program.terminationStatus }
    guard program.terminationStatus == 0 else { fatalError("\(argument): exit status \(program.terminationStatus)") }
    return nil
}

if CommandLine.arguments.count == 1 {
    guard try ending("lifecycle") == nil else { fatalError("the library wrote, connected or started something") }
    for name in violations.keys.sorted() {
        guard try ending(name) == SIGSYS else { fatalError("\(name) was not seen") }
    }
    print(
        "proof: a Swift session writes, connects and starts nothing | from open to close, errors, revocation and "
            + "expiry under a filter that kills | killed by SIGSYS: \(violations.keys.sorted().joined(separator: ", "))"
    )
} else {
    // A violation is not to leave the image of a process behind.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue)), &none)
    guard confine() == 0 else { fatalError("the filter is not taken: \(errno)") }
    if let violation = violations[CommandLine.arguments[1]] {
        violation()
    } else {
        guard try await lifecycle() >= 25 else { fatalError("few items have a value") }
    }
}
