/// Follows `ShapeStyle`.
public protocol ShapeStyle {}

/// Follows `Color`.
public struct Color: PrimitiveView, ShapeStyle, Hashable {
    public static let secondary = Color("secondary")
    let name: String

    public init(_ name: String, bundle: Bundle? = nil) {
        self.name = name
    }

    public func elements() -> [Element] { [.colour(name)] }
}

/// Follows `Material`.
public struct Material: ShapeStyle {}

extension ShapeStyle where Self == Material {
    public static var bar: Material { Material() }
}

/// Follows `Shape`.
public protocol Shape: View {}

/// Follows `InsettableShape`.
public protocol InsettableShape: Shape {}

/// Follows `Capsule`.
public struct Capsule: InsettableShape, PrimitiveView {
    public init() {}
}

/// Follows `FillStyle`.
public struct FillStyle: Equatable, Sendable {
    public init(eoFill: Bool = false, antialiased: Bool = true) {}
}

/// Follows `Font`.
public struct Font: Hashable, Sendable {
    public enum TextStyle: CaseIterable, Sendable {
        case largeTitle, title, title2, title3, headline, subheadline, body, callout, footnote, caption, caption2
    }

    public enum Design: Hashable, Sendable {
        case `default`, serif, rounded, monospaced
    }

    public struct Weight: Hashable, Sendable {
        public static let medium = Weight()
        public static let semibold = Weight()
    }

    public static let title2 = Font()
    public static let headline = Font()
    public static let subheadline = Font()
    public static let body = Font()
    public static let footnote = Font()
    public static let caption = Font()

    public static func system(_ style: TextStyle, design: Design = .default) -> Font { Font() }
    public func weight(_ weight: Weight) -> Font { self }
    public func monospacedDigit() -> Font { self }
}

/// Follows `HorizontalAlignment`.
public enum HorizontalAlignment: Sendable {
    case leading, center, trailing
}

/// Follows `VerticalAlignment`.
public enum VerticalAlignment: Sendable {
    case top, center, bottom, firstTextBaseline, lastTextBaseline
}

/// Follows `Alignment`.
public struct Alignment: Equatable, Sendable {
    public static let center = Alignment()
    public static let leading = Alignment()
}

/// Follows `Axis`.
public enum Axis: Sendable {
    case horizontal, vertical

    /// Follows `Axis.Set`.
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let horizontal = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
    }
}

/// Follows `Edge`.
public enum Edge: Sendable {
    case top, leading, bottom, trailing

    /// Follows `Edge.Set`.
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let all = Set(rawValue: 15)
        public static let horizontal = Set(rawValue: 10)
        public static let vertical = Set(rawValue: 5)
    }
}

/// Follows `VerticalEdge`.
public enum VerticalEdge: Sendable {
    case top, bottom
}

/// Follows `SafeAreaRegions`.
public struct SafeAreaRegions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let all = SafeAreaRegions(rawValue: .max)
}

/// Follows `PickerStyle`.
public protocol PickerStyle {}

/// Follows `InlinePickerStyle`.
public struct InlinePickerStyle: PickerStyle {}

extension PickerStyle where Self == InlinePickerStyle {
    public static var inline: InlinePickerStyle { InlinePickerStyle() }
}

/// Follows `PrimitiveButtonStyle`.
public protocol PrimitiveButtonStyle {}

/// Follows `BorderedButtonStyle`.
public struct BorderedButtonStyle: PrimitiveButtonStyle {}

/// Follows `BorderedProminentButtonStyle`.
public struct BorderedProminentButtonStyle: PrimitiveButtonStyle {}

extension PrimitiveButtonStyle where Self == BorderedButtonStyle {
    public static var bordered: BorderedButtonStyle { BorderedButtonStyle() }
}

extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle {
    public static var borderedProminent: BorderedProminentButtonStyle { BorderedProminentButtonStyle() }
}

/// Follows `AccessibilityTraits`.
public struct AccessibilityTraits: Sendable {
    public static let isHeader = AccessibilityTraits()
}

/// Follows `AccessibilityChildBehavior`.
public struct AccessibilityChildBehavior: Hashable, Sendable {
    public static let ignore = AccessibilityChildBehavior()
}
