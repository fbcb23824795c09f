import Foundation
internal import ScrupleBindings

/// Why a call failed. It names a field and says what would be right, never a value.
public enum ScrupleError: Error, Hashable, Sendable {
    /// Scruple refused the host's input as a whole, and took nothing of it over.
    ///
    /// `field` is a path such as `categories.device.purposes[0]`, `hint` says what would be right, and `position` says
    /// where the mistake is, if the input was text.
    case input(kind: InputKind, field: String, hint: String, position: Position?)
    /// The system cannot start the thread that enforces the retention, so Scruple read nothing.
    case noThread
    /// The session or snapshot was closed.
    case closed
    /// The snapshot's retention is over. Scruple has wiped its values.
    case expired
    /// Consent to the values was revoked after the collection. Scruple has wiped them.
    case revoked
    /// Scruple has a fault. The error leaves the core's message out, since it could contain a value.
    case `internal`
}

extension ScrupleError: LocalizedError, CustomStringConvertible {
    /// One sentence for a developer, in English.
    public var description: String {
        native.map(errorMessage) ?? "the library has a fault; please report it"
    }

    /// The same as ``description``.
    public var errorDescription: String? { description }
}

extension ScrupleError: CustomNSError {
    /// Its domain as an `NSError`.
    public static var errorDomain: String { "dev.scruple" }

    /// The number of the case, from 1 for ``input(kind:field:hint:position:)`` to 6 for ``internal``.
    public var errorCode: Int {
        switch self {
        case .input: 1
        case .noThread: 2
        case .closed: 3
        case .expired: 4
        case .revoked: 5
        case .internal: 6
        }
    }

    /// The sentence for a developer. For an input also its `kind`, `field`, `hint`, `line` and `column`, as far as they
    /// are known.
    public var errorUserInfo: [String: Any] {
        var info: [String: Any] = [NSLocalizedDescriptionKey: description]
        if case .input(let kind, let field, let hint, let position) = self {
            info["kind"] = kind.id
            info["field"] = field
            info["hint"] = hint
            info["line"] = position.map { Int($0.line) }
            info["column"] = position.map { Int($0.column) }
        }
        return info
    }
}

extension ScrupleError {
    static func unreadable(_ field: String, hint: String) -> ScrupleError {
        .input(kind: .unreadable, field: field, hint: hint, position: nil)
    }

    fileprivate init(_ native: ScrupleBindings.ScrupleError) {
        switch native {
        case .Input(let kind, let field, let hint, let position):
            self = .input(
                kind: InputKind(kind),
                field: field,
                hint: hint,
                position: position.map(Position.init)
            )
        case .NoThread: self = .noThread
        case .Closed: self = .closed
        case .Expired: self = .expired
        case .Revoked: self = .revoked
        }
    }

    private var native: ScrupleBindings.ScrupleError? {
        switch self {
        case .input(let kind, let field, let hint, let position):
            .Input(kind: kind.native, field: field, hint: hint, position: position?.native)
        case .noThread: .NoThread
        case .closed: .Closed
        case .expired: .Expired
        case .revoked: .Revoked
        case .internal: nil
        }
    }
}

/// Calls the library; what it throws becomes the type that hosts know.
func translated<Value>(_ call: () throws -> Value) throws -> Value {
    do {
        return try call()
    } catch let error as ScrupleBindings.ScrupleError {
        throw ScrupleError(error)
    } catch {
        throw ScrupleError.internal
    }
}

/// A file's text, for the library to read.
func text(of file: URL) throws -> String {
    do {
        return try String(contentsOf: file, encoding: .utf8)
    } catch {
        throw ScrupleError.unreadable(file.lastPathComponent, hint: "expected a file of UTF-8 text")
    }
}

/// The kind of mistake in an input.
public enum InputKind: String, CaseIterable, Identifiable, Sendable {
    /// Not JSON.
    case syntax
    /// A name that Scruple does not know, or does not know in this place.
    case unknownName = "unknown_name"
    /// An agreement that this version does not implement.
    case unknownAgreement = "unknown_agreement"
    /// A value of the wrong type.
    case wrongType = "wrong_type"
    /// A number outside its range.
    case outOfRange = "out_of_range"
    /// Longer than the limit.
    case tooLong = "too_long"
    /// A value of the right type in a wrong format.
    case malformed
    /// A required field that is missing.
    case missing
    /// A field given twice.
    case duplicate
    /// A file or directory that cannot be opened.
    case unreadable

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension InputKind {
    init(_ native: ScrupleBindings.InputKind) {
        switch native {
        case .syntax: self = .syntax
        case .unknownName: self = .unknownName
        case .unknownAgreement: self = .unknownAgreement
        case .wrongType: self = .wrongType
        case .outOfRange: self = .outOfRange
        case .tooLong: self = .tooLong
        case .malformed: self = .malformed
        case .missing: self = .missing
        case .duplicate: self = .duplicate
        case .unreadable: self = .unreadable
        }
    }

    var native: ScrupleBindings.InputKind {
        switch self {
        case .syntax: .syntax
        case .unknownName: .unknownName
        case .unknownAgreement: .unknownAgreement
        case .wrongType: .wrongType
        case .outOfRange: .outOfRange
        case .tooLong: .tooLong
        case .malformed: .malformed
        case .missing: .missing
        case .duplicate: .duplicate
        case .unreadable: .unreadable
        }
    }
}

/// A place in a text.
public struct Position: Hashable, Sendable {
    /// Line, counted from 1.
    public let line: UInt32
    /// Column in characters, counted from 1.
    public let column: UInt32

    /// Puts one together from its parts.
    public init(line: UInt32, column: UInt32) {
        self.line = line
        self.column = column
    }
}

extension Position {
    init(_ native: ScrupleBindings.Position) {
        self.init(
            line: native.line,
            column: native.column
        )
    }

    var native: ScrupleBindings.Position {
        ScrupleBindings.Position(
            line: line,
            column: column
        )
    }
}
