internal import ScrupleBindings

/// The host's statement about the end user's age. The agreement allows the platform only from the minimum age at which
/// a person can consent. That age differs from place to place.
public enum Age: String, CaseIterable, Identifiable, Sendable {
    /// The age is not known. Scruple reads nothing.
    case unknown
    /// The end user is below the minimum age. Scruple reads nothing.
    case belowMinimum = "below_minimum"
    /// The end user has at least the minimum age.
    case atLeastMinimum = "at_least_minimum"

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension Age {
    init(_ native: ScrupleBindings.Age) {
        switch native {
        case .unknown: self = .unknown
        case .belowMinimum: self = .belowMinimum
        case .atLeastMinimum: self = .atLeastMinimum
        }
    }

    var native: ScrupleBindings.Age {
        switch self {
        case .unknown: .unknown
        case .belowMinimum: .belowMinimum
        case .atLeastMinimum: .atLeastMinimum
        }
    }
}

/// A category for one purpose. A person agrees to it or revokes it.
public struct Grant: Hashable, Sendable {
    /// The category.
    public let category: Category
    /// The purpose.
    public let purpose: Purpose

    /// Puts one together from its parts.
    public init(category: Category, purpose: Purpose) {
        self.category = category
        self.purpose = purpose
    }
}

extension Grant {
    static func both(_ category: Category) -> [Grant] {
        Purpose.allCases.map { Grant(category: category, purpose: $0) }
    }

    var native: ScrupleBindings.Grant {
        ScrupleBindings.Grant(
            category: category.native,
            purpose: purpose.native
        )
    }
}

/// A change of consent, applied as a whole. Whatever it does not name stays as it was.
public struct ConsentUpdate: Hashable, Sendable {
    /// The age statement, if it changes.
    public var age: Age?
    /// The grants that the person agrees to.
    public private(set) var granted: Set<Grant> = []
    /// The grants that the person revokes. A grant in both sets counts as revoked.
    public private(set) var revoked: Set<Grant> = []

    /// An update that changes nothing.
    public init() {}

    /// Agrees to categories, for both purposes.
    public mutating func grant(_ categories: Category...) {
        grant(categories)
    }

    /// Agrees to a sequence's categories, for both purposes.
    public mutating func grant(_ categories: some Sequence<Category>) {
        granted.formUnion(categories.flatMap(Grant.both))
    }

    /// Agrees to categories for one purpose.
    public mutating func grant(_ categories: Category..., for purpose: Purpose) {
        grant(categories, for: purpose)
    }

    /// Agrees to a sequence's categories for one purpose.
    public mutating func grant(_ categories: some Sequence<Category>, for purpose: Purpose) {
        granted.formUnion(categories.map { Grant(category: $0, purpose: purpose) })
    }

    /// Revokes categories, for both purposes.
    public mutating func revoke(_ categories: Category...) {
        revoke(categories)
    }

    /// Revokes a sequence's categories, for both purposes.
    public mutating func revoke(_ categories: some Sequence<Category>) {
        revoked.formUnion(categories.flatMap(Grant.both))
    }

    /// Revokes categories for one purpose.
    public mutating func revoke(_ categories: Category..., for purpose: Purpose) {
        revoke(categories, for: purpose)
    }

    /// Revokes a sequence's categories for one purpose.
    public mutating func revoke(_ categories: some Sequence<Category>, for purpose: Purpose) {
        revoked.formUnion(categories.map { Grant(category: $0, purpose: purpose) })
    }
}

extension ConsentUpdate {
    /// Whether less may be read after it than before.
    var takesBack: Bool {
        !revoked.isEmpty || (age != nil && age != .atLeastMinimum)
    }

    var native: ScrupleBindings.ConsentUpdate {
        ScrupleBindings.ConsentUpdate(
            age: age?.native,
            granted: Set(granted.map(\.native)),
            revoked: Set(revoked.map(\.native))
        )
    }
}
