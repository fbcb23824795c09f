internal import ScrupleBindings

/// A process.
public struct RunningProcess: Hashable, Sendable {
    /// The process id.
    public var pid: UInt32
    /// The short name: `/proc/PID/comm` on Linux, at most 15 bytes for a program. Scruple replaces characters that are
    /// not printable.
    public var name: String

    /// Puts one together from its parts.
    public init(pid: UInt32, name: String) {
        self.pid = pid
        self.name = name
    }
}

extension RunningProcess: Redacted {
    init(_ native: ScrupleBindings.RunningProcess) {
        self.init(
            pid: native.pid,
            name: native.name
        )
    }
}
