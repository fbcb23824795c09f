#if canImport(CoreNFC)
    import CoreNFC
    import Foundation
    import Scruple

    extension Source {
        /// Reads ``Item/nfcInformation``: whether the device can read tags by near-field communication.
        ///
        /// For this one boolean Apple requires the entitlement `com.apple.developer.nfc.readersession.formats` and
        /// `NFCReaderUsageDescription`, as if the app read tags. An app that reads no tags does better to go by the
        /// model: every iPhone since the iPhone 7 (`iPhone9,1`) can read tags, and no iPad, Mac or Vision Pro can.
        ///
        /// It reads no tag, opens no session and never prompts the person. iOS does not say whether near-field
        /// communication is on, which it always is, nor whether the app can act as a card.
        public static var nfc: Source { .nfc(NFCReader()) }
    }

    #if canImport(ObjectiveC)
        extension ObjectiveCSource {
            /// ``Source/nfc``
            @objc public static var nfc: ObjectiveCSource { ObjectiveCSource(.nfc) }
        }
    #endif

    /// Asks what the device can do.
    struct NFCReader: NfcSource {
        func permission() -> SystemPermission { .granted }

        func read(deadlineMs: UInt64) -> NfcInformation {
            NfcInformation(present: NFCNDEFReaderSession.readingAvailable)
        }
    }
#endif
