package dev.scruple

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import java.lang.AutoCloseable
import java.util.concurrent.CancellationException
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicReference

/**
 * What a host opens with a policy, once a process: holds consent, the audit and the live snapshots.
 *
 * ```kotlin
 * val session = Session.open(Policy { enable(Category.DEVICE) })
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
     * The same, for Java: the callback is called by the executor, once.
     *
     * @param executor where the callback is called, such as the main thread's.
     */
    public fun collect(
        purpose: Purpose,
        items: Set<Item>,
        executor: Executor,
        callback: CollectCallback,
    ) {
        Dispatchers.IO.asExecutor().execute {
            try {
                val snapshot = collectBlocking(purpose, items)
                try {
                    executor.execute { callback.onCollected(snapshot) }
                } catch (refused: RuntimeException) {
                    // Nobody is going to close it.
                    snapshot.close()
                    throw refused
                }
            } catch (error: ScrupleException) {
                executor.execute { callback.onFailed(error) }
            }
        }
    }

    /** The same for all items. */
    public fun collect(
        purpose: Purpose,
        executor: Executor,
        callback: CollectCallback,
    ) {
        collect(purpose, Item.ALL, executor, callback)
    }

    /**
     * The same, blocking the thread that calls: for worker threads, never for the main thread.
     *
     * @throws ScrupleException.Closed if the session is closed, or was meanwhile.
     * @throws ScrupleException.NoThread if the system has no thread to enforce the retention with.
     */
    @Throws(ScrupleException::class)
    public fun collectBlocking(
        purpose: Purpose,
        items: Set<Item>,
    ): Snapshot

    /** The same for all items. */
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

    /**
     * Wipes every live snapshot. Collections in flight deliver nothing, and every later call but [audit] gives
     * [ScrupleException.Closed].
     */
    override fun close()

    /** How sessions come about. */
    public companion object {
        /**
         * Opens a session on this device. Nothing is read, and nothing will be before consent is given.
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
         * The same, blocking the thread that calls: for worker threads, since the first call loads the native library.
         *
         * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
         * @throws ScrupleException.Library if the native library is missing or is not this version's.
         */
        @JvmStatic
        @JvmOverloads
        @Throws(ScrupleException::class)
        public fun openBlocking(
            policy: Policy,
            sources: List<Source> = emptyList(),
        ): Session = NativeSession.open(policy, sources)

        /**
         * Loads JNA and the native library, which takes a moment, off the main thread. Whoever does not call it pays
         * for it with the first call that needs them.
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
        @JvmStatic
        @Throws(ScrupleException::class)
        public fun warmUpBlocking() {
            NativeLibrary.load()
        }
    }
}

/** What [Session.collect] tells Java: one of the two, once. */
public interface CollectCallback {
    /** The snapshot, which is the callback's to close. */
    public fun onCollected(snapshot: Snapshot)

    /** There is none. */
    public fun onFailed(error: ScrupleException)
}

/** Runs a blocking call where it harms nobody. What comes after a cancellation is closed: nobody else will. */
private suspend fun <T : AutoCloseable> onIo(call: () -> T): T {
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
