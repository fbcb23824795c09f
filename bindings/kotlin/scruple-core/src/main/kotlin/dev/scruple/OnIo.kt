package dev.scruple

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine
import java.lang.AutoCloseable
import java.util.concurrent.CancellationException
import java.util.concurrent.atomic.AtomicReference

/** Runs a blocking call where it harms nobody. What comes after a cancellation is closed: nobody else will. */
internal suspend fun <T : AutoCloseable> onIo(call: () -> T): T {
    val wanted = Wanted()
    try {
        return suspendCancellableCoroutine { waiting ->
            waiting.invokeOnCancellation { wanted.end() }
            Dispatchers.IO.asExecutor().execute {
                if (waiting.isActive) waiting.resumeWith(runCatching { call().also(wanted::put) })
            }
        }
    } catch (cancelled: CancellationException) {
        // Between the value's arrival and its reader's turn.
        wanted.end()
        throw cancelled
    }
}

/** Where a value waits for its reader, who may have gone. */
private class Wanted {
    private val value = AtomicReference<AutoCloseable?>()

    fun put(arrived: AutoCloseable) {
        if (!value.compareAndSet(null, arrived)) arrived.close()
    }

    fun end() {
        value.getAndSet(Nobody)?.close()
    }

    private object Nobody : AutoCloseable {
        override fun close() = Unit
    }
}
