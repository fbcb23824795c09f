package dev.scruple.device

import android.content.Context
import dev.scruple.Age
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.Session
import dev.scruple.Withheld
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.util.concurrent.atomic.AtomicInteger

/** What is not permitted costs nothing: the framework is not touched. */
@RunWith(RobolectricTestRunner::class)
class GateTest {
    @get:Rule
    internal val framework = FakeFramework()

    private val context = WatchedContext()
    private val radioReads = AtomicInteger()

    /** How often the framework was asked for anything in there, at each of the places that tests can watch. */
    private fun touches(session: Session): Int {
        FakeBuild.radio = { "radio".also { radioReads.incrementAndGet() } }
        val before = context.asked.size + radioReads.get()
        Purpose.entries.forEach { offMain { session.collectBlocking(it) }.close() }
        return context.asked.size + radioReads.get() - before
    }

    @Test
    fun `installing and opening asks for nothing`() {
        offMain { AndroidSession.warmUpBlocking(context) }
        offMain { AndroidSession.openBlocking(context, everything()) }.close()
        assertEquals(emptyList<String>(), context.asked)
    }

    @Test
    fun `with every category off nothing is touched, with one on it is`() {
        offMain { AndroidSession.openBlocking(context, Policy { }) }.agreed().use { assertEquals(0, touches(it)) }
        // The process list is read by an artifact of its own.
        val processes = Policy { enable(Category.PROCESS_LIST) { minimumIntervalMs = 0 } }
        offMain { AndroidSession.openBlocking(context, processes) }.agreed().use { assertEquals(0, touches(it)) }
        val device = Policy { enable(Category.DEVICE) { minimumIntervalMs = 0 } }
        offMain { AndroidSession.openBlocking(context, device) }.agreed().use {
            assertTrue(
                "the control",
                touches(it) > 0,
            )
        }
    }

    @Test
    fun `without consent, or without the age, nothing is touched`() {
        offMain { AndroidSession.openBlocking(context, everything()) }.use { session ->
            assertEquals(0, touches(session))
            session.updateConsent { grant(*Category.entries.toTypedArray()) }
            assertEquals(Withheld.AgeUnknown, session.lacks(Item.DEVICE_MODEL))
            assertEquals(0, touches(session))
            session.updateConsent { age = Age.BELOW_MINIMUM }
            assertEquals(0, touches(session))
            session.updateConsent { age = Age.AT_LEAST_MINIMUM }
            assertTrue("the control", touches(session) > 0)
            session.updateConsent { revoke(*Category.entries.toTypedArray()) }
            assertEquals(0, touches(session))
        }
    }

    @Test
    fun `only what is asked for is read`() {
        session(context).use { session ->
            session.reads(Item.DEVICE_MODEL).use { assertNotNull(it.device.model) }
            assertEquals(emptyList<String>(), context.asked)
            session.reads(Item.DEVICE_MCC_MNC, Item.DEVICE_OPERATOR).close()
            assertEquals("one manager for both", 1, context.asked.count { it == Context.TELEPHONY_SERVICE })
            assertEquals(setOf(Context.TELEPHONY_SERVICE, "package manager"), context.asked.toSet())
        }
    }

    @Test
    fun `revoking wipes before it returns`() {
        framework.build("MODEL", "Pixel 8")
        session(context).use { session ->
            val snapshot = session.reads(Item.DEVICE_MODEL)
            assertTrue("the control", "Pixel 8" in snapshot.toJson())
            session.updateConsent { revoke(Category.DEVICE) }
            assertTrue("Pixel 8" !in snapshot.toJson())
            assertEquals(Withheld.Revoked, snapshot.missing[Item.DEVICE_MODEL])
            assertEquals(Withheld.Revoked, session.lacks(Item.DEVICE_MODEL))
            session.updateConsent { grant(Category.DEVICE) }
            session.reads(Item.DEVICE_MODEL).use { assertEquals("Pixel 8", it.device.model) }
        }
    }
}
