package dev.scruple.clipboard

import android.content.ClipData
import dev.scruple.ClipboardDiagnosis
import dev.scruple.ClipboardObstacle
import dev.scruple.Item
import dev.scruple.Purpose
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.robolectric.besideMain
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** What is told of the clipboard without its content. */
@RunWith(RobolectricTestRunner::class)
class DiagnosisTest {
    private fun diagnosis(clipboard: FakeClipboard): ClipboardDiagnosis? =
        besideMain {
            sessionWith(clipboard).use { session ->
                session.reads(Item.CLIPBOARD_TROUBLESHOOTING).use {
                    assertFalse("a secret" in it.toJson())
                    it.features.clipboardTroubleshooting
                }
            }
        }

    @Test
    fun `the description alone is asked`() {
        val clipboard = FakeClipboard(text("a secret"))
        assertEquals(ClipboardDiagnosis(true, listOf("text/plain"), 1, null), diagnosis(clipboard))
        assertEquals(0, clipboard.contentReads.get())
        besideMain { sessionWith(clipboard).use { it.reads(Item.CLIPBOARD_CONTENT).close() } }
        assertEquals("the control", 1, clipboard.contentReads.get())
    }

    @Test
    fun `each obstacle is told`() {
        val nothing = ClipboardDiagnosis(false, emptyList(), 0, null)
        withFocus(Focus.ACTIVITY) { assertEquals(nothing, diagnosis(FakeClipboard(null))) }
        for (type in listOf("text/uri-list", "text/vnd.android.intent", "image/png")) {
            val clipboard = FakeClipboard(ClipData("", arrayOf(type), ClipData.Item("a secret")))
            val notText = ClipboardDiagnosis(true, listOf(type), 1, ClipboardObstacle.NOT_TEXT)
            assertEquals(notText, diagnosis(clipboard))
        }
    }

    @Test
    @Config(minSdk = 29)
    fun `an app whose windows do not have the focus is not told`() {
        val unfocused = ClipboardDiagnosis(false, emptyList(), 0, ClipboardObstacle.NOT_FOCUSED)
        withFocus(Focus.ANOTHER_APP) { assertEquals(unfocused, diagnosis(FakeClipboard(null))) }
    }

    @Test
    fun `content in a type's disguise is dropped`() {
        val types = arrayOf("text/plain", "a secret, and more: \ud83d\ude00", "x".repeat(1_000))
        val disguised = ClipData("", types, ClipData.Item("x"))
        assertEquals(ClipboardDiagnosis(true, listOf("text/plain"), 1, null), diagnosis(FakeClipboard(disguised)))
    }

    @Test
    fun `nonsense has a reason`() {
        val failing = FakeClipboard({ null }, { throw IllegalStateException("a secret") })
        besideMain {
            sessionWith(failing).use { session ->
                assertEquals(Unavailable.READ_FAILED, session.lacks(Item.CLIPBOARD_TROUBLESHOOTING))
                val feature =
                    offMain { session.collectBlocking(Purpose.FEATURE, setOf(Item.CLIPBOARD_TROUBLESHOOTING)) }
                feature.use {
                    assertEquals(Withheld.NotForThisPurpose, it.missing[Item.CLIPBOARD_TROUBLESHOOTING])
                }
            }
        }
    }
}
