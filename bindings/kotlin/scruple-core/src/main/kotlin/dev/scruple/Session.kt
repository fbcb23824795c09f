package dev.scruple

import androidx.annotation.WorkerThread
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import java.lang.AutoCloseable
import java.util.concurrent.Executor

/**
 * What a host opens with a policy, once a process: holds consent, the audit and the live snapshots.
 *
 * On Android `AndroidSession.open(context, policy)` opens one, in `dev.scruple:scruple`; on a computer [JvmSession.open].
 *
 * ```kotlin
 * val session = AndroidSession.open(context, Policy { enable(Category.DEVICE) })
 * session.updateConsent {
 *     age = Age.AT_LEAST_MINIMUM
 *     grant(Category.DEVICE)
 * }
 * session.collect(Purpose.FEATURE).use { snapshot -> show(snapshot.device.model) }
 * ```
 *
 * Every function may be called from any thread. Only collecting reads the platform, and no lock is held while it does.
 * `dev.scruple:scruple-testing` has an implementation in memory, for the host's own tests.
 */
public interface Session : AutoCloseable {
    /**
     * Reads what is permitted for the purpose: all items, or only those named. An item that is not permitted costs
     * nothing: it is not read.
     *
     * It waits on [Dispatchers.IO], at most for the longest deadline of a source that is asked. Cancelling abandons the
     * wait at once, and what is read later is wiped at once.
     *
     * @throws ScrupleException.Closed if the session is closed, or was meanwhile.
     * @throws ScrupleException.NoThread if the system has no thread to enforce the retention with.
     */
    public suspend fun collect(
        purpose: Purpose,
        items: Set<Item> = Item.ALL,
    ): Snapshot = onIo { collectBlocking(purpose, items) }

    /**
     * The same, for Java: the callback is called by the executor, once. The snapshot is the callback's to close.
     *
     * @param executor where the callback is called, such as `context.mainExecutor`.
     */
    @OptIn(ScrupleSourceApi::class)
    public fun collect(
        purpose: Purpose,
        items: Set<Item>,
        executor: Executor,
        callback: ScrupleCallback<Snapshot>,
    ) {
        ScrupleCallback.call(executor, callback) { collectBlocking(purpose, items) }
    }

    /** The same for all items. */
    public fun collect(
        purpose: Purpose,
        executor: Executor,
        callback: ScrupleCallback<Snapshot>,
    ) {
        collect(purpose, Item.ALL, executor, callback)
    }

    /**
     * The same, blocking the thread that calls: for worker threads. On Android's main thread it throws at once.
     *
     * @throws ScrupleException.Closed if the session is closed, or was meanwhile.
     * @throws ScrupleException.NoThread if the system has no thread to enforce the retention with.
     */
    @WorkerThread
    @Throws(ScrupleException::class)
    public fun collectBlocking(
        purpose: Purpose,
        items: Set<Item>,
    ): Snapshot

    /** The same for all items. */
    @WorkerThread
    @Throws(ScrupleException::class)
    public fun collectBlocking(purpose: Purpose): Snapshot = collectBlocking(purpose, Item.ALL)

    /**
     * Changes what is agreed to. Values of a category that is no longer agreed to are wiped from every live snapshot
     * before this returns, and a collection in flight delivers none of them.
     *
     * @throws ScrupleException.Closed if the session is closed.
     */
    @Throws(ScrupleException::class)
    public fun updateConsent(update: ConsentUpdate)

    /**
     * The same, built in place.
     *
     * @throws ScrupleException.Closed if the session is closed.
     */
    @JvmSynthetic
    public fun updateConsent(change: ConsentUpdate.Builder.() -> Unit) {
        updateConsent(ConsentUpdate.builder().apply(change).build())
    }

    /**
     * Takes over the host's records, in place of earlier ones. They are held until the session ends or consent to their
     * category is taken back, and given out through the gate only.
     *
     * @throws ScrupleException.Input with the field that is not as it ought to be; then nothing is taken over.
     * @throws ScrupleException.Closed if the session is closed.
     */
    @Throws(ScrupleException::class)
    public fun supply(records: HostRecords)

    /**
     * What may be read now for the purpose, by every layer but the operating system, which is not asked. Every item of
     * the agreement is in it.
     *
     * @throws ScrupleException.Closed if the session is closed.
     */
    @Throws(ScrupleException::class)
    public fun explain(purpose: Purpose): Map<Item, Decision>

    /**
     * The same as JSON, in the form that the command line and Swift give.
     *
     * @throws ScrupleException.Closed if the session is closed.
     */
    @Throws(ScrupleException::class)
    public fun explainJson(purpose: Purpose): String

    /** What was read, when and for which purpose: the latest reads, never a value. A closed session still says it. */
    public fun audit(): List<AuditEntry>

    /** [audit] now and after every change, for a screen that shows it. It ends once the session is closed. */
    public val audits: Flow<List<AuditEntry>>

    /**
     * Wipes every live snapshot. Collections in flight deliver nothing, and every later call but [audit] gives
     * [ScrupleException.Closed].
     */
    override fun close()
}
