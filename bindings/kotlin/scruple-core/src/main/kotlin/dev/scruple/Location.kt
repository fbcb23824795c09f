package dev.scruple

import dev.scruple.bindings.Location as NativeLocation
import dev.scruple.bindings.LocationSource as NativeLocationSource

/** Reads location: one source for fuzzy location, another for precise. */
@ScrupleSourceApi
public interface LocationSource {
    /** Whether location of this accuracy may be read. Never prompts. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** Where the device is, by WGS-84. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): Location
}

/** A place by WGS-84. No speed, altitude, bearing, accuracy or time: each would tell more than where. */
public data class Location(
    /** Degrees, from -90 to 90. */
    public val latitude: Double,
    /** Degrees, from -180 to 180. */
    public val longitude: Double,
) : Value()

@OptIn(ScrupleSourceApi::class)
internal class LocationReader(
    private val reader: LocationSource,
) : NativeLocationSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) =
        asking { reader.read(deadlineMs.toLong()).run { NativeLocation(latitude, longitude) } }
}

internal fun NativeLocation.lifted(): Location = Location(latitude, longitude)
