/// A view of which something else is shown than what is in it.
struct Modified<Content: View>: PrimitiveView {
    let content: Content
    let change: @MainActor ([Element]) -> [Element]

    func elements() -> [Element] { change(content.elements()) }
}

extension View {
    public func font(_ font: Font?) -> some View { self }
    public func foregroundColor(_ color: Color?) -> some View { self }
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { self }
    public func padding(_ length: CGFloat) -> some View { self }

    public func frame(
        minWidth: CGFloat? = nil,
        idealWidth: CGFloat? = nil,
        maxWidth: CGFloat? = nil,
        minHeight: CGFloat? = nil,
        idealHeight: CGFloat? = nil,
        maxHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View { self }

    public func background<S: ShapeStyle>(
        _ style: S,
        ignoresSafeAreaEdges edges: Edge.Set = .all
    ) -> some View { self }

    public func background<S: ShapeStyle, T: InsettableShape>(
        _ style: S,
        in shape: T,
        fillStyle: FillStyle = FillStyle()
    ) -> some View { self }

    public func overlay<V: View>(
        alignment: Alignment = .center,
        @ViewBuilder content: () -> V
    ) -> some View {
        let above = content()
        return Modified(content: self) { $0 + above.elements() }
    }

    public func ignoresSafeArea(
        _ regions: SafeAreaRegions = .all,
        edges: Edge.Set = .all
    ) -> some View { self }

    public func safeAreaInset<V: View>(
        edge: VerticalEdge,
        alignment: HorizontalAlignment = .center,
        spacing: CGFloat? = nil,
        @ViewBuilder content: () -> V
    ) -> some View {
        let beside = content()
        return Modified(content: self) { $0 + beside.elements() }
    }

    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View {
        let label = label()
        return Modified(content: self) { $0 + [.tabItem(label.elements())] }
    }

    public func tag<V: Hashable>(_ tag: V) -> some View {
        Modified(content: self) { [.tagged(tag, $0)] }
    }

    public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { self }
    public func labelsHidden() -> some View { self }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { self }

    public func disabled(_ disabled: Bool) -> some View {
        Modified(content: self) { elements in
            elements.map { element in
                guard case .button(let label, let isEnabled, let press) = element else { return element }
                return .button(label, isEnabled: isEnabled && !disabled, press: press)
            }
        }
    }

    public func onChange<V: Equatable>(
        of value: V,
        perform action: @escaping (_ newValue: V) -> Void
    ) -> some View { self }

    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { self }

    public func accessibilityElement(
        children: AccessibilityChildBehavior = .ignore
    ) -> some View { self }

    public func accessibilityHidden(_ hidden: Bool) -> some View { self }

    public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View {
        let label = String(label)
        return Modified(content: self) { $0 + [.spoken(label)] }
    }
}
