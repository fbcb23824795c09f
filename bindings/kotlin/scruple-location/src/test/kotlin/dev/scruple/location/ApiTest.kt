package dev.scruple.location

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-location.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() = checkApi("scruple-location", control = "dev/scruple/location/FuzzyLocation")
}
