internal import ScrupleBindings

/// The functions of a ``Snapshot``. In a host's tests a test snapshot takes its place: `ScrupleTesting` has one.
public protocol SnapshotProtocol: AnyObject, Sendable {
    /// The purpose of the collection.
    var purpose: Purpose { get }

    /// When the collection ended, in milliseconds since 1970.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var collectedAtMs: UInt64 { get throws }

    /// When the values expire, in milliseconds since 1970 by the clock as it is set now. They expire when the policy's
    /// retention has passed since the first of them arrived.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var livesUntilMs: UInt64 { get throws }

    /// The application, as far as the host supplied it.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if a change of consent
    ///   wiped it.
    var application: ApplicationInformation { get throws }

    /// The mini-programs, in the order in which the host supplied them.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if a change of consent
    ///   wiped them.
    var miniPrograms: [MiniProgram] { get throws }

    /// The network configuration, as far as the host supplied it.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if a change of consent
    ///   wiped it.
    var network: NetworkConfiguration { get throws }

    /// The device items.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if a change of consent
    ///   wiped them.
    var device: DeviceInformation { get throws }

    /// The feature items.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if a change of consent
    ///   wiped all of them.
    var features: FeatureData { get throws }

    /// The items that the host asked for and that have no value, each with the reason.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var missing: [Item: Missing] { get throws }

    /// The items whose value the app may show to the person and may not send off the device. The JSON says so in place
    /// of the value. Apple's required reasons demand it.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var onDeviceOnly: Set<Item> { get throws }

    /// The categories of which Scruple wiped something, because consent or the age statement was revoked after the
    /// collection began.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    var revoked: Set<Category> { get throws }

    /// The snapshot as JSON: every item that the host asked for, with its value or the reason why it has none.
    ///
    /// - Throws: ``ScrupleError/closed`` or ``ScrupleError/expired``.
    func toJson() throws -> String

    /// The device items that the mini-program platform has a name for, under those names.
    ///
    /// - Throws: ``ScrupleError/closed``, ``ScrupleError/expired``, or ``ScrupleError/revoked`` if a change of consent
    ///   wiped them.
    func forMiniProgram() throws -> SystemInfo

    /// Wipes the values. Every later read throws ``ScrupleError/closed``.
    func close()
}

extension SnapshotProtocol {
    /// The answer for the platform delegate's `getAppDeviceInfo`: of `brand`, `model`, `system` and `platform`, those
    /// that the snapshot has.
    ///
    /// Each call reads the snapshot anew and never throws. Once the snapshot is closed, expired or revoked, the answer
    /// is empty.
    public func appDeviceInfo() -> [String: String] {
        guard let info = try? forMiniProgram() else { return [:] }
        let known = ["brand": info.brand, "model": info.model, "system": info.system, "platform": info.platform]
        return known.compactMapValues { $0 }
    }
}

/// The values of one collection.
///
/// They stay in the library. Each read is one call that gives the host a copy of its own, which the library does not
/// wipe. The library wipes its values on ``close()``, when nobody holds the snapshot any more, when the policy's
/// retention is over, and when consent is revoked.
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

/// Why a snapshot has no value for an item that the host asked for.
public enum Missing: Hashable, Sendable {
    /// A layer withholds it.
    case withheld(Withheld)
    /// Every layer permitted it, but the platform gave no value.
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
    /// This platform does not have the item.
    case platformHasNone = "platform_has_none"
    /// The host supplied no value.
    case notSupplied = "not_supplied"
    /// The platform can give it, but the host handed over no source for it.
    case noSource = "no_source"
    /// The source did not answer in time. Scruple wipes a later answer.
    case timedOut = "timed_out"
    /// The source has not returned from an earlier call.
    case busy
    /// It is there, but switched off.
    case disabled
    /// There is no value yet, or the app may not ask just now.
    case notReady = "not_ready"
    /// The machine has no telephony.
    case noTelephony = "no_telephony"
    /// The machine has no display.
    case headless
    /// The machine does not describe itself: it has no DMI, and no device tree that could state the item.
    case noDmi = "no_dmi"
    /// The vendor left a placeholder where the value should be.
    case placeholder
    /// The platform does not state the value where it should.
    case notStated = "not_stated"
    /// The operating system refused the read itself.
    case notPermitted = "not_permitted"
    /// The machine is a recorded one, and its recording lacks the item.
    case notRecorded = "not_recorded"
    /// The platform's value is longer than the limit.
    case tooLong = "too_long"
    /// The platform's value has the wrong format.
    case malformed
    /// The read failed.
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
