internal import ScrupleBindings

#if canImport(ObjectiveC)
    import ObjectiveC
#endif

/// A reader of one capability on the host's side.
///
/// The core calls each source on a thread of its own, after the gate and within a deadline. Nobody else can call it.
/// Each capability's module has its own, such as `.fuzzyLocation`.
public struct Source: Sendable {
    let native: @Sendable () -> ScrupleBindings.Source
    /// Forgets what its reader remembers beside what it returned.
    var forget: @Sendable () -> Void = {}
}

extension Source: Redacted {}

/// Why a reader gave no value. It is a kind without a text. Any other error that a reader throws becomes ``failed``,
/// and its message stays on its side.
package enum SourceError: String, CaseIterable, Error {
    /// The device does not have it.
    case unsupported
    /// It is there, but switched off.
    case disabled
    /// There is no value yet, or the app may not ask just now.
    case notReady = "not_ready"
    /// The operating system refused the read itself.
    case notPermitted = "not_permitted"
    /// Any other failure.
    case failed

    /// The stable name, the same in JSON and in every language.
    package var id: String { rawValue }
}

extension SourceError {
    fileprivate var native: ScrupleBindings.SourceError {
        switch self {
        case .unsupported: .Unsupported
        case .disabled: .Disabled
        case .notReady: .NotReady
        case .notPermitted: .NotPermitted
        case .failed: .Failed
        }
    }
}

/// Calls a reader; what it throws becomes a kind.
///
/// The core's threads have no autorelease pool of their own: what a reader leaves in one must not live as long as they.
func reading<Value>(_ call: () throws -> Value) throws -> Value {
    do {
        #if canImport(ObjectiveC)
            return try autoreleasepool(invoking: call)
        #else
            return try call()
        #endif
    } catch let error as SourceError {
        throw error.native
    } catch {
        throw ScrupleBindings.SourceError.Failed
    }
}
