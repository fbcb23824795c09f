package dev.scruple.location

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.location.LocationManager.FUSED_PROVIDER
import android.location.LocationManager.NETWORK_PROVIDER
import android.location.LocationRequest.QUALITY_LOW_POWER
import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.Withheld

/**
 * Reads [Item.LOCATION_FUZZY], for [dev.scruple.Session]: the network's answer, from Android 12 also the system's fused
 * one, whichever is first; never the satellites'. The core makes a cell of at least 3 km² of it.
 *
 * It asks nobody for anything. Without the permission the item is [Withheld.Denied], whether the person refused or was
 * never asked: Android tells these apart for an activity only.
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
            ),
        ),
    ),
) {
    /** What the host asks the person for, in one request, before it collects. */
    @get:JvmStatic
    public val permissions: List<String> = listOf(ACCESS_COARSE_LOCATION)
}
