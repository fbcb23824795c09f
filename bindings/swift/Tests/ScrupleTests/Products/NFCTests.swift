import CoreNFC
import Scruple
import ScrupleNFC
import StubCalls
import Testing

extension Products {
    @Suite struct NFC {
        init() async { await resetStubs() }

        @Test(arguments: [true, false]) func whetherItIsThereIsAllThatIsAsked(isThere: Bool) async throws {
            CoreNFC.readingAvailable.value = isThere
            let session = try appleSession(sources: [.nfc])
            #expect(try await session.feature(.nfcInformation, \.nfc) == .success(NfcInformation(present: isThere)))
            #expect(Calls.counts == ["NFCReaderSession.readingAvailable": 1])
        }

        @Test func itDoesNotNeedTheMainThread() async throws {
            let session = try appleSession(sources: [.nfc])
            let answer = try await whileMainIsBlocked { try await session.feature(.nfcInformation, \.nfc) }
            #expect(answer == .success(NfcInformation(present: true)))
        }
    }
}
