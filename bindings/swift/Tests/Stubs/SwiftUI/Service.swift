// What SwiftUI has not: a view tells what is in it.

/// What tells.
@MainActor @preconcurrency
public protocol Telling {
    /// What it shows, in order.
    func elements() -> [Element]
}

extension View {
    public func elements() -> [Element] { body.elements() }
}

/// What a person sees or can do.
public indirect enum Element {
    case text(String)
    /// What a screen reader says of what is beside it.
    case spoken(String)
    case colour(String)
    case button(String, isEnabled: Bool, press: @MainActor () -> Void)
    case toggle(String, isOn: Binding<Bool>)
    /// One of several.
    case choice(String, isChosen: Bool, choose: @MainActor () -> Void)
    /// What belongs to a value that can be chosen.
    case tagged(AnyHashable, [Element])
    case tabItem([Element])
}

extension [Element] {
    /// The texts among them, as one.
    var label: String {
        compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }
}

/// A view that the real SwiftUI draws by itself.
public protocol PrimitiveView: View where Body == Never {}

extension PrimitiveView {
    public var body: Never { fatalError("a primitive view has no body") }
    public func elements() -> [Element] { [] }
}

/// Several views, one after the other.
public struct Several: PrimitiveView {
    let parts: [any View]
    public func elements() -> [Element] { parts.flatMap { $0.elements() } }
}

/// A view that holds others and shows them in order.
public protocol Container: PrimitiveView {
    associatedtype Content: View
    var content: Content { get }
}

extension Container {
    public func elements() -> [Element] { content.elements() }
}

/// A view of which something else is shown than what is in it.
struct Modified<Content: View>: PrimitiveView {
    let content: Content
    let change: @MainActor ([Element]) -> [Element]

    func elements() -> [Element] { change(content.elements()) }
}
