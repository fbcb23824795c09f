package dev.scruple.sample

import android.os.Process
import dev.scruple.ConsentUpdate
import dev.scruple.sharedconsent.SharedConsent
import dev.scruple.sharedconsent.SharedConsentException
import kotlinx.coroutines.withTimeoutOrNull

/** Where the person's answer goes: in the app to the sessions of all processes, in a test to one. */
interface Consent : AutoCloseable {
    /**
     * Changes what is agreed to. What is taken back is gone from this process before it suspends, and from every
     * process when it returns.
     *
     * @throws SharedConsentException if it is not certain that every process has it.
     */
    suspend fun update(update: ConsentUpdate)
}

/** The consent of all processes. */
class ConsentOfAll(
    private val shared: SharedConsent,
) : Consent,
    AutoCloseable by shared {
    /** Ends a process that does not answer, since it hangs or Android froze it: with a process goes its memory. */
    override suspend fun update(update: ConsentUpdate) {
        val done = withTimeoutOrNull(PATIENCE_MS) { shared.updateConsent(update) }
        if (done == null) (shared.waitingFor - Process.myPid()).forEach(Process::killProcess)
    }

    private companion object {
        const val PATIENCE_MS = 5_000L
    }
}
