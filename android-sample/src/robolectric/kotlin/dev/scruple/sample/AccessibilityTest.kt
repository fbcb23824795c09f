package dev.scruple.sample

import android.view.View
import android.view.View.ACCESSIBILITY_LIVE_REGION_POLITE
import android.widget.CompoundButton
import android.widget.HorizontalScrollView
import android.widget.ScrollView
import android.widget.TextView
import android.widget.ViewAnimator
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import kotlin.math.pow

/** For people who hear the screen, see little of it, or read it in the dark. */
@RunWith(RobolectricTestRunner::class)
class AccessibilityTest {
    /** Of all pages. */
    private val names =
        listOf(
            R.id.tab_consent,
            R.id.tab_items,
            R.id.tab_audit,
            R.id.tab_times,
            R.id.tab_mini_program,
            R.id.tab_json,
            R.id.tab_system,
        )

    @Before
    fun phone() = furnish()

    @After
    fun end() = vacate()

    @Test
    fun `no page is forgotten here`() =
        Phone().use { assertEquals(names.size, it.view<ViewAnimator>(R.id.pages).childCount) }

    @Test
    fun `everything that can be reached says what it is`() =
        Phone().use { phone ->
            phone.agreeToAll()
            val reached =
                phone
                    .views()
                    .filter {
                        it.isClickable || it.isFocusable
                    }.filter { it !is ScrollView && it !is HorizontalScrollView }
                    .toList()
            assertTrue("${reached.size}", reached.size > 60)
            for (view in reached) {
                val words = view.contentDescription ?: (view as? TextView)?.run { text.ifEmpty { hint } }
                assertTrue(view.toString(), !words.isNullOrBlank())
            }
        }

    @Test
    fun `an item is heard as one sentence`() =
        Phone().use { phone ->
            phone.agreeToAll()
            val heard = phone.views().mapNotNull { it.contentDescription?.toString() }.toList()
            assertTrue("Model. Pixel 8. What the maker calls this kind of phone." in heard)
            assertTrue(heard.any { it.startsWith("IDFA. Unavailable, Android has none. ") })
            assertTrue(heard.any { it.startsWith("Precise location. Withheld, Host policy: fuzzy location only. ") })
        }

    @Test
    fun `the result is announced`() =
        Phone().use { phone ->
            assertEquals(ACCESSIBILITY_LIVE_REGION_POLITE, phone.view<View>(R.id.status).accessibilityLiveRegion)
        }

    @Test
    @Config(minSdk = 28)
    fun `headings are headings`() =
        Phone().use { phone ->
            val headings =
                phone
                    .views()
                    .filter { it.isAccessibilityHeading }
                    .map { (it as TextView).text.toString() }
                    .toSet()
            val expected =
                listOf(
                    "Scruple sample",
                    "Age",
                    "Categories",
                    "Purpose",
                    "Host policy",
                    "What was read",
                    "Device information",
                    "One by one",
                    "getSystemInfo, getDeviceInfo",
                    "What was collected",
                    "Versions",
                    "Android’s permissions",
                )
            assertTrue("$headings", headings.containsAll(expected))
        }

    @Test
    fun `whatever can be tapped is large enough`() =
        Phone().use { phone ->
            for (page in names) {
                phone.tap(page)
                val least = 48 * phone.activity.resources.displayMetrics.density
                for (view in phone.views().filter { it.isClickable && it.isShown }) {
                    assertTrue("$view", view.height >= least && view.width >= least)
                }
            }
        }

    @Test
    fun `large fonts cut nothing off`() {
        RuntimeEnvironment.setFontScale(2f)
        Phone().use { phone ->
            phone.agreeToAll()
            for (page in names) {
                phone.tap(page)
                val texts =
                    phone
                        .views()
                        .filterIsInstance<TextView>()
                        .filter { it.isShown && it.layout != null }
                        .toList()
                assertTrue(texts.size > 10)
                for (text in texts) {
                    val room = text.height - text.compoundPaddingTop - text.compoundPaddingBottom
                    assertTrue("${text.text}", text.layout.height <= room)
                    for (line in 0 until text.layout.lineCount) {
                        assertEquals("${text.text}", 0, text.layout.getEllipsisCount(line))
                        // A tab's name is one word, and would be broken.
                        if (text is CompoundButton) {
                            assertTrue(
                                "${text.text}",
                                text.layout.getLineWidth(line) <= text.layout.width,
                            )
                        }
                    }
                }
            }
        }
    }

    @Test
    fun `texts stand out, by day`() = standOut()

    @Test
    @Config(qualifiers = "+night")
    fun `texts stand out, by night`() = standOut()

    /** Each text colour on each of the grounds that it is on, by the rule of WCAG 2. */
    private fun standOut() {
        val context = RuntimeEnvironment.getApplication()
        val day = context.getColor(R.color.surface) == 0xFFFFFFFF.toInt()
        assertEquals(day, context.resources.configuration.uiMode and 0x30 != 0x20)
        val pairs =
            listOf(
                R.color.text to R.color.surface,
                R.color.text to R.color.background,
                R.color.text_secondary to R.color.surface,
                R.color.text_secondary to R.color.outline,
                R.color.accent to R.color.surface,
                R.color.accent to R.color.background,
                R.color.on_accent to R.color.accent,
                R.color.danger to R.color.surface,
                R.color.withheld to R.color.withheld_surface,
                R.color.unavailable to R.color.unavailable_surface,
            )
        for ((text, ground) in pairs) {
            val ratio = contrast(context.getColor(text), context.getColor(ground))
            assertTrue("${context.resources.getResourceEntryName(text)} $ratio", ratio >= 4.5)
        }
        val known = pairs.map { context.getColor(it.first) }.toSet()
        Phone().use { phone ->
            phone.agreeToAll()
            for (text in phone.views().filterIsInstance<TextView>()) {
                assertTrue("${text.text}", text.currentTextColor in known)
            }
        }
    }

    private fun contrast(
        one: Int,
        other: Int,
    ): Double {
        val (dark, light) = listOf(luminance(one), luminance(other)).sorted()
        return (light + 0.05) / (dark + 0.05)
    }

    private fun luminance(colour: Int): Double {
        val (red, green, blue) =
            listOf(16, 8, 0).map { shift ->
                val part = (colour shr shift and 0xFF) / 255.0
                if (part <= 0.03928) part / 12.92 else ((part + 0.055) / 1.055).pow(2.4)
            }
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    @Test
    fun `the control of contrast`() {
        assertEquals(21.0, contrast(0xFF000000.toInt(), 0xFFFFFFFF.toInt()), 0.01)
        assertTrue(contrast(0xFF777777.toInt(), 0xFFFFFFFF.toInt()) < 4.5)
    }
}
