package dev.scruple.testing

import dev.scruple.ApplicationInformation
import dev.scruple.Category
import dev.scruple.DeviceInformation
import dev.scruple.FeatureData
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.MiniProgram
import dev.scruple.Missing
import dev.scruple.NetworkConfiguration
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Snapshot
import dev.scruple.SnapshotState
import dev.scruple.SystemInfo
import dev.scruple.Withheld
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.transformWhile
import kotlin.math.round

/** The snapshot of a [TestSession]. */
internal class TestSnapshot(
    override val purpose: Purpose,
    private val values: TestValues,
    private val records: HostRecords,
    private var given: Set<Item>,
    private var reasons: Map<Item, Missing>,
) : Snapshot {
    private val stands = MutableStateFlow(SnapshotState.LIVE)
    private val purged = mutableSetOf<Category>()
    private val now = System.currentTimeMillis()

    override val collectedAtMs: Long
        get() = read { now }

    /** By the retention of a policy that says none; [TestSession.expire] ends it earlier. */
    override val livesUntilMs: Long
        get() = read { now + RETENTION_MS }

    override val device: DeviceInformation
        get() = read(Category.DEVICE) { values.device.only(given) }

    override val application: ApplicationInformation
        get() = read(Category.APPLICATION) { records.only(given).application ?: ApplicationInformation {} }

    override val miniPrograms: List<MiniProgram>
        get() = read(Category.APPLICATION) { records.only(given).miniPrograms }

    override val network: NetworkConfiguration
        get() = read(Category.NETWORK_CONFIGURATION) { records.only(given).network ?: NetworkConfiguration {} }

    override val features: FeatureData
        get() =
            read {
                val features = values.features.only(given)
                if (features == FeatureData() && purged.any { it !in GROUPS }) throw revoked()
                features
            }

    override val missing: Map<Item, Missing>
        get() = read { reasons }

    override val revoked: Set<Category>
        get() = read { purged.toSet() }

    override val states: Flow<SnapshotState>
        get() =
            stands.transformWhile {
                emit(it)
                it == SnapshotState.LIVE || it == SnapshotState.REVOKED
            }

    override fun toJson(): String = read { values.json }

    override fun forMiniProgram(): SystemInfo =
        device.run {
            SystemInfo(
                brand = brand,
                model = model,
                pixelRatio = resolution?.scale,
                screenWidth = resolution?.run { round(width / (nativeScale ?: scale)) },
                screenHeight = resolution?.run { round(height / (nativeScale ?: scale)) },
                system = systemVersion?.run { name ?: version },
                platform = platform,
                cpuType = cpu?.run { hardware ?: names.firstOrNull() },
                deviceAbi = cpu?.abis?.firstOrNull(),
            )
        }

    @Synchronized
    override fun close() {
        stands.value = SnapshotState.CLOSED
    }

    @Synchronized
    fun expire() {
        if (stands.value != SnapshotState.CLOSED) stands.value = SnapshotState.EXPIRED
    }

    @Synchronized
    fun withhold(reason: (Item) -> Withheld?) {
        val lost = given.mapNotNull { item -> reason(item)?.let { item to it } }.toMap()
        given = given - lost.keys
        reasons = reasons + lost
        purged += lost.keys.map { it.category }
        if (lost.isNotEmpty()) stands.compareAndSet(SnapshotState.LIVE, SnapshotState.REVOKED)
    }

    private fun <T> read(
        category: Category,
        read: () -> T,
    ): T =
        read {
            if (category in purged) throw revoked()
            read()
        }

    @Synchronized
    private fun <T> read(read: () -> T): T =
        when (stands.value) {
            SnapshotState.CLOSED -> throw ScrupleException.Closed("closed")
            SnapshotState.EXPIRED -> throw ScrupleException.Expired("expired")
            SnapshotState.LIVE, SnapshotState.REVOKED -> read()
        }

    private fun revoked() = ScrupleException.Revoked("revoked")

    private companion object {
        /** The categories that are read as a group of their own. */
        val GROUPS = setOf(Category.APPLICATION, Category.NETWORK_CONFIGURATION, Category.DEVICE)

        val RETENTION_MS = Policy {}.retentionMs
    }
}
