package dev.scruple.location

import dev.scruple.Coordinates
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import android.location.Location as SystemLocation

/** What the providers answer, each once, and from any thread: the most accurate is kept, all others are wiped. */
internal class Answers(
    providers: List<String>,
    private val enough: Float,
) {
    private val outstanding = providers.toMutableSet()
    private val complete = CountDownLatch(1)
    private var best: SystemLocation? = null

    /** A provider's answer, which is null if it has none. */
    @Synchronized
    fun put(
        provider: String,
        answer: SystemLocation?,
    ) {
        val kept = best
        if (!outstanding.remove(provider) || (answer != null && kept != null && kept.metresOff <= answer.metresOff)) {
            answer?.reset()
        } else if (answer != null) {
            kept?.reset()
            best = answer
        }
        if (outstanding.isEmpty() || best?.let { it.metresOff <= enough } == true) complete.countDown()
    }

    /** The best, once it is accurate enough, or all are there, or the time is over. */
    fun await(milliseconds: Long): Coordinates? {
        complete.await(milliseconds, TimeUnit.MILLISECONDS)
        return synchronized(this) { best?.taken().also { best = null } }
    }

    /** Whatever comes later is wiped. */
    @Synchronized
    fun close() {
        outstanding.clear()
        best?.reset()
        best = null
    }
}

/** How far off it may be; whatever does not say it may be anywhere. */
internal val SystemLocation.metresOff: Float
    get() = if (hasAccuracy() && accuracy >= 0) accuracy else Float.POSITIVE_INFINITY

/** The place alone; the rest is wiped. */
internal fun SystemLocation.taken(): Coordinates = Coordinates(latitude, longitude).also { reset() }
