package dev.scruple.clipboard

import android.content.ClipData
import android.content.Intent
import android.net.Uri
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.besideMain
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** What is read of the clipboard. */
@RunWith(RobolectricTestRunner::class)
class ContentTest {
    private fun content(clipboard: FakeClipboard): String? =
        besideMain {
            sessionWith(clipboard).use { session ->
                session.reads(Item.CLIPBOARD_CONTENT).use { it.features.clipboard }
            }
        }

    private fun lack(clipboard: FakeClipboard?): Missing? =
        besideMain { sessionWith(clipboard).use { it.lacks(Item.CLIPBOARD_CONTENT) } }

    @Test
    fun `text is read, whatever it is`() {
        for (said in listOf("hello", "emoji \ud83d\ude00", "two\nlines", "a NUL \u0000 inside", " ")) {
            val clipboard = FakeClipboard(text(said))
            assertEquals(said, content(clipboard))
            assertEquals(1, clipboard.contentReads.get())
        }
    }

    @Test
    fun `text among other things is read`() {
        val html = FakeClipboard(ClipData.newHtmlText("", "bold", "<b>bold</b>"))
        assertEquals("bold", content(html))
        val second = ClipData("", arrayOf("text/plain"), ClipData.Item(Intent("an intent")))
        second.addItem(ClipData.Item("the second"))
        assertEquals("the second", content(FakeClipboard(second)))
    }

    @Test
    fun `what is no text is left alone`() {
        val address = ClipData.newRawUri("", Uri.parse("content://somebody/1"))
        for (clip in listOf(address, ClipData.newIntent("", Intent("an intent")))) {
            val clipboard = FakeClipboard(clip)
            assertEquals(Unavailable.NOT_STATED, lack(clipboard))
            assertEquals(0, clipboard.contentReads.get())
        }
        val disguised = ClipData("", arrayOf("text/plain"), ClipData.Item(Uri.parse("content://somebody/1")))
        assertEquals("never opened", Unavailable.NOT_STATED, lack(FakeClipboard(disguised)))
    }

    @Test
    fun `there may be nothing`() {
        withFocus(Focus.ACTIVITY) { assertEquals(Unavailable.NOT_STATED, lack(FakeClipboard(null))) }
        assertEquals(Unavailable.NOT_STATED, lack(FakeClipboard(text(""))))
        assertEquals(Unavailable.PLATFORM_HAS_NONE, lack(null))
    }

    @Test
    fun `nonsense has a reason`() {
        assertEquals(Unavailable.TOO_LONG, lack(FakeClipboard(text("x".repeat(100_000)))))
        assertEquals(Unavailable.READ_FAILED, lack(FakeClipboard(text("half \ud83d"))))
        val failing = { throw IllegalStateException("a secret") }
        val description = text("x").description
        assertEquals(Unavailable.READ_FAILED, lack(FakeClipboard(failing) { description }))
        assertEquals(Unavailable.READ_FAILED, lack(FakeClipboard({ text("x") }, failing)))
        val refusing = FakeClipboard({ throw SecurityException("a secret") }) { description }
        assertEquals(Unavailable.NOT_PERMITTED, lack(refusing))
    }

    @Test
    @Config(minSdk = 24)
    fun `what another app marked as sensitive is not looked at`() {
        val clipboard = FakeClipboard(text("a password").sensitive())
        assertEquals(Withheld.Sensitive, lack(clipboard))
        assertEquals(0, clipboard.contentReads.get())
    }

    @Test
    fun `what a password manager's type marks is not looked at`() {
        val hint = "x-kde-passwordManagerHint"
        for (marker in listOf(hint, "text/${hint.lowercase()}", "org.nspasteboard.ConcealedType")) {
            val marked = FakeClipboard(ClipData("", arrayOf("text/plain", marker), ClipData.Item("a password")))
            assertEquals(Withheld.Sensitive, lack(marked))
            assertEquals(0, marked.contentReads.get())
        }
        val other = FakeClipboard(ClipData("", arrayOf("text/plain", "text/x-note"), ClipData.Item("a note")))
        assertEquals("the control", "a note", content(other))
    }

    @Test
    @Config(minSdk = 24)
    fun `what became sensitive meanwhile is dropped`() {
        val clipboard = FakeClipboard({ text("a password").sensitive() }) { text("harmless").description }
        assertEquals(Withheld.Sensitive, lack(clipboard))
        assertEquals(1, clipboard.contentReads.get())
    }

    @Test
    fun `what looks like a card is withheld all the same`() {
        assertEquals(Withheld.Sensitive, lack(FakeClipboard(text("4111 1111 1111 1111"))))
    }

    @Test
    @Config(minSdk = 29)
    fun `an app whose windows do not have the focus is not told`() {
        assertEquals("no window", Unavailable.NOT_READY, lack(FakeClipboard(null)))
        withFocus(Focus.ANOTHER_APP) { assertEquals(Unavailable.NOT_READY, lack(FakeClipboard(null))) }
        withFocus(Focus.DIALOG) { assertEquals(Unavailable.NOT_STATED, lack(FakeClipboard(null))) }
        assertEquals("the keyboard's app is told", "x", content(FakeClipboard(text("x"))))
    }

    @Test
    @Config(maxSdk = 28)
    fun `any app is told`() {
        assertEquals(Unavailable.NOT_STATED, lack(FakeClipboard(null)))
    }

    @Test
    fun `without consent the clipboard is not touched`() {
        val context = WatchedContext()
        val policy = Policy { enable(Category.CLIPBOARD) }
        offMain { AndroidSession.openBlocking(context, policy, listOf(AndroidClipboard)) }.use { session ->
            offMain { session.collectBlocking(Purpose.TROUBLESHOOTING) }.use {
                assertEquals(Withheld.NotGranted, it.missing[Item.CLIPBOARD_CONTENT])
                assertEquals(Withheld.NotGranted, it.missing[Item.CLIPBOARD_TROUBLESHOOTING])
            }
            assertEquals(emptyList<String>(), context.asked)
        }
    }

    @Test
    fun `revoked, it is gone`() {
        val clipboard = FakeClipboard(text("hello"))
        besideMain {
            sessionWith(clipboard).use { session ->
                val snapshot = session.reads(Item.CLIPBOARD_CONTENT)
                assertTrue("the control", "hello" in snapshot.toJson())
                session.updateConsent { revoke(Category.CLIPBOARD) }
                assertTrue("hello" !in snapshot.toJson())
                assertEquals(Withheld.Revoked, snapshot.missing[Item.CLIPBOARD_CONTENT])
                assertEquals(Withheld.Revoked, session.lacks(Item.CLIPBOARD_CONTENT))
            }
        }
    }
}
