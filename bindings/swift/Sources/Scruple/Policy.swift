import Foundation
internal import ScrupleBindings

/// A host's policy switches categories and items on. Everything starts switched off.
///
/// A host writes it as a JSON file (`scruple.json`, comments allowed), or builds the same in code:
///
/// ```swift
/// var policy = Policy(categories: [.device: .on])
/// policy[.device].items[.deviceName] = ItemPolicy(enabled: true)
/// ```
public struct Policy: Hashable, Sendable {
    /// The agreement that the host signed. `Policy.agreement` is the one that this version implements.
    public var agreement: String
    /// The accuracy of location that the host chooses. While it is fuzzy, Scruple never reads precise location.
    public var locationAccuracy: LocationAccuracy
    /// How long a snapshot's values live, in milliseconds, from 1 to one hour. The default is 60 000.
    public var retentionMs: UInt64
    /// The policy of each category. A category that is not listed is off.
    public var categories: [Category: CategoryPolicy]

    /// The agreement that this version implements.
    public static let agreement = "tcmpp-dpsa/2024-05-28"

    /// A policy with everything off except the given categories.
    public init(
        agreement: String = Policy.agreement,
        locationAccuracy: LocationAccuracy = .fuzzy,
        retentionMs: UInt64 = 60_000,
        categories: [Category: CategoryPolicy] = [:]
    ) {
        self.agreement = agreement
        self.locationAccuracy = locationAccuracy
        self.retentionMs = retentionMs
        self.categories = categories
    }
}

extension Policy {
    /// Reads a policy file's text.
    ///
    /// - Throws: ``ScrupleError/input(kind:field:hint:position:)`` with line, column and path of the first mistake.
    public init(json: String) throws {
        self.init(try translated { try policyFromJson(text: json) })
    }

    /// Reads a policy file.
    ///
    /// - Throws: As ``init(json:)`` does, with the kind ``InputKind/unreadable`` if the file cannot be opened.
    public init(contentsOf file: URL) throws {
        try self.init(json: text(of: file))
    }

    /// Reads a policy file of a bundle: `.bundled("scruple")` is its `scruple.json`.
    ///
    /// - Throws: As ``init(contentsOf:)`` does.
    public static func bundled(_ name: String, in bundle: Bundle = .main) throws -> Policy {
        guard let file = bundle.url(forResource: name, withExtension: "json") else {
            throw ScrupleError.unreadable("\(name).json", hint: "the bundle has no such file")
        }
        return try Policy(contentsOf: file)
    }

    /// The policy of one category. A category without one is off.
    public subscript(category: Category) -> CategoryPolicy {
        get { categories[category] ?? CategoryPolicy() }
        set { categories[category] = newValue }
    }

    init(_ native: ScrupleBindings.Policy) {
        self.init(
            agreement: native.agreement,
            locationAccuracy: LocationAccuracy(native.locationAccuracy),
            retentionMs: native.retentionMs,
            categories: Dictionary(
                uniqueKeysWithValues: native.categories.map { (Category($0.key), CategoryPolicy($0.value)) }
            )
        )
    }

    var native: ScrupleBindings.Policy {
        ScrupleBindings.Policy(
            agreement: agreement,
            locationAccuracy: locationAccuracy.native,
            retentionMs: retentionMs,
            categories: Dictionary(
                uniqueKeysWithValues: categories.map { ($0.key.native, $0.value.native) }
            )
        )
    }
}

/// The accuracy of location that the host chooses.
public enum LocationAccuracy: String, CaseIterable, Identifiable, Sendable {
    /// A cell of at least 3 km².
    case fuzzy
    /// As precise as the system gives it.
    case precise

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension LocationAccuracy {
    init(_ native: ScrupleBindings.LocationAccuracy) {
        switch native {
        case .fuzzy: self = .fuzzy
        case .precise: self = .precise
        }
    }

    var native: ScrupleBindings.LocationAccuracy {
        switch self {
        case .fuzzy: .fuzzy
        case .precise: .precise
        }
    }
}

/// A policy for one category.
public struct CategoryPolicy: Hashable, Sendable {
    /// Whether the category is on.
    public var enabled: Bool
    /// The purposes it is on for. The default is both.
    public var purposes: Set<Purpose>
    /// Shortest time between two reads of one item, in milliseconds, up to one day. The default is 0, and 30 000 for
    /// feature data.
    public var minimumIntervalMs: UInt64?
    /// Longest wait for a source, in milliseconds, from 1 to one minute. The default is 5 000, and 10 000 for location.
    public var deadlineMs: UInt64?
    /// The policies of single items. `device.name` is off unless it is listed here.
    public var items: [Item: ItemPolicy]

    /// On, for both purposes.
    public static let on = CategoryPolicy(enabled: true)

    /// A policy for one category. By default it is off, and its purposes are both.
    public init(
        enabled: Bool = false,
        purposes: Set<Purpose> = Set(Purpose.allCases),
        minimumIntervalMs: UInt64? = nil,
        deadlineMs: UInt64? = nil,
        items: [Item: ItemPolicy] = [:]
    ) {
        self.enabled = enabled
        self.purposes = purposes
        self.minimumIntervalMs = minimumIntervalMs
        self.deadlineMs = deadlineMs
        self.items = items
    }
}

extension CategoryPolicy {
    init(_ native: ScrupleBindings.CategoryPolicy) {
        self.init(
            enabled: native.enabled,
            purposes: Set(native.purposes.map(Purpose.init)),
            minimumIntervalMs: native.minimumIntervalMs,
            deadlineMs: native.deadlineMs,
            items: Dictionary(uniqueKeysWithValues: native.items.map { (Item($0.key), ItemPolicy($0.value)) })
        )
    }

    var native: ScrupleBindings.CategoryPolicy {
        ScrupleBindings.CategoryPolicy(
            enabled: enabled,
            purposes: Set(purposes.map(\.native)),
            minimumIntervalMs: minimumIntervalMs,
            deadlineMs: deadlineMs,
            items: Dictionary(uniqueKeysWithValues: items.map { ($0.key.native, $0.value.native) })
        )
    }
}

/// A policy for one item. It narrows its category's and never widens it.
public struct ItemPolicy: Hashable, Sendable {
    /// Whether the item is on, if its category is.
    public var enabled: Bool
    /// The purposes it is on for, out of its category's. The default is all of those.
    public var purposes: Set<Purpose>?
    /// Shortest time between two reads, in milliseconds, up to one day. The default is its category's.
    public var minimumIntervalMs: UInt64?

    /// A policy for one item. It differs from its category's where an argument is given.
    public init(enabled: Bool, purposes: Set<Purpose>? = nil, minimumIntervalMs: UInt64? = nil) {
        self.enabled = enabled
        self.purposes = purposes
        self.minimumIntervalMs = minimumIntervalMs
    }
}

extension ItemPolicy {
    init(_ native: ScrupleBindings.ItemPolicy) {
        self.init(
            enabled: native.enabled,
            purposes: native.purposes.map { Set($0.map(Purpose.init)) },
            minimumIntervalMs: native.minimumIntervalMs
        )
    }

    var native: ScrupleBindings.ItemPolicy {
        ScrupleBindings.ItemPolicy(
            enabled: enabled,
            purposes: purposes.map { Set($0.map(\.native)) },
            minimumIntervalMs: minimumIntervalMs
        )
    }
}
