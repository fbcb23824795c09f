// What the consent list and the sample use of SwiftUI, with the signatures that Apple documents, so that its views are type-checked where
// there is no SwiftUI. Nothing of it draws: a view tells what is in it.

@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }

    /// What it shows, in order. SwiftUI has no such thing.
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

extension Never: View {
    public var body: Never { fatalError("a primitive view has no body") }
}

/// A view that the real SwiftUI draws by itself.
public protocol PrimitiveView: View where Body == Never {}

extension PrimitiveView {
    public var body: Never { fatalError("a primitive view has no body") }
    public func elements() -> [Element] { [] }
}

public struct EmptyView: PrimitiveView {
    public init() {}
}

/// Several views, one after the other.
public struct Several: PrimitiveView {
    let parts: [any View]
    public func elements() -> [Element] { parts.flatMap { $0.elements() } }
}

extension Optional: View where Wrapped: View {
    public typealias Body = Never
    public var body: Never { fatalError("a primitive view has no body") }
    public func elements() -> [Element] { self?.elements() ?? [] }
}

@MainActor @resultBuilder
public enum ViewBuilder {
    public static func buildBlock() -> EmptyView { EmptyView() }

    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }

    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> Several {
        var parts: [any View] = []
        repeat parts.append(each content)
        return Several(parts: parts)
    }

    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }

    public static func buildEither<First: View>(first: First) -> Several { Several(parts: [first]) }

    public static func buildEither<Second: View>(second: Second) -> Several { Several(parts: [second]) }
}

@MainActor @preconcurrency
public protocol Scene {
    associatedtype Body: Scene
    @SceneBuilder var body: Body { get }
}

extension Never: Scene {}

@MainActor @resultBuilder
public enum SceneBuilder {
    public static func buildBlock<Content: Scene>(_ content: Content) -> Content { content }
}

public struct WindowGroup<Content: View>: Scene {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError("a primitive scene has no body") }
}

@MainActor @preconcurrency
public protocol App {
    associatedtype Body: Scene
    @SceneBuilder var body: Body { get }
    init()
}

extension App {
    public static func main() {
        fatalError("there is no SwiftUI here")
    }
}
