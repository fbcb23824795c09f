package dev.scruple.device

import android.content.Context
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Unavailable
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.application
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.io.IOException

/** The storage's capacity. */
@RunWith(RobolectricTestRunner::class)
class StorageTest {
    @get:Rule
    internal val framework = FakeFramework()

    /** A device that answers so, by the way that its level has. */
    private fun on(bytes: () -> Long): Context {
        FakeStatFs.bytes = bytes
        return WatchedContext().answer("storagestats") { FakeStorage(bytes) }
    }

    private fun capacity(context: Context): Long? = value(Item.DEVICE_STORAGE_CAPACITY, context) { storageCapacity }

    private fun lacks(context: Context): Missing? = lack(Item.DEVICE_STORAGE_CAPACITY, context)

    @Test
    fun `it is the whole device's`() {
        assertEquals(128_000_000_000, capacity(on { 128_000_000_000 }))
        assertEquals(Long.MAX_VALUE, capacity(on { Long.MAX_VALUE }))
    }

    @Test
    fun `nonsense has a reason`() {
        assertEquals(Unavailable.NOT_STATED, lacks(on { 0 }))
        assertEquals(Unavailable.MALFORMED, lacks(on { -1 }))
        assertEquals(Unavailable.READ_FAILED, lacks(on { throw IOException("a secret") }))
        assertEquals(Unavailable.READ_FAILED, lacks(on { throw IllegalArgumentException("a secret") }))
        assertEquals(Unavailable.NOT_PERMITTED, lacks(on { throw SecurityException("a secret") }))
    }

    @Test
    @Config(minSdk = 26)
    fun `where the service fails it is the data partition's`() {
        val failing =
            listOf<() -> Any?>(
                { null },
                { application },
                { FakeStorage { throw IOException("a secret") } },
                { FakeStorage { throw SecurityException("a secret") } },
                { FakeStorage { 0 } },
            )
        for (service in failing) {
            val device = WatchedContext().answer("storagestats", service)
            FakeStatFs.bytes = { 110_000_000_000 }
            assertEquals(110_000_000_000, capacity(device))
        }
        FakeStatFs.bytes = { throw IllegalArgumentException("a secret") }
        val neither = WatchedContext().answer("storagestats") { null }
        assertEquals("of two reasons the first", Unavailable.PLATFORM_HAS_NONE, lacks(neither))
    }
}
