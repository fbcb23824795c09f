// What the consent list and the sample use of SwiftUI, with the signatures that Apple documents, so that its views are type-checked where
// there is no SwiftUI. Nothing of it draws: a view tells what is in it.

/// Follows `View`.
@MainActor @preconcurrency
public protocol View: Telling {
    associatedtype Body: View
    /// Follows `View.body`.
    @ViewBuilder var body: Body { get }
}

extension Never: View {
    public var body: Never { fatalError("a primitive view has no body") }
}

/// Follows `EmptyView`.
public struct EmptyView: PrimitiveView {
    public init() {}
}

extension Optional: Telling, View where Wrapped: View {
    public typealias Body = Never
    public var body: Never { fatalError("a primitive view has no body") }
    public func elements() -> [Element] { self?.elements() ?? [] }
}

/// Follows `ViewBuilder`.
@MainActor @resultBuilder
public enum ViewBuilder {
    /// Follows `ViewBuilder.buildBlock()`.
    public static func buildBlock() -> EmptyView { EmptyView() }

    /// Follows `ViewBuilder.buildBlock(_:)`.
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }

    /// Follows `ViewBuilder.buildBlock(_:)`.
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> Several {
        var parts: [any View] = []
        repeat parts.append(each content)
        return Several(parts: parts)
    }

    /// Follows `ViewBuilder.buildIf(_:)`.
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }

    /// Follows `ViewBuilder.buildEither(first:)`.
    public static func buildEither<First: View>(first: First) -> Several { Several(parts: [first]) }

    /// Follows `ViewBuilder.buildEither(second:)`.
    public static func buildEither<Second: View>(second: Second) -> Several { Several(parts: [second]) }
}

/// Follows `Scene`.
@MainActor @preconcurrency
public protocol Scene {
    associatedtype Body: Scene
    /// Follows `Scene.body`.
    @SceneBuilder var body: Body { get }
}

extension Never: Scene {}

/// Follows `SceneBuilder`.
@MainActor @resultBuilder
public enum SceneBuilder {
    /// Follows `SceneBuilder.buildBlock(_:)`.
    public static func buildBlock<Content: Scene>(_ content: Content) -> Content { content }
}

/// Follows `WindowGroup`.
public struct WindowGroup<Content: View>: Scene {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError("a primitive scene has no body") }
}

/// Follows `App`.
@MainActor @preconcurrency
public protocol App {
    associatedtype Body: Scene
    /// Follows `App.body`.
    @SceneBuilder var body: Body { get }
    /// Follows `App.init()`.
    init()
}

extension App {
    public static func main() {
        fatalError("there is no SwiftUI here")
    }
}
