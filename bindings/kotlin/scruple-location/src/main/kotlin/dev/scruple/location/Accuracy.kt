package dev.scruple.location

import dev.scruple.ScrupleSourceApi
import dev.scruple.Source

/** How accurate a location has to be, and how to get it. */
@ScrupleSourceApi
public class Accuracy(
    /** The permission that it takes. */
    internal val permission: String,
    /** The location providers that are asked, those that the device has. */
    internal val providers: List<String>,
    /** What Android 12 and later are told, a quality of [android.location.LocationRequest]. */
    internal val quality: Int,
    /** An answer that is no further off ends the wait for a better one. */
    internal val metres: Float,
    /** Whether a place that the system knew two minutes ago will do, so that nobody is asked for a newer one. */
    internal val takesKnown: Boolean,
)

/** A source of precise location, for the module that declares its permission. */
@ScrupleSourceApi
public fun preciseLocation(accuracy: Accuracy): Source = Source.preciseLocation(LocationReader(accuracy))
