package dev.scruple.robolectric

import android.content.Context
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.location.LocationRequest
import android.os.Build.VERSION_CODES
import android.os.CancellationSignal
import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowLocationManager
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executor
import java.util.function.Consumer

/** The location service: it answers what a test says, from where the system would. */
@Implements(LocationManager::class)
class LocationService : ShadowLocationManager() {
    /** Every request, in the order of asking. */
    val requests = CopyOnWriteArrayList<Request>()

    /** Every place that was given as one known already: a copy each, as the system's. */
    val known = CopyOnWriteArrayList<Location>()

    /** What a request meets with, on the thread that asks. */
    @Volatile
    var onRequest: (Request) -> Unit = {}

    /** One request of one provider. */
    class Request internal constructor(
        val provider: String,
        /** Where it wants its answer; null where the system has no say in that. */
        val looper: Looper?,
        internal val listener: Any,
        private val post: (() -> Unit) -> Unit,
        private val deliver: (Location?) -> Unit,
    ) {
        /** Whether nobody waits for it any more. */
        @Volatile
        var isOver = false
            internal set

        /** Answers from where the system would; null if there is no answer. */
        fun answer(location: Location?) = post { deliver(location) }

        /** Answers at once, as if the answer had been under way when the request ended. */
        fun answerLate(location: Location?) = deliver(location)
    }

    @Implementation
    override fun getLastKnownLocation(provider: String): Location? =
        super.getLastKnownLocation(provider)?.let(::Location)?.also(known::add)

    private fun ask(request: Request) {
        requests += request
        onRequest(request)
    }

    @Implementation(minSdk = VERSION_CODES.R)
    override fun getCurrentLocation(
        provider: String,
        cancellationSignal: CancellationSignal?,
        executor: Executor,
        consumer: Consumer<Location?>,
    ) {
        val request = Request(provider, null, consumer, { executor.execute(it) }, consumer::accept)
        cancellationSignal?.setOnCancelListener { request.isOver = true }
        ask(request)
    }

    @Implementation(minSdk = VERSION_CODES.S)
    override fun getCurrentLocation(
        provider: String,
        locationRequest: LocationRequest,
        cancellationSignal: CancellationSignal?,
        executor: Executor,
        consumer: Consumer<Location?>,
    ) = getCurrentLocation(provider, cancellationSignal, executor, consumer)

    @Implementation
    override fun requestSingleUpdate(
        provider: String,
        listener: LocationListener,
        looper: Looper?,
    ) {
        val request =
            Request(provider, looper, listener, { Handler(looper!!).post(it) }) { location ->
                if (location == null) listener.onProviderDisabled(provider) else listener.onLocationChanged(location)
            }
        ask(request)
    }

    @Implementation
    override fun removeUpdates(listener: LocationListener) {
        requests.filter { it.listener === listener }.forEach { it.isOver = true }
    }
}

/** The app's location service. */
val locationService: LocationService
    get() = Shadow.extract(application.getSystemService(Context.LOCATION_SERVICE))

/** Where a provider says the device is, now or a while ago. */
fun location(
    latitude: Double,
    longitude: Double,
    accuracy: Float? = null,
    ageMs: Long = 0,
): Location =
    Location("any").also {
        it.latitude = latitude
        it.longitude = longitude
        it.altitude = 34.5678
        it.elapsedRealtimeNanos = (SystemClock.elapsedRealtime() - ageMs) * 1_000_000
        if (accuracy != null) it.accuracy = accuracy
    }
