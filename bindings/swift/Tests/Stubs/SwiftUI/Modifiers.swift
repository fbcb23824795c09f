extension View {
    /// Follows `View.font(_:)`.
    public func font(_ font: Font?) -> some View { self }
    /// Follows `View.foregroundColor(_:)`.
    public func foregroundColor(_ color: Color?) -> some View { self }
    /// Follows `View.padding(_:_:)`.
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { self }
    /// Follows `View.padding(_:)`.
    public func padding(_ length: CGFloat) -> some View { self }

    /// Follows `View.frame(minWidth:idealWidth:maxWidth:minHeight:idealHeight:maxHeight:alignment:)`.
    public func frame(
        minWidth: CGFloat? = nil,
        idealWidth: CGFloat? = nil,
        maxWidth: CGFloat? = nil,
        minHeight: CGFloat? = nil,
        idealHeight: CGFloat? = nil,
        maxHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View { self }

    /// Follows `View.background(_:ignoresSafeAreaEdges:)`.
    public func background<S: ShapeStyle>(
        _ style: S,
        ignoresSafeAreaEdges edges: Edge.Set = .all
    ) -> some View { self }

    /// Follows `View.background(_:in:fillStyle:)`.
    public func background<S: ShapeStyle, T: InsettableShape>(
        _ style: S,
        in shape: T,
        fillStyle: FillStyle = FillStyle()
    ) -> some View { self }

    /// Follows `View.overlay(alignment:content:)`.
    public func overlay<V: View>(
        alignment: Alignment = .center,
        @ViewBuilder content: () -> V
    ) -> some View {
        let above = content()
        return Modified(content: self) { $0 + above.elements() }
    }

    /// Follows `View.ignoresSafeArea(_:edges:)`.
    public func ignoresSafeArea(
        _ regions: SafeAreaRegions = .all,
        edges: Edge.Set = .all
    ) -> some View { self }

    /// Follows `View.safeAreaInset(edge:alignment:spacing:content:)`.
    public func safeAreaInset<V: View>(
        edge: VerticalEdge,
        alignment: HorizontalAlignment = .center,
        spacing: CGFloat? = nil,
        @ViewBuilder content: () -> V
    ) -> some View {
        let beside = content()
        return Modified(content: self) { $0 + beside.elements() }
    }

    /// Follows `View.tabItem(_:)`.
    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View {
        let label = label()
        return Modified(content: self) { $0 + [.tabItem(label.elements())] }
    }

    /// Follows `View.tag(_:)`.
    public func tag<V: Hashable>(_ tag: V) -> some View {
        Modified(content: self) { [.tagged(tag, $0)] }
    }

    /// Follows `View.pickerStyle(_:)`.
    public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { self }
    /// Follows `View.labelsHidden()`.
    public func labelsHidden() -> some View { self }
    /// Follows `View.buttonStyle(_:)`.
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { self }

    /// Follows `View.disabled(_:)`.
    public func disabled(_ disabled: Bool) -> some View {
        Modified(content: self) { elements in
            elements.map { element in
                guard case .button(let label, let isEnabled, let press) = element else { return element }
                return .button(label, isEnabled: isEnabled && !disabled, press: press)
            }
        }
    }

    /// Follows `View.onChange(of:perform:)`.
    public func onChange<V: Equatable>(
        of value: V,
        perform action: @escaping (_ newValue: V) -> Void
    ) -> some View { self }

    /// Follows `View.accessibilityAddTraits(_:)`.
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { self }

    /// Follows `View.accessibilityElement(children:)`.
    public func accessibilityElement(
        children: AccessibilityChildBehavior = .ignore
    ) -> some View { self }

    /// Follows `View.accessibilityHidden(_:)`.
    public func accessibilityHidden(_ hidden: Bool) -> some View { self }

    /// Follows `View.accessibilityLabel(_:)`.
    public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View {
        let label = String(label)
        return Modified(content: self) { $0 + [.spoken(label)] }
    }
}
