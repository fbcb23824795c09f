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
            #expect(try await session.feature(.nfcInformation, \.nfc) == .success(Nfc(present: isThere)))
            #expect(Calls.counts == ["NFCReaderSession.readingAvailable": 1])
        }
    }
}
