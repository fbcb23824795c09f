package dev.scruple.nfc

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-nfc.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() = checkApi("scruple-nfc", control = "dev/scruple/nfc/AndroidNfc")
}
