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
import dev.scruple.Withheld
import dev.scruple.location.Accuracy
import dev.scruple.location.preciseLocation

/**
 * Reads [Item.LOCATION_PRECISE], for [dev.scruple.Session]: the most accurate of what satellites, network and, from
 * Android 12, the system's fused location answer. It is never called while the policy says [LocationAccuracy.FUZZY].
 *
 * It asks nobody for anything. Without the permission the item is [Withheld.Denied], whether the person refused, chose
 * the approximate location only, or was never asked: Android tells these apart for an activity only.
 */
@OptIn(ScrupleSourceApi::class)
public object PreciseLocation : Source(
    preciseLocation(
        Accuracy(
            permission = ACCESS_FINE_LOCATION,
            providers = listOf(GPS_PROVIDER, NETWORK_PROVIDER, FUSED_PROVIDER),
            quality = QUALITY_HIGH_ACCURACY,
            metres = 50f,
        ),
    ),
) {
    /** What the host asks the person for, in one request, before it collects: from Android 12 the one needs the other. */
    @get:JvmStatic
    public val permissions: List<String> = listOf(ACCESS_COARSE_LOCATION, ACCESS_FINE_LOCATION)
}
