import Foundation
import RecordedSessions
import Scruple
import XCTest

/// What the host supplies is wiped with the rest: the bindings keep no copy of a text on its way to Rust. What the test itself made it
/// overwrites, as nobody else can; what Swift does with a text that is let go of is the control.
final class SuppliedMemoryTests: XCTestCase {
    func testRecordsAreWipedWhenTheyAreTakenBackClosedOrOver() async throws {
        let ends: [(String, (Session, Snapshot) async throws -> Void)] = [
            (
                "revocation",
                { session, _ in try session.updateConsent { $0.revoke(.application, .networkConfiguration) } }
            ),
            ("close", { session, _ in session.close() }),
            (
                "replacement",
                { session, snapshot in
                    snapshot.close()
                    try session.supply(HostRecords())
                }
            ),
        ]
        for (name, end) in ends {
            let (records, session) = (Records(), try session())
            try records.supply(to: session)
            let snapshot = try await session.collect(for: .feature)
            XCTAssertEqual(try records.found(), Records.all, name)
            try await end(session, snapshot)
            XCTAssertEqual(try records.found(), [], name)
        }
        let control = try control()
        print(
            "proof: Swift's bindings keep nothing of supplied records | \(Records.all.count) canaries in UTF-8, UTF-16 "
                + "and Base64: all there before, 0 after \(ends.map(\.0).joined(separator: ", ")) | \(control)"
        )
    }

    func testAnExpiredSnapshotHasNoneOfThem() async throws {
        let (records, session) = (Records(), try session(retentionMs: 1_000))
        try records.supply(to: session)
        let snapshot = try await session.collect(for: .feature)
        try session.supply(HostRecords())
        XCTAssertEqual(try records.found(), Records.all)
        try await Task.sleep(nanoseconds: 1_500_000_000)
        XCTAssertEqual(try records.found(), [], "retention is over")
        XCTAssertThrowsError(try snapshot.application) { XCTAssertEqual($0 as? ScrupleError, .expired) }
    }

    func testACollectionInFlightLosesThem() async throws {
        let (records, gate) = (Records(), Turnstile())
        let source = Source.webView {
            gate.wait()
            return "late"
        }
        let session = try Session.recordedApple(.everything(), sources: [source])
        try session.agree()
        try records.supply(to: session)
        let collecting = Task { try await session.collect(for: .feature) }
        while !session.audit().contains(where: { $0.item == .webViewUserAgent }) {
            try await Task.sleep(nanoseconds: 5_000_000)
        }
        try session.updateConsent { $0.revoke(.application, .networkConfiguration) }
        XCTAssertEqual(try records.found(), [])
        gate.open()
        let snapshot = try await collecting.value
        XCTAssertThrowsError(try snapshot.application)
        XCTAssertEqual(try records.found(), [])
    }

    private func session(retentionMs: UInt64 = 60_000) throws -> Session {
        let session = try Session.recordedApple(.everything(retentionMs: retentionMs))
        try session.agree()
        return session
    }

    /// Swift wipes nothing that it frees: such a text is found, and says that the search finds.
    private func control() throws -> String {
        // Another thread may be given the freed memory before the search comes to it.
        let isFound = try (1...10).contains { _ in
            let records = Records()
            records.letGo()
            return try records.found() == [0]
        }
        XCTAssertTrue(isFound)
        return "a text that Swift let go of is found"
    }
}

/// Records whose every text is a canary. What holds them here is overwritten once they are supplied.
private final class Records {
    /// What surrounds each, for the forms that the core asks for.
    private static let forms: [(String, String)] = [
        ("", ""), ("", ""), ("", ""), ("", ".app"),  // The application's name, creator, id and package.
        ("", ""), ("", ""), ("", ""), ("", ""), ("", ""), ("", ""), ("", ""),  // The mini-program's texts.
        ("/", ""), ("https://example.com/", ""), ("", ".example"),  // Where its code package is, and its domain.
        ("", ""), ("", ".example"),  // A permission, and a domain that may be reached.
        ("", ""),  // A picture, which is made apart.
    ]
    static let all = Set(forms.indices)

    private let masked = forms.map { _ in randomName(24) }

    func found() throws -> Set<Int> { try search(for: masked) }

    func supply(to session: Session) throws {
        var texts = masked.indices.dropLast().map { text($0) }
        let picture = picture()
        defer {
            for at in texts.indices { wipe(&texts[at]) }
            picture.initializeMemory(as: UInt8.self, repeating: 0)
            picture.deallocate()
        }
        let bytes = Data(bytesNoCopy: picture.baseAddress!, count: picture.count, deallocator: .none)
        let program = MiniProgram(
            id: texts[4],
            name: texts[5],
            classificationTag: texts[6],
            introduction: texts[7],
            description: texts[8],
            versionNumber: texts[9],
            versionDescription: texts[10],
            codePackageAddress: CodePackageAddress(client: texts[11], server: texts[12]),
            domainName: texts[13]
        )
        let domains = DomainConfiguration(request: [texts[15]], socket: [], upload: [], download: [], webView: [])
        try session.supply(
            HostRecords(
                application: ApplicationInformation(
                    profilePicture: ProfilePicture(bytes: bytes),
                    creatorId: texts[1],
                    name: texts[0],
                    id: texts[2],
                    packageName: texts[3]
                ),
                miniPrograms: [program],
                network: NetworkConfiguration(permissions: [texts[14]: true], domains: domains)
            )
        )
    }

    /// Makes the first text, so long that no other allocation soon lies there, and lets go of it.
    func letGo() {
        XCTAssertEqual(text(0, padding: 100_000).utf8.count, 100_024)
    }

    /// One text, in one piece of memory from the beginning.
    private func text(_ number: Int, padding: Int = 0) -> String {
        let (before, after) = Self.forms[number]
        let count = before.utf8.count + masked[number].utf8.count + after.utf8.count
        return String(unsafeUninitializedCapacity: count + padding) { bytes in
            var at = 0
            func add(_ byte: UInt8) {
                bytes[at] = byte
                at += 1
            }
            for byte in before.utf8 { add(byte) }
            for byte in masked[number].utf8 { add(unmasked(byte)) }
            for byte in after.utf8 { add(byte) }
            for _ in 0..<padding { add(0x2D) }
            return at
        }
    }

    private func picture() -> UnsafeMutableRawBufferPointer {
        let (signature, name) = ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] as [UInt8], masked.last!)
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: signature.count + name.utf8.count, alignment: 1)
        for (at, byte) in signature.enumerated() { bytes[at] = byte }
        for (at, byte) in name.utf8.enumerated() { bytes[signature.count + at] = unmasked(byte) }
        return bytes
    }

    /// Overwrites a text where it lies: the records share it.
    private func wipe(_ text: inout String) {
        text.withUTF8 { _ = memset(UnsafeMutableRawPointer(mutating: $0.baseAddress!), 0, $0.count) }
    }
}
