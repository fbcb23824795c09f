package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.AuditEntry
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Missing
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Snapshot

/** All that is shown at one moment. */
data class Screen(
    val accuracy: LocationAccuracy = LocationAccuracy.FUZZY,
    val purpose: Purpose = Purpose.FEATURE,
    val age: Age = Age.UNKNOWN,
    /** The switches that are on: what the person is about to agree to, or has. */
    val chosen: Set<Category> = emptySet(),
    val agreed: Set<Category> = emptySet(),
    val phase: Phase = Phase.OPENING,
    /** Each item; empty until the session is open. */
    val outcomes: Map<Item, Outcome> = emptyMap(),
    /** The latest reads, the latest first. */
    val audit: List<AuditEntry> = emptyList(),
    /** What went wrong, in Scruple's words, which hold no value. */
    val failure: String? = null,
)

/** What the app is doing. */
enum class Phase { OPENING, IDLE, COLLECTING }

/** What became of an item. */
sealed interface Outcome {
    /** Every layer that can be asked without reading permits it, and it was not read. */
    data object Unread : Outcome

    /** It has no value: a layer withholds it, or the platform gave none. */
    data class None(
        val why: Missing,
    ) : Outcome

    /** It has a value, among those of its snapshot. */
    class Value(
        val values: Values,
    ) : Outcome
}

/** What a screen needs of a snapshot: copies, which Scruple cannot wipe, so whoever has them must let go of them. */
class Values(
    snapshot: Snapshot,
) {
    val device = snapshot.deviceOrNull
    val features = snapshot.featuresOrNull
    val application = snapshot.applicationOrNull
    val miniPrograms = snapshot.miniProgramsOrNull.orEmpty()
    val network = snapshot.networkOrNull
}

/** Reads from a snapshot; null if what is read was wiped. */
internal fun <T> read(group: () -> T): T? =
    try {
        group()
    } catch (_: ScrupleException) {
        null
    }
