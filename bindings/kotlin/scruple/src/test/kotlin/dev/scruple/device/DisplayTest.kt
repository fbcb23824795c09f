package dev.scruple.device

import android.content.Context
import android.hardware.display.DisplayManagerGlobal
import android.view.DisplayInfo
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Resolution
import dev.scruple.Unavailable
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.application
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowDisplayManager
import org.robolectric.shadows.ShadowDisplayManager.ModeBuilder.modeBuilder
import org.robolectric.util.ReflectionHelpers
import org.robolectric.util.ReflectionHelpers.ClassParameter

/** The display's resolution. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w411dp-h731dp-xxhdpi")
class DisplayTest {
    /** Of the display's one mode; Robolectric would change the modes that are listed from API level 35. */
    private fun panelHas(
        width: Int,
        height: Int,
    ) {
        val displays = DisplayManagerGlobal.getInstance()
        val display = displays.getDisplayInfo(0)
        val mode = modeBuilder(display.modeId).setWidth(width).setHeight(height).setRefreshRate(60f)
        display.supportedModes = arrayOf(mode.build())
        ReflectionHelpers.callInstanceMethod<Unit>(
            Shadow.extract<Any>(displays),
            "changeDisplay",
            ClassParameter.from(Int::class.java, 0),
            ClassParameter.from(DisplayInfo::class.java, display),
        )
    }

    private fun lacks(context: Context): Missing? = lack(Item.DEVICE_RESOLUTION, context)

    private fun thrown(what: Throwable): () -> Any? = { throw what }

    @Test
    fun `it is the panel's, with the density`() {
        assertEquals(Resolution(1233, 2193, 3.0, 3.0), value(Item.DEVICE_RESOLUTION) { resolution })
    }

    @Test
    @Config(qualifiers = "+land")
    fun `turning the device changes nothing`() {
        ShadowDisplayManager.setNaturallyPortrait(0, true)
        ShadowDisplayManager.changeDisplay(0, "w731dp-h411dp-land-xxhdpi")
        assertEquals(Resolution(1233, 2193, 3.0, 3.0), value(Item.DEVICE_RESOLUTION) { resolution })
    }

    @Test
    @Config(minSdk = 23, qualifiers = "w411dp-h846dp-420dpi")
    fun `a phone that is set to fewer pixels than its panel has`() {
        panelHas(1440, 2960)
        val drawn = DisplayManagerGlobal.getInstance().getDisplayInfo(0).logicalWidth
        session(WatchedContext()).use { session ->
            session.reads(Item.DEVICE_RESOLUTION).use { snapshot ->
                val resolution = snapshot.device.resolution!!
                assertEquals(listOf(1440, 2960), listOf(resolution.width, resolution.height))
                assertEquals(2.625, resolution.scale, 0.0)
                assertEquals(2.625 * 1440 / drawn, resolution.nativeScale!!, 0.000_001)
                assertEquals(411.0, snapshot.forMiniProgram().screenWidth)
                assertEquals(2.625, snapshot.forMiniProgram().pixelRatio)
            }
        }
    }

    @Test
    fun `an app that changes its own density changes nothing`() {
        application.resources.displayMetrics.density = 1.5f
        assertEquals(Resolution(1233, 2193, 3.0, 3.0), value(Item.DEVICE_RESOLUTION) { resolution })
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
        val place = Context.DISPLAY_SERVICE
        assertEquals(Unavailable.READ_FAILED, lacks(WatchedContext().answer(place, thrown(failing))))
        assertEquals(Unavailable.NOT_PERMITTED, lacks(WatchedContext().answer(place, thrown(refusing))))
        val other = WatchedContext().answer(Context.DISPLAY_SERVICE) { "no display manager" }
        assertEquals(Unavailable.MALFORMED, lacks(other))
    }
}
