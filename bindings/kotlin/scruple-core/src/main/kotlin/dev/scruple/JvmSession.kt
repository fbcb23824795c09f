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

/** How sessions come about on a computer's JVM. */
@ScrupleJvmApi
public object JvmSession {
    /**
     * Opens a session on this computer. Nothing is read, and nothing will be before consent is given.
     *
     * @param sources what reads feature data; each item has one source at most.
     * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @JvmSynthetic
    public suspend fun open(
        policy: Policy,
        sources: List<Source> = emptyList(),
    ): Session = onIo { openBlocking(policy, sources) }

    /**
     * The same, for Java: the callback is called by the executor, once.
     *
     * @param executor where the callback is called.
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
     * The same, blocking the thread that calls: for worker threads, since the first call loads the native library.
     *
     * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
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
     * Loads JNA and the native library, which takes a moment, off the main thread. Whoever does not call it pays for it
     * with the first call that needs them.
     *
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @JvmSynthetic
    public suspend fun warmUp(): Unit = withContext(Dispatchers.IO) { warmUpBlocking() }

    /**
     * The same, blocking the thread that calls: for worker threads.
     *
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @WorkerThread
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun warmUpBlocking() {
        NativeLibrary.load()
    }
}
