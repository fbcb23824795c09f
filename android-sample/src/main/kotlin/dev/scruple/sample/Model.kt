package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Decision
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.Withheld
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** A session, and what belongs to it. */
class Opened(
    val session: Session,
    /** What the app supplies of itself. */
    val records: HostRecords,
    /** How long the policy lets values live, in milliseconds. */
    val retentionMs: Long,
)

/**
 * The app without Android: what a tap does, and what is on the screen afterwards. It lives as long as the process, so
 * that a rotation loses nothing and nothing needs to be saved.
 *
 * Its functions are called on the scope's thread, and none of them blocks: sessions are opened and items are read
 * elsewhere.
 *
 * @param open opens a session whose policy has this accuracy.
 */
class Model(
    private val scope: CoroutineScope,
    private val open: suspend (LocationAccuracy) -> Opened,
) {
    private val state = MutableStateFlow(Screen())

    /** What to show. */
    val screen: StateFlow<Screen> = state.asStateFlow()

    private var opened: Opened? = null
    private var opening: Job? = null
    private var snapshot: Snapshot? = null

    /** A collection, and after it the wait for its values' end. */
    private var collection: Job? = null

    init {
        openSession()
    }

    /** Opts for fuzzy or for precise location. An app has one policy; this one has two, since a tester needs both. */
    fun choose(accuracy: LocationAccuracy) {
        if (accuracy == state.value.accuracy) return
        opening?.cancel()
        collection?.cancel()
        opened?.session?.close()
        opened = null
        snapshot = null
        state.value = Screen(accuracy = accuracy, purpose = state.value.purpose, age = state.value.age)
        openSession()
    }

    /** Chooses what the data is for. Values that were collected for the other purpose go. */
    fun choose(purpose: Purpose) {
        if (purpose == state.value.purpose) return
        state.update { it.copy(purpose = purpose) }
        leave()
    }

    /** States the person's age. */
    fun state(age: Age) {
        state.update { it.copy(age = age) }
        opened?.session?.updateConsent { this.age = age }
        refresh()
    }

    /** Turns switches on, which agrees to nothing yet, or off, which takes consent back. */
    fun switch(
        categories: Set<Category>,
        on: Boolean,
    ) {
        state.update { it.copy(chosen = if (on) it.chosen + categories else it.chosen - categories) }
        if (!on) takeBack(categories)
    }

    /** Agrees to what is switched on. */
    fun agree() {
        val (session, records) = opened?.run { session to records } ?: return
        val chosen = state.value.chosen
        session.updateConsent { grant(*chosen.toTypedArray()) }
        session.supply(
            HostRecords {
                if (Category.APPLICATION in chosen) {
                    application = records.application
                    miniPrograms = records.miniPrograms
                }
                if (Category.NETWORK_CONFIGURATION in chosen) network = records.network
            },
        )
        state.update { it.copy(agreed = chosen) }
        refresh()
    }

    /** Takes everything back. When this returns, nothing that was read is left. */
    fun revoke() {
        state.update { it.copy(chosen = emptySet()) }
        takeBack(state.value.agreed)
        leave()
    }

    /** Reads what is permitted. */
    fun collect() {
        val (session, retentionMs) = opened?.run { session to retentionMs } ?: return
        leave()
        state.update { it.copy(phase = Phase.COLLECTING, failure = null) }
        collection =
            scope.launch {
                attempt { snapshot = session.collect(state.value.purpose) }
                state.update { it.copy(phase = Phase.IDLE) }
                refresh()
                delay(retentionMs)
                leave()
            }
    }

    /** Lets go of what was read: nobody looks at it any more. */
    fun leave() {
        collection?.cancel()
        snapshot?.close()
        snapshot = null
        if (opened != null) state.update { it.copy(phase = Phase.IDLE) }
        refresh()
    }

    private fun openSession() {
        opening =
            scope.launch {
                attempt {
                    opened = open(state.value.accuracy).apply { session.updateConsent { age = state.value.age } }
                }
                state.update { it.copy(phase = Phase.IDLE) }
                refresh()
            }
    }

    private fun takeBack(categories: Set<Category>) {
        val agreed = state.value.agreed
        opened?.session?.updateConsent { revoke(*(agreed intersect categories).toTypedArray()) }
        state.update { it.copy(agreed = agreed - categories) }
        refresh()
    }

    /** Shows what the session and its snapshot say now. */
    private fun refresh() {
        val session = opened?.session ?: return
        val outcomes = snapshot?.let(::collected) ?: permitted(session)
        state.update { it.copy(outcomes = outcomes, audit = session.audit().asReversed()) }
    }

    /** What the session says of each item without reading it. */
    private fun permitted(session: Session): Map<Item, Outcome> =
        session.explain(state.value.purpose).mapValues { (_, decision) ->
            when (decision) {
                is Decision.Permitted -> Outcome.Unread
                is Withheld -> Outcome.None(decision)
            }
        }

    /** What a snapshot says of each item; null once it has ended. */
    private fun collected(snapshot: Snapshot): Map<Item, Outcome>? {
        val missing = read { snapshot.missing } ?: return null
        val values = Outcome.Value(Values(snapshot))
        return Item.ALL.associateWith { item -> missing[item]?.let(Outcome::None) ?: values }
    }

    private suspend fun attempt(call: suspend () -> Unit) =
        try {
            call()
        } catch (failure: ScrupleException) {
            state.update { it.copy(failure = failure.message) }
        }
}
