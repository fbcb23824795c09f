package dev.scruple.location

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.location.LocationManager.FUSED_PROVIDER
import android.location.LocationManager.NETWORK_PROVIDER
import android.location.LocationRequest.QUALITY_LOW_POWER
import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.Unavailable
import dev.scruple.Withheld

/**
 * Reads [Item.LOCATION_FUZZY], for a [dev.scruple.Session]: the network's location, and from Android 12 also the
 * system's fused one, never the satellites'. It takes a location that the system has known for two minutes at most.
 * Otherwise it asks, and takes the first answer. The core makes a cell of at least 3 km² of it.
 *
 * It never prompts the person. Without the permission the item is [Withheld.Denied], whether the person refused or was
 * never asked: Android tells these apart for an activity only. From Android 10 the permission counts while the app is
 * in the foreground, unless the person also granted the one for the background. Without that one, the item is
 * [Unavailable.NOT_READY] at once in the background.
 */
@OptIn(ScrupleSourceApi::class)
public object FuzzyLocation : Source(
    Source.fuzzyLocation(
        LocationReader(
            Accuracy(
                permission = ACCESS_COARSE_LOCATION,
                providers = listOf(NETWORK_PROVIDER, FUSED_PROVIDER),
                quality = QUALITY_LOW_POWER,
                metres = Float.POSITIVE_INFINITY,
                takesKnown = true,
            ),
        ),
    ),
) {
    /** The permissions that the host requests from the person, in one request, before it collects. */
    @get:JvmStatic
    public val permissions: List<String> = listOf(ACCESS_COARSE_LOCATION)
}
