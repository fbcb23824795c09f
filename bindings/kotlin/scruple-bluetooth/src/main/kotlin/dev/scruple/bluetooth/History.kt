package dev.scruple.bluetooth

import dev.scruple.AdapterState

/** What reading has met so far, the latest last: codes and states only. */
internal class History {
    private val failures = ArrayDeque<Int>()
    private val earlier = ArrayDeque<AdapterState>()
    private var current: AdapterState? = null

    /** The system's codes of the scans that failed. */
    val scanErrors: List<Int>
        @Synchronized get() = failures.toList()

    /** Where the adapter stood before. */
    val states: List<AdapterState>
        @Synchronized get() = earlier.toList()

    /** Takes down where the adapter stands. */
    @Synchronized
    fun saw(state: AdapterState): AdapterState {
        current?.let { if (it != state) earlier.addLatest(it) }
        current = state
        return state
    }

    /** Takes down that a scan failed. */
    @Synchronized
    fun failed(code: Int) {
        failures.addLatest(code)
    }

    /** Forgets all of it. */
    @Synchronized
    fun clear() {
        failures.clear()
        earlier.clear()
        current = null
    }

    private fun <T> ArrayDeque<T>.addLatest(event: T) {
        if (size == MOST) removeFirst()
        addLast(event)
    }

    private companion object {
        /** As many as the core passes on. */
        const val MOST = 32
    }
}
