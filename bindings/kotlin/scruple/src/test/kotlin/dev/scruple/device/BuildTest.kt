package dev.scruple.device

import android.os.Build
import dev.scruple.Cpu
import dev.scruple.IncrementalVersion
import dev.scruple.Item
import dev.scruple.SystemVersion
import dev.scruple.Unavailable
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** What `Build` says: the maker's and the system's words. */
@RunWith(RobolectricTestRunner::class)
class BuildTest {
    @get:Rule
    internal val framework = FakeFramework()

    private fun cpu(): Cpu? = value(Item.DEVICE_CPU) { cpu }

    @Test
    fun `model, brand and manufacturer`() {
        framework.build("MODEL", "Pixel 8")
        framework.build("BRAND", "google")
        framework.build("MANUFACTURER", "Google")
        assertEquals("Pixel 8", value(Item.DEVICE_MODEL) { model })
        assertEquals("google", value(Item.DEVICE_BRAND) { brand })
        assertEquals("Google", value(Item.DEVICE_MANUFACTURER) { manufacturer })
        framework.build("MODEL", " \u5c0f\u7c73 \ud83d\ude00 ")
        assertEquals("\u5c0f\u7c73 \ud83d\ude00", value(Item.DEVICE_MODEL) { model })
    }

    @Test
    fun `nonsense in them has a reason`() {
        val fields =
            mapOf(
                "MODEL" to Item.DEVICE_MODEL,
                "BRAND" to Item.DEVICE_BRAND,
                "MANUFACTURER" to Item.DEVICE_MANUFACTURER,
            )
        for ((field, item) in fields) {
            for ((text, reason) in nonsense + ("unknown" to Unavailable.PLACEHOLDER)) {
                framework.build(field, text)
                assertEquals(field, reason, lack(item))
            }
        }
    }

    @Test
    fun `the system's version`() {
        framework.version("RELEASE", "14")
        val level = Build.VERSION.SDK_INT
        assertEquals(
            SystemVersion("14", "Android 14", level),
            value(Item.DEVICE_SYSTEM_VERSION) { systemVersion },
        )
        for ((text, reason) in nonsense) {
            framework.version("RELEASE", text)
            assertEquals(reason, lack(Item.DEVICE_SYSTEM_VERSION))
        }
    }

    @Test
    fun `the system's build, and what a person is shown of it`() {
        framework.version("INCREMENTAL", "V14.0.3.0")
        framework.build("DISPLAY", "MIUI 14")
        val both = value(Item.DEVICE_INCREMENTAL_VERSION) { incrementalVersion }
        assertEquals(IncrementalVersion("V14.0.3.0", "MIUI 14"), both)
        for (nothing in listOf(null, "", "unknown")) {
            framework.build("DISPLAY", nothing)
            val alone = value(Item.DEVICE_INCREMENTAL_VERSION) { incrementalVersion }
            assertEquals(IncrementalVersion("V14.0.3.0", null), alone)
        }
        framework.build("DISPLAY", "half \ud83d")
        assertEquals(Unavailable.MALFORMED, lack(Item.DEVICE_INCREMENTAL_VERSION))
        framework.build("DISPLAY", "MIUI 14")
        for ((text, reason) in nonsense) {
            framework.version("INCREMENTAL", text)
            assertEquals(reason, lack(Item.DEVICE_INCREMENTAL_VERSION))
        }
    }

    @Test
    fun `the radio's version`() {
        FakeBuild.radio = { "g5300q-230927-231102-B-11040898" }
        assertEquals("g5300q-230927-231102-B-11040898", value(Item.DEVICE_FIRMWARE_VERSION) { firmwareVersion })
        for ((text, reason) in nonsense + ("unknown" to Unavailable.PLACEHOLDER)) {
            FakeBuild.radio = { text }
            assertEquals(reason, lack(Item.DEVICE_FIRMWARE_VERSION))
        }
        FakeBuild.radio = { throw IllegalStateException("a secret") }
        assertEquals(Unavailable.READ_FAILED, lack(Item.DEVICE_FIRMWARE_VERSION))
        FakeBuild.radio = { throw SecurityException("a secret") }
        assertEquals(Unavailable.NOT_PERMITTED, lack(Item.DEVICE_FIRMWARE_VERSION))
    }

    @Test
    fun `the processor's binary interfaces`() {
        framework.build("SUPPORTED_ABIS", arrayOf("arm64-v8a", "armeabi-v7a"))
        val cpu = cpu()!!
        assertEquals(listOf("arm64-v8a", "armeabi-v7a"), cpu.abis)
        assertTrue(cpu.cores > 0)
    }

    @Test
    fun `nonsense in them loses them and nothing else of the processor`() {
        val broken =
            listOf(
                arrayOf("arm64-v8a", null),
                arrayOf("half \ud83d"),
                Array(100_000) { "arm64-v8a" },
                emptyArray<String>(),
                null,
            )
        for (abis in broken) {
            framework.build("SUPPORTED_ABIS", abis)
            val cpu = cpu()!!
            assertEquals(emptyList<String>(), cpu.abis)
            assertTrue(cpu.cores > 0)
        }
    }

    @Test
    @Config(minSdk = 31)
    fun `the chip, as the framework names it`() {
        framework.build("SOC_MANUFACTURER", "Google")
        framework.build("SOC_MODEL", "Tensor G3")
        assertEquals("Google Tensor G3", cpu()!!.hardware)
        framework.build("SOC_MANUFACTURER", Build.UNKNOWN)
        assertEquals("Tensor G3", cpu()!!.hardware)
        framework.build("SOC_MODEL", null)
        assertNotNull("the kernel may name one", cpu())
        framework.build("SOC_MODEL", "half \ud83d")
        assertTrue("what is broken loses nothing else", cpu()!!.cores > 0)
    }

    @Test
    fun `the platform`() {
        assertEquals("android", value(Item.DEVICE_PLATFORM) { platform })
    }
}
