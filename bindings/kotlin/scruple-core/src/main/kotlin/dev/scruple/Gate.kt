package dev.scruple

import dev.scruple.bindings.Decision as NativeDecision
import dev.scruple.bindings.Layer as NativeLayer
import dev.scruple.bindings.SystemPermission as NativeSystemPermission
import dev.scruple.bindings.Withheld as NativeWithheld

/** The layers that may withhold an item, in the order in which the gate asks them. */
public enum class Layer(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The platform's data agreement. */
    AGREEMENT("agreement"),

    /** The host's policy. */
    POLICY("policy"),

    /** The data subject's consent. */
    CONSENT("consent"),

    /** The end user's age. */
    AGE("age"),

    /** The minimum interval between two reads. */
    INTERVAL("interval"),

    /** The operating system. */
    SYSTEM("system"),
}

/** Whether an item may be read: [Permitted], or [Withheld] and why. */
public sealed interface Decision {
    /** Every layer permits it. */
    public data object Permitted : Decision
}

/** Why an item is withheld. Each reason belongs to one layer. */
public sealed class Withheld(
    /** The reason's stable name, the same in JSON, Rust and Swift. It is unique within its [layer]. */
    override val id: String,
    /** The layer that withholds. */
    public val layer: Layer,
) : Missing,
    Decision {
    /** The agreement lists the item for another purpose only. */
    public data object NotForThisPurpose : Withheld("not_for_this_purpose", Layer.AGREEMENT)

    /**
     * The value looks like sensitive data, which the agreement (section 6) keeps off the platform. Scruple knows this
     * only after the read, so a [Decision] never has this reason.
     */
    public data object Sensitive : Withheld("sensitive", Layer.AGREEMENT)

    /** The policy leaves the category or the item off. */
    public data object SwitchedOff : Withheld("switched_off", Layer.POLICY)

    /** The policy has the item on, but not for this purpose. */
    public data object PurposeOff : Withheld("purpose_off", Layer.POLICY)

    /** The policy chooses fuzzy location. */
    public data object PreciseWhileFuzzy : Withheld("precise_while_fuzzy", Layer.POLICY)

    /** Nobody agreed to it. */
    public data object NotGranted : Withheld("not_granted", Layer.CONSENT)

    /** Somebody agreed to it, then revoked it. */
    public data object Revoked : Withheld("revoked", Layer.CONSENT)

    /** Nobody stated the end user's age. */
    public data object AgeUnknown : Withheld("unknown", Layer.AGE)

    /** The end user is below the minimum age. */
    public data object AgeBelowMinimum : Withheld("below_minimum", Layer.AGE)

    /** The minimum interval since its last read is not over. */
    public class TooSoon(
        /** Milliseconds until it may be read again. */
        public val remainingMs: Long,
    ) : Withheld("too_soon", Layer.INTERVAL) {
        /** Whether as much time is left. */
        override fun equals(other: Any?): Boolean = other is TooSoon && remainingMs == other.remainingMs

        /** A hash of the fields that [equals] compares. */
        override fun hashCode(): Int = remainingMs.hashCode()

        /** The reason, and the time left. */
        override fun toString(): String = "TooSoon(remainingMs=$remainingMs)"
    }

    /** The operating system refuses it. */
    public data object Denied : Withheld("denied", Layer.SYSTEM)

    /** The operating system refuses it, and the person cannot change that. */
    public data object Restricted : Withheld("restricted", Layer.SYSTEM)

    /** Nobody has asked the person for the operating system's permission yet. */
    public data object NotDetermined : Withheld("not_determined", Layer.SYSTEM)
}

/** The operating system's answer for an item. */
public enum class SystemPermission(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The system permits the item, or knows no permission for it. */
    GRANTED("granted"),

    /** The person refused. */
    DENIED("denied"),

    /** The device's owner or a parent does not let the person decide. */
    RESTRICTED("restricted"),

    /** Nobody has asked the person yet. */
    NOT_DETERMINED("not_determined"),
}

internal fun NativeDecision.lifted(): Decision =
    when (this) {
        is NativeDecision.Permitted -> Decision.Permitted
        is NativeDecision.Withheld -> v1.lifted()
    }

internal fun NativeWithheld.lifted(): Withheld =
    when (this) {
        is NativeWithheld.NotForThisPurpose -> Withheld.NotForThisPurpose
        is NativeWithheld.Sensitive -> Withheld.Sensitive
        is NativeWithheld.SwitchedOff -> Withheld.SwitchedOff
        is NativeWithheld.PurposeOff -> Withheld.PurposeOff
        is NativeWithheld.PreciseWhileFuzzy -> Withheld.PreciseWhileFuzzy
        is NativeWithheld.NotGranted -> Withheld.NotGranted
        is NativeWithheld.Revoked -> Withheld.Revoked
        is NativeWithheld.AgeUnknown -> Withheld.AgeUnknown
        is NativeWithheld.AgeBelowMinimum -> Withheld.AgeBelowMinimum
        is NativeWithheld.TooSoon -> Withheld.TooSoon(remainingMs.toLong())
        is NativeWithheld.Denied -> Withheld.Denied
        is NativeWithheld.Restricted -> Withheld.Restricted
        is NativeWithheld.NotDetermined -> Withheld.NotDetermined
    }

/** Kept beside [Layer] so that a layer that the core gains breaks the build; each reason here names its own. */
internal fun NativeLayer.lifted(): Layer =
    when (this) {
        NativeLayer.AGREEMENT -> Layer.AGREEMENT
        NativeLayer.POLICY -> Layer.POLICY
        NativeLayer.CONSENT -> Layer.CONSENT
        NativeLayer.AGE -> Layer.AGE
        NativeLayer.INTERVAL -> Layer.INTERVAL
        NativeLayer.SYSTEM -> Layer.SYSTEM
    }

internal fun NativeSystemPermission.lifted(): SystemPermission =
    when (this) {
        NativeSystemPermission.GRANTED -> SystemPermission.GRANTED
        NativeSystemPermission.DENIED -> SystemPermission.DENIED
        NativeSystemPermission.RESTRICTED -> SystemPermission.RESTRICTED
        NativeSystemPermission.NOT_DETERMINED -> SystemPermission.NOT_DETERMINED
    }

private val nativePermissions = NativeSystemPermission.values().associateBy(NativeSystemPermission::lifted)

internal fun SystemPermission.lowered(): NativeSystemPermission = nativePermissions.getValue(this)
