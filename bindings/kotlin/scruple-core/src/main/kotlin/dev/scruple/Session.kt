package dev.scruple

import androidx.annotation.WorkerThread
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import java.lang.AutoCloseable
import java.util.concurrent.Executor

/**
 * A host opens one session in each process, with a policy. It holds consent, the audit and the live snapshots.
 *
 * On Android `AndroidSession.open(context, policy)` of `dev.scruple:scruple` opens one, on a computer
 * [JvmSession.open].
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
 * A host may call every function from any thread. Only [collect] reads items, and it holds no lock while it reads.
 * `dev.scruple:scruple-testing` has an implementation in memory, for the host's own tests.
 */
public interface Session : AutoCloseable {
    /**
     * Reads the permitted items for the purpose: all of them, or only those named. An item that is not permitted costs
     * nothing: Scruple does not read it.
     *
     * It waits on [Dispatchers.IO], at most for the longest deadline of the sources that it asks. Cancelling ends the
     * wait at once. Scruple wipes at once what it reads after that.
     *
     * @throws ScrupleException.Closed if the session is closed, or was closed meanwhile.
     * @throws ScrupleException.NoThread if the system cannot start the thread that enforces the retention.
     */
    public suspend fun collect(
        purpose: Purpose,
        items: Set<Item> = Item.ALL,
    ): Snapshot = onIo { collectBlocking(purpose, items) }

    /**
     * The same for Java: the executor calls the callback, once. The callback has to close the snapshot.
     *
     * @param executor calls the callback, such as `context.mainExecutor`.
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
     * The same for worker threads: it blocks the calling thread. On Android's main thread it throws at once.
     *
     * @throws ScrupleException.Closed if the session is closed, or was closed meanwhile.
     * @throws ScrupleException.NoThread if the system cannot start the thread that enforces the retention.
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
     * Changes consent. Before this returns, Scruple wipes from every live snapshot the values that are no longer agreed
     * to, and the host's records of each category that no purpose permits any more. A collection in flight delivers
     * none of these values.
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
     * Takes over the host's records, in place of earlier ones. The session holds them until it ends or consent to their
     * category is revoked. It gives them out through the gate only.
     *
     * @throws ScrupleException.Input if a field is wrong: the error names it, and the session takes nothing over.
     * @throws ScrupleException.Closed if the session is closed.
     */
    @Throws(ScrupleException::class)
    public fun supply(records: HostRecords)

    /**
     * Says for every item of the agreement whether it may be read now for the purpose. Scruple asks every layer except
     * the operating system.
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

    /** The latest reads: which item, when and for which purpose, never a value. A closed session still lists them. */
    public fun audit(): List<AuditEntry>

    /** [audit] now and after every change, for a screen that shows it. The flow ends once the session is closed. */
    public val audits: Flow<List<AuditEntry>>

    /**
     * Wipes every live snapshot. Collections in flight deliver nothing, and every later call except [audit] gives
     * [ScrupleException.Closed].
     */
    override fun close()
}
