package dev.scruple.device

import android.content.Context
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Resolution
import dev.scruple.Unavailable
import dev.scruple.robolectric.WatchedContext
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowDisplayManager

/** The display's resolution. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w411dp-h731dp-xxhdpi")
class DisplayTest {
    private fun lacks(context: Context): Missing? = lack(Item.DEVICE_RESOLUTION, context)

    private fun thrown(what: Throwable): () -> Any? = { throw what }

    @Test
    fun `it is the physical one, with the density`() {
        assertEquals(Resolution(1233, 2193, 3.0), value(Item.DEVICE_RESOLUTION) { resolution })
    }

    @Test
    fun `a device without a display says so`() {
        assertEquals(Unavailable.HEADLESS, lacks(WatchedContext().answer(Context.DISPLAY_SERVICE) { null }))
        ShadowDisplayManager.removeDisplay(0)
        assertEquals(Unavailable.HEADLESS, lacks(WatchedContext()))
    }

    @Test
    fun `what the framework throws is a reason`() {
        val failing = IllegalStateException("a secret")
        val refusing = SecurityException("a secret")
        for (place in listOf(Context.DISPLAY_SERVICE, "resources")) {
            assertEquals(Unavailable.READ_FAILED, lacks(WatchedContext().answer(place, thrown(failing))))
            assertEquals(Unavailable.NOT_PERMITTED, lacks(WatchedContext().answer(place, thrown(refusing))))
        }
        val other = WatchedContext().answer(Context.DISPLAY_SERVICE) { "no display manager" }
        assertEquals(Unavailable.MALFORMED, lacks(other))
    }
}
