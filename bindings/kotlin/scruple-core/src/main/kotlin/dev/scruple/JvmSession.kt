package dev.scruple

import androidx.annotation.WorkerThread
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.util.concurrent.Executor

/** For a JVM on a computer. On Android the session needs a context, and `AndroidSession.open(context, …)` takes one. */
@RequiresOptIn(
    "Opens a session on a computer's JVM. On Android call AndroidSession.open(context, policy, sources) instead.",
    RequiresOptIn.Level.ERROR,
)
@Target(AnnotationTarget.CLASS)
@Retention(AnnotationRetention.BINARY)
public annotation class ScrupleJvmApi

/** Opens sessions on a computer's JVM. */
@ScrupleJvmApi
public object JvmSession {
    /**
     * Opens a session on this computer. Scruple reads nothing until consent is given.
     *
     * @param sources the sources that read feature data, at most one for each item.
     * @throws ScrupleException.Input if a field of the policy is out of range, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
     */
    @JvmSynthetic
    public suspend fun open(
        policy: Policy,
        sources: List<Source> = emptyList(),
    ): Session = onIo { openBlocking(policy, sources) }

    /**
     * The same for Java: the executor calls the callback, once.
     *
     * @param executor calls the callback.
     */
    @JvmStatic
    @OptIn(ScrupleSourceApi::class)
    public fun open(
        policy: Policy,
        sources: List<Source>,
        executor: Executor,
        callback: ScrupleCallback<Session>,
    ) {
        ScrupleCallback.call(executor, callback) { openBlocking(policy, sources) }
    }

    /**
     * The same for worker threads: it blocks the calling thread, and the first call loads the native library.
     *
     * @throws ScrupleException.Input if a field of the policy is out of range, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
     */
    @WorkerThread
    @JvmStatic
    @JvmOverloads
    @Throws(ScrupleException::class)
    public fun openBlocking(
        policy: Policy,
        sources: List<Source> = emptyList(),
    ): Session = NativeSession.open(policy, sources)

    /**
     * Loads JNA and the native library off the main thread, which takes a moment. Without this call, the first call
     * that needs them loads them.
     *
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
     */
    @JvmSynthetic
    public suspend fun warmUp(): Unit = withContext(Dispatchers.IO) { warmUpBlocking() }

    /**
     * The same for worker threads: it blocks the calling thread.
     *
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
     */
    @WorkerThread
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun warmUpBlocking() {
        NativeLibrary.load()
    }
}
