import Scruple
import Testing

@Suite struct SessionTests {
    @Test func opensCollectsAndCloses() async throws {
        let session = try await Session.open(policy: Policy(categories: [.device: .on]))
        try session.updateConsent {
            $0.age = .atLeastMinimum
            $0.grant(.device)
        }
        let snapshot = try await session.collect(for: .feature)
        #expect(try snapshot.device.platform == "linux")
        snapshot.close()
        #expect(throws: ScrupleError.closed) { try snapshot.device }
    }
}
