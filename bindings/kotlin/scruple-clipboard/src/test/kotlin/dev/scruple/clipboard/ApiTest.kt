package dev.scruple.clipboard

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-clipboard.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() =
        checkApi("scruple-clipboard", control = "dev/scruple/clipboard/AndroidClipboard")
}
