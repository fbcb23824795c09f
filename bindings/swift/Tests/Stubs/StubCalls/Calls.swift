import Dispatch
import Foundation

/// What of the stubs was called: every entry of theirs notes itself here.
public enum Calls {
    private static let lock = NSLock()
    nonisolated(unsafe) private static var noted: [String: Int] = [:]
    nonisolated(unsafe) private static var notedOffMain: Set<String> = []
    /// `Thread.isMainThread` is no answer: on Linux the main queue moves to another thread when the first has ended.
    nonisolated(unsafe) private static let mainQueue: DispatchSpecificKey<Void> = {
        let key = DispatchSpecificKey<Void>()
        DispatchQueue.main.setSpecific(key: key, value: ())
        return key
    }()

    /// Takes down one call.
    public static func note(_ name: String) {
        lock.withLock {
            noted[name, default: 0] += 1
            if DispatchQueue.getSpecific(key: mainQueue) == nil {
                notedOffMain.insert(name)
            }
        }
    }

    /// How often each was called since the last reset.
    public static var counts: [String: Int] { lock.withLock { noted } }

    /// How many calls there were.
    public static var total: Int { counts.values.reduce(0, +) }

    /// Those that were called elsewhere than on the main queue.
    public static var offMain: Set<String> { lock.withLock { notedOffMain } }

    /// Forgets them.
    public static func reset() {
        lock.withLock {
            noted = [:]
            notedOffMain = []
        }
    }
}

/// What a test makes a stub do. Tests that use stubs run one after another.
public final class Script<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private let initial: Value
    private var current: Value

    /// A script that begins so.
    public init(_ initial: Value) {
        self.initial = initial
        current = initial
    }

    /// What the stub does now.
    public var value: Value {
        get { lock.withLock { current } }
        set { lock.withLock { current = newValue } }
    }

    /// As it began.
    public func reset() {
        value = initial
    }
}

/// What exists of a stub's class: what a reader lets go is gone from here.
public final class Alive<Object: AnyObject>: @unchecked Sendable {
    private struct Weak {
        weak var object: Object?
    }

    private let lock = NSLock()
    private var all: [Weak] = []

    /// Nothing yet.
    public init() {}

    /// Takes one in.
    public func add(_ object: Object) {
        lock.withLock { all = all.filter { $0.object != nil } + [Weak(object: object)] }
    }

    /// How many there are.
    public var count: Int { lock.withLock { all.filter { $0.object != nil }.count } }
}
