package dev.scruple

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withTimeoutOrNull

/** Where a snapshot stands, for a screen that shows it. [EXPIRED] and [CLOSED] are for good. */
public enum class SnapshotState(
    /** The stable name, the same in Swift. */
    public val id: String,
) {
    /** All that was collected is there. */
    LIVE("live"),

    /** Consent to some of it was taken back, and that is wiped ([Snapshot.revoked]); the rest is there. */
    REVOKED("revoked"),

    /** The policy's retention is over. Everything is wiped. */
    EXPIRED("expired"),

    /** The snapshot or its session was closed. Everything is wiped. */
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
