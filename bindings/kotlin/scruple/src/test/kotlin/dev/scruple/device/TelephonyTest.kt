package dev.scruple.device

import android.content.Context
import android.content.pm.PackageManager
import dev.scruple.Item
import dev.scruple.MccMnc
import dev.scruple.Missing
import dev.scruple.Unavailable
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.application
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowSubscriptionManager

/** The operator, and its country and network: the SIM's. */
@RunWith(RobolectricTestRunner::class)
class TelephonyTest {
    private val swisscom = FakeTelephony({ "22801" }, { "Swisscom" })
    private val orange = FakeTelephony({ "20801" }, { "Orange F" })

    @Before
    fun `this device has telephony`() = telephony(true)

    private fun telephony(there: Boolean) =
        shadowOf(application.packageManager).setSystemFeature(PackageManager.FEATURE_TELEPHONY, there)

    private fun on(telephony: Any?): Context = WatchedContext().answer(Context.TELEPHONY_SERVICE) { telephony }

    private fun code(telephony: Any?): MccMnc? = value(Item.DEVICE_MCC_MNC, on(telephony)) { mccMnc }

    private fun name(telephony: Any?): String? = value(Item.DEVICE_OPERATOR, on(telephony)) { operator }

    private fun lacks(telephony: Any?): List<Missing?> =
        listOf(Item.DEVICE_MCC_MNC, Item.DEVICE_OPERATOR).map { lack(it, on(telephony)) }

    private fun both(reason: Unavailable): List<Missing?> = listOf(reason, reason)

    @Test
    fun `the SIM's code keeps its zeros, and its name is as stated`() {
        assertEquals(MccMnc("228", "01"), code(swisscom))
        assertEquals("Swisscom", name(swisscom))
        assertEquals(MccMnc("310", "004"), code(FakeTelephony({ "310004" })))
        assertEquals(MccMnc("262", "02"), code(FakeTelephony({ "26202," })))
        assertEquals(
            "\u4e2d\u56fd\u79fb\u52a8 \ud83d\ude00",
            name(
                FakeTelephony(simName = {
                    "\u4e2d\u56fd\u79fb\u52a8 \ud83d\ude00"
                }),
            ),
        )
    }

    @Test
    fun `abroad it is the SIM's, and nobody asks for the visited network`() {
        assertEquals(MccMnc("228", "01"), code(swisscom))
        assertEquals("Swisscom", name(swisscom))
        assertEquals(0, swisscom.networkAsked.get())
        assertEquals("the control", "23415", swisscom.networkOperator)
        assertEquals(1, swisscom.networkAsked.get())
    }

    @Test
    @Config(minSdk = 28)
    fun `a SIM without a name has its issuer's`() {
        for (nothing in listOf("", null, " ", "null", "Unknown", "\u0000")) {
            assertEquals("T-Mobile", name(FakeTelephony({ "26201" }, { nothing }, { StringBuilder("T-Mobile") })))
        }
        val thrown = { throw IllegalStateException("a secret") }
        assertEquals("T-Mobile", name(FakeTelephony({ "26201" }, thrown, { "T-Mobile" })))
        assertEquals("Swisscom", name(FakeTelephony({ "22801" }, { "Swisscom" }, { "its issuer" })))
    }

    @Test
    fun `a SIM without any name has the network's, at home only`() {
        for (nothing in listOf(null, "", "unknown")) {
            val home = FakeTelephony({ "26201" }, { "" }, { nothing }, network = "Telekom.de", isRoaming = false)
            assertEquals("Telekom.de", name(home))
            val abroad = FakeTelephony({ "26201" }, { "" }, { nothing }, network = "Visited", isRoaming = true)
            assertEquals(Unavailable.NOT_STATED, lack(Item.DEVICE_OPERATOR, on(abroad)))
            assertEquals(0, abroad.networkAsked.get())
        }
        val unnamed = FakeTelephony({ "26201" }, { "" }, network = "null", isRoaming = false)
        assertEquals("of several reasons the first", Unavailable.NOT_STATED, lack(Item.DEVICE_OPERATOR, on(unnamed)))
    }

