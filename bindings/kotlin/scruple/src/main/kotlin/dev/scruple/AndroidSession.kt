package dev.scruple

import android.content.Context
import androidx.annotation.WorkerThread
import dev.scruple.android.ApplicationContext
import dev.scruple.android.refuseOnMain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.util.concurrent.Executor

/**
 * Opens sessions on Android.
 *
 * ```kotlin
 * val policy = AndroidPolicy.fromAsset(context, "scruple.json")
 * val session = AndroidSession.open(context, policy, listOf(FuzzyLocation, AndroidWebView))
 * ```
 */
@OptIn(ScrupleJvmApi::class, ScrupleSourceApi::class)
public object AndroidSession {
    /**
     * Opens a session on this device. Scruple reads nothing until consent is given.
     *
     * @param context any context of the app. Scruple keeps the application's.
     * @param sources the sources that read feature data, at most one for each item.
     * @throws ScrupleException.Input if a field of the policy is out of range, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
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
     * The same for Java: the executor calls the callback, once.
     *
     * @param executor calls the callback, such as `context.mainExecutor`.
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
     * The same for worker threads: it blocks the calling thread.
     *
     * @throws IllegalStateException at once, on the main thread.
     * @throws ScrupleException.Input if a field of the policy is out of range, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
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
     * Loads JNA and the native library and hands the context over, off the main thread. This takes a moment. Without
     * this call, the first call that needs them does it.
     *
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
     */
    @JvmSynthetic
    public suspend fun warmUp(context: Context): Unit = withContext(Dispatchers.IO) { warmUpBlocking(context) }

    /**
     * The same for worker threads: it blocks the calling thread.
     *
     * @throws IllegalStateException at once, on the main thread.
     * @throws ScrupleException.Library if the native library is missing or belongs to another version.
     */
    @WorkerThread
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun warmUpBlocking(context: Context) {
        refuseOnMain("AndroidSession.warmUpBlocking", "AndroidSession.warmUp")
        ApplicationContext.install(context)
        JvmSession.warmUpBlocking()
    }

    /**
     * Lets a release build write to logcat, under the tag `Scruple`, what a debuggable app writes there by itself: the
     * ids of items and the reasons why they have no value, never a value. It takes effect at the next [open] or
     * [warmUp], and lasts until the process ends. Without it a release build writes nothing.
     */
    @JvmStatic
    public fun logToLogcat() {
        ApplicationContext.isLogWanted = true
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
