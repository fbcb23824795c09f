package dev.scruple

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update

/** That something changed in a session: its flows look again. */
internal class Changes {
    private val count = MutableStateFlow(0L)

    /** Has another value after every change. */
    val all: StateFlow<Long> get() = count

    fun tell() = count.update { it + 1 }
}