    @Test
    @Config(minSdk = 24)
    fun `of two SIMs it is the one that data goes through`() {
        val slots = FakeTelephony({ "26201" }, { "Telekom" }) { mapOf(1 to swisscom, 2 to orange)[it] }
        ShadowSubscriptionManager.setDefaultDataSubscriptionId(2)
        assertEquals(MccMnc("208", "01"), code(slots))
        assertEquals("Orange F", name(slots))
        ShadowSubscriptionManager.setDefaultDataSubscriptionId(1)
        assertEquals(MccMnc("228", "01"), code(slots))
        ShadowSubscriptionManager.setDefaultDataSubscriptionId(-1)
        assertEquals("none chosen", MccMnc("262", "01"), code(slots))
        ShadowSubscriptionManager.setDefaultDataSubscriptionId(7)
        assertEquals("a framework that knows it not", MccMnc("262", "01"), code(slots))
    }

    @Test
    @Config(maxSdk = 23)
    fun `of two SIMs it is the first, where the framework cannot tell`() {
        val slots = FakeTelephony({ "26201" }, { "Telekom" }) { orange }
        assertEquals(MccMnc("262", "01"), code(slots))
    }

    @Test
    fun `without a SIM nothing is stated`() {
        assertEquals(both(Unavailable.NOT_STATED), lacks(FakeTelephony()))
        assertEquals(both(Unavailable.NOT_STATED), lacks(FakeTelephony({ null }, { null })))
        assertEquals(Unavailable.PLACEHOLDER, lack(Item.DEVICE_MCC_MNC, on(FakeTelephony({ "00000" }))))
    }

    @Test
    fun `a device without telephony says so`() {
        telephony(false)
        assertEquals(both(Unavailable.NO_TELEPHONY), lacks(null))
        assertEquals(both(Unavailable.NO_TELEPHONY), lacks(FakeTelephony()))
        val unsupported = { throw UnsupportedOperationException("a secret") }
        assertEquals(both(Unavailable.NO_TELEPHONY), lacks(FakeTelephony(unsupported, unsupported)))
        assertEquals("one that states it all the same", MccMnc("228", "01"), code(swisscom))
    }

    @Test
    fun `nonsense has a reason`() {
        for ((text, reason) in nonsense) {
            assertEquals(reason, lack(Item.DEVICE_OPERATOR, on(FakeTelephony({ "22801" }, { text }))))
        }
        val codes =
            mapOf(
                "2280" to Unavailable.MALFORMED,
                "2280123" to Unavailable.MALFORMED,
                "22A01" to Unavailable.MALFORMED,
                "\u0662\u0662\u0668\u0660\u0661" to Unavailable.MALFORMED,
                "228\u000001" to Unavailable.MALFORMED,
                "22801\ud83d" to Unavailable.MALFORMED,
                "1".repeat(1_000_000) to Unavailable.TOO_LONG,
            )
        for ((code, reason) in codes) {
            assertEquals(code.take(9), reason, lack(Item.DEVICE_MCC_MNC, on(FakeTelephony({ code }))))
        }
    }

    @Test
    fun `what the framework throws is a reason, and its words stay there`() {
        val thrown =
            mapOf(
                IllegalStateException("a secret") to Unavailable.READ_FAILED,
                UnsupportedOperationException("a secret") to Unavailable.READ_FAILED,
                NoSuchMethodError("a secret") to Unavailable.READ_FAILED,
                SecurityException("a secret") to Unavailable.NOT_PERMITTED,
            )
        for ((one, reason) in thrown) {
            assertEquals(both(reason), lacks(FakeTelephony({ throw one }, { throw one })))
            session(on(FakeTelephony({ throw one }, { "Swisscom" }))).use { session ->
                session.reads(Item.DEVICE_MCC_MNC, Item.DEVICE_OPERATOR).use {
                    assertEquals("the next item is read all the same", "Swisscom", it.device.operator)
                    assertEquals(false, "a secret" in it.toJson())
                }
            }
        }
    }

    @Test
    fun `another class under the service's name is not called`() {
        assertEquals(both(Unavailable.MALFORMED), lacks("no telephony manager"))
    }
}
