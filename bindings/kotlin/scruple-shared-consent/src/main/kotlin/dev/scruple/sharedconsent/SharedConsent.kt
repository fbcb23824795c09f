package dev.scruple.sharedconsent

import android.content.Context
import android.os.Looper
import dev.scruple.ConsentUpdate
import dev.scruple.Session
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine
import java.lang.AutoCloseable
import java.util.concurrent.ArrayBlockingQueue
import java.util.concurrent.Executor

/**
 * The consent that all processes of an app share, for the session of this process. A relay in the app's main process
 * holds it, in memory only.
 *
 * ```kotlin
 * val consent = SharedConsent.join(context, session) // in each process, once its session is open
 * consent.updateConsent { revoke(Category.LOCATION) } // returns when no process has a value of it
 * ```
 *
 * From [join] on, the session follows the relay's consent, and the host changes consent here, no longer at the session.
 * All sessions apply all changes in one order. When the relay's process dies, each session revokes everything at once,
 * and joins again when the process is back. The new relay begins without consent.
 *
 * A host may call every function from any thread, unless the function says otherwise.
 */
public class SharedConsent private constructor(
    private val member: Member,
) : AutoCloseable {
    /**
     * The ids of the processes that an update of this process still waits for. A process that hangs, or that Android
     * has frozen, is listed until it answers or ends. `android.os.Process.killProcess` ends a process of the host's own
     * app.
     */
    public val waitingFor: Set<Int> get() = member.waitingFor

    /**
     * Changes consent in every process. It returns when each session has applied the change and wiped the revoked
     * values, or its process has died. There is no deadline: [waitingFor] names the processes that have not answered.
     *
     * In this process Scruple wipes the values before it sends anything. Cancelling ends the wait and nothing else.
     *
     * @throws SharedConsentException if it is not certain that every process has applied the change.
     */
    @JvmSynthetic
    public suspend fun updateConsent(update: ConsentUpdate): Unit = suspending { member.update(update, it) }

    /**
     * The same, built in place.
     *
     * @throws SharedConsentException if it is not certain that every process has applied the change.
     */
    @JvmSynthetic
    public suspend fun updateConsent(change: ConsentUpdate.Builder.() -> Unit) {
        updateConsent(ConsentUpdate.builder().apply(change).build())
    }

    /**
     * The same for Java: the executor calls the callback, once.
     *
     * @param executor calls the callback, such as the main thread's.
     */
    public fun updateConsent(
        update: ConsentUpdate,
        executor: Executor,
        callback: UpdateCallback,
    ) {
        member.update(update) { failure ->
            elsewhere {
                executor.execute { if (failure == null) callback.onUpdated() else callback.onFailed(failure) }
            }
        }
    }

    /**
     * The same for worker threads: it blocks the calling thread. Interrupting ends the wait and nothing else.
     *
     * @throws SharedConsentException if it is not certain that every process has applied the change.
     * @throws IllegalStateException on the main thread, and on the thread that is applying a change to the session.
     */
    @Throws(SharedConsentException::class, InterruptedException::class)
    public fun updateConsentBlocking(update: ConsentUpdate) {
        checkNotMain("updateConsent")
        check(!member.isWorker) { "this call would wait for its own thread: call updateConsent with a callback" }
        blocking { member.update(update, it) }
    }

    /**
     * Revokes everything in this process's session, and leaves the relay. The session stays open, but no longer hears
     * of revocations. The other processes keep their consent.
     */
    override fun close(): Unit = member.leave()

    /** Joins a session to the relay. */
    public companion object {
        /**
         * Makes the session follow the relay. When this returns, the session has the relay's consent. It starts the
         * app's main process if that does not run.
         *
         * @param context any context of the app. Scruple keeps the application's.
         * @param session the session of this process. Its earlier consent is revoked.
         * @throws SharedConsentException if the session cannot join.
         */
        @JvmSynthetic
        public suspend fun join(
            context: Context,
            session: Session,
        ): SharedConsent = joined(context, session) { member -> suspending(member::join) }

        /**
         * The same for Java: the executor calls the callback, once.
         *
         * @param context any context of the app. Scruple keeps the application's.
         * @param session the session of this process. Its earlier consent is revoked.
         * @param executor calls the callback, such as the main thread's.
         */
        @JvmStatic
        public fun join(
            context: Context,
            session: Session,
            executor: Executor,
            callback: JoinCallback,
        ) {
            val member = Member(context.applicationContext ?: context, session)
            member.join { failure ->
                elsewhere {
                    try {
                        executor.execute {
                            when (failure) {
                                null -> callback.onJoined(SharedConsent(member))
                                else -> callback.onFailed(failure)
                            }
                        }
                    } catch (refused: RuntimeException) {
                        // Nobody is going to close it.
                        member.leave()
                        throw refused
                    }
                }
            }
        }

        /**
         * The same for worker threads: it blocks the calling thread.
         *
         * @param context any context of the app. Scruple keeps the application's.
         * @param session the session of this process. Its earlier consent is revoked.
         * @throws SharedConsentException if the session cannot join.
         * @throws IllegalStateException on the main thread, since Android answers there that it has reached the relay.
         */
        @JvmStatic
        @Throws(SharedConsentException::class, InterruptedException::class)
        public fun joinBlocking(
            context: Context,
            session: Session,
        ): SharedConsent {
            checkNotMain("join")
            return joined(context, session) { member -> blocking(member::join) }
        }

        private inline fun joined(
            context: Context,
            session: Session,
            wait: (Member) -> Unit,
        ): SharedConsent {
            val member = Member(context.applicationContext ?: context, session)
            try {
                wait(member)
            } catch (ended: Throwable) {
                member.leave()
                throw ended
            }
            return SharedConsent(member)
        }
    }
}

