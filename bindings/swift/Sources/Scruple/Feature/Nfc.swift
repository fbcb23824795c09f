internal import ScrupleBindings

/// The state of near-field communication. It is three facts, so there is nothing to minimise.
public struct NfcInformation: Hashable, Sendable {
    /// Whether the device has it.
    public var present: Bool
    /// Whether it is on, if the system says so.
    public var enabled: Bool?
    /// Whether the device can act as a card, if the system says so.
    public var hostCardEmulation: Bool?

    /// Puts one together from its parts.
    public init(present: Bool, enabled: Bool? = nil, hostCardEmulation: Bool? = nil) {
        self.present = present
        self.enabled = enabled
        self.hostCardEmulation = hostCardEmulation
    }
}

extension NfcInformation: Redacted {
    init(_ native: ScrupleBindings.NfcInformation) {
        self.init(
            present: native.present,
            enabled: native.enabled,
            hostCardEmulation: native.hostCardEmulation
        )
    }

    var native: ScrupleBindings.NfcInformation {
        ScrupleBindings.NfcInformation(
            present: present,
            enabled: enabled,
            hostCardEmulation: hostCardEmulation
        )
    }
}

/// Reads the state of near-field communication.
package protocol NfcSource: Sendable {
    /// Whether the app may ask the adapter. It never prompts the person.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// The state of near-field communication.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func read(deadlineMs: UInt64) throws -> NfcInformation
}

extension Source {
    /// Reads `nfc.information`.
    package static func nfc(_ reader: any NfcSource) -> Source {
        Source { .nfc(NfcReader(reader: reader)) }
    }
}

/// The reader as the core calls it.
private final class NfcReader: ScrupleBindings.NfcSource {
    private let reader: any NfcSource

    init(reader: any NfcSource) {
        self.reader = reader
    }

    func permission() throws -> ScrupleBindings.SystemPermission {
        try reading { try reader.permission().native }
    }

    func read(deadlineMs: UInt64) throws -> ScrupleBindings.NfcInformation {
        try reading { try reader.read(deadlineMs: deadlineMs).native }
    }
}
