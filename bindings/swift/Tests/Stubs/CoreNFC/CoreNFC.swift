import Foundation
import StubCalls

/// Follows `NFCReaderSession`.
open class NFCReaderSession: NSObject {
    /// Follows `+[NFCReaderSession readingAvailable]`.
    public class var readingAvailable: Bool {
        Calls.note("NFCReaderSession.readingAvailable")
        return CoreNFC.readingAvailable.value
    }

    /// Follows `-[NFCReaderSessionProtocol beginSession]`.
    public func begin() {
        Calls.note("NFCReaderSession.begin")
    }
}

/// Follows `NFCNDEFReaderSessionDelegate`.
public protocol NFCNDEFReaderSessionDelegate: NSObjectProtocol {}

/// Follows `NFCNDEFReaderSession`.
open class NFCNDEFReaderSession: NFCReaderSession {
    /// Follows `-[NFCNDEFReaderSession initWithDelegate:queue:invalidateAfterFirstRead:]`.
    public init(delegate: any NFCNDEFReaderSessionDelegate, queue: DispatchQueue?, invalidateAfterFirstRead: Bool) {
        Calls.note("NFCNDEFReaderSession.init")
    }
}
