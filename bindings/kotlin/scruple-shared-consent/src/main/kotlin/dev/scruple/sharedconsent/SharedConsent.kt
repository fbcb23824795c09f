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
 * The consent of all processes of an app, for the session of this one. A relay in the app's main process has it, in
 * memory only.
 *
 * ```kotlin
 * val consent = SharedConsent.join(context, session) // in each process, once its session is open
 * consent.updateConsent { revoke(Category.LOCATION) } // returns when no process has a value of it
 * ```
 *
 * From [join] on the session agrees to what the relay says, and the host changes consent here, no longer at the
 * session. All sessions take all changes over in one order. When the relay's process dies, each session takes
 * everything back at once, and joins again when the process is back; the new relay begins with nothing agreed to.
 *
 * Every function may be called from any thread, unless it says otherwise.
 */
public class SharedConsent private constructor(
    private val member: Member,
) : AutoCloseable {
    /**
     * The processes, by their ids, that an update of this process still waits for. One that hangs, or that Android has
     * frozen, stays here until it answers or is gone: `android.os.Process.killProcess` ends a process of the own app.
     */
    public val waitingFor: Set<Int> get() = member.waitingFor

    /**
     * Changes what is agreed to, in every process. It returns when each session has taken the change over and wiped
     * what it takes back, or its process has died. There is no deadline: [waitingFor] names who has not answered.
     *
     * In this process values are wiped before anything is sent. Cancelling ends the waiting and nothing else.
     *
     * @throws SharedConsentException if it is not certain that every process has it.
     */
    @JvmSynthetic
    public suspend fun updateConsent(update: ConsentUpdate): Unit = suspending { member.update(update, it) }

    /**
     * The same, built in place.
     *
     * @throws SharedConsentException if it is not certain that every process has it.
     */
    @JvmSynthetic
    public suspend fun updateConsent(change: ConsentUpdate.Builder.() -> Unit) {
        updateConsent(ConsentUpdate.builder().apply(change).build())
    }

    /**
     * The same, for Java: the callback is called by the executor, once.
     *
     * @param executor where the callback is called, such as the main thread's.
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
     * The same, blocking the thread that calls: for worker threads. Interrupting ends the waiting and nothing else.
     *
     * @throws SharedConsentException if it is not certain that every process has it.
     * @throws IllegalStateException on the main thread, and where a session is just taking a change over.
     */
    @Throws(SharedConsentException::class, InterruptedException::class)
    public fun updateConsentBlocking(update: ConsentUpdate) {
        checkNotMain("updateConsent")
        check(!member.isWorker) { "this session's own answer is waited for: call updateConsent with a callback" }
        blocking { member.update(update, it) }
    }

    /**
     * Takes everything back in this process's session, which no longer hears of revocations then, and leaves. The
     * session stays open, and the other processes keep what they agreed to.
     */
    override fun close(): Unit = member.leave()

    /** How a session joins. */
    public companion object {
        /**
         * Has the session follow the relay; it agrees to what stands when this returns. It starts the app's main
         * process if that does not run.
         *
         * @param context any of the app's; the application's is kept.
         * @param session of this process; what it agreed to by itself is taken back.
         * @throws SharedConsentException if it cannot.
         */
        @JvmSynthetic
        public suspend fun join(
            context: Context,
            session: Session,
        ): SharedConsent = joined(context, session) { member -> suspending(member::join) }

        /**
         * The same, for Java: the callback is called by the executor, once.
         *
         * @param context any of the app's; the application's is kept.
         * @param session of this process; what it agreed to by itself is taken back.
         * @param executor where the callback is called, such as the main thread's.
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
                            if (failure ==
                                null
                            ) {
                                callback.onJoined(SharedConsent(member))
                            } else {
                                callback.onFailed(failure)
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
         * The same, blocking the thread that calls: for worker threads.
         *
         * @param context any of the app's; the application's is kept.
         * @param session of this process; what it agreed to by itself is taken back.
         * @throws SharedConsentException if it cannot.
         * @throws IllegalStateException on the main thread, which Android tells of the relay.
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

/** What [SharedConsent.join] tells Java: one of the two, once. */
public interface JoinCallback {
    /** The session agrees to what stands. */
    public fun onJoined(consent: SharedConsent)

    /** It could not join, and agrees to nothing. */
    public fun onFailed(error: SharedConsentException)
}

/** What [SharedConsent.updateConsent] tells Java: one of the two, once. */
public interface UpdateCallback {
    /** Every process has it. */
    public fun onUpdated()

    /** It is not certain that every process has it. */
    public fun onFailed(error: SharedConsentException)
}

/** Why a session did not join, or why nobody knows whether every process has taken a change over. */
public sealed class SharedConsentException(
    message: String,
) : Exception(message) {
    /** The relay cannot be reached from this process. */
    public class Unavailable internal constructor() :
        SharedConsentException(
            "no relay; leave $SERVICE in the merged manifest, and join from no isolated process",
        )

    /** The relay takes nothing from this process, whose session has taken everything back. */
    public class Refused internal constructor(
        /** Why, such as another version of the library. */
        public val reason: String,
    ) : SharedConsentException("refused: $reason")

    /**
     * The relay's process died before every process had answered, or is not back. This session has taken everything
     * back, and every other one does as it hears of that death.
     */
    public class Unconfirmed internal constructor(
        /** The processes, by their ids, that had not answered, as far as the relay had said. */
        public val pids: Set<Int>,
    ) : SharedConsentException("the relay's process died; not answered: $pids")

    /** This was closed, or its session was. The update did not reach the other processes, or nobody waited for them. */
    public class Left internal constructor() : SharedConsentException("closed, or its session was")
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
    check(Looper.myLooper() != Looper.getMainLooper()) { "this blocks: on the main thread call $instead" }

private fun blocking(start: (Ended) -> Unit) {
    val answer = ArrayBlockingQueue<Result<Unit>>(1)
    start { failure -> answer.put(ended(failure)) }
    answer.take().getOrThrow()
}
