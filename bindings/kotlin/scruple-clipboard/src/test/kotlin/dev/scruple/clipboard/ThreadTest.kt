package dev.scruple.clipboard

import android.content.Context
import android.os.Looper
import dev.scruple.AndroidSession
import dev.scruple.Item
import dev.scruple.Session
import dev.scruple.Unavailable
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.besideMain
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** Which thread the clipboard is asked on: below API 26 its manager is made on the main thread, and belongs to it. */
@RunWith(RobolectricTestRunner::class)
class ThreadTest {
    private val clipboard = FakeClipboard(text("hello"))
    private var onMain: Boolean? = null
    private val context =
        WatchedContext().answer(Context.CLIPBOARD_SERVICE) {
            onMain = Looper.myLooper() == Looper.getMainLooper()
            clipboard
        }

    private fun session(deadlineMs: Long = 30_000): Session =
        offMain { AndroidSession.openBlocking(context, everything(deadlineMs), listOf(AndroidClipboard)) }.agreed()

    @Test
    @Config(minSdk = 26)
    fun `a blocked main thread delays nothing`() {
        assertNull(session().lacks(Item.CLIPBOARD_CONTENT))
        assertEquals(false, onMain)
    }

    @Test
    @Config(maxSdk = 25)
    fun `on old systems the manager is found on the main thread`() {
        besideMain { assertNull(session().lacks(Item.CLIPBOARD_CONTENT)) }
        assertEquals(true, onMain)
    }

    @Test
    @Config(maxSdk = 25)
    fun `on old systems a blocked main thread is not waited for, and nothing is read later`() {
        val session = session(deadlineMs = 300)
        assertEquals(Unavailable.TIMED_OUT, session.lacks(Item.CLIPBOARD_CONTENT))
        besideMain { Thread.sleep(100) }
        shadowOf(Looper.getMainLooper()).idle()
        assertEquals(0, clipboard.contentReads.get())
        besideMain { assertNull(session().lacks(Item.CLIPBOARD_CONTENT)) }
        assertEquals("the control", 1, clipboard.contentReads.get())
    }
}
