internal import ScrupleBindings

/// Reads the IDFA, and no other identifier.
package protocol IdfaSource: Sendable {
    /// Whether the person authorised tracking. It never prompts the person.
    ///
    /// - Throws: ``SourceError``, if the system does not say.
    func permission() throws -> SystemPermission

    /// The identifier in the form 8-4-4-4-12.
    ///
    /// - Throws: ``SourceError``, if there is no value.
    func read(deadlineMs: UInt64) throws -> String
}

extension Source {
    /// Reads `identifier.idfa`.
    package static func idfa(_ reader: any IdfaSource) -> Source {
        Source { .idfa(IdfaReader(reader: reader)) }
    }
}

/// The reader as the core calls it.
private final class IdfaReader: ScrupleBindings.IdfaSource {
    private let reader: any IdfaSource

    init(reader: any IdfaSource) {
        self.reader = reader
    }

    func permission() throws -> ScrupleBindings.SystemPermission {
        try reading { try reader.permission().native }
    }

    func read(deadlineMs: UInt64) throws -> String {
        try reading { try reader.read(deadlineMs: deadlineMs) }
    }
}
