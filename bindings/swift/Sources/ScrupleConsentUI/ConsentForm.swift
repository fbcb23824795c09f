import Scruple

/// The questions to a person, and the switches that the person has on so far. It is a plain value, and nobody stores
/// it.
///
/// A host shows it by a `ConsentList` or by a view of its own, and hands over the switches that the person left on:
///
/// ```swift
/// var form = try ConsentForm(of: session)
/// form[.device] = true
/// try session.updateConsent(form.update(of: session))
/// ```
public struct ConsentForm: Hashable, Sendable {
    /// A category that the policy has switched on.
    public struct Row: Hashable, Identifiable, Sendable {
        /// The category.
        public let category: Category
        /// The items that are read for each of the row's ``purposes``, in the order of `Item`.
        public let items: [Purpose: [Item]]

        /// The category's stable name.
        public var id: String { category.id }

        /// The purposes that the policy has the category on for.
        public var purposes: [Purpose] { Purpose.allCases.filter { items[$0] != nil } }

        fileprivate var grants: [Grant] { purposes.map { Grant(category: category, purpose: $0) } }
    }

    /// The categories that the policy has switched on, in the order of `Category`.
    public let rows: [Row]

    /// The switches that are on. At first these are the session's existing consent. A new session has none.
    public private(set) var chosen: Set<Grant>

    /// Asks a session which categories its policy has switched on, and what the person has agreed to. It reads no item.
    ///
    /// - Throws: `ScrupleError.closed`.
    public init(of session: some SessionProtocol) throws {
        var (items, agreed): ([Category: [Purpose: [Item]]], Set<Grant>) = ([:], [])
        for purpose in Purpose.allCases {
            let decisions = try session.explain(for: purpose)
            for item in Item.allCases {
                guard let decision = decisions[item], decision.isOffered else { continue }
                items[item.category, default: [:]][purpose, default: []].append(item)
                if decision.isAgreed { agreed.insert(Grant(category: item.category, purpose: purpose)) }
            }
        }
        rows = Category.allCases.compactMap { category in items[category].map { Row(category: category, items: $0) } }
        chosen = agreed
    }

    /// Whether a category is on for any purpose. Setting it sets every purpose of its row. A category that has no row
    /// stays off.
    public subscript(category: Category) -> Bool {
        get { grants(category).contains(where: chosen.contains) }
        set { turn(grants(category), on: newValue) }
    }

    /// Whether a category is on for a purpose. A purpose that the category's row does not have stays off.
    public subscript(category: Category, purpose: Purpose) -> Bool {
        get { chosen.contains(Grant(category: category, purpose: purpose)) }
        set { turn(grants(category).filter { $0.purpose == purpose }, on: newValue) }
    }

    /// The update that brings the person's choice into a session. It agrees to every switch that is on, and revokes
    /// existing consent whose switch is off.
    ///
    /// The age is not part of it: state it yourself, in this update or in one of your own.
    ///
    /// - Throws: `ScrupleError.closed`.
    public func update(of session: some SessionProtocol) throws -> ConsentUpdate {
        var update = ConsentUpdate()
        for grant in chosen { update.grant(grant.category, for: grant.purpose) }
        for grant in try ConsentForm(of: session).chosen.subtracting(chosen) {
            update.revoke(grant.category, for: grant.purpose)
        }
        return update
    }

    private func grants(_ category: Category) -> [Grant] {
        rows.first { $0.category == category }?.grants ?? []
    }

    private mutating func turn(_ grants: [Grant], on: Bool) {
        if on { chosen.formUnion(grants) } else { chosen.subtract(grants) }
    }
}

extension Decision {
    /// Whether the agreement and the policy let it through, so that it is for the person to decide.
    fileprivate var isOffered: Bool { ![.agreement, .policy].contains(layer) }

    /// Whether the person agreed to it, whatever their age.
    fileprivate var isAgreed: Bool { isOffered && layer != .consent }

    /// The layer that withholds it.
    private var layer: Layer? {
        if case .withheld(let reason) = self { reason.layer } else { nil }
    }
}
