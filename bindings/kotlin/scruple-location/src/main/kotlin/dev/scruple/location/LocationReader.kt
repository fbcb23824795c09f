package dev.scruple.location

import android.app.AppOpsManager
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
import android.location.Location as SystemLocation

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
            val context = ApplicationContext.get()
            val manager =
                context.getSystemService(Context.LOCATION_SERVICE) as LocationManager?
                    ?: throw SourceException(SourceErrorKind.UNSUPPORTED)
            val providers = enabledProviders(manager)
            if (wouldWaitInVain(context)) throw SourceException(SourceErrorKind.NOT_READY)
            val known = if (accuracy.takesKnown) lastKnown(manager, providers) else null
            known
                ?: current(manager, providers, deadlineMs - minOf(deadlineMs / 4, MARGIN_MS))
                ?: lastKnown(manager, providers)
                ?: throw SourceException(SourceErrorKind.NOT_READY)
        } catch (_: SecurityException) {
            // Taken back since the gate asked.
            throw SourceException(SourceErrorKind.NOT_PERMITTED)
        }

    /**
     * Whether Android would answer nothing just now: from Android 10 the permission counts while the app is in front, unless
     * the person gave it for the background too. The operation's mode is what Android itself goes by: it knows of the app's
     * other processes and of services in front.
     */
    private fun wouldWaitInVain(context: Context): Boolean {
        if (SDK_INT < VERSION_CODES.Q) return false
        val operations = context.getSystemService(Context.APP_OPS_SERVICE) as AppOpsManager?
        val operation = AppOpsManager.permissionToOp(accuracy.permission)
        if (operations == null || operation == null) return false
        val mode = operations.unsafeCheckOpNoThrow(operation, myUid(), context.packageName)
        return mode == AppOpsManager.MODE_IGNORED
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

    /** The most accurate of the places that the providers have known for two minutes at most; all others are wiped. */
    private fun lastKnown(
        manager: LocationManager,
        providers: List<String>,
    ): Coordinates? {
        val known = providers.mapNotNull(manager::getLastKnownLocation)
        val best =
            known
                .filter { SystemClock.elapsedRealtimeNanos() - it.elapsedRealtimeNanos in 0..OLDEST_NS }
                .minByOrNull { it.metresOff }
        known.filter { it !== best }.forEach(SystemLocation::reset)
        return best?.taken()
    }

    private companion object {
        /** Left for the way back, so that the answer is the source's own and the next call finds it free. */
        const val MARGIN_MS = 500L

        /** Later the device may be somewhere else. */
        val OLDEST_NS = TimeUnit.MINUTES.toNanos(2)

        /** Before, there was one for the system only. */
        val hasFused = SDK_INT >= VERSION_CODES.S
    }
}
