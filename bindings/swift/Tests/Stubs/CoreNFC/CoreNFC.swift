import Foundation
import StubCalls

/// Whether the device can read tags.
public let readingAvailable = Script(true)

open class NFCReaderSession: NSObject {
    public class var readingAvailable: Bool {
        Calls.note("NFCReaderSession.readingAvailable")
        return CoreNFC.readingAvailable.value
    }

    public func begin() {
        Calls.note("NFCReaderSession.begin")
    }
}

public protocol NFCNDEFReaderSessionDelegate: NSObjectProtocol {}

open class NFCNDEFReaderSession: NFCReaderSession {
    public init(delegate: any NFCNDEFReaderSessionDelegate, queue: DispatchQueue?, invalidateAfterFirstRead: Bool) {
        Calls.note("NFCNDEFReaderSession.init")
    }
}
