package dev.scruple.device

import android.content.Context
import android.net.wifi.WifiManager
import android.os.Build
import android.provider.Settings
import android.telephony.TelephonyManager
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Purpose
import dev.scruple.Unavailable
import dev.scruple.robolectric.application
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** Nothing that identifies a device or a person by number gets out. */
@RunWith(RobolectricTestRunner::class)
class IdentifierTest {
    @get:Rule
    internal val framework = FakeFramework()

    @Test
    fun `no identifier is in any JSON`() {
        Settings.Secure.putString(application.contentResolver, Settings.Secure.ANDROID_ID, "canary-android-id")
        Settings.Secure.putString(application.contentResolver, "bluetooth_address", "canary-bluetooth-address")
        Settings.Global.putString(application.contentResolver, "adb_enabled", "canary-setting")
        for (field in listOf("FINGERPRINT", "SERIAL", "HOST", "USER", "ID", "TAGS", "BOARD", "BOOTLOADER")) {
            framework.build(field, "canary-$field")
        }
        val telephony = shadowOf(application.getSystemService(Context.TELEPHONY_SERVICE) as TelephonyManager)
        telephony.setDeviceId("canary-device-id")
        telephony.setImei("canary-imei")
        telephony.setMeid("canary-meid")
        telephony.setLine1Number("canary-number")
        telephony.setSimSerialNumber("canary-iccid")
        telephony.setSubscriberId("canary-imsi")
        val wifi = application.getSystemService(Context.WIFI_SERVICE) as WifiManager
        @Suppress("DEPRECATION")
        shadowOf(wifi.connectionInfo).setMacAddress("canary-mac")
        everyItemHasAValue()
        session().use { session ->
            for (purpose in Purpose.entries) {
                offMain { session.collectBlocking(purpose) }.use { snapshot ->
                    val said = listOf(snapshot.toJson(), snapshot.device, snapshot.features, snapshot.forMiniProgram())
                    assertFalse("canary" in said.toString())
                    assertTrue("positive control" in snapshot.toJson())
                    assertEquals(emptyList<Item>(), snapshot.missing.keys.filter { it.category == Category.DEVICE })
                }
            }
        }
        assertEquals("the canaries sing", "canary-FINGERPRINT", Build.FINGERPRINT)
    }

    /** What has none might have been read all the same. */
    private fun everyItemHasAValue() {
        for (field in listOf("MODEL", "BRAND", "MANUFACTURER", "DISPLAY")) framework.build(field, "positive control")
        framework.version("INCREMENTAL", "1")
        FakeBuild.radio = { "1" }
        FakeStatFs.bytes = { 1 }
        Settings.Global.putString(application.contentResolver, "device_name", "a name")
        val telephony = shadowOf(application.getSystemService(Context.TELEPHONY_SERVICE) as TelephonyManager)
        telephony.setSimOperator("22801")
        telephony.setSimOperatorName("Swisscom")
    }

    @Test
    fun `there is no advertising id, and nothing in its place`() {
        session().use { assertEquals(Unavailable.PLATFORM_HAS_NONE, it.lacks(Item.IDENTIFIER_IDFA)) }
    }
}
