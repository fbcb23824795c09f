package dev.scruple.location.precise

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.location.LocationManager.FUSED_PROVIDER
import android.location.LocationManager.GPS_PROVIDER
import android.location.LocationManager.NETWORK_PROVIDER
import android.location.LocationRequest.QUALITY_HIGH_ACCURACY
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.location.Accuracy
import dev.scruple.location.preciseLocation

/**
 * Reads [Item.LOCATION_PRECISE], for a [dev.scruple.Session]: the most accurate answer of satellites, network and, from
 * Android 12, the system's fused location. The core never calls it while the policy says [LocationAccuracy.FUZZY].
 *
 * It never prompts the person. Without the permission the item is [Withheld.Denied], whether the person refused, chose
 * the approximate location only, or was never asked: Android tells these apart for an activity only. From Android 10
 * the permission counts while the app is in the foreground, unless the person also granted the one for the background.
 * Without that one, the item is [Unavailable.NOT_READY] at once in the background.
 */
@OptIn(ScrupleSourceApi::class)
public object PreciseLocation : Source(
    preciseLocation(
        Accuracy(
            permission = ACCESS_FINE_LOCATION,
            providers = listOf(GPS_PROVIDER, NETWORK_PROVIDER, FUSED_PROVIDER),
            quality = QUALITY_HIGH_ACCURACY,
            metres = 50f,
            takesKnown = false,
        ),
    ),
) {
    /**
     * The permissions that the host requests from the person, in one request, before it collects. From Android 12 a
     * request for the precise one has to include the approximate one.
     */
    @get:JvmStatic
    public val permissions: List<String> = listOf(ACCESS_COARSE_LOCATION, ACCESS_FINE_LOCATION)
}
