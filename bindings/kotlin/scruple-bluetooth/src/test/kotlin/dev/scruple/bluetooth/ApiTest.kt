package dev.scruple.bluetooth

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-bluetooth.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() =
        checkApi("scruple-bluetooth", control = "dev/scruple/bluetooth/AndroidBluetooth")
}
