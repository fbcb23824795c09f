package dev.scruple

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() = checkApi("scruple", control = "dev/scruple/AndroidSession")
}
