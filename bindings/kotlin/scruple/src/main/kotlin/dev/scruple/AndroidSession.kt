package dev.scruple

import android.content.Context
import androidx.annotation.WorkerThread
import dev.scruple.android.ApplicationContext
import dev.scruple.android.refuseOnMain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.util.concurrent.Executor

/**
 * How sessions come about on Android.
 *
 * ```kotlin
 * val policy = AndroidPolicy.fromAsset(context, "scruple.json")
 * val session = AndroidSession.open(context, policy, listOf(FuzzyLocation, AndroidWebView))
 * ```
 */
@OptIn(ScrupleJvmApi::class, ScrupleSourceApi::class)
public object AndroidSession {
    /**
     * Opens a session on this device. Nothing is read, and nothing will be before consent is given.
     *
     * @param context any of the app's; the application's is kept.
     * @param sources what reads feature data; each item has one source at most.
     * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @JvmSynthetic
    public suspend fun open(
        context: Context,
        policy: Policy,
        sources: List<Source> = emptyList(),
    ): Session {
        withContext(Dispatchers.IO) { ApplicationContext.install(context) }
        return OffMainThread(JvmSession.open(policy, sources))
    }

    /**
     * The same, for Java: the callback is called by the executor, once.
     *
     * @param executor where the callback is called, such as `context.mainExecutor`.
     */
    @JvmStatic
    public fun open(
        context: Context,
        policy: Policy,
        sources: List<Source>,
        executor: Executor,
        callback: ScrupleCallback<Session>,
    ) {
        ScrupleCallback.call(executor, callback) { openBlocking(context, policy, sources) }
    }

    /**
     * The same, blocking the thread that calls: for worker threads.
     *
     * @throws IllegalStateException at once, on the main thread.
     * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @WorkerThread
    @JvmStatic
    @JvmOverloads
    @Throws(ScrupleException::class)
    public fun openBlocking(
        context: Context,
        policy: Policy,
        sources: List<Source> = emptyList(),
    ): Session {
        refuseOnMain("AndroidSession.openBlocking", "AndroidSession.open")
        ApplicationContext.install(context)
        return OffMainThread(JvmSession.openBlocking(policy, sources))
    }

    /**
     * Loads JNA and the native library and hands the context over, which takes a moment, off the main thread. Whoever
     * does not call it pays for it with the first call that needs them.
     *
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @JvmSynthetic
    public suspend fun warmUp(context: Context): Unit = withContext(Dispatchers.IO) { warmUpBlocking(context) }

    /**
     * The same, blocking the thread that calls: for worker threads.
     *
     * @throws IllegalStateException at once, on the main thread.
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @WorkerThread
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun warmUpBlocking(context: Context) {
        refuseOnMain("AndroidSession.warmUpBlocking", "AndroidSession.warmUp")
        ApplicationContext.install(context)
        JvmSession.warmUpBlocking()
    }
}

/** A session whose blocking call refuses the main thread. */
private class OffMainThread(
    private val session: Session,
) : Session by session {
    override fun collectBlocking(
        purpose: Purpose,
        items: Set<Item>,
    ): Snapshot {
        refuseOnMain("Session.collectBlocking", "Session.collect")
        return session.collectBlocking(purpose, items)
    }

    // Delegation hands over the interface's own bodies too.
    override fun collectBlocking(purpose: Purpose): Snapshot = collectBlocking(purpose, Item.ALL)
}
