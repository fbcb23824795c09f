package dev.scruple.location.precise

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-location-precise.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() =
        checkApi("scruple-location-precise", control = "dev/scruple/location/precise/PreciseLocation")
}
