package dev.scruple.webview

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-webview.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() = checkApi("scruple-webview", control = "dev/scruple/webview/AndroidWebView")
}
