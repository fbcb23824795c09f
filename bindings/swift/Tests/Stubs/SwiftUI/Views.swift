@_exported import Foundation

/// Follows `LocalizedStringKey`.
public struct LocalizedStringKey: Equatable, ExpressibleByStringInterpolation {
    let key: String

    public init(stringLiteral value: String) {
        key = value
    }
}

/// A key is shown as it is.
///
/// Follows `Text`.
public struct Text: PrimitiveView, Equatable {
    let content: String

    public init(
        _ key: LocalizedStringKey,
        tableName: String? = nil,
        bundle: Bundle? = nil,
        comment: StaticString? = nil
    ) {
        content = key.key
    }

    @_disfavoredOverload public init<S: StringProtocol>(_ content: S) {
        self.content = String(content)
    }

    public func font(_ font: Font?) -> Text { self }
    public func foregroundColor(_ color: Color?) -> Text { self }
    public func elements() -> [Element] { [.text(content)] }
}

/// Follows `Label`.
public struct Label<Title: View, Icon: View>: PrimitiveView {
    let title: Title
    public func elements() -> [Element] { title.elements() }
}

extension Label where Title == Text, Icon == Image {
    public init(_ titleKey: LocalizedStringKey, systemImage name: String) {
        self.init(title: Text(titleKey))
    }
}

/// Follows `Image`.
public struct Image: PrimitiveView, Equatable {}

/// Follows `Divider`.
public struct Divider: PrimitiveView {
    public init() {}
}

/// Follows `VStack`.
public struct VStack<Content: View>: Container {
    public let content: Content

    public init(
        alignment: HorizontalAlignment = .center,
        spacing: CGFloat? = nil,
        @ViewBuilder content: () -> Content
    ) {
        self.content = content()
    }
}

/// Follows `HStack`.
public struct HStack<Content: View>: Container {
    public let content: Content

    public init(
        alignment: VerticalAlignment = .center,
        spacing: CGFloat? = nil,
        @ViewBuilder content: () -> Content
    ) {
        self.content = content()
    }
}

/// Follows `ScrollView`.
public struct ScrollView<Content: View>: Container {
    public let content: Content

    public init(
        _ axes: Axis.Set = .vertical,
        showsIndicators: Bool = true,
        @ViewBuilder content: () -> Content
    ) {
        self.content = content()
    }
}

/// Follows `Form`.
public struct Form<Content: View>: Container {
    public let content: Content

    public init(@ViewBuilder content: () -> Content) {
        self.content = content()
    }
}

/// Follows `Section`.
public struct Section<Parent, Content, Footer> {
    let header: Parent
    let content: Content
    let footer: Footer
}

extension Section: Telling, View where Parent: View, Content: View, Footer: View {
    public typealias Body = Never
    public var body: Never { fatalError("a primitive view has no body") }
    public func elements() -> [Element] { header.elements() + content.elements() + footer.elements() }

    public init(
        @ViewBuilder content: () -> Content,
        @ViewBuilder header: () -> Parent,
        @ViewBuilder footer: () -> Footer
    ) {
        self.init(header: header(), content: content(), footer: footer())
    }
}

extension Section where Parent == EmptyView, Content: View, Footer == EmptyView {
    @MainActor public init(@ViewBuilder content: () -> Content) {
        self.init(header: EmptyView(), content: content(), footer: EmptyView())
    }
}

extension Section where Parent: View, Content: View, Footer == EmptyView {
    @MainActor public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent) {
        self.init(header: header(), content: content(), footer: EmptyView())
    }
}

/// Follows `GroupBox`.
public struct GroupBox<Label: View, Content: View>: PrimitiveView {
    let label: Label
    let content: Content

    public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) {
        (self.label, self.content) = (label(), content())
    }

    public func elements() -> [Element] { label.elements() + content.elements() }
}

/// Follows `TabView`.
public struct TabView<SelectionValue: Hashable, Content: View>: PrimitiveView {
    let selection: Binding<SelectionValue>?
    let content: Content

    public init(selection: Binding<SelectionValue>?, @ViewBuilder content: () -> Content) {
        (self.selection, self.content) = (selection, content())
    }

    /// The page that is chosen, and below it what the others are called.
    public func elements() -> [Element] {
        var (page, items): ([Element], [Element]) = ([], [])
        for case .tagged(let tag, let elements) in content.elements() {
            let isChosen = tag == selection.map { AnyHashable($0.wrappedValue) }
            for element in elements {
                if case .tabItem(let item) = element {
                    items.append(choice(tag, of: selection, item.label))
                } else if isChosen {
                    page.append(element)
                }
            }
        }
        return page + items
    }
}

@MainActor
private func choice<Value: Hashable>(_ tag: AnyHashable, of selection: Binding<Value>?, _ label: String) -> Element {
    .choice(label, isChosen: tag == selection.map { AnyHashable($0.wrappedValue) }) {
        if let value = tag.base as? Value { selection?.wrappedValue = value }
    }
}

/// Follows `ForEach`.
public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {
    let parts: [Content]
}

extension ForEach: Telling, View where Content: View {
    public typealias Body = Never
    public var body: Never { fatalError("a primitive view has no body") }
    public func elements() -> [Element] { parts.flatMap { $0.elements() } }
}

extension ForEach where ID == Data.Element.ID, Content: View, Data.Element: Identifiable {
    @MainActor public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {
        self.init(parts: data.map(content))
    }
}

extension ForEach where Content: View {
    @MainActor public init(
        _ data: Data,
        id: KeyPath<Data.Element, ID>,
        @ViewBuilder content: @escaping (Data.Element) -> Content
    ) {
        self.init(parts: data.map(content))
    }
}

/// Follows `Picker`.
public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: PrimitiveView {
    let selection: Binding<SelectionValue>
    let content: Content

    public func elements() -> [Element] {
        content.elements().compactMap { element in
            if case .tagged(let tag, let label) = element { choice(tag, of: selection, label.label) } else { nil }
        }
    }
}

extension Picker where Label == Text {
    public init(
        _ titleKey: LocalizedStringKey,
        selection: Binding<SelectionValue>,
        @ViewBuilder content: () -> Content
    ) {
        self.init(selection: selection, content: content())
    }
}

/// Follows `Toggle`.
public struct Toggle<Label: View>: PrimitiveView {
    let isOn: Binding<Bool>
    let label: Label

    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) {
        (self.isOn, self.label) = (isOn, label())
    }

    public func elements() -> [Element] { [.toggle(label.elements().label, isOn: isOn)] }
}

extension Toggle where Label == Text {
    public init(_ titleKey: LocalizedStringKey, isOn: Binding<Bool>) {
        self.init(isOn: isOn) { Text(titleKey) }
    }
}

/// Follows `Button`.
public struct Button<Label: View>: PrimitiveView {
    let action: @MainActor () -> Void
    let label: Label

    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
        (self.action, self.label) = (action, label())
    }

    public init(role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
        self.init(action: action, label: label)
    }

    public func elements() -> [Element] { [.button(label.elements().label, isEnabled: true, press: action)] }
}

extension Button where Label == Text {
    public init(_ titleKey: LocalizedStringKey, action: @escaping @MainActor () -> Void) {
        self.init(action: action) { Text(titleKey) }
    }
}

/// Follows `ButtonRole`.
public struct ButtonRole: Equatable, Sendable {
    public static let destructive = ButtonRole()
}
