package dev.scruple

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import java.lang.AutoCloseable
import java.util.concurrent.Executor

/** What Java hands over where Kotlin suspends: one of the two is called, once. */
public interface ScrupleCallback<T> {
    /** What was asked for. A session and a snapshot are the callback's to close. */
    public fun onResult(result: T)

    /** There is none. */
    public fun onError(error: ScrupleException)

    /** How callbacks come to be called, for Scruple's own artifacts. */
    @ScrupleSourceApi
    public companion object {
        /** Makes a blocking call where it harms nobody, and tells the callback on the executor. */
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
