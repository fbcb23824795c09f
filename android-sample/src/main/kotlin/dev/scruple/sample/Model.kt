package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.Decision
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Snapshot
import dev.scruple.Withheld
import dev.scruple.sharedconsent.SharedConsentException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.measureTimedValue

/** A session, and what belongs to it. */
class Opened(
    val session: WatchedSession,
    /** Where consent is changed. */
    val consent: Consent,
    /** What the app supplies of itself. */
    val records: HostRecords,
    /** How long the policy lets values live, in milliseconds. */
    val retentionMs: Long,
) : AutoCloseable {
    /** Leaves the other processes' consent, and wipes. */
    override fun close() {
        consent.close()
        session.close()
    }
}

/**
 * The app without Android: what a tap does, and what is on the screen afterwards.
 *
 * To copy it, make it a `ViewModel` and hand it `viewModelScope`, or keep it in the `Application`, as here:
 * - It survives a rotation, because it belongs to neither an activity nor a view, and knows none. A screen shows what
 *   [screen] says, and nothing of it goes into saved state.
 * - It leaks nothing. The session, the wait for a collection and its values live in coroutines of the [scope], and end
 *   with it. [leave] ends the values earlier, when nobody looks.
 * - Its functions are called on the scope's thread, and none of them blocks: sessions are opened and items are read
 *   elsewhere.
 *
 * @param scope whose end closes the session.
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

    /** The latest change of consent, until every process has it. */
    private var change: Job? = null

    /** What the person agreed to here. The session hears of it as all others do, a moment later. */
    private val asked = MutableStateFlow(emptySet<Category>())

    private var snapshot: Snapshot? = null

    /** A collection, and after it the wait for its values' end. */
    private var collection: Job? = null

    /** As long as the session is open. */
    private var holding = scope.launch { hold() }

    /**
     * Opts for fuzzy or for precise location. An app has one policy; this one has two, since a tester needs both. The
     * other one is a new question to the person, so everything is taken back.
     */
    fun choose(accuracy: LocationAccuracy) {
        if (accuracy == state.value.accuracy) return
        revoke()
        val (before, told) = holding to change
        opened = null
        state.update { Screen(accuracy, it.purpose, it.age, query = it.query, underWay = it.underWay) }
        holding =
            scope.launch {
                told?.join()
                before.cancelAndJoin()
                hold()
            }
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
        update { this.age = age }
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
        if (opened == null) return
        val chosen = state.value.chosen
        asked.value = chosen
        update { grant(*chosen.toTypedArray()) }
    }

    /** Takes everything back. When this returns, nothing that was read is left in this process. */
    fun revoke() {
        state.update { it.copy(chosen = emptySet()) }
        takeBack(state.value.agreed + asked.value)
        leave()
    }

    /** Reads what is permitted. */
    fun collect() =
        collecting { opened ->
            val (collected, elapsed) = measureTimedValue { opened.session.collect(state.value.purpose) }
            collected.use {
                snapshot = collected
                refresh()
                state.update { it.copy(phase = Phase.IDLE, elapsed = elapsed) }
                // What is shown are copies: they go when the snapshot ends, and no later than it should.
                withTimeoutOrNull(opened.retentionMs) { collected.states.collect { refresh() } }
            }
        }

    /**
     * Reads what is permitted item by item, to see how long each takes: from the call to the answer, with the way to the
     * native library and the wait for a source in it. Each value is let go at once.
     */
    fun measure() =
        collecting { opened ->
            val purpose = state.value.purpose
            val decisions = opened.session.explain(purpose)
            state.update { it.copy(times = emptyMap()) }
            for (item in decisions.filterValues { it is Decision.Permitted }.keys) {
                val (alone, elapsed) = measureTimedValue { opened.session.collect(purpose, setOf(item)) }
                val time = Time(elapsed, alone.use { it.missing[item] })
                state.update { it.copy(times = it.times + (item to time)) }
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

    /** Looks for items. */
    fun search(query: String) = state.update { it.copy(query = query) }

    /** Chooses what the app was started with, once its session is open. The person's part, to agree, is not done yet. */
    suspend fun prepare(start: Start) {
        state.update { it.copy(mistake = null) }
        start.accuracy?.let(::choose)
        start.purpose?.let(::choose)
        screen.first { it.phase != Phase.OPENING }
        start.age?.let { state(it) }
        if (start.agree.isNotEmpty()) state.update { it.copy(chosen = it.agreed + start.agree) }
    }

    /** Shows why the app did nothing of what it was started with. */
    fun refuse(mistake: StartMistake) = state.update { it.copy(mistake = mistake) }

    /** Opens a session, follows what is agreed to, and closes it at the end. */
    private suspend fun hold() {
        attempt {
            open(state.value.accuracy).use { own ->
                opened = own
                val age = state.value.age
                // Stated while it was not open yet. What was not stated here may have been elsewhere.
                if (age != Age.UNKNOWN) state(age)
                state.update { it.copy(phase = Phase.IDLE) }
                own.session.changes.collect { follow() }
            }
        }
        state.update { it.copy(phase = Phase.IDLE) }
    }

    /** Does what reads, once the session has heard of all that was agreed to. */
    private fun collecting(read: suspend (Opened) -> Unit) {
        val own = opened ?: return
        leave()
        state.update { it.copy(phase = Phase.COLLECTING, failure = null, mistake = null) }
        collection =
            scope.launch {
                attempt {
                    val purpose = state.value.purpose
                    own.session.changes
                        .combine(asked) { _, asked -> own.session.explain(purpose).lackConsent(asked) }
                        .first { !it }
                    own.session.supply(own.records.of(own.session.explain(purpose).agreed))
                    read(own)
                }
                leave()
            }
    }

    private fun HostRecords.of(agreed: Set<Category>): HostRecords {
        val all = this
        return HostRecords {
            if (Category.APPLICATION in agreed) {
                application = all.application
                miniPrograms = all.miniPrograms
            }
            if (Category.NETWORK_CONFIGURATION in agreed) network = all.network
        }
    }

    private fun takeBack(categories: Set<Category>) {
        val given = (state.value.agreed + asked.value) intersect categories
        asked.update { it - given }
        state.update { it.copy(agreed = it.agreed - given) }
        if (given.isNotEmpty()) update { revoke(*given.toTypedArray()) } else refresh()
    }

    /** Undispatched, so that what is taken back is gone from this process, and from the screen, when this returns. */
    private fun update(what: ConsentUpdate.Builder.() -> Unit) {
        val consent = opened?.consent ?: return
        state.update { it.copy(underWay = it.underWay + 1) }
        change =
            scope.launch(start = CoroutineStart.UNDISPATCHED) {
                attempt { consent.update(ConsentUpdate.builder().apply(what).build()) }
                state.update { it.copy(underWay = it.underWay - 1) }
            }
        refresh()
    }

    /** Shows what this session agrees to now, whoever changed it in whichever process. */
    private fun follow() {
        val decisions = opened?.session?.explain(state.value.purpose) ?: return
        val agreed = decisions.agreed
        state.update {
            it.copy(agreed = agreed, chosen = it.chosen - it.agreed + agreed, age = decisions.age ?: it.age)
        }
        refresh()
    }

    /** Shows what the session and its snapshot say now. */
    private fun refresh() {
        val session = opened?.session ?: return
        val collected = snapshot?.let(::collected)
        state.update {
            it.copy(
                outcomes = collected ?: permitted(session),
                values = if (collected == null) null else snapshot?.let(::Values),
                audit = session.audit().asReversed(),
            )
        }
    }

    /** What the session says of each item without reading it. */
    private fun permitted(session: WatchedSession): Map<Item, Outcome> =
        session.explain(state.value.purpose).mapValues { (_, decision) ->
            when (decision) {
                is Decision.Permitted -> Outcome.Unread
                is Withheld -> Outcome.None(decision)
            }
        }

    /** What a snapshot says of each item; null once it has ended. */
    private fun collected(snapshot: Snapshot): Map<Item, Outcome>? {
        val missing = snapshot.missingOrNull ?: return null
        return Item.ALL.associateWith { item -> missing[item]?.let(Outcome::None) ?: Outcome.Value }
    }

    /** A failure is shown, and what was agreed to meanwhile is nothing to wait for. */
    private suspend fun attempt(call: suspend () -> Unit) =
        try {
            call()
        } catch (failure: ScrupleException) {
            fail(failure)
        } catch (failure: SharedConsentException) {
            fail(failure)
        }

    private fun fail(failure: Exception) {
        asked.value = emptySet()
        state.update { it.copy(failure = failure.message) }
    }
}
