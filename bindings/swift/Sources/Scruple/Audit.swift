internal import ScrupleBindings

/// One read of one item.
public struct AuditEntry: Hashable, Sendable {
    /// When the read began, in milliseconds since 1970.
    public let atMs: UInt64
    /// The item.
    public let item: Item
    /// The purpose.
    public let purpose: Purpose

    /// Puts one together from its parts.
    public init(atMs: UInt64, item: Item, purpose: Purpose) {
        self.atMs = atMs
        self.item = item
        self.purpose = purpose
    }
}

extension AuditEntry {
    init(_ native: ScrupleBindings.AuditEntry) {
        self.init(
            atMs: native.atMs,
            item: Item(native.item),
            purpose: Purpose(native.purpose)
        )
    }
}
