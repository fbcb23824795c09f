package dev.scruple

import android.content.Context
import android.content.ContextWrapper
import dev.scruple.android.ApplicationContext
import dev.scruple.android.NativeContext
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.offMain
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Opening a session on Android. */
@RunWith(RobolectricTestRunner::class)
@OptIn(ScrupleSourceApi::class)
class OpeningTest {
    @Test
    fun `without consent nothing is given`() {
        runBlocking { AndroidSession.open(application, Policy { enable(Category.DEVICE) }) }.use { session ->
            offMain { session.collectBlocking(Purpose.FEATURE) }.use {
                assertEquals(Withheld.NotGranted, it.missing[Item.DEVICE_MODEL])
            }
        }
    }

    @Test
    fun `it is the application's context that is kept, and the latest`() {
        val first = WatchedContext()
        val second = WatchedContext()
        val wrapper = ContextWrapper(second)
        runBlocking { AndroidSession.warmUp(first) }
        assertSame(first, ApplicationContext.get())
        runBlocking { AndroidSession.open(wrapper, everything()) }.close()
        assertSame(second, ApplicationContext.get())
    }

    @Test
    fun `an application that is still being made is its own`() {
        val early =
            object : ContextWrapper(application) {
                override fun getApplicationContext(): Context? = null
            }
        offMain { AndroidSession.openBlocking(early, everything()) }.close()
        assertSame(early, ApplicationContext.get())
    }

    @Test
    fun `installing again changes nothing`() {
        repeat(100) { assertTrue(NativeContext.install(application)) }
    }

    @Test
    fun `asking for the log again changes nothing`() = repeat(100) { NativeContext.logToLogcat() }

    @Test
    fun `a policy out of range is refused`() {
        val error =
            assertThrows(ScrupleException.Input::class.java) {
                offMain { AndroidSession.openBlocking(application, Policy { retentionMs = 0 }) }
            }
        assertEquals("retention_ms", error.field)
    }
}
