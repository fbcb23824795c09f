package dev.scruple.testing

import dev.scruple.Age
import dev.scruple.AuditEntry
import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.Decision
import dev.scruple.Grant
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.Unavailable
import dev.scruple.Withheld
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.transformWhile

/**
 * A session in memory, for a host's own tests: no native library, no device, no waiting.
 *
 * It gives the [values] that the test hands over and the records that the host supplies. A host sees the same as with a
 * real session: nothing before consent and age, nothing after close, expiry and revocation, and the same reasons and
 * exceptions. It has no policy, no intervals and no sources, and it checks no records.
 *
 * ```kotlin
 * val session = TestSession(TestValues(device = DeviceInformation(model = "Pixel 8")))
 * ```
 *
 * @param values the values that a collection finds.
 */
public class TestSession
    @JvmOverloads
    constructor(
        private val values: TestValues = TestValues(),
    ) : Session {
        /** The next collection throws it, once, such as [ScrupleException.NoThread]. */
        @Volatile
        public var nextFailure: ScrupleException? = null

        private val lock = Any()
        private var age = Age.UNKNOWN
        private val granted = mutableSetOf<Grant>()
        private val revoked = mutableSetOf<Grant>()
        private var records = HostRecords {}
        private val audit = MutableStateFlow(emptyList<AuditEntry>())
        private val ended = MutableStateFlow(false)
        private val live = mutableListOf<TestSnapshot>()

        /** Gives the values that are agreed to, without waiting. */
        override fun collectBlocking(
            purpose: Purpose,
            items: Set<Item>,
        ): Snapshot =
            open {
                nextFailure?.let {
                    nextFailure = null
                    throw it
                }
                val missing = items.associateWith { withheld(it, purpose) ?: whyNone(it) }.filterValues { it != null }
                val given = items - missing.keys
                audit.value += given.map { AuditEntry(System.currentTimeMillis(), it, purpose) }
                @Suppress("UNCHECKED_CAST")
                TestSnapshot(purpose, values, records, given, missing as Map<Item, Missing>).also { live += it }
            }

        /** Changes consent, and wipes from live snapshots the values that are no longer agreed to. */
        override fun updateConsent(update: ConsentUpdate): Unit =
            open {
                update.age?.let { age = it }
                granted += update.granted
                revoked -= update.granted
                granted -= update.revoked
                revoked += update.revoked
                live.forEach { snapshot -> snapshot.withhold { withheld(it, snapshot.purpose) } }
                val unused = { category: Category -> Purpose.values().all { notAgreed(category, it) != null } }
                val from = records
                records =
                    HostRecords {
                        if (!unused(Category.APPLICATION)) {
                            application = from.application
                            miniPrograms = from.miniPrograms
                        }
                        if (!unused(Category.NETWORK_CONFIGURATION)) network = from.network
                    }
            }

        /** Takes over the host's records without checking them. */
        override fun supply(records: HostRecords): Unit = open { this.records = records }

        /** Says for every item whether consent, age and the agreement's purposes permit it. */
        override fun explain(purpose: Purpose): Map<Item, Decision> =
            open { Item.ALL.associateWith { withheld(it, purpose) ?: Decision.Permitted } }

        /** The same as JSON. */
        override fun explainJson(purpose: Purpose): String {
            val items =
                explain(purpose).entries.joinToString(",") { (item, decision) ->
                    when (decision) {
                        is Decision.Permitted -> """"${item.id}":{"permitted":true}"""
                        is Withheld ->
                            """"${item.id}":{"withheld":{"layer":"${decision.layer.id}","reason":"${decision.id}"}}"""
                    }
                }
            return """{"agreement":"${Policy.AGREEMENT}","purpose":"${purpose.id}","items":{$items}}"""
        }

        /** The items that were given, when and for which purpose. */
        override fun audit(): List<AuditEntry> = audit.value

        /** [audit] now and after every collection, until the session is closed. */
        override val audits: Flow<List<AuditEntry>>
            get() =
                audit
                    .combine(ended, ::Pair)
                    .transformWhile { (entries, ended) ->
                        emit(entries)
                        !ended
                    }.distinctUntilChanged()

        /** Ends every live snapshot, and the session. */
        override fun close() {
            synchronized(lock) {
                ended.value = true
                live.forEach { it.close() }
                live.clear()
            }
        }

        /** Ends every live snapshot as the policy's retention would. */
        public fun expire() {
            synchronized(lock) {
                live.forEach { it.expire() }
                live.clear()
            }
        }

        private fun <T> open(call: () -> T): T =
            synchronized(lock) {
                if (ended.value) throw ScrupleException.Closed("closed")
                call()
            }

        private fun withheld(
            item: Item,
            purpose: Purpose,
        ): Withheld? =
            when {
                item in FOR_TROUBLESHOOTING && purpose != Purpose.TROUBLESHOOTING -> Withheld.NotForThisPurpose
                else -> notAgreed(item.category, purpose)
            }

        private fun notAgreed(
            category: Category,
            purpose: Purpose,
        ): Withheld? =
            when {
                Grant(category, purpose) in revoked -> Withheld.Revoked
                Grant(category, purpose) !in granted -> Withheld.NotGranted
                else ->
                    when (age) {
                        Age.UNKNOWN -> Withheld.AgeUnknown
                        Age.BELOW_MINIMUM -> Withheld.AgeBelowMinimum
                        Age.AT_LEAST_MINIMUM -> null
                    }
            }

        private fun whyNone(item: Item): Missing? =
            when {
                values.has(item, records) -> null
                item.category in SUPPLIED -> Unavailable.NOT_SUPPLIED
                else -> values.missing[item] ?: Unavailable.NOT_STATED
            }

        private companion object {
            val FOR_TROUBLESHOOTING = setOf(Item.CLIPBOARD_TROUBLESHOOTING, Item.BLUETOOTH_TROUBLESHOOTING)
            val SUPPLIED = setOf(Category.APPLICATION, Category.NETWORK_CONFIGURATION)
        }
    }
