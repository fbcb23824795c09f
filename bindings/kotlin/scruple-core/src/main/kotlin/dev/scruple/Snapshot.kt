package dev.scruple

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.launch
import java.lang.AutoCloseable
import java.util.EnumMap
import java.util.EnumSet
import java.util.concurrent.atomic.AtomicBoolean
import dev.scruple.bindings.Missing as NativeMissing
import dev.scruple.bindings.Snapshot as Handle
import dev.scruple.bindings.Unavailable as NativeUnavailable

/**
 * The values of one collection. Scruple wipes them when the snapshot is closed, when the policy's retention is over,
 * and when consent to them is revoked.
 *
 * Each read is one call that copies a whole group out of the native library. This object keeps no copy: read a group
 * once, then its fields. The copy is the host's own, and Scruple does not wipe it.
 */
public interface Snapshot : AutoCloseable {
    /** The purpose of the collection. */
    public val purpose: Purpose

    /**
     * When the collection ended, in milliseconds since 1970.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     */
    @get:Throws(ScrupleException::class)
    public val collectedAtMs: Long

    /**
     * When the values expire, in milliseconds since 1970 by the clock as it is set now. They expire when the policy's
     * retention has passed since the first of them arrived.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     */
    @get:Throws(ScrupleException::class)
    public val livesUntilMs: Long

    /**
     * The device items.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     * @throws ScrupleException.Revoked once a change of consent has wiped them.
     */
    @get:Throws(ScrupleException::class)
    public val device: DeviceInformation

    /**
     * The application, as far as the host supplied it.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     * @throws ScrupleException.Revoked once a change of consent has wiped it.
     */
    @get:Throws(ScrupleException::class)
    public val application: ApplicationInformation

    /**
     * The mini-programs, in the order in which the host supplied them.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     * @throws ScrupleException.Revoked once a change of consent has wiped them.
     */
    @get:Throws(ScrupleException::class)
    public val miniPrograms: List<MiniProgram>

    /**
     * The network configuration, as far as the host supplied it.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     * @throws ScrupleException.Revoked once a change of consent has wiped it.
     */
    @get:Throws(ScrupleException::class)
    public val network: NetworkConfiguration

    /**
     * The feature items.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     * @throws ScrupleException.Revoked once a change of consent has wiped all of them.
     */
    @get:Throws(ScrupleException::class)
    public val features: FeatureData

    /**
     * The items that the host asked for and that have no value, each with the reason.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     */
    @get:Throws(ScrupleException::class)
    public val missing: Map<Item, Missing>

    /**
     * The categories of which Scruple wiped something, because consent or the age statement was revoked after the
     * collection began.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     */
    @get:Throws(ScrupleException::class)
    public val revoked: Set<Category>

    /** The snapshot's state now. Reading it never throws. */
    public val state: SnapshotState
        get() =
            try {
                if (revoked.isEmpty()) SnapshotState.LIVE else SnapshotState.REVOKED
            } catch (_: ScrupleException.Expired) {
                SnapshotState.EXPIRED
            } catch (_: ScrupleException.Closed) {
                SnapshotState.CLOSED
            }

    /**
     * [state] now and within a second of every change, for a screen that shows it. The flow ends with
     * [SnapshotState.EXPIRED] or [SnapshotState.CLOSED].
     */
    public val states: Flow<SnapshotState>

    /** [device], or null once it is wiped. */
    public val deviceOrNull: DeviceInformation?
        get() = orNull { device }

    /** [application], or null once it is wiped. */
    public val applicationOrNull: ApplicationInformation?
        get() = orNull { application }

    /** [miniPrograms], or null once they are wiped. */
    public val miniProgramsOrNull: List<MiniProgram>?
        get() = orNull { miniPrograms }

    /** [network], or null once it is wiped. */
    public val networkOrNull: NetworkConfiguration?
        get() = orNull { network }

    /** [features], or null once they are wiped. */
    public val featuresOrNull: FeatureData?
        get() = orNull { features }

    /** [missing], or null once the snapshot has ended. */
    public val missingOrNull: Map<Item, Missing>?
        get() = orNull { missing }

    /**
     * The snapshot as JSON, in the form that the command line and Swift give: every item that the host asked for, with
     * its value or the reason why it has none.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     */
    @Throws(ScrupleException::class)
    public fun toJson(): String

    /**
     * The device items that the mini-program platform has a name for, under those names.
     *
     * @throws ScrupleException.Closed once the snapshot or its session is closed.
     * @throws ScrupleException.Expired once the policy's retention is over.
     * @throws ScrupleException.Revoked once a change of consent has wiped them.
     */
    @Throws(ScrupleException::class)
    public fun forMiniProgram(): SystemInfo

    /**
     * The answer for the platform delegate's `getAppDeviceInfo`: of `brand`, `model`, `system` and `platform`, those
     * that the snapshot has.
     *
     * A delegate cannot fail, so this never throws. Once the snapshot is closed, expired or revoked, the answer is
     * empty, and the platform decides what it does then. Collect anew for an answer with values.
     *
     * The map's `toString` is redacted. A serialiser writes it like any map, since the host hands it on.
     */
    public fun appDeviceInfo(): Map<String, String> =
        try {
            forMiniProgram().appDeviceInfo()
        } catch (_: ScrupleException) {
            emptyMap()
        }

    /**
     * Closes the snapshot when the scope ends, such as `viewModelScope` or `lifecycleScope`:
     *
     * ```kotlin
     * val snapshot = session.collect(Purpose.FEATURE).closeWith(viewModelScope)
     * ```
     *
     * @return this snapshot, closed already if the scope has ended.
     */
    @JvmSynthetic
    public fun closeWith(scope: CoroutineScope): Snapshot =
        apply {
            // Undispatched, so that it closes even for a scope that has ended.
            scope.launch(start = CoroutineStart.UNDISPATCHED) { use { states.collect() } }
        }

