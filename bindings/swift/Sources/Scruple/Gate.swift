internal import ScrupleBindings

/// The layers that may withhold an item, in the order in which the gate asks them.
public enum Layer: String, CaseIterable, Identifiable, Sendable {
    /// The platform's data agreement.
    case agreement
    /// The host's policy.
    case policy
    /// The data subject's consent.
    case consent
    /// The end user's age.
    case age
    /// The minimum interval between two reads.
    case interval
    /// The operating system.
    case system

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension Layer {
    init(_ native: ScrupleBindings.Layer) {
        switch native {
        case .agreement: self = .agreement
        case .policy: self = .policy
        case .consent: self = .consent
        case .age: self = .age
        case .interval: self = .interval
        case .system: self = .system
        }
    }
}

/// Whether an item may be read.
public enum Decision: Hashable, Sendable {
    /// Every layer permits it.
    case permitted
    /// A layer withholds it.
    case withheld(Withheld)
}

extension Decision {
    init(_ native: ScrupleBindings.Decision) {
        switch native {
        case .permitted: self = .permitted
        case .withheld(let reason): self = .withheld(Withheld(reason))
        }
    }
}

/// Why an item is withheld. Each reason belongs to one layer.
public enum Withheld: Hashable, Sendable {
    /// The agreement lists the item for another purpose only.
    case notForThisPurpose
    /// The value looks like sensitive data, which the agreement (section 6) keeps off the platform. Scruple knows this
    /// only after the read, so ``Session/explain(for:)`` never gives this reason.
    case sensitive
    /// The policy leaves the category or the item off.
    case switchedOff
    /// The policy has the item on, but not for this purpose.
    case purposeOff
    /// The policy chooses fuzzy location.
    case preciseWhileFuzzy
    /// Nobody agreed to it.
    case notGranted
    /// Somebody agreed to it, then revoked it.
    case revoked
    /// Nobody stated the end user's age.
    case ageUnknown
    /// The end user is below the minimum age.
    case ageBelowMinimum
    /// The minimum interval since its last read is not over. It may be read again after these milliseconds.
    case tooSoon(remainingMs: UInt64)
    /// The operating system refuses it.
    case denied
    /// The operating system refuses it, and the person cannot change that.
    case restricted
    /// Nobody has asked the person for the operating system's permission yet.
    case notDetermined

    /// The layer that withholds.
    public var layer: Layer {
        switch self {
        case .notForThisPurpose, .sensitive: .agreement
        case .switchedOff, .purposeOff, .preciseWhileFuzzy: .policy
        case .notGranted, .revoked: .consent
        case .ageUnknown, .ageBelowMinimum: .age
        case .tooSoon: .interval
        case .denied, .restricted, .notDetermined: .system
        }
    }

    /// The reason's stable name, the same in JSON and in every language.
    public var id: String {
        switch self {
        case .notForThisPurpose: "not_for_this_purpose"
        case .sensitive: "sensitive"
        case .switchedOff: "switched_off"
        case .purposeOff: "purpose_off"
        case .preciseWhileFuzzy: "precise_while_fuzzy"
        case .notGranted: "not_granted"
        case .revoked: "revoked"
        case .ageUnknown: "unknown"
        case .ageBelowMinimum: "below_minimum"
        case .tooSoon: "too_soon"
        case .denied: "denied"
        case .restricted: "restricted"
        case .notDetermined: "not_determined"
        }
    }
}

extension Withheld {
    init(_ native: ScrupleBindings.Withheld) {
        switch native {
        case .notForThisPurpose: self = .notForThisPurpose
        case .sensitive: self = .sensitive
        case .switchedOff: self = .switchedOff
        case .purposeOff: self = .purposeOff
        case .preciseWhileFuzzy: self = .preciseWhileFuzzy
        case .notGranted: self = .notGranted
        case .revoked: self = .revoked
        case .ageUnknown: self = .ageUnknown
        case .ageBelowMinimum: self = .ageBelowMinimum
        case .tooSoon(let remainingMs): self = .tooSoon(remainingMs: remainingMs)
        case .denied: self = .denied
        case .restricted: self = .restricted
        case .notDetermined: self = .notDetermined
        }
    }
}

/// The operating system's answer for an item.
public enum SystemPermission: String, CaseIterable, Identifiable, Sendable {
    /// The system permits the item, or knows no permission for it.
    case granted
    /// The person refused.
    case denied
    /// The device's owner or a parent does not let the person decide.
    case restricted
    /// Nobody has asked the person yet.
    case notDetermined = "not_determined"

    /// The stable name, the same in JSON and in every language.
    public var id: String { rawValue }
}

extension SystemPermission {
    init(_ native: ScrupleBindings.SystemPermission) {
        switch native {
        case .granted: self = .granted
        case .denied: self = .denied
        case .restricted: self = .restricted
        case .notDetermined: self = .notDetermined
        }
    }

    var native: ScrupleBindings.SystemPermission {
        switch self {
        case .granted: .granted
        case .denied: .denied
        case .restricted: .restricted
        case .notDetermined: .notDetermined
        }
    }
}
