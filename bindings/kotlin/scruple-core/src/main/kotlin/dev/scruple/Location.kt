package dev.scruple

import dev.scruple.bindings.Coordinates as NativeLocation
import dev.scruple.bindings.LocationSource as NativeLocationSource

/** Reads location: one source for fuzzy location, another for precise. */
@ScrupleSourceApi
public interface LocationSource {
    /** Whether the app may read location of this accuracy. It never prompts the person. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** Where the device is, in WGS 84. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): Coordinates
}

/**
 * A place in WGS 84. It has no speed, altitude, bearing, accuracy or time, since each would tell more than the place.
 */
public class Coordinates
    @ScrupleValueApi
    constructor(
        /** Degrees, from -90 to 90. */
        @JvmField @Transient
        public val latitude: Double,
        /** Degrees, from -180 to 180. */
        @JvmField @Transient
        public val longitude: Double,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(latitude, longitude)
    }

@OptIn(ScrupleSourceApi::class)
internal class LocationReader(
    private val reader: LocationSource,
) : NativeLocationSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) =
        asking { reader.read(deadlineMs.toLong()).run { NativeLocation(latitude, longitude) } }
}

internal fun NativeLocation.lifted(): Coordinates = Coordinates(latitude, longitude)
