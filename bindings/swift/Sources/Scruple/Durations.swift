// The times of a policy as `Duration`, which iOS 15 and macOS 12 have not.

@available(iOS 16, macOS 13, *)
extension Policy {
    /// ``retentionMs`` as a duration.
    public var retentionDuration: Duration {
        get { .milliseconds(retentionMs) }
        set { retentionMs = newValue.milliseconds }
    }
}

@available(iOS 16, macOS 13, *)
extension CategoryPolicy {
    /// ``minimumIntervalMs`` as a duration.
    public var minimumIntervalDuration: Duration? {
        get { minimumIntervalMs.map { .milliseconds($0) } }
        set { minimumIntervalMs = newValue?.milliseconds }
    }

    /// ``deadlineMs`` as a duration.
    public var deadlineDuration: Duration? {
        get { deadlineMs.map { .milliseconds($0) } }
        set { deadlineMs = newValue?.milliseconds }
    }
}

@available(iOS 16, macOS 13, *)
extension ItemPolicy {
    /// ``minimumIntervalMs`` as a duration.
    public var minimumIntervalDuration: Duration? {
        get { minimumIntervalMs.map { .milliseconds($0) } }
        set { minimumIntervalMs = newValue?.milliseconds }
    }
}

@available(iOS 16, macOS 13, *)
extension Withheld {
    /// ``remaining`` as a duration.
    public var remainingDuration: Duration? {
        if case .tooSoon(let remainingMs) = self { .milliseconds(remainingMs) } else { nil }
    }
}

@available(iOS 16, macOS 13, *)
extension Duration {
    fileprivate var milliseconds: UInt64 {
        UInt64(rounding: self / .milliseconds(1))
    }
}
