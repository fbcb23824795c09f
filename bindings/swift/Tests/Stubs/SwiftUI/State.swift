/// Follows `Combine.ObservableObject`.
public protocol ObservableObject: AnyObject {}

/// Follows `Combine.Published`.
@propertyWrapper
public struct Published<Value> {
    public var wrappedValue: Value

    public init(wrappedValue: Value) {
        self.wrappedValue = wrappedValue
    }
}

/// Follows `Binding`.
@propertyWrapper @dynamicMemberLookup
public struct Binding<Value> {
    private let get: () -> Value
    private let set: (Value) -> Void

    init(reading get: @escaping () -> Value, writing set: @escaping (Value) -> Void) {
        (self.get, self.set) = (get, set)
    }

    public var wrappedValue: Value {
        get { get() }
        nonmutating set { set(newValue) }
    }

    public var projectedValue: Binding<Value> { self }

    public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
        Binding<Subject>(
            reading: { get()[keyPath: keyPath] },
            writing: { subject in
                var value = get()
                value[keyPath: keyPath] = subject
                set(value)
            }
        )
    }
}

/// Follows `State`.
@propertyWrapper
public struct State<Value> {
    private final class Box {
        var value: Value
        init(_ value: Value) { self.value = value }
    }

    private let box: Box

    public init(wrappedValue: Value) {
        box = Box(wrappedValue)
    }

    public var wrappedValue: Value {
        get { box.value }
        nonmutating set { box.value = newValue }
    }

    public var projectedValue: Binding<Value> {
        Binding(reading: { box.value }, writing: { box.value = $0 })
    }
}

/// Follows `ObservedObject`.
@MainActor @preconcurrency @propertyWrapper
public struct ObservedObject<ObjectType: ObservableObject> {
    @MainActor @preconcurrency @dynamicMemberLookup
    public struct Wrapper {
        fileprivate let object: ObjectType

        public subscript<Subject>(
            dynamicMember keyPath: ReferenceWritableKeyPath<ObjectType, Subject>
        ) -> Binding<Subject> {
            Binding(reading: { object[keyPath: keyPath] }, writing: { object[keyPath: keyPath] = $0 })
        }
    }

    public var wrappedValue: ObjectType

    public init(wrappedValue: ObjectType) {
        self.wrappedValue = wrappedValue
    }

    public var projectedValue: Wrapper { Wrapper(object: wrappedValue) }
}

/// Follows `StateObject`.
@propertyWrapper
public struct StateObject<ObjectType: ObservableObject> {
    private let make: () -> ObjectType

    public init(wrappedValue thunk: @autoclosure @escaping () -> ObjectType) {
        make = thunk
    }

    @MainActor @preconcurrency public var wrappedValue: ObjectType { make() }
}

/// Follows `Environment`.
@propertyWrapper
public struct Environment<Value> {
    private let keyPath: KeyPath<EnvironmentValues, Value>

    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) {
        self.keyPath = keyPath
    }

    @MainActor public var wrappedValue: Value { EnvironmentValues.current[keyPath: keyPath] }
}

/// Follows `EnvironmentValues`.
public struct EnvironmentValues {
    /// What every view is in.
    @MainActor public static var current = EnvironmentValues()

    public var scenePhase = ScenePhase.active
    public var dynamicTypeSize = DynamicTypeSize.large
}

/// Follows `ScenePhase`.
public enum ScenePhase: Comparable, Hashable, Sendable {
    case background, inactive, active
}

/// Follows `DynamicTypeSize`.
public enum DynamicTypeSize: Comparable, Hashable, CaseIterable, Sendable {
    case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge
    case accessibility1, accessibility2, accessibility3, accessibility4, accessibility5

    /// Follows `DynamicTypeSize.isAccessibilitySize`.
    public var isAccessibilitySize: Bool { self >= .accessibility1 }
}
