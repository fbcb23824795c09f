package dev.scruple.location

import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.location.LocationRequest
import android.os.Build.VERSION.SDK_INT
import android.os.Build.VERSION_CODES
import android.os.Bundle
import android.os.CancellationSignal
import android.os.HandlerThread

/** Requests under way, none of which needs the main thread. */
internal interface Requests : AutoCloseable {
    /** Asks a provider, which answers from any thread. */
    fun ask(
        provider: String,
        answer: (Location?) -> Unit,
    )

    /** Takes back whatever is still under way. */
    override fun close()
}

/** As Android 11 and later do it. A class of its own, since older ones cannot load it. */
internal class CurrentLocations(
    private val manager: LocationManager,
    private val quality: Int,
    private val milliseconds: Long,
) : Requests {
    private val signals = mutableListOf<CancellationSignal>()

    override fun ask(
        provider: String,
        answer: (Location?) -> Unit,
    ) {
        // One for each: a signal tells one listener only.
        val signal = CancellationSignal().also(signals::add)
        if (SDK_INT >= VERSION_CODES.S) {
            val request =
                LocationRequest
                    .Builder(0)
                    .setQuality(quality)
                    .setDurationMillis(milliseconds.coerceAtLeast(1))
                    .build()
            manager.getCurrentLocation(provider, request, signal, Runnable::run, answer)
        } else {
            manager.getCurrentLocation(provider, signal, Runnable::run, answer)
        }
    }

    override fun close() {
        signals.forEach(CancellationSignal::cancel)
    }
}

/** As Android 10 and older do it, on a thread that ends with it. */
internal class SingleUpdates(
    private val manager: LocationManager,
) : Requests {
    private val thread = HandlerThread("scruple-location").apply { start() }
    private val listeners = mutableListOf<LocationListener>()

    override fun ask(
        provider: String,
        answer: (Location?) -> Unit,
    ) {
        val listener = Listener(answer).also(listeners::add)
        @Suppress("DEPRECATION")
        manager.requestSingleUpdate(provider, listener, thread.looper)
    }

    override fun close() {
        try {
            listeners.forEach(manager::removeUpdates)
        } finally {
            // Delivers what has arrived, so that it is wiped.
            thread.quitSafely()
        }
    }

    /** Implements what has a default in newer systems only. */
    private class Listener(
        private val answer: (Location?) -> Unit,
    ) : LocationListener {
        override fun onLocationChanged(location: Location) = answer(location)

        override fun onProviderDisabled(provider: String) = answer(null)

        override fun onProviderEnabled(provider: String) = Unit

        @Deprecated("Android 10 and later do not call it.")
        override fun onStatusChanged(
            provider: String?,
            status: Int,
            extras: Bundle?,
        ) = Unit
    }
}
