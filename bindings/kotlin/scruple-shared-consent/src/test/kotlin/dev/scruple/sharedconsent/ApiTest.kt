package dev.scruple.sharedconsent

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-shared-consent.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() =
        checkApi("scruple-shared-consent", control = "dev/scruple/sharedconsent/SharedConsent")
}
