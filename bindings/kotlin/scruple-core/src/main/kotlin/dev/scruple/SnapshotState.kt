package dev.scruple

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withTimeoutOrNull

/** The state of a snapshot, for a screen that shows it. [EXPIRED] and [CLOSED] are final. */
public enum class SnapshotState(
    /** The stable name, the same in Swift. */
    public val id: String,
) {
    /** All collected values are there. */
    LIVE("live"),

    /** Consent to some values was revoked, and Scruple has wiped these ([Snapshot.revoked]). The others are there. */
    REVOKED("revoked"),

    /** The policy's retention is over. Scruple has wiped every value. */
    EXPIRED("expired"),

    /** The snapshot or its session was closed. Scruple has wiped every value. */
    CLOSED("closed"),
}

/**
 * Where it stands, now and after every change.
 *
 * @param changes has another value after every change but expiry.
 */
internal fun Snapshot.states(changes: StateFlow<*>): Flow<SnapshotState> =
    flow {
        while (true) {
            val seen = changes.value
            val state = state
            emit(state)
            if (state.isTheEnd) break
            // The clock of a wait stands still while the device sleeps, so a longer one could be late.
            withTimeoutOrNull(1_000) { changes.first { it != seen } }
        }
    }.distinctUntilChanged()

private val SnapshotState.isTheEnd: Boolean
    get() =
        when (this) {
            SnapshotState.LIVE, SnapshotState.REVOKED -> false
            SnapshotState.EXPIRED, SnapshotState.CLOSED -> true
        }
