package dev.scruple.location

import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.LocationManager
import android.os.Build.VERSION.SDK_INT
import android.os.Build.VERSION_CODES
import android.os.Process.myPid
import android.os.Process.myUid
import android.os.SystemClock
import dev.scruple.Coordinates
import dev.scruple.LocationSource
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException
import dev.scruple.SystemPermission
import dev.scruple.android.ApplicationContext
import java.util.concurrent.TimeUnit

/** Asks the system's location service. */
@OptIn(ScrupleSourceApi::class)
internal class LocationReader(
    private val accuracy: Accuracy,
) : LocationSource {
    override fun permission(): SystemPermission {
        val context = ApplicationContext.get()
        val granted = context.checkPermission(accuracy.permission, myPid(), myUid()) == PERMISSION_GRANTED
        return if (granted) SystemPermission.GRANTED else SystemPermission.DENIED
    }

    override fun read(deadlineMs: Long): Coordinates =
        try {
            val manager =
                ApplicationContext.get().getSystemService(Context.LOCATION_SERVICE) as LocationManager?
                    ?: throw SourceException(SourceErrorKind.UNSUPPORTED)
            val providers = enabledProviders(manager)
            current(manager, providers, deadlineMs - minOf(deadlineMs / 4, MARGIN_MS))
                ?: lastKnown(manager, providers)
                ?: throw SourceException(SourceErrorKind.NOT_READY)
        } catch (_: SecurityException) {
            // Taken back since the gate asked.
            throw SourceException(SourceErrorKind.NOT_PERMITTED)
        }

    private fun enabledProviders(manager: LocationManager): List<String> {
        val has = manager.allProviders
        val providers = accuracy.providers.filter { it in has && (it != LocationManager.FUSED_PROVIDER || hasFused) }
        if (providers.isEmpty()) throw SourceException(SourceErrorKind.UNSUPPORTED)
        return providers.filter(manager::isProviderEnabled).ifEmpty {
            throw SourceException(SourceErrorKind.DISABLED)
        }
    }

    /** All providers are asked at once, since the best may have no answer: satellites are out of sight indoors. */
    private fun current(
        manager: LocationManager,
        providers: List<String>,
        waitMs: Long,
    ): Coordinates? {
        val answers = Answers(providers, accuracy.metres)
        val requests =
            if (SDK_INT >= VERSION_CODES.R) {
                CurrentLocations(manager, accuracy.quality, waitMs)
            } else {
                SingleUpdates(manager)
            }
        return try {
            for (provider in providers) {
                try {
                    requests.ask(provider) { answers.put(provider, it) }
                } catch (_: IllegalArgumentException) {
                    // It has gone meanwhile.
                    answers.put(provider, null)
                }
            }
            answers.await(waitMs)
        } finally {
            answers.close()
            requests.close()
        }
    }

    private fun lastKnown(
        manager: LocationManager,
        providers: List<String>,
    ): Coordinates? =
        providers
            .mapNotNull(manager::getLastKnownLocation)
            .filter { SystemClock.elapsedRealtimeNanos() - it.elapsedRealtimeNanos in 0..OLDEST_NS }
            .minByOrNull { it.metresOff }
            ?.taken()

    private companion object {
        /** Left for the way back, so that the answer is the source's own and the next call finds it free. */
        const val MARGIN_MS = 500L

        /** Later the device may be somewhere else. */
        val OLDEST_NS = TimeUnit.MINUTES.toNanos(2)

        /** Before, there was one for the system only. */
        val hasFused = SDK_INT >= VERSION_CODES.S
    }
}
