import Foundation
import RecordedSessions
import Scruple
import ScrupleTesting
import Testing

struct ComfortTests {
    @Test func anySequenceOfCategoriesIsAgreedToAndTakenBack() {
        var (one, other) = (ConsentUpdate(), ConsentUpdate())
        one.grant(Scruple.Category.allCases.lazy.filter { $0 == .device || $0 == .nfc })
        one.revoke([.location], for: .feature)
        other.grant(.device, .nfc)
        other.revoke(.location, for: .feature)
        #expect(one == other)
    }

    @Test func timesAreInSecondsToo() {
        var policy = Policy(categories: [.device: .on])
        policy.retention = 1.5
        policy[.device].deadline = 0.25
        policy[.device].minimumInterval = -1
        #expect(policy.retentionMs == 1_500 && policy.retention == 1.5)
        #expect(policy[.device].deadlineMs == 250 && policy[.device].minimumIntervalMs == 0)
        var item = ItemPolicy(enabled: true)
        #expect(item.minimumInterval == nil)
        item.minimumInterval = .infinity
        #expect(item.minimumIntervalMs == .max)
    }

    @Test func timesAreDurationsToo() {
        var policy = Policy(categories: [.device: .on])
        policy.retentionDuration = .seconds(90)
        policy[.device].deadlineDuration = .microseconds(1_500)
        policy[.device].minimumIntervalDuration = .seconds(-1)
        #expect(policy.retentionMs == 90_000 && policy.retentionDuration == .seconds(90))
        #expect(policy[.device].deadlineMs == 2 && policy[.device].minimumIntervalMs == 0)
        var item = ItemPolicy(enabled: true)
        #expect(item.minimumIntervalDuration == nil && policy[.nfc].deadlineDuration == nil)
        item.minimumIntervalDuration = .seconds(Int64.max)
        #expect(item.minimumIntervalMs == .max && item.minimumIntervalDuration == .milliseconds(UInt64.max))
        item.minimumIntervalDuration = nil
        #expect(item.minimumIntervalMs == nil)
    }

    @Test func whatIsLeftOfAnIntervalIsATimeToo() {
        let soon = Withheld.tooSoon(remainingMs: 1_500)
        #expect(soon.remaining == 1.5 && soon.remainingDuration == .milliseconds(1_500))
        #expect(Withheld.denied.remaining == nil && Withheld.denied.remainingDuration == nil)
        let entry = AuditEntry(atMs: 1_500, item: .deviceModel, purpose: .feature)
        #expect(entry.at == Date(timeIntervalSince1970: 1.5))
    }

    private func end(of snapshot: any SnapshotProtocol) async -> [ScrupleError] {
        await snapshot.end.reduce(into: []) { $0.append($1) }
    }

    @Test func aSnapshotsEndIsTold() async throws {
        let session = try Session.recordedApple(.everything(retentionMs: 300))
        try session.agree()
        let (expiring, closing) = (try await session.collect(for: .feature), try await session.collect(for: .feature))
        async let ended = end(of: closing)
        closing.close()
        #expect(await ended == [.closed])
        #expect(await end(of: expiring) == [.expired])
    }

    @Test func waitingForItsEndHoldsNoSnapshot() async throws {
        let session = TestSession()
        var snapshot: TestSnapshot? = try await session.collect(for: .feature)
        weak var held = snapshot
        let stream = snapshot?.end
        snapshot = nil
        var ends: [ScrupleError] = []
        for await end in try #require(stream) { ends.append(end) }
        #expect(held == nil && ends == [.closed])
    }
}
