internal import ScrupleBindings

/// What ``Snapshot`` does, for a host's own tests: `ScrupleTesting` has a twin of it.
public protocol SnapshotProtocol: AnyObject, Sendable {
    /// What the collection was for.
    var purpose: Purpose { get }

    /// When the collection was over, in milliseconds since 1970.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var collectedAtMs: UInt64 { get throws }

    /// When the values expire, in milliseconds since 1970 by the clock as it is set now: the policy's retention after the first of
    /// them arrived.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var livesUntilMs: UInt64 { get throws }

    /// The application, as far as the host supplied it.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if it was wiped by a
    ///   change of consent.
    var application: ApplicationInformation { get throws }

    /// The mini-programs, in the order in which the host supplied them.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if they were wiped by a
    ///   change of consent.
    var miniPrograms: [MiniProgram] { get throws }

    /// The network configuration, as far as the host supplied it.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if it was wiped by a
    ///   change of consent.
    var network: NetworkConfiguration { get throws }

    /// The device items.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if they were wiped by a
    ///   change of consent.
    var device: DeviceInformation { get throws }

    /// The feature items.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if all of them were
    ///   wiped by a change of consent.
    var features: FeatureData { get throws }

    /// The items that were asked for and have no value, each with the reason.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var missing: [Item: Missing] { get throws }

    /// The items with a value that may be shown to the person and may not leave the device; the JSON says so in place of the
    /// value. Apple's required reasons have it so.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var onDeviceOnly: Set<Item> { get throws }

    /// The categories of which something was wiped because consent or the age statement was taken back since the collection
    /// began.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var revoked: Set<Category> { get throws }

    /// The snapshot as JSON: every item that was asked for, with its value or the reason.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    func toJson() throws -> String

    /// The device items under the mini-program platform's names, for those that have one.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if they were wiped by a
    ///   change of consent.
    func forMiniProgram() throws -> SystemInfo

    /// Wipes the values. Every later read throws ``ScrupleError/closed``.
    func close()
}

extension SnapshotProtocol {
    /// What the platform delegate's `getAppDeviceInfo` may return: `brand`, `model`, `system` and `platform`, those of
    /// them that there are.
    ///
    /// It is read anew from the snapshot at each call and never throws. Once the snapshot is closed, expired or revoked
    /// the answer is empty.
    public func appDeviceInfo() -> [String: String] {
        guard let info = try? forMiniProgram() else { return [:] }
        let known = ["brand": info.brand, "model": info.model, "system": info.system, "platform": info.platform]
        return known.compactMapValues { $0 }
    }
}

/// The values of one collection.
///
/// They stay in the library: each read is one call that gives a copy, which is the host's own and which nobody wipes. The
/// library wipes its values on ``close()``, when nobody holds the snapshot any more, when the policy's retention is over,
/// and when consent is taken back.
public final class Snapshot: SnapshotProtocol {
    public let purpose: Purpose
    private let native: ScrupleBindings.Snapshot
    /// Held, since Swift may let go of a host's session after its last use, and would end this with it.
    private let session: Session

    init(_ native: ScrupleBindings.Snapshot, of session: Session) {
        self.native = native
        self.session = session
        purpose = Purpose(native.purpose())
    }

    deinit {
        native.end()
    }

    public var collectedAtMs: UInt64 {
        get throws { try translated(native.collectedAtMs) }
    }

    public var livesUntilMs: UInt64 {
        get throws { try translated(native.livesUntilMs) }
    }

    public var application: ApplicationInformation {
        get throws { ApplicationInformation(try translated(native.application)) }
    }

    public var miniPrograms: [MiniProgram] {
        get throws { try translated(native.miniPrograms).map(MiniProgram.init) }
    }

    public var network: NetworkConfiguration {
        get throws { NetworkConfiguration(try translated(native.network)) }
    }

    public var device: DeviceInformation {
        get throws { DeviceInformation(try translated(native.device)) }
    }

    public var features: FeatureData {
        get throws { FeatureData(try translated(native.features)) }
    }

    public var missing: [Item: Missing] {
        get throws {
            let missing = try translated(native.missing)
            return Dictionary(uniqueKeysWithValues: missing.map { (Item($0.key), Missing($0.value)) })
        }
    }

    public var onDeviceOnly: Set<Item> {
        get throws { Set(try translated(native.onDeviceOnly).map(Item.init)) }
    }

    public var revoked: Set<Category> {
        get throws { Set(try translated(native.revoked).map(Category.init)) }
    }

    public func toJson() throws -> String {
        try translated(native.toJson)
    }

    public func forMiniProgram() throws -> SystemInfo {
        SystemInfo(try translated(native.forMiniProgram))
    }

    public func close() {
        native.end()
    }
}

extension Snapshot: Redacted {}

/// Why a snapshot has no value for an item that was asked for.
public enum Missing: Hashable, Sendable {
    /// A layer said no.
    case withheld(Withheld)
    /// Every layer permitted it, and the platform gave nothing.
    case unavailable(Unavailable)

    /// The reason's stable name, the same in JSON and in every language.
    public var id: String {
        switch self {
        case .withheld(let reason): reason.id
        case .unavailable(let reason): reason.id
        }
    }
}

extension Missing {
    init(_ native: ScrupleBindings.Missing) {
        switch native {
        case .withheld(let reason): self = .withheld(Withheld(reason))
        case .unavailable(let reason): self = .unavailable(Unavailable(reason))
        }
    }
}

/// Why a permitted item has no value.
public enum Unavailable: String, CaseIterable, Identifiable, Sendable {
    /// This platform has no such thing.
    case platformHasNone = "platform_has_none"
    /// The host supplied none.
    case notSupplied = "not_supplied"
    /// The platform can give it, and the host handed over no source for it.
    case noSource = "no_source"
    /// The source did not answer in time. What it answers later is wiped.
    case timedOut = "timed_out"
    /// The source has not returned from an earlier call.
    case busy
    /// It is there and switched off.
    case disabled
    /// There is nothing to give yet, or the app may not ask just now.
    case notReady = "not_ready"
    /// The machine has no telephony.
    case noTelephony = "no_telephony"
    /// The machine has no display.
    case headless
    /// The machine does not describe itself: no DMI, and no device tree where that would say it.
    case noDmi = "no_dmi"
    /// The vendor left a placeholder where the value should be.
    case placeholder
    /// The platform's source is there, or should be, and does not say it.
    case notStated = "not_stated"
    /// The operating system's kernel refused the read.
    case notPermitted = "not_permitted"
    /// A recorded machine, and this was not recorded.
    case notRecorded = "not_recorded"
    /// What the platform gave is longer than the item may be.
    case tooLong = "too_long"
    /// What the platform gave is not of the item's form.
    case malformed
    /// Reading failed.
    case readFailed = "read_failed"

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension Unavailable {
    init(_ native: ScrupleBindings.Unavailable) {
        switch native {
        case .platformHasNone: self = .platformHasNone
        case .notSupplied: self = .notSupplied
        case .noSource: self = .noSource
        case .timedOut: self = .timedOut
        case .busy: self = .busy
        case .disabled: self = .disabled
        case .notReady: self = .notReady
        case .noTelephony: self = .noTelephony
        case .headless: self = .headless
        case .noDmi: self = .noDmi
        case .placeholder: self = .placeholder
        case .notStated: self = .notStated
        case .notPermitted: self = .notPermitted
        case .notRecorded: self = .notRecorded
        case .tooLong: self = .tooLong
        case .malformed: self = .malformed
        case .readFailed: self = .readFailed
        }
    }
}