    /** Wipes the values. Every later read gives [ScrupleException.Closed]. */
    override fun close()
}

/** What a read gives; null where it throws that there is nothing any more. */
private inline fun <T> orNull(read: () -> T): T? =
    try {
        read()
    } catch (_: ScrupleException.Closed) {
        null
    } catch (_: ScrupleException.Expired) {
        null
    } catch (_: ScrupleException.Revoked) {
        null
    }

/** Why a snapshot has no value for an item that the host asked for: [Withheld] or [Unavailable]. */
public sealed interface Missing {
    /** The reason's stable name, the same in JSON, Rust and Swift. */
    public val id: String
}

/** Why a permitted item has no value. */
public enum class Unavailable(
    override val id: String,
) : Missing {
    /** This platform does not have the item. */
    PLATFORM_HAS_NONE("platform_has_none"),

    /** The host supplied no value. */
    NOT_SUPPLIED("not_supplied"),

    /** The platform can give it, but the host handed over no source for it. */
    NO_SOURCE("no_source"),

    /** The source did not answer in time. Scruple wipes a later answer. */
    TIMED_OUT("timed_out"),

    /** The source has not returned from an earlier call. */
    BUSY("busy"),

    /** It is there, but switched off. */
    DISABLED("disabled"),

    /** There is no value yet, or the app may not ask just now. */
    NOT_READY("not_ready"),

    /** The machine has no telephony. */
    NO_TELEPHONY("no_telephony"),

    /** The machine has no display. */
    HEADLESS("headless"),

    /** The machine does not describe itself: it has no DMI, and no device tree that could state the item. */
    NO_DMI("no_dmi"),

    /** The vendor left a placeholder where the value should be. */
    PLACEHOLDER("placeholder"),

    /** The platform does not state the value where it should. */
    NOT_STATED("not_stated"),

    /** The operating system refused the read itself. */
    NOT_PERMITTED("not_permitted"),

    /** The machine is a recorded one, and its recording lacks the item. */
    NOT_RECORDED("not_recorded"),

    /** The platform's value is longer than the limit. */
    TOO_LONG("too_long"),

    /** The platform's value has the wrong format. */
    MALFORMED("malformed"),

    /** The read failed. */
    READ_FAILED("read_failed"),
}

/** The snapshot of the native library. */
internal class NativeSnapshot(
    @Transient private val handle: Handle,
    @Transient override val purpose: Purpose,
    /** The session's. */
    @Transient private val changes: Changes,
) : Snapshot {
    @Transient private val closed = AtomicBoolean()

    override val collectedAtMs get() = native { handle.collectedAtMs() }.toLong()
    override val livesUntilMs get() = native { handle.livesUntilMs() }.toLong()
    override val device get() = native { handle.device() }.lifted()
    override val application get() = native { handle.application() }.lifted()
    override val miniPrograms get() = native { handle.miniPrograms() }.map { it.lifted() }
    override val network get() = native { handle.network() }.lifted()
    override val features get() = native { handle.features() }.lifted()
    override val missing: Map<Item, Missing>
        get() =
            native { handle.missing() }
                .entries
                .associateTo(EnumMap(Item::class.java)) { (item, reason) -> item.lifted() to reason.lifted() }

    override val revoked: Set<Category>
        get() = native { handle.revoked() }.mapTo(EnumSet.noneOf(Category::class.java)) { it.lifted() }

    override val states get() = states(changes.all)

    override fun toJson() = native { handle.toJson() }

    override fun forMiniProgram() = native { handle.forMiniProgram() }.lifted()

    override fun close() {
        if (closed.compareAndSet(false, true)) {
            // Giving the handle back does not wipe while a read on another thread still holds it.
            handle.end()
            handle.close()
            changes.tell()
        }
    }
}

private fun NativeMissing.lifted(): Missing =
    when (this) {
        is NativeMissing.Withheld -> v1.lifted()
        is NativeMissing.Unavailable -> v1.lifted()
    }

internal fun NativeUnavailable.lifted(): Unavailable =
    when (this) {
        NativeUnavailable.PLATFORM_HAS_NONE -> Unavailable.PLATFORM_HAS_NONE
        NativeUnavailable.NOT_SUPPLIED -> Unavailable.NOT_SUPPLIED
        NativeUnavailable.NO_SOURCE -> Unavailable.NO_SOURCE
        NativeUnavailable.TIMED_OUT -> Unavailable.TIMED_OUT
        NativeUnavailable.BUSY -> Unavailable.BUSY
        NativeUnavailable.DISABLED -> Unavailable.DISABLED
        NativeUnavailable.NOT_READY -> Unavailable.NOT_READY
        NativeUnavailable.NO_TELEPHONY -> Unavailable.NO_TELEPHONY
        NativeUnavailable.HEADLESS -> Unavailable.HEADLESS
        NativeUnavailable.NO_DMI -> Unavailable.NO_DMI
        NativeUnavailable.PLACEHOLDER -> Unavailable.PLACEHOLDER
        NativeUnavailable.NOT_STATED -> Unavailable.NOT_STATED
        NativeUnavailable.NOT_PERMITTED -> Unavailable.NOT_PERMITTED
        NativeUnavailable.NOT_RECORDED -> Unavailable.NOT_RECORDED
        NativeUnavailable.TOO_LONG -> Unavailable.TOO_LONG
        NativeUnavailable.MALFORMED -> Unavailable.MALFORMED
        NativeUnavailable.READ_FAILED -> Unavailable.READ_FAILED
    }
