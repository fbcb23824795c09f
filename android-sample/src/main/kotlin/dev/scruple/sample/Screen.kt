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
import kotlin.time.Duration

/** All that is shown at one moment. */
data class Screen(
    val accuracy: LocationAccuracy = LocationAccuracy.FUZZY,
    val purpose: Purpose = Purpose.FEATURE,
    val age: Age = Age.UNKNOWN,
    /** The switches that are on: what the person is about to agree to, or has. */
    val chosen: Set<Category> = emptySet(),
    /** What is agreed to, in whichever process that happened. */
    val agreed: Set<Category> = emptySet(),
    val phase: Phase = Phase.OPENING,
    /** Each item; empty until the session is open. */
    val outcomes: Map<Item, Outcome> = emptyMap(),
    /** What was collected, while it is there. */
    val values: Values? = null,
    /** How long the latest collection took. */
    val elapsed: Duration? = null,
    /** How long each item took, alone. */
    val times: Map<Item, Time> = emptyMap(),
    /** The latest reads, the latest first. */
    val audit: List<AuditEntry> = emptyList(),
    /** What is looked for among the items. */
    val query: String = "",
    /** Changes of consent that some process has not taken over yet. */
    val underWay: Int = 0,
    /** What was wrong with the extras that the app was started with. */
    val mistake: StartMistake? = null,
    /** What went wrong, in Scruple's words, which hold no value. */
    val failure: String? = null,
) {
    /** Whether the session is open and does nothing. */
    val isReady get() = phase == Phase.IDLE && outcomes.isNotEmpty()

    /** Whether there is something to agree to, and an age to go with it. */
    val isChosen get() = age != Age.UNKNOWN && chosen.isNotEmpty()
}

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

    /** It has a value, among the screen's. */
    data object Value : Outcome
}

/** How long an item took. */
class Time(
    val elapsed: Duration,
    /** Why it has no value; null if it has one. */
    val missing: Missing?,
)

/** What a screen needs of a snapshot: copies, which Scruple cannot wipe, so whoever has them must let go of them. */
class Values(
    snapshot: Snapshot,
) {
    val device = snapshot.deviceOrNull
    val features = snapshot.featuresOrNull
    val application = snapshot.applicationOrNull
    val miniPrograms = snapshot.miniProgramsOrNull.orEmpty()
    val network = snapshot.networkOrNull

    /** All of it, and why the rest is missing, as the library writes it; null if it is gone meanwhile. */
    val json = unlessGone { snapshot.toJson() }

    /** What a mini-program's `getSystemInfo` and `getDeviceInfo` answer; null if it is gone. */
    val systemInfo = unlessGone { snapshot.forMiniProgram() }

    /** What the platform's `getAppDeviceInfo` is answered with. */
    val appDeviceInfo = snapshot.appDeviceInfo()

    private fun <T> unlessGone(read: () -> T): T? =
        try {
            read()
        } catch (_: ScrupleException) {
            null
        }
}
