package dev.scruple.sample

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.content.Intent
import android.os.Build.VERSION.SDK_INT
import android.view.View
import android.widget.EditText
import android.widget.TextView
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Policy
import dev.scruple.robolectric.grant
import org.json.JSONObject
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import java.io.File

/** What testers look at: search, times, a mini-program's view, JSON, versions and permissions. */
@RunWith(RobolectricTestRunner::class)
class PagesTest {
    @Before
    fun phone() = furnish()

    @After
    fun end() = vacate()

    private fun Phone.shown(page: Int) = texts(view(page))

    /** The names of the items that are to be seen. */
    private fun Phone.found() =
        views(view(R.id.items))
            .filter { it.id == R.id.name && it.isShown }
            .map { "${(it as TextView).text}".substringAfterLast(' ') }
            .toList()

    @Test
    fun `items are found by id, by name and by description`() =
        Phone().use { phone ->
            phone.tap(R.id.tab_items)
            val search = phone.view<EditText>(R.id.search)
            assertEquals(Item.ALL.map { it.id }, phone.found())
            search.setText("Device.MODEL")
            assertEquals("an id", listOf("device.model"), phone.found())
            search.setText("processor")
            assertEquals("a name", listOf("device.cpu"), phone.found())
            search.setText("maker calls")
            assertEquals("words of a description", listOf("device.model"), phone.found())
            search.setText("no such thing")
            assertEquals(emptyList<String>(), phone.found())
            assertTrue(phone.view<View>(R.id.nothing_found).isShown)
            search.setText("")
            assertFalse(phone.view<View>(R.id.nothing_found).isShown)
            assertEquals(Item.ALL.size, phone.found().size)
        }

    @Test
    fun `a rotation keeps what is looked for`() =
        Phone().use { phone ->
            phone.tap(R.id.tab_items)
            phone.view<EditText>(R.id.search).setText("device.model")
            phone.controller.recreate()
            phone.settle()
            assertEquals(listOf("device.model"), phone.found())
            assertEquals("device.model", "${phone.view<EditText>(R.id.search).text}")
        }

    @Test
    fun `the JSON is the library's, and leaves by a tap only`() =
        Phone().use { phone ->
            val share = { phone.button(R.id.json, "Share these values…") }
            assertFalse("nothing to share", share().isEnabled)
            phone.agreeToAll()
            val json = phone.screen.values!!.json!!
            assertEquals(
                "Pixel 8",
                JSONObject(json).getJSONObject("items").getJSONObject("device.model").getString("value"),
            )
            assertTrue(indented(json) in phone.shown(R.id.json))
            assertTrue(phone.shown(R.id.json).any { "Scruple cannot wipe them there" in it })
            val files = {
                phone.activity
                    .dataDir()
                    .walk()
                    .filter { it.isFile }
                    .toSet()
            }
            val before = files()
            // Android's question for permissions is an activity, too.
            val started = generateSequence { shadowOf(phone.activity).nextStartedActivity }.map { it.action }
            assertFalse("nobody tapped", Intent.ACTION_CHOOSER in started.toList())

            phone.tap(share())
            val chooser = shadowOf(phone.activity).nextStartedActivity
            assertEquals(Intent.ACTION_CHOOSER, chooser.action)
            @Suppress("DEPRECATION")
            val sent = chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!
            assertEquals(Intent.ACTION_SEND to "text/plain", sent.action to sent.type)
            assertEquals(json, sent.getStringExtra(Intent.EXTRA_TEXT))
            assertNull("no file", sent.data)
            assertEquals(before, files())

            phone.tap(R.id.revoke)
            assertFalse(share().isEnabled)
            assertFalse(phone.shown(R.id.json).any { "Pixel 8" in it })
        }

    private fun android.content.Context.dataDir() = File(applicationInfo.dataDir)

    @Test
    fun `each item has its time, and no value stays`() =
        Phone().use { phone ->
            val measure = { phone.button(R.id.times, "Measure each item") }
            assertFalse("nobody agreed", measure().isEnabled)
            phone.tap(R.id.age_at_least_minimum)
            phone.tap(phone.switch(Category.DEVICE))
            phone.tap(R.id.agree)
            assertTrue(phone.screen.elapsed!!.isPositive())
            phone.tap(measure())
            val own = Item.ALL.filter { it.category == Category.DEVICE }.toSet()
            assertEquals(own, phone.screen.times.keys)
            assertTrue(
                phone.screen.times.values
                    .all { it.elapsed.isPositive() },
            )
            assertTrue(phone.shown(R.id.times).any { Regex("Model: [\\d.]+ ms") matches it })
            val withoutValue = Regex("Firmware version: [\\d.]+ ms, without a value: the system does not say")
            assertTrue(phone.shown(R.id.times).any { withoutValue matches it })
            assertNull(phone.screen.values)
            assertFalse(phone.texts().any { "Pixel 8" in it })
        }

    @Test
    fun `a mini-program is told by its own names, and nothing once it is gone`() =
        Phone().use { phone ->
            phone.agreeToAll()
            val told = phone.shown(R.id.mini_program)
            assertTrue("$told", told.containsAll(listOf("brand: google", "model: Pixel 8", "platform: android")))
            for (name in listOf("pixelRatio", "screenWidth", "screenHeight", "system")) {
                assertTrue("$told", told.any { it.startsWith("$name: ") })
            }
            assertEquals("getSystemInfo and getAppDeviceInfo", 2, told.count { it == "model: Pixel 8" })
            phone.tap(phone.switch(Category.DEVICE))
            assertFalse(phone.shown(R.id.mini_program).any { "Pixel 8" in it })
        }

    @Test
    fun `a report has the versions in it`() =
        Phone().use { phone ->
            val shown = phone.shown(R.id.system)
            val catalog = File("gradle/libs.versions.toml").readText()
            val version = Regex("scruple = \"(.+)\"").find(catalog)!!.groupValues[1]
            assertTrue("$shown", "Scruple: $version" in shown)
            assertTrue("$shown", "Agreement: ${Policy.AGREEMENT}" in shown)
            assertTrue("$shown", "Processor of this process: ${System.getProperty("os.arch")}" in shown)
            assertTrue("$shown", "Process: dev.scruple.sample" in shown)
        }

    @Test
    fun `what Android permits is said in words`() =
        Phone().use { phone ->
            fun says(words: String) = assertTrue("${phone.shown(R.id.system)}", words in phone.shown(R.id.system))
            val open = "not granted; nobody asked yet, or refused for good"
            says("Fuzzy location: $open")
            says("Items that need no answer to Android: 37")
            says("Bluetooth information: ${if (SDK_INT >= 31) open else "needs no answer on this version of Android"}")
            shadowOf(phone.activity.packageManager)
                .setShouldShowRequestPermissionRationale(ACCESS_COARSE_LOCATION, true)
            phone.controller.pause().resume()
            says("Fuzzy location: refused; Android may be asked again")
            grant(ACCESS_COARSE_LOCATION)
            phone.controller.pause().resume()
            says("Fuzzy location: granted")
            says("Precise location: $open")
        }
}
