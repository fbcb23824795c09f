import Foundation
import RecordedSessions
import Scruple
import XCTest

/// Searches the whole memory of this process for values: there while a snapshot lives, gone once it has ended.
///
/// With XCTest, whose tests run one after the other in a process without those of swift-testing: nobody else holds values
/// meanwhile. What is searched for is only ever masked here, so that the search does not find itself. And the test reads
/// none of these values: what Swift was given is Swift's own, in memory that nobody wipes.
final class MemoryTests: XCTestCase {
    func testClosingASnapshotWipesIt() async throws {
        let canaries = try Canaries()
        let session = try canaries.session()
        XCTAssertEqual(try canaries.found(), [], "the test itself holds a canary")
        let snapshot = try await session.collect(for: .feature)
        XCTAssertEqual(try canaries.found(), Canaries.all)
        snapshot.close()
        XCTAssertEqual(try canaries.found(), [])
    }

    func testASnapshotThatNobodyHoldsIsWiped() async throws {
        let canaries = try Canaries()
        let session = try canaries.session()
        var snapshot: Snapshot? = try await session.collect(for: .feature)
        XCTAssertEqual(try canaries.found(), Canaries.all)
        XCTAssertNotNil(snapshot)
        snapshot = nil
        XCTAssertEqual(try canaries.found(), [])
    }

    func testClosingTheSessionWipesItsSnapshots() async throws {
        let canaries = try Canaries()
        let session = try canaries.session()
        let snapshot = try await session.collect(for: .feature)
        XCTAssertEqual(try canaries.found(), Canaries.all)
        session.close()
        XCTAssertEqual(try canaries.found(), [])
        snapshot.close()
    }

    func testRevocationWipesItsCategoryBeforeItReturns() async throws {
        let canaries = try Canaries()
        let session = try canaries.session()
        let snapshot = try await session.collect(for: .feature)
        try session.updateConsent { $0.revoke(.device) }
        XCTAssertEqual(try canaries.found(), [Canaries.process], "the other category stays")
        try session.updateConsent { $0.revoke(.processList) }
        XCTAssertEqual(try canaries.found(), [])
        snapshot.close()
    }

    func testExpiryWipesWithoutACall() async throws {
        let canaries = try Canaries()
        let session = try canaries.session(retentionMs: 2_000)
        let snapshot = try await session.collect(for: .feature)
        XCTAssertEqual(try canaries.found(), Canaries.all)
        let deadline = Date() + 30
        while try !canaries.found().isEmpty, Date() < deadline {
            try await Task.sleep(nanoseconds: 100_000_000)
        }
        XCTAssertEqual(try canaries.found(), [], "retention was over long ago")
        XCTAssertThrowsError(try snapshot.device) { XCTAssertEqual($0 as? ScrupleError, .expired) }
    }

    func testAnAbandonedCollectionIsWiped() async throws {
        // So many processes that there is time to cancel before the last is read.
        let canaries = try Canaries(processes: 4_000)
        let session = try canaries.session()
        var abandoned = false
        for _ in 0..<20 where !abandoned {
            let reads = session.audit().count
            let collecting = Task { try await session.collect(for: .feature) }
            try await Task.sleep(nanoseconds: 5_000_000)
            collecting.cancel()
            let result = await collecting.result
            // It was cancelled while it read if it had begun and was not over.
            if case .failure(let error) = result, error is CancellationError, session.audit().count > reads {
                abandoned = true
            }
        }
        XCTAssertTrue(abandoned, "no collection was cancelled in flight")
        // It is wiped when the queue has closed it, which is after the last read.
        let read = Date()
        while try !canaries.found().isEmpty {
            XCTAssertLessThan(Date().timeIntervalSince(read), 10)
        }
    }

    func testAProcessOfThisMachineIsFoundAndWiped() async throws {
        let canary = try NamedProcess()
        defer { canary.end() }
        let session = try await Session.open(policy: .everything())
        try session.agree()
        XCTAssertFalse(try canary.isFound(), "the test itself holds the canary")
        let snapshot = try await session.collect(for: .feature, items: [.processListProcesses])
        XCTAssertTrue(try canary.isFound())
        snapshot.close()
        XCTAssertFalse(try canary.isFound())
    }
}

/// A recorded machine whose texts are canaries. A shell makes it, and unmasks them there.
private final class Canaries {
    static let all: Set<Int> = [0, 1, 2, 3, 4]
    static let process = 4
    private static let files = [
        "sys/class/dmi/id/product_name", "sys/class/dmi/id/sys_vendor", "etc/hostname", "proc/sys/kernel/osrelease",
        "proc/PROCESS/comm",
    ]

    private let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let masked = files.map { _ in randomName(24) }

    init(processes: Int = 1) throws {
        let script = """
            set -eu
            processes=$1; shift
            mkdir -p sys/class/dmi/id etc proc/sys/kernel $(seq -f proc/%.0f "$processes")
            while [ $# -gt 0 ]; do
                case $1 in proc/PROCESS/*) files=$(seq -f proc/%.0f/comm "$processes") ;; *) files=$1 ;; esac
                echo "$2" | tr A-Za-z N-ZA-Mn-za-m | tee $files > /dev/null
                shift 2
            done
            """
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let making = Foundation.Process()
        making.executableURL = URL(fileURLWithPath: "/bin/sh")
        making.currentDirectoryURL = root
        making.arguments = ["-c", script, "sh", "\(processes)"] + zip(Self.files, masked).flatMap { [$0, $1] }
        try making.run()
        making.waitUntilExit()
        XCTAssertEqual(making.terminationStatus, 0)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    func session(retentionMs: UInt64 = 60_000) throws -> Session {
        var policy = Policy.everything(retentionMs: retentionMs)
        policy[.device].items[.deviceName] = ItemPolicy(enabled: true)
        let session = try Session.recorded(policy, sysroot: root)
        try session.agree()
        return session
    }

    /// The numbers of those that lie somewhere in this process's writable memory.
    func found() throws -> Set<Int> {
        try search(for: masked)
    }
}

/// A process that has given itself a name.
private final class NamedProcess {
    private let masked = randomName(15)
    private let process = Foundation.Process()
    /// It lives until this is closed.
    private let input = Pipe()

    init() throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // Only a process itself may write its name, so no other program can be what writes here.
        let rename = "name=$(echo \"$1\" | tr A-Za-z N-ZA-Mn-za-m); echo \"$name\" > /proc/$$/comm; echo; read line"
        process.arguments = ["-c", rename, "sh", masked]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
    }

    func isFound() throws -> Bool {
        try !search(for: [masked]).isEmpty
    }

    func end() {
        input.fileHandleForWriting.closeFile()
    }
}
