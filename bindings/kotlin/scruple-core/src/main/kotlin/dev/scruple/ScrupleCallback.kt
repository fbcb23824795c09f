package dev.scruple

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import java.lang.AutoCloseable
import java.util.concurrent.Executor

/** A callback for Java, where Kotlin suspends. Scruple calls one of the two functions, once. */
public interface ScrupleCallback<T> {
    /** The call succeeded. The callback has to close a session or a snapshot that it gets. */
    public fun onResult(result: T)

    /** The call failed. */
    public fun onError(error: ScrupleException)

    /** Calls callbacks, for Scruple's own artifacts. */
    @ScrupleSourceApi
    public companion object {
        /** Makes a blocking call on a worker thread, and calls the callback on the executor. */
        @JvmSynthetic
        public fun <T> call(
            executor: Executor,
            callback: ScrupleCallback<T>,
            call: () -> T,
        ) {
            Dispatchers.IO.asExecutor().execute {
                try {
                    val result = call()
                    try {
                        executor.execute { callback.onResult(result) }
                    } catch (refused: RuntimeException) {
                        // Nobody is going to close it.
                        (result as? AutoCloseable)?.close()
                        throw refused
                    }
                } catch (error: ScrupleException) {
                    executor.execute { callback.onError(error) }
                }
            }
        }
    }
}
