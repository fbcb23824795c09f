package dev.scruple

import dev.scruple.bindings.Coordinates as NativeLocation
import dev.scruple.bindings.LocationSource as NativeLocationSource

/** Reads location: one source for fuzzy location, another for precise. */
@ScrupleSourceApi
public interface LocationSource {
    /** Whether location of this accuracy may be read. Never prompts. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** Where the device is, by WGS-84. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): Coordinates
}

/** A place by WGS-84. No speed, altitude, bearing, accuracy or time: each would tell more than where. */
public class Coordinates
    @ScrupleValueApi
    constructor(
        /** Degrees, from -90 to 90. */
        public val latitude: Double,
        /** Degrees, from -180 to 180. */
        public val longitude: Double,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(latitude, longitude)
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
