package dev.scruple.device

import android.content.Context
import android.os.Looper
import dev.scruple.Category
import dev.scruple.DeviceInformation
import dev.scruple.Item
import dev.scruple.Purpose
import dev.scruple.Withheld
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.offMain
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Every thread may collect, and none waits for the main thread. */
@RunWith(RobolectricTestRunner::class)
class ThreadTest {
    @get:Rule
    internal val framework = FakeFramework()

    private fun collect(context: Context): DeviceInformation =
        session(context).use { session -> offMain { session.collectBlocking(Purpose.FEATURE) }.use { it.device } }

    private val telephony = FakeTelephony({ "22801" }, { "Swisscom" })
    private val context = WatchedContext().answer(Context.TELEPHONY_SERVICE) { telephony }

    @Test
    fun `a blocked main thread delays nothing`() {
        assertSame("tests run on it", Looper.getMainLooper(), Looper.myLooper())
        framework.build("MODEL", "Pixel 8")
        val here = collect(context)
        lateinit var there: DeviceInformation
        // It serves nothing while it waits.
        thread { there = collect(context) }.join()
        assertEquals(here, there)
        assertEquals("Swisscom", there.operator)
    }

    @Test
    fun `a coroutine collects off the thread that it runs on`() {
        lateinit var reader: Thread
        val watched =
            WatchedContext().answer(Context.TELEPHONY_SERVICE) {
                reader = Thread.currentThread()
                telephony
            }
        session(watched).use { session ->
            runBlocking { session.collect(Purpose.FEATURE).use { assertEquals("Swisscom", it.device.operator) } }
        }
        assertFalse(reader == Thread.currentThread())
    }

    @Test
    fun `eight threads at once read the same`() {
        framework.build("MODEL", "Pixel 8")
        val threads = Executors.newFixedThreadPool(8)
        val expected = collect(context)
        session(context).use { session ->
            val read = Callable { offMain { session.collectBlocking(Purpose.FEATURE) }.use { it.device } }
            threads.invokeAll(List(200) { read }).forEach { assertEquals(expected, it.get()) }
        }
        threads.shutdown()
    }

    @Test
    fun `what is revoked while it is read is not delivered`() {
        val (reading, revoked) = List(2) { CountDownLatch(1) }
        val slow =
            FakeTelephony({ "22801" }, {
                reading.countDown()
                revoked.await()
                "Swisscom"
            })
        session(WatchedContext().answer(Context.TELEPHONY_SERVICE) { slow }).use { session ->
            val collection = Executors.newSingleThreadExecutor()
            val snapshot = collection.submit(Callable { offMain { session.collectBlocking(Purpose.FEATURE) } })
            assertTrue(reading.await(30, TimeUnit.SECONDS))
            session.updateConsent { revoke(Category.DEVICE) }
            revoked.countDown()
            snapshot.get().use {
                assertEquals(Withheld.Revoked, it.missing[Item.DEVICE_OPERATOR])
                assertFalse("Swisscom" in it.toJson())
            }
            collection.shutdown()
        }
    }
}