/** The callback of [SharedConsent.join] for Java. One of the two functions is called, once. */
public interface JoinCallback {
    /** The session has the relay's consent. */
    public fun onJoined(consent: SharedConsent)

    /** The session could not join, and has no consent. */
    public fun onFailed(error: SharedConsentException)
}

/** The callback of [SharedConsent.updateConsent] for Java. One of the two functions is called, once. */
public interface UpdateCallback {
    /** Every process has applied the change. */
    public fun onUpdated()

    /** It is not certain that every process has applied the change. */
    public fun onFailed(error: SharedConsentException)
}

/** Why a session did not join, or why it is not certain that every process has applied a change. */
public sealed class SharedConsentException(
    message: String,
) : Exception(message) {
    /** The relay cannot be reached from this process. */
    public class Unavailable internal constructor() :
        SharedConsentException(
            "no relay; keep $SERVICE in the merged manifest, and do not join from an isolated process",
        )

    /** The relay refuses this process. The session of this process has revoked everything. */
    public class Refused internal constructor(
        /** The reason, such as another version of the library. */
        public val reason: String,
    ) : SharedConsentException("refused: $reason")

    /**
     * The relay's process died before every process had answered, or is not back. This session has revoked everything,
     * and every other session does so when it learns that the relay died.
     */
    public class Unconfirmed internal constructor(
        /** The ids of the processes that had not answered, as far as the relay had said. */
        public val pids: Set<Int>,
    ) : SharedConsentException("the relay's process died before these processes answered: $pids")

    /**
     * This [SharedConsent] or its session was closed. The update did not reach the other processes, or nobody waited
     * for their answers.
     */
    public class Left internal constructor() : SharedConsentException("this SharedConsent or its session was closed")
}

private const val SERVICE = "dev.scruple.sharedconsent.ConsentService"

/** Hosts' code runs on no thread that an answer comes by. */
private fun elsewhere(work: () -> Unit) = Dispatchers.IO.asExecutor().execute(work)

private fun ended(failure: SharedConsentException?): Result<Unit> =
    if (failure == null) Result.success(Unit) else Result.failure(failure)

private suspend fun suspending(start: (Ended) -> Unit) =
    suspendCancellableCoroutine { waiting ->
        start { failure -> elsewhere { waiting.resumeWith(ended(failure)) } }
    }

private fun checkNotMain(instead: String) =
    check(Looper.myLooper() != Looper.getMainLooper()) { "this would block the main thread: call $instead instead" }

private fun blocking(start: (Ended) -> Unit) {
    val answer = ArrayBlockingQueue<Result<Unit>>(1)
    start { failure -> answer.put(ended(failure)) }
    answer.take().getOrThrow()
}
